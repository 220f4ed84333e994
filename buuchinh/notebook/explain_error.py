"""Says in Vietnamese what an error in an officer's code means, and what to do, above Python's own words.

``lab.launch`` names it as an extension of IPython, so that it is there before the first cell; in any other front end
the first name that a notebook imports of the course brings it. Python's own report stands folded below it; its end
follows in the open, which the lab's style sheet leaves out.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from IPython.display import display

from buuchinh.messages import section
from buuchinh.notebook import missing_call, slip_causes, unfilled
from buuchinh.text import fold

_MARK = "_buuchinh_explains"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
USUAL = frozenset(
    {
        "NameError", "UnboundLocalError", "KeyError", "IndexError", "SyntaxError", "IndentationError", "TypeError",
        "ValueError", "AttributeError", "FileNotFoundError", "PermissionError", "ModuleNotFoundError",
        "ImportError", "ZeroDivisionError", "OverflowError", "RecursionError", "MemoryError", "UnicodeError",
        "AssertionError", "KeyboardInterrupt",
    }
)  # fmt: skip
"""The errors that are explained, by their names; an error of a kind made of one of them is explained as that one."""
_ECHOES = (("matplotlib.text", "Text"), ("matplotlib.container", "Container"))
"""Values of a last line such as ``ax.set_ylabel("vụ")`` that are not shown: English names beside their own chart."""

_NUMBERS = ("float64", "float32", "int64", "int32", "bool", "bool_")
"""Types of numpy that are shown as Python's own: ``0.8``, not ``np.float64(0.8)``."""
_SHOWN = 12
_ALIKE = 0.7
"""How much alike two names are of which one is proposed for the other; ``lower`` and ``where`` are 0.6."""


def load_ipython_extension(shell: Any) -> None:
    """Explain from now on what goes wrong in ``shell``, what is left to fill in or to call; once is enough."""
    if getattr(shell, _MARK, False):
        return
    told: Callable[..., Any] = shell._showtraceback  # noqa: SLF001  # syntax errors come by no public way

    def shown(kind: type[BaseException], error: BaseException, lines: Any) -> None:
        words = explanation(error, shell.user_ns)
        if words:
            html = "".join(f"<p>{escape(line)}</p>" for line in words)
            html = f'<div class="bc-explained" lang="vi" role="alert">{html}{_folded(lines)}</div>'
            display({"text/html": html, "text/plain": "\n".join(words)}, raw=True)
            lines = lines[-1:]
        told(kind, error, lines)

    for kind in _ECHOES:
        shell.display_formatter.formatters["text/plain"].for_type_by_name(*kind, lambda *_: None)
    for name in _NUMBERS:
        shell.display_formatter.formatters["text/plain"].for_type_by_name("numpy", name, _plainly)
    shell._showtraceback = shown  # noqa: SLF001
    unfilled.install(shell)
    missing_call.install(shell)
    setattr(shell, _MARK, True)


def _plainly(value: Any, shown: Any, _cycle: bool) -> None:
    """Show a number of numpy as Python shows its own."""
    shown.text(repr(value.item()))


def _folded(report: Sequence[str]) -> str:
    """Return Python's report, in English and long, as one line that opens; nothing where it is one line anyway."""
    text = _COLOURS.sub("", "\n".join(report))
    if "\n" not in text.strip():
        return ""
    title = escape(section("notebook.explained")["report"])
    return f'<details><summary>{title}</summary><pre lang="en">{escape(text)}</pre></details>'


def install() -> None:
    """Explain what goes wrong in the kernel that runs here, if one does; nobody reads a hand-in that is run again."""
    from IPython.core.getipython import get_ipython

    from buuchinh.notebook.submit import RESULTS

    if os.environ.get(RESULTS):
        return

    shell = get_ipython()
    if shell is not None and hasattr(shell, "_showtraceback"):
        load_ipython_extension(shell)


def explanation(error: BaseException, names: dict[str, Any]) -> list[str]:
    """Return what ``error`` means and what to do, a sentence each; empty for what is not one of the usual errors.

    ``names`` are those that the cells have set: the nearest one is proposed for a name that is mistyped.
    """
    told: dict[str, str] = section("notebook.explained")
    kind = next((one.__name__ for one in type(error).__mro__ if one.__name__ in USUAL), None)
    if kind is None or hasattr(error, "_render_traceback_"):
        return []
    slip, about = slip_causes.cause(error, names)
    found = [told[slip or _without_excel(error) or kind].format(what=about or _what(error))]
    there = slip_causes.searched(error) if isinstance(error, KeyError) else []
    if near := "" if slip else _near(error, there, names):
        found.append(told["near"].format(near=near))
    if there:
        found.append(told["there"].format(names=", ".join([*there[:_SHOWN], *["…"] * (len(there) > _SHOWN)])))
    line = slip_causes.comma_line(error, names) if slip == "decimal" and isinstance(error, TypeError) else ""
    if line := line or slip_causes.line_of(error, names):
        found.append(told["where"].format(line=unfilled.beginning(line)))
    return found


def _without_excel(error: BaseException) -> str:
    """Return the name of the sentence on files of Excel where pandas misses what reads them, else nothing."""
    return "excel" if isinstance(error, ImportError) and "openpyxl" in str(error) else ""


def _what(error: BaseException) -> str:
    """Return the one thing that an error is about: a name, a column, a file."""
    if isinstance(error, NameError | AttributeError) and error.name:
        return str(error.name)
    if isinstance(error, FileNotFoundError | PermissionError) and error.filename:
        return str(error.filename)
    if isinstance(error, ImportError) and error.name:
        return str(error.name)
    if isinstance(error, KeyError):
        return slip_causes.looked_for(error)
    return str(error)[:200]


def _near(error: BaseException, there: Iterable[str], names: dict[str, Any]) -> str:
    """Return what was probably meant: a name that is set, a column of that table, a part that the value has."""
    known: Iterable[Any] = there
    if isinstance(error, AttributeError):
        known = () if error.obj is None else dir(error.obj)
    elif isinstance(error, NameError):
        known = names
    what = _what(error)
    offered = {fold(str(one)): str(one) for one in known if not str(one).startswith("_") and str(one) != what}
    found = difflib.get_close_matches(fold(what), sorted(offered), n=1, cutoff=_ALIKE)
    return offered[found[0]] if found else ""

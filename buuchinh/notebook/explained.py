"""Says in Vietnamese what an error in an officer's code means, and what to do, above Python's own words.

``lab.launch`` names it as an extension of IPython, so that it is there before the first cell; in any other front end
the first name that a notebook imports of the course brings it. Python's own report stands folded below it; its end
follows in the open, which the lab's style sheet leaves out.
"""

from __future__ import annotations

import difflib
import os
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from IPython.display import display

from buuchinh.messages import section
from buuchinh.notebook import uncalled, unfilled

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
    shell._showtraceback = shown  # noqa: SLF001
    unfilled.install(shell)
    uncalled.install(shell)
    setattr(shell, _MARK, True)


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
    values = {"what": _what(error), "line": _line(error, names)}
    found = [told[_without_excel(error) or kind].format(**values)]
    if near := _near(error, names):
        found.append(told["near"].format(near=near))
    if values["line"] and "{line}" not in told[kind]:
        found.append(told["where"].format(line=values["line"]))
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
    if isinstance(error, KeyError) and error.args:
        return str(error.args[0])
    return str(error)[:200]


def _line(error: BaseException, names: dict[str, Any]) -> int:
    """Return the line of the cell in which it went wrong, 0 where no line of a cell is known."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    frames = traceback.walk_tb(error.__traceback__)
    return next((line for frame, line in frames if frame.f_globals is names), 0)


def _near(error: BaseException, names: dict[str, Any]) -> str:
    """Return what was probably meant: a name that is set, a column that is there, a part that a value has."""
    known: Iterable[Any] = ()
    if isinstance(error, AttributeError):
        known = () if error.obj is None else dir(error.obj)
    elif isinstance(error, NameError):
        known = names
    elif isinstance(error, KeyError):
        known = (column for value in list(names.values()) for column in getattr(value, "columns", ()))
    offered = {str(one) for one in known if not str(one).startswith("_")}
    found = difflib.get_close_matches(_what(error), sorted(offered), n=1, cutoff=0.6)
    return found[0] if found else ""

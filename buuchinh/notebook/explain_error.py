"""Explain errors in trainees' code in Vietnamese, above Python's own report.

``lab.launch`` configures this module as an IPython extension, loaded before the first cell; in other front ends it is
loaded with the first import from the course. Python's report is folded below the explanation. Its last line is printed
again, which the lab's style sheet hides.
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
"""The names of the errors that are explained; a subclass is explained like its base class."""
_ECHOES = (("matplotlib.text", "Text"), ("matplotlib.container", "Container"))
"""Values of a last line such as ``ax.set_ylabel("vụ")`` that are not shown, since their English names only distract."""

_NUMBERS = ("float64", "float32", "int64", "int32", "bool", "bool_")
"""Numpy types that are shown as Python's own: ``0.8`` instead of ``np.float64(0.8)``."""
_SHOWN = 12
_ALIKE = 0.7
"""The minimum similarity (0 to 1) for suggesting another name; that of ``lower`` and ``where`` is 0.6."""


def load_ipython_extension(shell: Any) -> None:
    """Explain errors, unfilled places and missing calls in ``shell`` from now on; repeated calls do nothing."""
    if getattr(shell, _MARK, False):
        return
    show_traceback: Callable[..., Any] = shell._showtraceback  # noqa: SLF001  # syntax errors have no public hook

    def shown(kind: type[BaseException], error: BaseException, lines: Any) -> None:
        words = explanation(error, shell.user_ns)
        if words:
            html = "".join(f"<p>{escape(line)}</p>" for line in words)
            html = f'<div class="bc-explained" lang="vi" role="alert">{html}{_folded(lines)}</div>'
            display({"text/html": html, "text/plain": "\n".join(words)}, raw=True)
            lines = lines[-1:]
        show_traceback(kind, error, lines)

    for kind in _ECHOES:
        shell.display_formatter.formatters["text/plain"].for_type_by_name(*kind, lambda *_: None)
    for name in _NUMBERS:
        shell.display_formatter.formatters["text/plain"].for_type_by_name("numpy", name, _plainly)
    shell._showtraceback = shown  # noqa: SLF001
    unfilled.install(shell)
    missing_call.install(shell)
    setattr(shell, _MARK, True)


def _plainly(value: Any, shown: Any, _cycle: bool) -> None:
    """Print a numpy number like a Python number."""
    shown.text(repr(value.item()))


def _folded(report: Sequence[str]) -> str:
    """Return Python's report as a folded HTML block, or "" if it has only one line."""
    text = _COLOURS.sub("", "\n".join(report))
    if "\n" not in text.strip():
        return ""
    title = escape(section("notebook.explained")["report"])
    return f'<details><summary>{title}</summary><pre lang="en">{escape(text)}</pre></details>'


def install() -> None:
    """Explain errors in the current kernel, if any, but not when a submission is rerun, as nobody reads that output."""
    from IPython.core.getipython import get_ipython

    from buuchinh.notebook.submit import RESULTS

    if os.environ.get(RESULTS):
        return

    shell = get_ipython()
    if shell is not None and hasattr(shell, "_showtraceback"):
        load_ipython_extension(shell)


def explanation(error: BaseException, names: dict[str, Any]) -> list[str]:
    """Return sentences on what ``error`` means and what to do; empty if it is not one of ``USUAL``.

    ``names`` is the namespace of the cells, from which the closest name is suggested for a mistyped one.
    """
    sentences: dict[str, str] = section("notebook.explained")
    kind = next((one.__name__ for one in type(error).__mro__ if one.__name__ in USUAL), None)
    if kind is None or hasattr(error, "_render_traceback_"):
        return []
    slip, about = slip_causes.cause(error, names)
    lines = [sentences[slip or _without_excel(error) or kind].format(what=about or _what(error))]
    names_searched = slip_causes.searched(error) if isinstance(error, KeyError) else []
    if near := "" if slip else _near(error, names_searched, names):
        lines.append(sentences["near"].format(near=near))
    if names_searched:
        lines.append(
            sentences["there"].format(
                names=", ".join([*names_searched[:_SHOWN], *["…"] * (len(names_searched) > _SHOWN)])
            )
        )
    line = slip_causes.comma_line(error, names) if slip == "decimal" and isinstance(error, TypeError) else ""
    if line := line or slip_causes.line_of(error, names):
        lines.append(sentences["where"].format(line=unfilled.beginning(line)))
    return lines


def _without_excel(error: BaseException) -> str:
    """Return the name of the sentence on Excel files if pandas lacks a reader for them, or ""."""
    return "excel" if isinstance(error, ImportError) and "openpyxl" in str(error) else ""


def _what(error: BaseException) -> str:
    """Return the subject of an error: a name, a column or a file."""
    if isinstance(error, NameError | AttributeError) and error.name:
        return str(error.name)
    if isinstance(error, FileNotFoundError | PermissionError) and error.filename:
        return str(error.filename)
    if isinstance(error, ImportError) and error.name:
        return str(error.name)
    if isinstance(error, KeyError):
        return slip_causes.looked_for(error)
    return str(error)[:200]


def _near(error: BaseException, names_searched: Iterable[str], names: dict[str, Any]) -> str:
    """Return the known name closest to the mistyped one: a variable, a column of the table or an attribute, or ""."""
    known: Iterable[Any] = names_searched
    if isinstance(error, AttributeError):
        known = () if error.obj is None else dir(error.obj)
    elif isinstance(error, NameError):
        known = names
    what = _what(error)
    offered = {fold(str(name)): str(name) for name in known if not str(name).startswith("_") and str(name) != what}
    matches = difflib.get_close_matches(fold(what), sorted(offered), n=1, cutoff=_ALIKE)
    return offered[matches[0]] if matches else ""

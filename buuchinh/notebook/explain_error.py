"""Explain errors in trainees' code in Vietnamese, above Python's own traceback.

``lab.launch`` configures this module as an IPython extension, which is loaded before the first cell runs. In other
front ends, the first import from the course loads the extension. Python's traceback is collapsed below the explanation.
The traceback's last line is printed again, but the lab's style sheet hides that line.
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
"""Names of the errors that are explained; a subclass is explained like its base class."""
_ECHOES = (("matplotlib.text", "Text"), ("matplotlib.container", "Container"))
"""Types whose values are not shown after a last line such as ``ax.set_ylabel("vụ")``, since they only distract."""

_NUMBERS = ("float64", "float32", "int64", "int32", "bool", "bool_")
"""NumPy types whose values are shown like Python's own numbers: ``0.8`` instead of ``np.float64(0.8)``."""
_MOST_NAMES = 12
_ALIKE = 0.7
"""Minimum similarity (0 to 1) for suggesting another name; ``lower`` and ``where`` have a similarity of only 0.6."""


def load_ipython_extension(shell: Any) -> None:
    """Start explaining errors, unfilled blanks and missing calls in ``shell``; repeated calls have no effect."""
    if getattr(shell, _MARK, False):
        return
    show_traceback: Callable[..., Any] = shell._showtraceback  # noqa: SLF001  # syntax errors have no public hook

    def explain(kind: type[BaseException], error: BaseException, lines: Any) -> None:
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
    shell._showtraceback = explain  # noqa: SLF001
    unfilled.install(shell)
    missing_call.install(shell)
    setattr(shell, _MARK, True)


def _plainly(value: Any, printer: Any, _cycle: bool) -> None:
    """Print a NumPy number like a plain Python number."""
    printer.text(repr(value.item()))


def _folded(report: Sequence[str]) -> str:
    """Return Python's traceback as a collapsed HTML block, or "" if the traceback has only one line."""
    text = _COLOURS.sub("", "\n".join(report))
    if "\n" not in text.strip():
        return ""
    title = escape(section("notebook.explained")["report"])
    return f'<details><summary>{title}</summary><pre lang="en">{escape(text)}</pre></details>'


def install() -> None:
    """Start explaining errors in the current kernel, if any.

    Nothing is done while a submission is rerun for grading, since nobody reads that output.
    """
    from IPython.core.getipython import get_ipython

    from buuchinh.notebook.submit import RESULTS

    if os.environ.get(RESULTS):
        return

    shell = get_ipython()
    if shell is not None and hasattr(shell, "_showtraceback"):
        load_ipython_extension(shell)


def explanation(error: BaseException, names: dict[str, Any]) -> list[str]:
    """Return sentences that say what ``error`` means and what to do, or [] if its type is not in ``USUAL``.

    ``names`` is the notebook's namespace, from which the closest name is suggested for a mistyped name.
    """
    sentences: dict[str, str] = section("notebook.explained")
    kind = next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in USUAL), None)
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
                names=", ".join([*names_searched[:_MOST_NAMES], *["…"] * (len(names_searched) > _MOST_NAMES)])
            )
        )
    line = slip_causes.comma_line(error, names) if slip == "decimal" and isinstance(error, TypeError) else ""
    if line := line or slip_causes.line_of(error, names):
        lines.append(sentences["where"].format(line=unfilled.beginning(line)))
    return lines


def _without_excel(error: BaseException) -> str:
    """Return ``"excel"``, the key of an explanation, if pandas cannot read Excel files without openpyxl, or else ""."""
    return "excel" if isinstance(error, ImportError) and "openpyxl" in str(error) else ""


def _what(error: BaseException) -> str:
    """Return what an error is about: a name, a column, a file, or else the error's message."""
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
    """Return the known variable, column or attribute most similar to the mistyped name, or "" if none is similar."""
    known: Iterable[Any] = names_searched
    if isinstance(error, AttributeError):
        known = () if error.obj is None else dir(error.obj)
    elif isinstance(error, NameError):
        known = names
    what = _what(error)
    offered = {fold(str(name)): str(name) for name in known if not str(name).startswith("_") and str(name) != what}
    matches = difflib.get_close_matches(fold(what), sorted(offered), n=1, cutoff=_ALIKE)
    return offered[matches[0]] if matches else ""

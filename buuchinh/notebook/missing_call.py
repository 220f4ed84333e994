"""Show a hint about missing parentheses if a cell displays a method instead of the method's result."""

from __future__ import annotations

import builtins
from html import escape
from types import BuiltinMethodType, MethodType
from typing import Any

from IPython.display import display

from buuchinh.messages import say

_COMMANDS = (MethodType, BuiltinMethodType)


def install(shell: Any) -> None:
    """Start showing the hint in ``shell``, for ``print(column.nunique)`` and for a last line ``column.nunique``."""
    formatters = shell.display_formatter.formatters
    for kind in _COMMANDS:
        formatters["text/plain"].for_type(kind, lambda command, printer, _cycle: printer.text(_words(command)))
        formatters["text/html"].for_type(kind, _box)
    shell.push({"print": _print}, interactive=False)


def _print(*values: Any, **how: Any) -> None:
    """Print as usual, except that a method is printed as its name, with the hint below the output."""
    names = (value.__name__ if isinstance(value, _COMMANDS) else value for value in values)
    builtins.print(*names, **how)  # noqa: T201
    for command in (value for value in values if isinstance(value, _COMMANDS)):
        display({"text/html": _box(command), "text/plain": _words(command)}, raw=True)


def _words(command: Any) -> str:
    return say("notebook.uncalled", name=command.__name__)


def _box(command: Any) -> str:
    return f'<div class="bc-explained" lang="vi" role="status"><p>{escape(_words(command))}</p></div>'

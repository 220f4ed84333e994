"""Extract the source of a cell, and parse its Python statements."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from typing import Any

LONGEST_CODE = 2_000_000
"""The maximum number of characters of code that are parsed; the syntax tree of more would take gigabytes.

It is five times the longest cell that ``intake`` accepts (``long_cells.SOURCE_CAP``), since copies of one cell are
joined.
"""
_IPYTHON = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
"""A line of IPython's own syntax, such as ``%time`` or ``!ls``."""


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell, which a file stores as one string or a list of lines; "" if it has neither."""
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a code cell, or None if Python cannot parse it.

    Lines of IPython's own syntax become ``pass``. Python's warnings about the code are suppressed, since it is
    somebody else's.
    """
    if len(source) > LONGEST_CODE:
        return None
    body = _parse(source)
    return _parse(_IPYTHON.sub(r"\1pass", source)) if body is None and _IPYTHON.search(source) else body


def _parse(source: str) -> list[ast.stmt] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None

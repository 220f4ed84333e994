"""Extract the source of a notebook cell, and parse its Python statements."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from typing import Any

LONGEST_CODE = 2_000_000
"""Maximum number of characters of code to parse; the syntax tree of longer code would take gigabytes.

The limit is five times the longest cell that ``intake`` accepts (``cell_limits.SOURCE_CAP``), since copies of one cell
are joined.
"""
_IPYTHON = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
"""Pattern for a line in IPython's own syntax, such as ``%time`` or ``!ls``."""


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the cell's source, which a file stores as one string or as a list of lines, or "" if it has no source."""
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements in a code cell, or None if Python cannot parse the cell.

    Lines in IPython's own syntax become ``pass``. Python's warnings about the code are suppressed, since the code is
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

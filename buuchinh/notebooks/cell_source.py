"""The source of a cell and its Python statements."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from typing import Any

LONGEST_CODE = 2_000_000
"""Most letters of code that is parsed: the tree of more takes gigabytes. It is five of the longest cells that
``intake`` takes (``long_cells.SOURCE_CAP``), since copies of one cell are joined.
"""
_IPYTHON = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
"""A line of IPython's own: ``%time``, ``!ls``."""


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, which a file holds in one piece or as lines; "" where it holds neither."""
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a code cell, lines of IPython's own as ``pass``; None where Python cannot read it.

    Python's warnings about the code are not shown: it is somebody else's.
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

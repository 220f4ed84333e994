"""Sanitize a graded notebook for display, so that nothing a trainee wrote runs in the grader's browser.

This is an nbconvert preprocessor for nbgrader's formgrader and feedback pages, set in ``nbgrader_config.py``. Those
pages run with the instructor's rights on the Jupyter server and render Markdown that a trainee may edit. Files in
``autograded/`` are not changed.
"""

from __future__ import annotations

import html
import re
from typing import Any

from nbconvert.preprocessors.sanitize import SanitizeHTML

_TAGS = [
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
]  # fmt: skip
_ATTRIBUTES = {"a": ["href", "title"], "abbr": ["title"], "*": ["lang"], "td": ["colspan"], "th": ["colspan"]}
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|bsol);", re.IGNORECASE)
"""Entities that can encode a backslash or a letter, from which Markdown would form a command."""
_COMMANDS = re.compile(r"\\+(?=(?:href|url|require|cssId|class|style|data|html\w*|includegraphics|mmlToken)\b)")
"""MathJax commands that make links, load code or set attributes; of two backslashes, Markdown would leave one."""
_LINKS = re.compile(r"\](?=\((?!\s*(?:https?://|#))|:(?!\s*https?://))")
"""The end of a link's label that no plain web address follows, since nbconvert lets ``javascript:`` through."""
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def _plain(entity: re.Match[str]) -> str:
    """Return the backslash, letter or digit that an entity stands for, or any other entity unchanged."""
    character = html.unescape(entity[0])
    return character if character == "\\" or character.isalnum() else entity[0]


class SanitizeNotebook(SanitizeHTML):
    """Reduce a notebook to text, tables, bitmap images and numbers."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Remove the notebook's metadata except the language, and sanitize each cell."""
        self.tags, self.attributes = _TAGS, _ATTRIBUTES
        self.safe_output_keys = {"text/plain", "image/png", "image/jpeg"}
        nb.metadata = type(nb.metadata)(language_info={"name": "python"})
        found: tuple[Any, Any] = super().preprocess(nb, resources)
        return found

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Sanitize one cell, keeping nbgrader's metadata."""
        cell.pop("attachments", None)
        if not _CELL_ID.fullmatch(str(cell.get("id", ""))):
            cell["id"] = f"o-{cell_index}"
        cell.metadata = type(cell.metadata)({key: cell.metadata[key] for key in ("nbgrader",) if key in cell.metadata})
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.cell_type == "markdown":
            # Only "<" begins a tag. Quotations (>) and "&" are markdown's own again.
            source = cell.source.replace("&gt;", ">").replace("&amp;", "&")
            cell.source = _LINKS.sub("] ", _COMMANDS.sub("", _ENTITY.sub(_plain, source)))
        for output in cell.get("outputs", ()):
            output["metadata"] = {}
        return cell, resources

    def sanitize_code_outputs(self, outputs: Any) -> Any:
        """Sanitize outputs, and remove Markdown outputs, which nbconvert would turn into HTML of their own."""
        for output in outputs:
            output.get("data", {}).pop("text/markdown", None)
        return super().sanitize_code_outputs(outputs)

"""Stop a cell before an unfilled blank (``___``) and show a hint instead of an error."""

from __future__ import annotations

from collections.abc import Container
from html import escape
from typing import Any

from IPython.display import display

from buuchinh import blanks
from buuchinh.messages import say

_CALL = "__import__('buuchinh.notebook.unfilled', fromlist=['tell']).tell({left}, {note!r}, {lacking})\n"
_LONG = 40


def install(shell: Any) -> None:
    """Make cells in ``shell`` stop before unfilled blanks from now on."""
    shell.input_transformers_post.append(lambda source: stopped(source, shell.user_ns))


def stopped(source: list[str], known: Container[str]) -> list[str]:
    """Return a cell's lines; if there is an unfilled blank, only the lines before it and a call to ``tell``.

    ``known`` holds the names that are already defined. A cell that also has another syntax error is returned unchanged,
    so that the error is shown first.
    """
    text = "".join(source)
    at = blanks.lines(text)
    if not at or blanks.broken(text):
        return source
    left = [beginning(text.splitlines()[line - 1].strip()) for line in at]
    call = _CALL.format(left=left, note=blanks.note(text), lacking=blanks.lacking(text, known))
    return [*blanks.before(text, known).splitlines(keepends=True), call]


def beginning(line: str) -> str:
    """Return the beginning of a line, long enough to find the line in a cell without line numbers."""
    return line if len(line) <= _LONG else f"{line[:_LONG].rstrip()}…"


def tell(left: list[str], note: str, lacking: list[str]) -> None:
    """Show a hint about unfilled blanks.

    ``left`` holds the lines with blanks, ``note`` is the comment above them, and ``lacking`` are the names that the
    cell uses but that are not defined yet.
    """
    words = [say("notebook.unfilled", first=left[0])]
    if note:
        words.append(say("notebook.unfilled_note", note=note))
    if left[1:]:
        words.append(say("notebook.unfilled_more", more=len(left) - 1))
    if lacking:
        words.append(say("notebook.unfilled_lacks", names=", ".join(f"“{name}”" for name in lacking)))
    html = "".join(f"<p>{escape(line)}</p>" for line in words)
    html = f'<div class="bc-explained bc-unfilled" lang="vi" role="status">{html}</div>'
    display({"text/html": html, "text/plain": "\n".join(words)}, raw=True)

"""Stops a cell before its first place ``___`` to fill in, and says so: neither an error nor a wrong number."""

from __future__ import annotations

from collections.abc import Container
from html import escape
from typing import Any

from IPython.display import display

from buuchinh import blanks
from buuchinh.messages import say

_CALL = "__import__('buuchinh.notebook.unfilled', fromlist=['tell']).tell({lines})\n"


def install(shell: Any) -> None:
    """Stop the cells of ``shell`` that have such a place from now on."""
    shell.input_transformers_post.append(lambda source: stopped(source, shell.user_ns))


def stopped(source: list[str], known: Container[str]) -> list[str]:
    """Return the lines of a cell as they are, or those before the first place that is left, and one that says so."""
    text = "".join(source)
    left = blanks.lines(text)
    return [*blanks.before(text, known).splitlines(keepends=True), _CALL.format(lines=left)] if left else source


def tell(lines: list[int]) -> None:
    """Show that these lines of the cell have a place to fill in, and what to do."""
    words = say("notebook.unfilled", lines=", ".join(map(str, lines)), first=lines[0])
    html = f'<div class="bc-explained bc-unfilled" lang="vi" role="status"><p>{escape(words)}</p></div>'
    display({"text/html": html, "text/plain": words}, raw=True)

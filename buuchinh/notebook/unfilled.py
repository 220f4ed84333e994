"""Says where a cell still has a place ``___`` to fill in, and does not run it: neither an error nor a wrong number."""

from __future__ import annotations

from html import escape
from typing import Any

from IPython.display import display

from buuchinh import blanks
from buuchinh.messages import say

_CALL = "__import__('buuchinh.notebook.unfilled', fromlist=['tell']).tell({lines})\n"


def install(shell: Any) -> None:
    """Put the cells of ``shell`` that have such a place off from now on."""
    shell.input_transformers_post.append(put_off)


def put_off(source: list[str]) -> list[str]:
    """Return the lines of a cell as they are, or where a place is left, one that says so."""
    left = blanks.lines("".join(source))
    return [_CALL.format(lines=left)] if left else source


def tell(lines: list[int]) -> None:
    """Show that these lines of the cell have a place to fill in, and what to do."""
    words = say("notebook.unfilled", lines=", ".join(map(str, lines)))
    html = f'<div class="bc-explained" lang="vi" role="status"><p>{escape(words)}</p></div>'
    display({"text/html": html, "text/plain": words}, raw=True)

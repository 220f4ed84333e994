"""A page that shows no fault: no error, no warning on the console, no request that leaves this disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page

_HERE = ("file:", "blob:", "data:")


@contextmanager
def faultless(context: BrowserContext) -> Iterator[Page]:
    """Open a page, and close it at the end; ``AssertionError`` names every fault that it had meanwhile."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda sent: None if sent.url.startswith(_HERE) else faults.append(sent.url))
    yield page
    page.close()
    assert not faults, faults

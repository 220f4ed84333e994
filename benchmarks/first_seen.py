"""Measure when a page first shows an element, to the frame in which it does.

Playwright's own waiting looks again after up to half a second, which is too coarse for a ratio of two pages.
"""

from __future__ import annotations

import time

from playwright.sync_api import Page

_SEEN = """selector => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length)
  && performance.timeOrigin + performance.now()"""


def seconds_until(page: Page, address: str, selector: str, timeout: float = 120_000) -> float:
    """Return the seconds from asking for ``address`` until an element that matches the CSS ``selector`` has a box."""
    begun = time.time()
    page.goto(address, wait_until="commit", timeout=timeout)
    seen = page.wait_for_function(_SEEN, arg=selector, polling="raf", timeout=timeout).json_value()
    return float(seen) / 1000 - begun

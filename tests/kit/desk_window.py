"""Windows of the desk: sizes and colour schemes."""

from __future__ import annotations

from playwright.sync_api import Page


def fits_window(page: Page, size: tuple[int, int], scheme: str) -> None:
    """Show a page in a window of this size and colour scheme, and wait until it is exactly as wide and high."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_function(
        "([w, h]) => document.documentElement.scrollWidth === w && document.documentElement.scrollHeight === h",
        arg=list(size),
    )

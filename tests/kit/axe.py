"""What axe-core holds against a page, in the colours that it has or in light and in dark ones."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
"""What a system may ask for: a page takes the other at once, so that one load shows both."""


def findings(page: Page) -> list[str]:
    """Return each rule that is broken, with the element that breaks it."""
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(page).response["violations"]]


def in_both_colours(page: Page) -> list[str]:
    """Return what is found in light colours and in dark ones, which the page has at the end."""
    found = []
    for scheme in COLOURS:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("() => document.getAnimations().every((one) => !(one instanceof CSSTransition))")
        found += [f"{scheme}: {one}" for one in findings(page)]
    return found

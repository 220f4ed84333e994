"""What a trainee meets on the way through the pages: pictures, steps, what is saved and where one stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.faultless import faultless
from playwright.sync_api import Browser, Page, expect

from buuchinh.site import build

pytestmark = pytest.mark.browser

LETTERS = """element => [...element.shadowRoot.querySelectorAll(".region text")].map((one) => {
  const box = one.getBoundingClientRect();
  return [Math.round(box.x), Math.round(box.y)];
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the course's pages on this disk."""
    return (build.build(tmp_path_factory.mktemp("trang") / "hoc").folder / build.INDEX).as_uri()


@pytest.fixture(params=[(1366, 657), (390, 664)], ids=["desk", "phone"])
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    with faultless(context) as opened:
        opened.goto(site)
        yield opened
    context.close()


def at(page: Page, route: str) -> None:
    page.evaluate("route => { location.hash = route; }", route)
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)


def letters(page: Page) -> list[list[int]]:
    drawing = page.locator(".bc-picture").first
    drawing.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    found: list[list[int]] = drawing.evaluate(LETTERS)
    return found


def test_each_place_of_a_picture_has_its_letter_when_the_page_opens(page: Page) -> None:
    """By address, after a refresh, and in a window that is made narrower."""
    at(page, picture(page))
    for again in ("opened", "refreshed", "narrower"):
        if again == "refreshed":
            page.reload()
        if again == "narrower":
            page.set_viewport_size({"width": 360, "height": 664})
        expect(page.locator(".bc-picture").first).to_be_attached()
        there = letters(page)
        assert len(there) > 3, again
        assert len({tuple(one) for one in there}) == len(there), (again, there)


def picture(page: Page) -> str:
    """Return the address of the first part of lesson 5 that asks by a picture."""
    for number in range(1, 30):
        at(page, f"#/l05/{number}")
        page.wait_for_timeout(50)
        if page.locator(".bc-picture").count():
            return f"#/l05/{number}"
    pytest.fail("no picture")

"""The desk enlarged to 200 %, a window of half the width and height, and on paper: nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.axe import findings
from kit.classroom import UNIT
from kit.course import Lab
from kit.desk_window import mixed_lab, opened
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
ENLARGED = (683, 320)


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("to"))


@pytest.fixture
def desk(lab: Lab, browser: Browser) -> Iterator[Page]:
    with opened(browser, lab, ENLARGED) as page:
        yield page


def assert_as_wide_as_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == ENLARGED[0]
    assert findings(page) == []


def test_the_bar_and_its_menu_stay_in_the_window_and_rows_are_reached(desk: Page) -> None:
    assert_as_wide_as_the_window(desk)
    expect(desk.locator("#backup")).to_be_in_viewport(ratio=1)
    desk.locator("details.more summary").click()
    expect(desk.locator(".more .menu")).to_be_in_viewport(ratio=1)
    desk.keyboard.press("Escape")
    for row in desk.locator(".then li").all():
        row.scroll_into_view_if_needed()
        expect(row).to_be_in_viewport(ratio=0.99)  # the page scrolls by whole pixels, and rows begin at parts of one
    desk.locator('[role="grid"] [tabindex="0"]').focus()
    desk.keyboard.press("Control+End")
    expect(desk.locator("tbody tr").last).to_be_in_viewport(ratio=0.4)
    desk.locator("tbody tr").first.locator(f'[data-unit="{UNIT}"]').click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_be_in_viewport(ratio=1)
    assert findings(desk) == []


@pytest.mark.parametrize("page", ["/danh-sach", "/ket-qua"])
def test_the_other_pages_are_as_wide_as_the_window(desk: Page, page: str) -> None:
    desk.goto(desk.url.partition("?")[0] + page)
    expect(desk.locator("main")).to_be_visible()
    desk.wait_for_load_state("load")
    assert_as_wide_as_the_window(desk)


@pytest.mark.parametrize(("page", "width"), [("", 1032), ("/danh-sach", 703)])
def test_on_paper_the_whole_table_stands_and_nothing_to_press(desk: Page, page: str, width: int) -> None:
    desk.goto(desk.url.partition("?")[0] + page)
    table = desk.locator("main table")
    expect(table).to_be_visible()
    desk.set_viewport_size({"width": width, "height": 700})
    desk.emulate_media(media="print")
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    expect(table).to_be_visible()
    assert not [one for one in desk.locator("button:not(thead *), input, select, main a").all() if one.is_visible()]

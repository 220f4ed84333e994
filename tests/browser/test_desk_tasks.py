"""What follows the task of the moment: four are shown, the rest is counted and opened, in a small window too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from kit.course import Lab
from kit.desk_window import mixed_lab, opened
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
WAITING = 6


def batches() -> None:
    """Lay batches into the inbox that nobody has taken in, each a task."""
    from buuchinh import course

    for number in range(WAITING):
        folder = course.root() / course.INBOX / f"{datetime.now().astimezone():%Y%m%d}-00000{number}-abcdef"
        folder.mkdir(parents=True)
        (folder / "bai.zip").write_bytes(b"PK")


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class with more than five things to do."""
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("viec"), batches)


@pytest.fixture
def desk(lab: Lab, browser: Browser) -> Iterator[Page]:
    with opened(browser, lab, (1280, 640)) as page:
        yield page


def test_whatever_follows_is_counted_and_opened_by_keyboard(desk: Page) -> None:
    rows, more = desk.locator(".then li"), desk.locator(".then .top button")
    expect(rows).to_have_count(4)
    expect(more).to_have_text(re.compile(r"^và \d+ việc nữa$"))
    every = 4 + int(more.inner_text().split()[1])
    assert every >= WAITING, "the batches, and what else waits"
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    desk.keyboard.press("Enter")
    expect(rows).to_have_count(every)
    expect(rows.nth(4).get_by_role("button")).to_be_focused()
    expect(more).to_have_text("thu gọn")
    desk.wait_for_timeout(5000)  # two looks of the page
    expect(rows).to_have_count(every)
    more.click()
    expect(rows).to_have_count(4)
    expect(more).to_be_focused()


def test_in_a_window_of_640_no_task_is_cut(desk: Page) -> None:
    expect(desk.get_by_role("heading", name="Rồi đến")).to_be_visible()
    for words in desk.locator(".then li .words b").all():
        assert words.evaluate("one => one.parentElement.scrollHeight <= one.parentElement.clientHeight + 1")
    card = desk.locator(".then")
    assert card.evaluate("one => one.scrollHeight <= one.clientHeight")
    desk.locator(".then .top button").click()
    last = desk.locator(".then li").last
    last.get_by_role("button").focus()
    expect(last).to_be_in_viewport(ratio=0.9)
    assert desk.locator(".then ul").evaluate("one => one.scrollHeight <= one.clientHeight + 1"), "all are seen"

"""Work that is like another's: the cell's sheet says so, as a question, and leads to both works side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.course import Lab
from kit.desk_class import ABSENT, EXTENDED, THERE
from kit.desk_window import mixed_lab, opened
from kit.handin import hand_in
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh import course

pytestmark = pytest.mark.browser
TEXT = (
    "Tôi dừng nhận gói, mời khách đứng lùi ra xa cửa quầy, rồi báo ngay cho trưởng bưu cục bằng điện thoại bàn. "
    "Trong lúc chờ, tôi ghi lại giờ khách đến, hình dáng cái gói và lời khách nói, không sờ lại vào gói lần nào nữa."
)


def write_the_same() -> None:
    for code in (THERE, EXTENDED):
        hand_in(course.root(), code, {"bt90-q3": TEXT}, "", TEXT)


@pytest.fixture
def desk(released_course: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """Open the desk of a class in which two people wrote the same."""
    for lab in mixed_lab(released_course, tmp_path, write_the_same):
        assert isinstance(lab, Lab)
        with opened(browser, lab) as page:
            yield page


def cell_sheet(page: Page, code: str) -> Locator:
    page.locator(f'tr[data-row="{code}"] td[data-unit="{UNIT}"]').click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Đã nộp")
    return sheet


def test_a_cell_leads_to_the_work_that_is_like_it_until_somebody_has_asked(desk: Page) -> None:
    other = cell_sheet(desk, ABSENT)
    expect(other.get_by_role("heading", name="Đã nộp")).to_be_visible()
    desk.keyboard.press("Escape")
    sheet = cell_sheet(desk, THERE)
    expect(sheet).to_contain_text("giống bài của người khác, nên hỏi")
    expect(sheet).to_contain_text("chưa phải kết luận")
    sheet.get_by_role("button", name="Đặt hai bài cạnh nhau").click()
    both = desk.get_by_role("dialog")
    expect(both.locator("td", has_text="đứng lùi ra xa cửa quầy")).to_have_count(2)
    both.get_by_role("button", name="Đã hỏi, cất cặp này đi").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    with desk.expect_response(lambda reply: "giong" in reply.url):
        sheet = cell_sheet(desk, THERE)
    expect(sheet).not_to_contain_text("giống bài của người khác")

"""What the desk says: of copying, filters, jobs and counts; what stays chosen, and what is read by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.course import Lab
from kit.desk_class import PEOPLE
from kit.desk_window import mixed_lab, opened
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PATIENCE = 60_000


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class in which everybody is somewhere else."""
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("noi"))


@pytest.fixture
def desk(lab: Lab, browser: Browser) -> Iterator[Page]:
    """Open the desk in the smallest window."""
    with opened(browser, lab, (1024, 641)) as page:
        yield page


def go(page: Page, path: str) -> None:
    page.goto(page.url.partition("/giang-vien")[0] + "/giang-vien" + path)


def copy_by(page: Page, way: str) -> None:
    """Let the clipboard take what is copied by the JavaScript expression ``way``."""
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{value: {{writeText: {way}}}, configurable: true}})")


def remind(page: Page) -> None:
    page.locator(f'th[data-unit="{UNIT}"] button').click()
    page.get_by_role("dialog").get_by_role("button", name="Chép lời nhắc").click()


def test_copying_says_so_each_time_and_shows_the_text_where_it_is_refused_or_never_answered(desk: Page) -> None:
    copy_by(desk, "async () => {}")
    remind(desk)
    expect(desk.locator("#told")).to_have_text("Đã chép lời nhắc 1 người. Dán vào tin nhắn là gửi được.")
    expect(desk.get_by_role("dialog").get_by_role("status").first).to_contain_text("Đã chép lời nhắc 1 người")
    desk.evaluate(
        "new MutationObserver(() => { document.body.dataset.heard = `${document.body.dataset.heard ?? ''}|${"
        "document.getElementById('told').textContent}` }).observe(document.getElementById('told'), {childList: true})"
    )
    desk.get_by_role("dialog").get_by_role("button", name="Chép lời nhắc").click()
    expect(desk.locator("body")).to_have_attribute("data-heard", re.compile(r"^\|\|Đã chép lời nhắc"))
    desk.keyboard.press("Escape")
    for way in ("async () => { throw new Error() }", "() => new Promise(() => {})"):
        copy_by(desk, way)
        remind(desk)
        expect(desk.locator("dialog textarea")).to_have_value(re.compile(f"chưa nộp bài tập {UNIT[2:]}"))
        desk.keyboard.press("Escape")


def test_a_filter_says_how_many_people_it_leaves(desk: Page) -> None:
    said = desk.locator("#class [role=status]")
    expect(said).to_have_text("")
    desk.get_by_role("button", name="Đến hạn thiếu bài 3").click()
    expect(said).to_have_text("3 trong 6 người")
    desk.get_by_role("button", name="Tất cả 6").click()
    expect(said).to_have_text("6 người")


def test_the_end_of_a_job_is_said_once_whole_and_gives_way_to_the_next_press(desk: Page) -> None:
    go(desk, "/danh-sach")
    desk.get_by_role("button", name="Sao lưu ngay").click()
    expect(desk.locator("#foot")).to_contain_text("Sao lưu: đã xong", timeout=PATIENCE)
    for part in desk.locator("#foot > span").all():
        assert part.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "nothing is cut"
    expect(desk.locator("#foot a")).to_be_visible()
    expect(desk.locator("#backup")).to_have_text(re.compile(r"^Sao lưu hôm nay \d\d:\d\d$"))
    go(desk, "")
    expect(desk.locator("#foot code")).to_have_text("buuchinh backup")
    expect(desk.locator("#foot")).not_to_contain_text("đã xong")
    desk.get_by_role("button", name="Để sau").click()
    expect(desk.locator("#foot")).to_contain_text("Đã để sau")
    desk.clock.install()
    desk.clock.fast_forward(20_000)
    expect(desk.locator("#foot")).to_contain_text("Đã để sau")
    expect(desk.locator("#foot")).not_to_contain_text("đã xong")


def test_counts_above_decisions_follow_each_of_them_and_so_does_the_chip_of_the_backup(desk: Page) -> None:
    desk.get_by_role("button", name="Xem và quyết").first.click()
    sheet = desk.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_have_text("3 việc cần anh/chị quyết")
    sheet.get_by_role("button", name="Đã giải quyết").first.click()
    expect(sheet.get_by_role("heading", level=2)).to_have_text("2 việc cần anh/chị quyết")
    expect(sheet).to_contain_text("✓ đã giải quyết, không kể nữa")
    said = sheet.locator(".said")
    expect(said).to_contain_text("✓ Đã giải quyết, tệp này không kể nữa.")
    green = "(one) => getComputedStyle(one).color === getComputedStyle(one.ownerDocument.querySelector('.tone-green')).color"  # noqa: E501
    assert said.evaluate(green), "what was done has no colour of a warning"
    expect(sheet.get_by_role("heading", level=3).first).to_contain_text("Chưa nhận: 1 tệp")
    desk.keyboard.press("Escape")
    expect(desk.locator("#backup")).to_have_text(re.compile("sau đó có đổi|Chưa sao lưu"))


@pytest.mark.parametrize(("height", "scrolls"), [(402, "dialog .body"), (300, "dialog")])
def test_what_is_longer_than_the_window_is_read_by_arrows_in_a_place_with_a_name(
    desk: Page, height: int, scrolls: str
) -> None:
    desk.set_viewport_size({"width": 1024, "height": height})
    desk.get_by_role("button", name="Xem và quyết").first.click()
    place = desk.get_by_role("dialog").get_by_role("region")
    expect(place).to_have_accessible_name(re.compile("cần anh/chị quyết"))
    expect(desk.locator("dialog button:focus, dialog select:focus, dialog a:focus")).to_have_count(1)
    place = desk.locator(scrolls)
    for _ in range(40):
        desk.keyboard.press("PageDown")
    assert place.evaluate("(one) => Math.ceil(one.scrollTop + one.clientHeight) >= one.scrollHeight"), "to its end"
    assert place.evaluate("(one) => one.scrollHeight > one.clientHeight")


def test_the_box_of_names_stays_as_it_was_chosen(desk: Page) -> None:
    go(desk, "/ket-qua")
    box = desk.get_by_label("Ghi họ tên vào báo cáo")
    expect(box).not_to_be_checked()
    box.check()
    desk.reload()
    expect(box).to_be_checked()
    desk.get_by_role("button", name="Chiếu").click()
    expect(box).to_be_disabled()
    expect(box).not_to_be_checked()
    desk.get_by_role("button", name="Chiếu").click()
    expect(box).to_be_checked()
    box.uncheck()
    desk.reload()
    expect(box).not_to_be_checked()


def test_the_people_of_the_list_are_one_stop_with_arrows_within(desk: Page) -> None:
    go(desk, "/danh-sach")
    desk.wait_for_selector("tbody tr")
    rows = desk.locator("tbody [data-code]")
    expect(rows).to_have_count(len(PEOPLE))
    assert desk.locator('tbody [data-code][tabindex="0"]').count() == 1
    rows.first.focus()
    desk.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("End")
    expect(rows.last).to_be_focused()
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('tbody')") is None
    desk.keyboard.press("Shift+Tab")
    expect(rows.last).to_be_focused()

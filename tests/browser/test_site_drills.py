"""Pictures of parcels, the follow-up and pages that stand alone, on the course's pages as a person uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit import clicking
from kit.faultless import faultless
from kit.site_page import at, until
from playwright.sync_api import Browser, Page, expect

from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import read
from buuchinh.questions.drills.sitting import BURST, ROW

pytestmark = pytest.mark.browser
NOW = datetime.now().astimezone().replace(hour=10, minute=0, second=0, microsecond=0)
LONGER = "told => told.append(...Array.from({ length: 9 }, () => told.lastElementChild.cloneNode(true)))"
LINES = """async () => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const all = base.transaction("lines").objectStore("lines").getAll();
    return new Promise((done) => { all.onsuccess = () => done(all.result); });
}"""

CLOCK_IS_OFF = """async () => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const all = base.transaction("state").objectStore("state").getAll();
    const states = await new Promise((done) => { all.onsuccess = () => done(all.result); });
    return states.some((one) => one?.clock === false);
}"""


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    with faultless(context) as opened:
        opened.goto(site)
        expect(opened.locator("#hoc-main")).to_have_attribute("data-route", "")
        yield opened
    context.close()


def kept(page: Page) -> dict[str, str]:
    """Return what was said of each picture, by its id, as it is kept on the device."""
    lines: list[dict[str, Any]] = page.evaluate(LINES)
    mine = [one["line"] for one in lines if json.loads(one["place"])[1] == "xem-kien"]
    assert len({line["id"] for line in mine}) == len(mine), "a picture was shown twice"
    return {line["id"]: line["answer"]["said"] for line in mine}


def edges(page: Page, selector: str) -> tuple[float, float]:
    """Return where an element begins and ends on the screen, in CSS pixels from its top."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def go_on(page: Page) -> None:
    """Press Enter when the button for the next picture takes it."""
    expect(page.locator(".bc-drill-next button:not([aria-disabled])")).to_be_focused()
    page.keyboard.press("Enter")


def signs(names: dict[str, str]) -> int:
    found = [read(name, parts()) for name in names]
    assert None not in found
    return sum(one is not None and one.sign is not None for one in found)


def test_a_burst_by_keyboard_is_left_gone_on_with_and_counted(page: Page) -> None:
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Bắt đầu, mười giây một hình").press("Enter")
    for number in range(1, BURST.pictures + 1):
        expect(page.locator(".bc-drill-head strong")).to_have_text(f"Hình {number} trong {BURST.pictures}")
        if number == 1:
            alternative = page.locator(".bc-drill-picture").get_attribute("aria-label") or ""
            assert alternative.startswith("Hình 1 trong 40. ")
            assert (page.locator(".bc-drill-words p").text_content() or "-") in alternative
        page.keyboard.press("1")
        expect(page.locator(".bc-drill-verdict")).to_be_visible()
        assert len(kept(page)) == number
        if number == 7:
            page.reload()
            page.get_by_role("button", name="Làm tiếp, còn 33 hình").click()
        else:
            go_on(page)
    told = page.locator(".bc-drill-count").all_inner_texts()
    assert told == ["Thấy 20 trong 20 kiện có dấu hiệu.", "Báo nhầm 20 trong 20 kiện không có dấu hiệu."]
    first = kept(page)
    assert (len(first), signs(first)) == (BURST.pictures, BURST.signs)
    assert "%" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Làm loạt 40 hình khác").click()
    for _ in range(3):
        expect(page.locator(".bc-drill-picture[data-first]")).to_be_focused()
        page.keyboard.press("2")
        go_on(page)
    assert len(kept(page)) == BURST.pictures + 3  # none of them one of the first forty


def test_the_row_that_measures_tells_nothing_before_its_end(page: Page) -> None:
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Bắt đầu, không bấm giờ").click()
    for _ in range(BURST.pictures):
        expect(page.locator(".bc-drill-picture[data-first]")).to_be_focused()
        page.keyboard.press("2")
        expect(page.locator(".bc-drill-verdict")).to_be_visible()
        go_on(page)
    expect(page.locator(".bc-drill-count").first).to_be_visible()
    before = kept(page)
    page.get_by_role("button", name=f"Làm bài đo {ROW.pictures} hình").click()
    for number in range(1, ROW.pictures + 1):
        expect(page.locator(".bc-drill-head strong")).to_have_text(f"Hình {number} trong {ROW.pictures}")
        expect(page.locator(".bc-drill-verdict, .bc-drill-count")).to_have_count(0)
        page.keyboard.press("2")
    expect(page.locator(".bc-drill-count").first).to_have_text("Thấy 0 trong 3 kiện có dấu hiệu.")
    expect(page.locator(".bc-drill-list > li")).to_have_count(ROW.signs)
    row = {name: said for name, said in kept(page).items() if name not in before}
    assert (len(row), signs(row)) == (ROW.pictures, ROW.signs)


@pytest.mark.parametrize("height", [650, 768])
@pytest.mark.parametrize("route", ["#/xem-kien", "#/l05/36"])
def test_on_a_low_screen_a_picture_is_seen_with_its_answers_and_then_with_its_verdict(
    browser: Browser, site: str, route: str, height: int
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": height})
    page.goto(site + route)
    page.get_by_role("button", name="Bắt đầu", exact=False).first.click()
    foot = edges(page, ".hoc-bar")[0] if page.locator(".hoc-bar").count() else height
    for _ in range(3):
        expect(page.locator(".bc-drill-picture[data-first]")).to_be_focused()  # the next one, not the one told
        assert edges(page, ".bc-two")[1] <= foot
        if page.locator(".hoc-step-head").count():
            assert edges(page, ".bc-drill-head")[0] >= edges(page, ".hoc-step-head")[1] - 1
        top, low = edges(page, ".bc-drill-picture")
        assert low - top > 180
        page.keyboard.press("1")
        page.locator(".bc-drill-verdict").wait_for()
        if page.locator(".hoc-step-head").count():
            assert edges(page, ".bc-drill-verdict")[0] >= edges(page, ".hoc-step-head")[1] - 1
        page.locator(".bc-drill-card > div").evaluate(LONGER)
        assert edges(page, ".bc-drill-next button")[1] <= foot, "however much is told"
        assert edges(page, ".bc-drill-picture") == (top, low), "the picture stays where it was"
        go_on(page)
    page.close()


def test_no_press_that_was_meant_for_the_answer_passes_the_verdict_by(page: Page) -> None:
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Bắt đầu, không bấm giờ").click()
    heading, verdict = page.locator(".bc-drill-head strong"), page.locator(".bc-drill-verdict")
    expect(page.locator(".bc-drill-picture[data-first]")).to_be_focused()
    page.keyboard.press("Enter")
    assert not kept(page)
    expect(verdict).to_have_count(0)
    page.keyboard.down("1")
    expect(verdict).to_be_visible()
    page.keyboard.down("1")
    page.keyboard.up("1")
    page.keyboard.press("Enter")  # at once
    expect(heading).to_have_text("Hình 1 trong 40")
    expect(verdict).to_be_visible()
    go_on(page)
    expect(heading).to_have_text("Hình 2 trong 40")
    page.get_by_role("button", name="Không thấy gì lạ").dblclick()
    expect(verdict).to_be_visible()
    expect(heading).to_have_text("Hình 2 trong 40")
    assert len(kept(page)) == 2


def test_who_turned_the_clock_off_goes_on_without_it(page: Page) -> None:
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Bắt đầu, mười giây một hình").click()
    expect(page.locator(".bc-drill-ring")).to_be_visible()
    page.get_by_role("button", name="Tắt đồng hồ").click()
    expect(page.locator(".bc-drill-ring")).to_be_hidden()
    until(page, CLOCK_IS_OFF)
    page.reload()
    page.get_by_role("button", name="Làm tiếp, còn 40 hình").click()
    expect(page.get_by_role("button", name="Bật đồng hồ")).to_be_visible()
    expect(page.locator(".bc-drill-ring")).to_be_hidden()


def test_ten_seconds_without_a_word_are_counted_as_late(page: Page) -> None:
    page.clock.install(time=NOW)
    at(page, "#/xem-kien")
    page.clock.pause_at(NOW + timedelta(hours=1))
    page.get_by_role("button", name="Bắt đầu, mười giây một hình").click()
    expect(page.locator(".bc-drill-picture")).to_be_visible()
    page.clock.run_for(9_000)
    expect(page.locator(".bc-drill-verdict")).to_have_count(0)
    page.clock.run_for(1_500)
    expect(page.locator(".bc-drill-verdict")).to_contain_text("Hết giờ")
    assert list(kept(page).values()) == ["late"]


def test_what_is_due_stands_first_and_opens_with_its_questions_and_pictures(page: Page) -> None:
    at(page, "#/on-tap")
    expect(page.locator("main")).to_contain_text("tính từ câu đầu tiên anh/chị trả lời trong bài học")
    page.clock.set_fixed_time(NOW)
    at(page, "#/l05/2")
    page.locator(".bc-option").first.click()
    page.locator(".hoc-act").click()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu")
    at(page, "#/")
    expect(page.locator(".hoc-today")).to_contain_text("Chưa có gì đến hạn ôn")
    expect(page.locator(".hoc-now")).to_contain_text("Bài 5")
    for days in (2, 7):
        page.clock.set_fixed_time(NOW + timedelta(days=days))
        at(page, "#/ket-qua")
        at(page, "#/")
        due = page.locator(".hoc-now")
        expect(due).to_contain_text("Đến hạn ôn")
        expect(due.get_by_role("heading", name=f"Ôn ngày thứ {days}")).to_be_visible()
        due.get_by_role("link", name="Ôn", exact=True).click()
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/on-tap")
        expect(page.get_by_role("heading", name=f"Ôn ngày thứ {days}")).to_be_visible()
        asked = page.locator("[data-question]")
        expect(asked).to_have_count(5)
        names = [one.get_attribute("data-question") for one in asked.all()]
        expect(page.locator(".bc-drill")).to_have_count(1 if days == 7 else 0)
        for question in asked.all():
            fill_in(question)
        expect(page.get_by_text("đã làm xong").nth(0 if days == 2 else 1)).to_be_visible()
        page.reload()
        assert len(set(names)) == 5
    link = page.get_by_role("link", name="Lưu lịch nhắc")
    with page.expect_download() as saved:
        link.click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert f"DTSTART;VALUE=DATE:{NOW + timedelta(days=7):%Y%m%d}" in text.replace("\r\n ", "")


def fill_in(question: Any) -> None:
    """Give any answer to a short question and have it told."""
    for pair in question.locator(".bc-pair").all():
        clicking.match(pair)
    for box in question.locator("input[type=text], input[inputmode], textarea").all():
        box.fill("1")
    picked = question.locator(".bc-option input, input[type=radio], input[type=checkbox], button[aria-pressed]")
    if picked.count():
        picked.first.click(force=True)
    question.get_by_role("button", name="Trả lời").click()
    expect(question.locator(".bc-saved")).to_contain_text("Đã lưu", timeout=10_000)


def test_each_page_that_stands_alone_has_nothing_around_it_and_tells_at_once(page: Page) -> None:
    asked_for: list[str] = []
    page.on("request", lambda sent: asked_for.append(sent.url.rpartition("/")[2]))
    at(page, "#/dau-ca")
    links = [one.get_attribute("href") or "" for one in page.locator(".hoc-cards a").all()]
    assert links[0] == "#/xem-kien"
    assert len(links) > 10
    for link in links[1:]:
        at(page, link)
        expect(page.locator(".hoc-head")).to_be_hidden()
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_be_focused()
        page.locator(".bc-option").first.click()
        page.get_by_role("button", name="Quyết định").click()
        expect(page.locator(".bc-saved")).to_contain_text("Đã lưu")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not [name for name in asked_for if name.startswith(("l0", "luat", "bt", "thi"))]
    page.get_by_role("link", name="Mở cả khóa học").click()
    expect(page.locator(".hoc-head")).to_be_visible()


def test_the_first_tab_leads_past_the_head_and_each_page_begins_at_its_heading(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Tới nội dung")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 60
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("location.hash") == ""
    for route in ("#/l05/1", "#/l05/3", "#/kt1", "#/mon-nay", "#/ket-qua", "#/on-tap", "#/khong-co", "#/"):
        at(page, route)
        expect(page.locator("main h1")).to_be_focused()

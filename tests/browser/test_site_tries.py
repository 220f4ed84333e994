"""What an exercise lets try on its pages, and the self-check of who studies alone: a verdict at once, no point."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.faultless import faultless
from kit.site_page import at, at_hand_in, give_code, hand_in_anyway
from playwright.sync_api import Browser, Page, expect

from buuchinh.site import build

pytestmark = pytest.mark.browser
CODE = "GL-0123-Q"
SIZES = {"desk": (1366, 657), "phone": (390, 664)}


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
    with faultless(context) as page:
        page.goto(address)
        yield page


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (build.build(tmp_path_factory.mktemp("tu-hoc") / "hoc", self_study=True).folder / build.INDEX).as_uri()


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from opened(browser, site, request.param)


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def self_study(browser: Browser, alone: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from opened(browser, alone, request.param)


def choose(page: Page, text: str) -> None:
    page.locator(".bc-option", has_text=text).click()


def no_fault(page: Page) -> None:
    assert not Axe().run(page).response["violations"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_button_that_answers_a_try_is_in_the_bar_and_whole(browser: Browser, site: str) -> None:
    for size in SIZES.values():
        for page in opened(browser, site, size):
            give_code(page, CODE)
            at(page, "#/bt03/3")
            answer = page.get_by_role("button", name="Trả lời")
            expect(answer).to_have_count(1)
            expect(answer).to_be_in_viewport(ratio=1)
            page.locator(".bc-option").first.click()
            answer.click()
            expect(page.locator(".bc-feedback")).not_to_be_empty()
            expect(page.locator(".hoc-sheet-bar .hoc-button:visible")).to_have_count(1)
            no_fault(page)


def test_a_try_that_is_put_off_by_the_one_way_on_tells_what_to_do_next_time_first(browser: Browser, site: str) -> None:
    for page in opened(browser, site, SIZES["phone"]):
        give_code(page, CODE)
        at(page, "#/bt05/2")
        told = page.locator(".bc-feedback")
        for place in range(page.locator(".bc-option").count()):
            page.locator(".bc-option").nth(place).click()
            page.get_by_role("button", name="Trả lời").click()
            if page.get_by_role("button", name="Chọn lại").is_visible():
                break
        expect(page.get_by_role("button", name="Để sau")).to_have_count(0)
        expect(told).not_to_contain_text("Lần tới làm thế này")
        page.wait_for_timeout(650)
        page.get_by_role("link", name="Câu tiếp").dblclick()
        expect(told).to_contain_text("Lần tới làm thế này")
        expect(page.locator("#hoc-live")).to_have_text("Muốn đi tiếp thì bấm lần nữa.")
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/bt05/2")
        page.wait_for_timeout(650)
        page.get_by_role("link", name="Câu tiếp").click()
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/bt05/2/bt05-q31")


def test_a_row_moved_up_at_the_edge_of_the_page_stays_under_the_pointer(browser: Browser, site: str) -> None:
    for page in opened(browser, site, SIZES["desk"]):
        give_code(page, CODE)
        at(page, "#/bt03/5/bt03-q12")
        row = page.locator(".bc-item").nth(3)
        text = row.locator(".bc-option-text").text_content() or ""
        row.evaluate("one => scrollTo(0, scrollY + one.getBoundingClientRect().top - 80)")
        arrow = page.locator(".bc-item", has_text=text).get_by_role("button").first
        before = arrow.bounding_box()
        assert before
        for place in (2, 1):
            page.mouse.click(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
            expect(page.locator(".bc-item").nth(place)).to_contain_text(text)
        entry = page.locator(".bc-wide-entry").first
        entry.fill("10 giờ 12, ngày 25-11-2026")
        assert entry.evaluate("one => one.scrollWidth <= one.clientWidth"), "what is typed is not cut"


def test_a_part_opens_with_a_try_that_is_told_at_once_and_is_no_answer_of_the_sheet(page: Page, tmp_path: Path) -> None:
    give_code(page, CODE)
    at(page, "#/bt05/2")
    expect(page.locator(".hoc-number")).to_have_text("Làm thử, không tính điểm")
    expect(page.locator(".bc-badge")).to_have_count(0)
    choose(page, "Kéo kiện xuống sàn")
    page.get_by_role("button", name="Trả lời").click()
    expect(page.locator(".bc-feedback")).to_contain_text("đưa tay vào chỗ đang nóng")
    no_fault(page)
    expect(page.locator(".hoc-place .hoc-long")).to_have_text("0 trên 14 câu")
    page.reload()
    expect(page.locator(".bc-feedback")).to_contain_text("đưa tay vào chỗ đang nóng")
    for _ in ("what to do next time", "goes on"):
        page.wait_for_timeout(650)
        page.get_by_role("link", name="Câu tiếp").click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/bt05/2/bt05-q31")
    expect(page.locator(".hoc-number")).to_have_text("Câu 1")
    page.locator(".bc-option").first.click()
    expect(page.locator(".hoc-place .hoc-long")).to_have_text("1 trên 14 câu")
    expect(page.locator(".bc-feedback")).to_be_empty()
    at_hand_in(page, "bt05")
    with page.expect_download() as made:
        hand_in_anyway(page)
    with zipfile.ZipFile(made.value.path()) as packed:
        handed = json.loads(packed.read("answers.json"))
    assert list(handed["answers"]) == ["bt05-q31"]


def test_what_was_chosen_in_a_try_is_checked_before_one_goes_on(page: Page) -> None:
    give_code(page, CODE)
    at(page, "#/bt05/3")
    choose(page, "khuất sau tường")
    page.wait_for_timeout(650)
    page.get_by_role("link", name="Câu tiếp").click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/bt05/3")
    expect(page.locator(".bc-feedback")).to_contain_text("Dây lòi ra là dấu hiệu đỏ")


def test_who_studies_alone_is_told_at_once_and_gets_a_score_for_oneself(self_study: Page) -> None:
    page = self_study
    at(page, "#/t05")
    expect(page.locator(".hoc-check")).to_contain_text("Tự kiểm tra, không tính điểm")
    expect(page.locator(".bc-badge")).to_have_count(0)
    blue = page.locator(".hoc-act")
    choose(page, "Bấm dừng băng")
    expect(blue).to_have_text("Trả lời")
    page.wait_for_timeout(650)
    blue.click()
    expect(page.locator(".bc-feedback")).to_contain_text("Luật kể khói trong định nghĩa cháy")
    no_fault(page)
    expect(blue).to_have_text("Câu tiếp")
    page.wait_for_timeout(650)
    blue.click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/t05/2")
    choose(page, "nhìn xem dây nối vào đâu")
    expect(blue).to_have_text("Trả lời")
    page.wait_for_timeout(650)
    blue.click()
    expect(page.locator(".bc-feedback")).to_contain_text("Cúi nhìn là đưa mặt lại gần")
    expect(blue).to_have_text("Chọn lại")
    at(page, "#/t05/99")
    expect(page.locator(".hoc-big")).to_have_text(
        f"Đúng 1 trên {page.locator('.hoc-check-list li').count()} câu ngay lần đầu."
    )
    expect(page.locator(".hoc-check-list li").first).to_contain_text("✓")
    expect(page.locator(".hoc-check-list li").nth(1)).to_contain_text("lần đầu chưa đúng")
    expect(page.get_by_role("button", name="Nộp bài")).to_have_count(0)
    no_fault(page)
    page.locator(".hoc-check-list a").first.click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/t05/1")
    expect(page.locator(".bc-feedback")).to_contain_text("Luật kể khói")


def test_who_studies_alone_is_asked_for_no_code_and_told_of_no_graded_work(self_study: Page) -> None:
    page = self_study
    page.get_by_role("button", name="Giao dịch viên").click()
    expect(page.locator(".hoc-who")).to_have_text("Học ở đây không cần mã học viên.")
    expect(page.locator(".hoc-off-path > summary")).to_contain_text("phiếu tự kiểm tra khác")
    expect(page.locator("#hoc-main")).not_to_contain_text("bài thi")


def test_a_self_check_follows_its_lesson_on_the_path(self_study: Page) -> None:
    page = self_study
    page.get_by_role("button", name="Giao dịch viên").click()
    expect(page.locator(".hoc-path li").nth(1)).to_contain_text("Tự kiểm tra 5")
    expect(page.locator(".hoc-card", has_text="Tự kiểm tra 5")).to_have_count(0)
    page.locator(".hoc-path a", has_text="Tự kiểm tra 3").click()
    expect(page.locator(".hoc-check")).to_be_visible()

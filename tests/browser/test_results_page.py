"""The page of results in a real browser: shares with intervals, no name, paper, reports by one press, by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit import desk_window
from kit.axe import in_both_colours
from kit.classroom import UNIT, edit
from kit.course import Lab, start_lab
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from kit.printing import printed_pages
from kit.regrading import correct_the_key
from playwright.sync_api import Browser, Page, expect

from buuchinh.classroom import gradebook
from buuchinh.grading import grade_class

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1366, 641), (1024, 768), (1920, 1080)]
RIGHT, ALL = 5, 12
NAME = "Nguyễn Thị Hoa"
FILL = """([trap, title]) => {
  const list = document.querySelector(".repeat");
  while (list.children.length < 3) list.append(list.firstElementChild.cloneNode(true));
  for (const place of list.querySelectorAll(".trap")) place.textContent = trap;
  const section = document.querySelector("section.off-paper").cloneNode(true);
  section.className = "objectives";
  section.querySelector("table").className = "card";
  list.after(section);
  const rows = section.querySelector("tbody");
  for (const place of rows.querySelectorAll(".answer")) place.textContent = "nên nói lại";
  while (rows.children.length < 10) rows.append(rows.firstElementChild.cloneNode(true));
  for (const place of rows.querySelectorAll("th")) place.textContent = title.slice(0, 125);
}"""


@contextmanager
def opened(browser: Browser, lab: Lab) -> Iterator[Page]:
    """Open the page of results by its tab; ``AssertionError`` names each error and each foreign request at the end."""
    with desk_window.opened(browser, lab) as page:
        page.get_by_role("navigation").get_by_role("link", name="Kết quả").click()
        page.locator("main.results").wait_for()
        yield page


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class of twelve, of whom five are right in question 1."""
    root = tmp_path_factory.mktemp("ket-qua") / "lop-12"
    shutil.copytree(released_course, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        codes = [code_of(number) for number in range(1, ALL + 1)]
        enrol(*codes)
        (root / "lop.csv").write_text(
            "Mã;Họ tên\n" + "".join(f"{code};{NAME} {code[3:7]}\n" for code in codes), encoding="utf-8"
        )
        for number, code in enumerate(codes):
            hand_in(root, code, answers(right=number < RIGHT))
        grade_class.grade(UNIT)
        yield from start_lab(root, "--instructor")


@pytest.fixture
def results(lab: Lab, browser: Browser) -> Iterator[Page]:
    """Open the page of results in a window of 1366 by 768."""
    with opened(browser, lab) as page:
        yield page


def test_people_are_told_with_an_interval_and_the_trap_and_nobody_by_name(results: Page) -> None:
    expect(results).to_have_title("Kết quả: lop-12")
    expect(results.get_by_role("navigation").get_by_role("link", name="Kết quả")).to_have_attribute(
        "aria-current", "page"
    )
    expect(results.get_by_role("heading", level=1)).to_have_text("Hai câu nên nói lại ngày mai")
    first = results.locator(".repeat li").first
    expect(first).to_contain_text("5 trong 12 người đúng")
    expect(first).to_contain_text("có thể từ 2 đến 8")
    expect(results.get_by_text("nhiều lớp như lớp này")).to_have_count(1)
    expect(first).to_contain_text("7 người trả lời “Lau khô rồi chuyển tiếp”.")
    written = results.get_by_role("row", name=re.compile("Viết một câu báo cáo"))
    expect(written).to_contain_text(f"còn {ALL} bài chờ chấm tay")
    told = results.content()
    assert NAME not in told
    assert not re.search(r"GL-\d{4}", told)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window_and_axe_finds_nothing(results: Page, size: tuple[int, int]) -> None:
    desk_window.fits_window(results, size)
    assert results.locator("main").evaluate("main => main.scrollWidth <= main.clientWidth")
    assert in_both_colours(results) == []


def test_on_paper_there_is_the_class_and_no_button(results: Page) -> None:
    results.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    results.get_by_role("button", name="In một trang").click()
    assert results.evaluate("document.body.dataset.printed") == "yes"
    results.set_viewport_size({"width": 720, "height": 1000})
    results.emulate_media(media="print")
    expect(results.locator(".only-print")).to_contain_text("lop-12")
    assert [one for one in results.get_by_role("button").all() if one.is_visible()] == []
    assert results.evaluate("document.documentElement.scrollWidth <= 720")
    assert printed_pages(results.pdf(prefer_css_page_size=True)) == 1
    results.evaluate(FILL, ["Chữ dài " * 20, "Việc làm được có tên dài nhất " * 4])
    assert results.locator(".objectives tbody tr:visible").count() == 10
    assert printed_pages(results.pdf(prefer_css_page_size=True)) == 1


def test_feedback_stands_unit_by_unit_with_the_button_of_its_column(results: Page, lab: Lab) -> None:
    row = results.locator("#feedback li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"Bài 90 chờ chấm tay {ALL} bài")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(lab.course))
        with gradebook.opened() as book:
            for number in range(1, ALL + 1):
                grade = book.find_grade("bt90-q3", UNIT, UNIT, code_of(number))
                grade.manual_score, grade.needs_manual_grade = 1, False
            book.db.commit()
    results.reload()
    pack = row.get_by_role("button", name="Bài 90: Gói")
    expect(row).to_contain_text(f"sẵn cho {ALL} người")
    pack.click()
    expect(row).to_contain_text("✓ đã gói", timeout=60_000)
    expect(results.locator("#foot")).to_contain_text(f"buuchinh feedback {UNIT} --send")
    expect(row.get_by_role("button")).to_have_count(0)
    with results.expect_download() as taken:
        row.get_by_role("link", name="Tải về: Bài 90").click()
    assert taken.value.suggested_filename.endswith(".zip")


def test_a_corrected_key_is_seen_and_written_from_this_page(results: Page, lab: Lab) -> None:
    correct_the_key(lab.course)
    results.reload()
    results.locator("#regrade").click()
    expect(results.locator("dialog.regrade h2")).to_contain_text("Sửa đáp án câu 1 bài tập 90")
    edit(lab.course / "source" / UNIT / "questions.yml", "correct: canary-b", "correct: canary-a")


def test_a_report_is_made_by_keyboard_and_can_be_taken_at_once(results: Page, lab: Lab) -> None:
    make = results.get_by_role("button", name="Cả khóa theo người: làm báo cáo")
    file = results.get_by_role("link", name="Cả khóa theo người: tải tệp Excel")
    expect(file).to_be_hidden()
    results.get_by_role("link", name="Tới câu nên nói lại").focus()
    for _ in range(30):
        results.keyboard.press("Tab")
        if make.evaluate("button => button === document.activeElement"):
            break
    results.keyboard.press("Enter")
    results.keyboard.press("Enter")
    expect(file).to_be_visible()
    assert (lab.course / "reports/course/ca-khoa.xlsx").is_file()
    expect(results.locator("#foot")).to_contain_text("buuchinh report course")
    jobs = [one.read_text(encoding="utf-8") for one in (lab.course / "so-cham/viec").glob("*.json")]
    assert sum("report_course" in one for one in jobs) == 1, "a double press has one effect"
    with results.expect_download() as taken:
        file.click()
    assert taken.value.suggested_filename == "ca-khoa.xlsx"
    with results.expect_popup() as shown:
        results.get_by_role("link", name="Cả khóa theo người: xem trang để in").click()
    page = shown.value
    expect(page.get_by_role("heading", name="Cả khóa theo người")).to_be_visible()
    assert page.locator("thead th").first.evaluate("head => getComputedStyle(head).position") == "sticky"
    assert NAME not in page.content(), "nobody asked for names"
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []


def test_a_report_says_when_it_was_made_whether_it_has_names_and_that_points_changed(results: Page, lab: Lab) -> None:
    made = results.locator("#made-report")
    expect(made).to_have_text("")
    results.get_by_label("Ghi họ tên vào báo cáo").check()
    results.get_by_role("button", name="Từng bài: làm báo cáo").click()
    expect(made).to_have_text(re.compile(r"^làm lúc \d\d:\d\d \d\d-\d\d-\d{4}, có họ tên$"), timeout=60_000)
    file = results.get_by_role("link", name="Từng bài: tải tệp Excel")
    expect(file).to_have_accessible_description(re.compile("có họ tên$"))
    results.get_by_label("Ghi họ tên vào báo cáo").uncheck()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(lab.course))
        with gradebook.opened() as book:
            book.find_grade("bt90-q3", UNIT, UNIT, code_of(1)).manual_score = 2
            book.db.commit()
    results.reload()
    expect(made).to_have_text(re.compile(r", có họ tên, điểm đã đổi từ đó: làm lại$"))
    results.get_by_role("button", name="Từng bài: làm báo cáo").click()
    expect(made).to_have_text(re.compile(r", chỉ có mã, không có họ tên$"), timeout=60_000)


def test_while_a_corrected_key_waits_the_page_says_so_and_leads_to_it(results: Page, lab: Lab) -> None:
    said = results.locator(".will-change")
    expect(said).to_have_count(0)
    correct_the_key(lab.course)
    results.reload()
    expect(said).to_contain_text("Đáp án bài tập 90 đã sửa mà chưa áp vào bài đã chấm: con số ở trang này sẽ đổi.")
    address = results.url
    said.get_by_role("button", name="Xem ai đổi điểm rồi ghi").click()
    expect(results.locator("dialog.regrade h2")).to_contain_text("Sửa đáp án câu 1 bài tập 90")
    assert results.url == address
    edit(lab.course / "source" / UNIT / "questions.yml", "correct: canary-b", "correct: canary-a")


def test_who_has_no_token_is_told_nothing_and_what_is_no_unit_is_refused(results: Page, browser: Browser) -> None:
    at = results.url
    stranger = browser.new_context()
    for path in ("", "/tep"):
        answer = stranger.request.get(f"{at}{path}")
        assert answer.status == 401
        assert "người đúng" not in answer.text()
    stranger.close()
    for unit in ("bt99", "../x", "thinv3"):
        assert results.request.get(at, params={"bai": unit}).status == 404
    page = results.request.get(at)
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<style|\son\w+=|\sstyle=", page.text())

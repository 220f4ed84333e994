"""The course's pages, opened from a disk: a lesson, an exercise, its hand-in, which ``collect`` takes as any other."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from kit import clicking
from kit.axe import in_both_colours
from kit.course import ROOT, run
from kit.faultless import faultless
from kit.site_page import at, at_hand_in, give_code, hand_in_anyway, press_on, questions_of, served, steps_of
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buuchinh.intake import base64_submission, check_receipt
from buuchinh.notebook import pack
from buuchinh.questions import question_bank
from buuchinh.questions.answers import FORMAT, Record
from buuchinh.questions.authored import asked_as
from buuchinh.site import build

pytestmark = pytest.mark.browser

UNIT, CODE = "bt05", "GL-0123-Q"
NEW = ("#/xem-kien", "#/on-tap", "#/dau-ca", "#/rieng-l05-q08")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the address of the course's pages on this disk."""
    return build.build(tmp_path_factory.mktemp("trang") / "hoc").folder / build.INDEX


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Iterator[Page]:
    with faultless(context) as opened:
        opened.goto(site.as_uri())
        yield opened


def press(page: Page, name: str) -> None:
    """Press a link and wait for the page that it names: until then the page before stands there, with its own links."""
    link = page.get_by_role("link", name=name)
    route = link.get_attribute("href")
    link.click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", route or "")


def asked(page: Page) -> list[str]:
    return [one.get_attribute("data-question") or "" for one in page.locator("[data-question]").all()]


def test_the_first_question_is_four_presses_away_and_tells_at_once(page: Page) -> None:
    press(page, "Bắt đầu học")
    for word in ("Tiếp tục", "Tiếp tục", "Đến lượt tôi"):
        here = page.locator("#hoc-main").get_attribute("data-route") or ""
        press_on(page, word)
        expect(page.locator("#hoc-main")).not_to_have_attribute("data-route", here)
    option = page.locator(".bc-option").first
    option.click()
    press_on(page, "Trả lời")
    expect(page.locator(".bc-feedback").first).to_contain_text(re.compile("Căn cứ|Nguồn số liệu"))
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator(".bc-option input").first).to_be_checked()
    page.get_by_role("link", name="Về trang mở đầu").click()
    expect(page.get_by_role("link", name="Học tiếp")).to_be_visible()


def test_a_provision_opens_with_its_words_its_days_and_how_sure_they_are(page: Page) -> None:
    link = page.locator('.hoc-prose a[href^="#LBC-2010"]').first
    for step in range(1, 30):
        at(page, f"#/l05/{step}")
        if link.count():
            break
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Hiệu lực: từ")
    expect(dialog).to_contain_text("Độ tin cậy")
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()


def test_a_role_is_chosen_once_and_shows_its_path(page: Page) -> None:
    page.get_by_role("button", name="Bưu tá").click()
    expect(page.get_by_role("heading", name="Lộ trình của bưu tá")).to_be_visible()
    expect(page.locator("ol.hoc-path a").first).to_have_attribute("href", "#/l05")
    beside = page.locator('a.hoc-card[href="#/bt06"]')  # on no path of a courier: folded until it is begun
    expect(beside).to_be_hidden()
    page.get_by_text("Ngoài lộ trình của mình").click()
    expect(beside).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Lộ trình của bưu tá")).to_be_visible()
    page.get_by_role("button", name="Đổi công việc").click()
    expect(page.get_by_role("button", name="Bưu tá")).to_be_visible()


def test_what_a_guest_did_goes_along_with_the_code_and_the_desk_is_clean(page: Page) -> None:
    at(page, "#/kt1")
    page.locator(".bc-option").first.click()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    give_code(page, CODE)
    at(page, "#/kt1")
    expect(page.locator(".bc-option input").first).to_be_checked()
    at(page, "#/ket-qua")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Lưu vào tệp").click()
    lines = json.loads(kept.value.path().read_text(encoding="utf-8"))["lines"]
    assert {json.loads(one["place"])[0] for one in lines} == {CODE}


def test_what_was_saved_to_a_file_goes_on_in_another_browser(page: Page, browser: Browser, site: Path) -> None:
    at(page, "#/l05/2")
    page.locator(".bc-option").nth(1).click()
    press_on(page, "Trả lời")
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    at(page, "#/ket-qua")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Lưu vào tệp").click()
    other = browser.new_page()
    other.goto(site.as_uri() + "#/ket-qua")
    other.locator("input[type=file]").set_input_files(kept.value.path())
    expect(other.locator("#hoc-live")).to_contain_text("của 1 câu")
    at(other, "#/l05/2")
    expect(other.locator(".bc-option input").nth(1)).to_be_checked()
    at(other, "#/ket-qua")
    other.locator("input[type=file]").set_input_files(kept.value.path())
    expect(other.locator("#hoc-live")).to_contain_text("không có câu trả lời nào mới")
    other.get_by_role("button", name="Xóa hết trên máy này").click()
    other.get_by_label("gõ XÓA").fill("xóa")
    other.get_by_role("button", name="Xóa hết", exact=True).click()
    expect(other.locator("#hoc-live")).to_contain_text("Đã xóa")
    at(other, "#/l05/2")
    expect(other.locator(".bc-option input:checked")).to_have_count(0)
    other.close()


def test_every_page_is_shown_without_a_fault(page: Page, site: Path) -> None:
    course = json.loads(page.locator("#hoc-course").text_content() or "")
    assert course["lessons"][0]["id"] == "l05"
    give_code(page, CODE)
    for unit in course["units"]:
        at(page, f"#/{unit}/1")
        expect(page.locator("main h1")).to_be_visible()
        for way in [one.get_attribute("href") or "" for one in page.locator(".hoc-step").all()]:
            at(page, way)
            expect(page.locator(".hoc-step[aria-current]")).to_have_attribute("href", way)
            expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator(".hoc-alarm:visible")).to_have_count(0)


def test_the_way_through_a_lesson_passes_by_what_is_extra_and_leads_on_to_the_next(page: Page) -> None:
    way = steps_of(page, "l05")
    assert len(way) < len(steps_of(page, "l05", extra=True))
    for route, following in pairwise(way):
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)
        page.keyboard.press("ArrowRight")
        if page.locator(".hoc-asked-once:not(:empty)").count():  # an empty question is asked for once
            page.wait_for_timeout(650)
            page.keyboard.press("ArrowRight")
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", following)
    expect(page.locator(".hoc-ending h1")).to_contain_text("chưa làm")
    expect(page.locator(".hoc-act")).to_have_text("Làm câu 1")
    expect(page.locator(".hoc-ending a.hoc-card")).to_contain_text("Bài 3")
    at(page, "#/")
    expect(page.locator(".hoc-go")).to_contain_text("Học tiếp")
    expect(page.locator(".hoc-go")).to_have_attribute("href", "#/l03")  # extra questions left open hold nobody back
    at(page, way[-1])
    page.get_by_role("button", name=re.compile(r"^Xem \d+ phần thêm")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Thêm, không bắt buộc")).to_be_focused()
    dialog.locator("a.hoc-extra").first.click()
    expect(page.locator(".hoc-place")).to_contain_text("Phần thêm")
    page.locator(".hoc-later").click()
    expect(page.locator(".hoc-place")).not_to_contain_text("Phần thêm")


def test_the_case_of_ones_role_opens_a_lesson_as_a_guess_and_closes_it_as_a_story(page: Page) -> None:
    page.get_by_role("button", name="Giao dịch viên").first.click()
    expect(page.get_by_role("button", name="Đổi công việc")).to_be_visible()
    way = steps_of(page, "l05")
    expect(page.locator("h1")).to_have_text("Giao dịch viên: chiếc hộp bị bỏ lại")
    expect(page.locator(".hoc-step-shown")).to_contain_text("không tính điểm")
    page.locator(".bc-option").nth(1).click()
    page.reload()
    expect(page.locator(".bc-option input").nth(1)).to_be_checked()
    press_on(page, "Trả lời")
    expect(page.locator(".bc-feedback")).to_contain_text("Đã giữ lựa chọn")
    expect(page.locator(".bc-feedback")).not_to_contain_text(re.compile("[✓✗]|Chưa đúng|Đúng rồi"))
    expect(page.locator(".hoc-segments .hoc-segment").first).to_have_class(re.compile("hoc-is-right"))
    expect(page.locator(".hoc-is-right, .hoc-is-again")).to_have_count(1)  # the first step, and no answer to a question
    case = next(route for route in way if route.startswith("#/l05/15"))
    assert way.index(case) == len(way) - 4  # before the last words, the pictures and the end
    at(page, case)
    expect(page.locator(".bc-moment input").nth(1)).to_be_checked()
    expect(page.locator(".hoc-place")).to_contain_text("Ca của anh/chị")
    at(page, "#/")
    told = json.loads(page.locator("#hoc-course").text_content() or "")
    total = len(told["units"]["l05"]["core"]) + 1
    expect(page.locator(".hoc-now")).to_contain_text(f"Xong 1 trên {total} việc của phần chính")
    expect(page.locator(".hoc-so-far > *")).to_have_count(total)
    expect(page.locator(".hoc-so-far > .hoc-answered")).to_have_count(1)


def test_the_case_that_opens_a_lesson_has_its_picture_without_what_has_not_happened_yet(page: Page) -> None:
    page.get_by_role("button", name="Giao dịch viên").first.click()
    expect(page.get_by_role("button", name="Đổi công việc")).to_be_visible()
    at(page, "#/l05/1")
    picture = page.locator(".hoc-world img")
    expect(picture).to_have_attribute("alt", re.compile("ô người gửi để trống"))
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    drawn = picture.get_attribute("src") or ""
    assert "de-vo" in drawn
    assert "vet-dau" not in drawn
    assert "goc-rach" not in drawn
    at(page, "#/l03/1")  # no drawing shows this case: none is made up
    expect(page.locator(".hoc-opening")).to_be_visible()
    expect(page.locator(".hoc-world img")).to_have_count(0)


def test_segments_tell_what_is_right_and_what_is_not_yet_and_a_step_asks_one_thing(page: Page) -> None:
    way = steps_of(page, "l05")
    assert len(way) == len(set(way))
    for route in way:
        at(page, route)
        assert page.locator("[data-question]").count() <= 1
    at(page, next(route for route in way if route.startswith("#/l05/27")))
    expect(page.locator(".hoc-is-here")).to_have_count(1)
    expect(page.locator(".hoc-place")).to_contain_text("Câu 3 trong 5")
    for choice in range(3):
        page.locator(".bc-option").nth(choice).click()
        press_on(page, "Trả lời")
        told = page.locator(".hoc-act")
        expect(told).to_have_text(re.compile("Tiếp tục|Chọn lại"))
        right = told.text_content() == "Tiếp tục"
        expect(page.locator(".hoc-is-here")).to_have_class(re.compile("hoc-is-right" if right else "hoc-is-again"))
        if right:
            break
        expect(page.locator(".hoc-later")).to_have_text("Để sau, sang câu 4")
        press_on(page, "Chọn lại")
    assert right


def test_a_question_is_found_at_the_addresses_that_are_printed(page: Page) -> None:
    for route in ("#/l05/3/l05-q09", "#/l05/12/l05-q09", "#/l05/22/l05-q21"):
        at(page, route)
        expect(page.locator(f'[data-question="{route.rpartition("/")[2]}"]')).to_be_visible()
    for screen in range(1, 34):
        at(page, f"#/l05/{screen}")
        expect(page.locator(".hoc-step[aria-current]")).to_have_attribute("href", f"#/l05/{screen}")


def test_who_gives_a_code_after_a_lesson_keeps_the_stories_that_he_answered(page: Page) -> None:
    varied = sorted(
        {
            asked_as(one)
            for path in question_bank.practice_files()
            if path.stem == "l05"
            for one in question_bank.load(path).questions
            if one.id != asked_as(one)
        }
    )
    assert len(varied) > 3
    answered = {}
    for route in steps_of(page, "l05", extra=True):
        at(page, route)
        asked_here = page.locator(".bc-question[data-question]:has(.bc-sheet > .bc-options input[type=radio])")
        if asked_here.count() and page.locator(".hoc-act").text_content() == "Trả lời":
            asked_here.locator(".bc-option").first.click()
            page.locator(".hoc-act").click()
            expect(page.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
            answered[asked_here.get_attribute("data-question")] = route
    assert len(answered) > 5
    give_code(page, CODE)
    for name, route in answered.items():
        at(page, route)
        expect(page.locator(f'[data-question="{name}"] input:checked')).to_have_count(1)


def test_what_is_half_done_is_said_at_the_hand_in_and_on_the_receipt(page: Page) -> None:
    give_code(page, CODE)
    for way in questions_of(page, "bt05"):
        at(page, way)
        pair = page.locator(".bc-question:has(.bc-pair)").first
        if pair.count():
            break
    clicking.match(pair.locator(".bc-pair").first)
    expect(pair.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    at_hand_in(page, "bt05")
    half = page.locator(".hoc-map a.hoc-partly")
    expect(half).to_have_count(1)
    number = (half.text_content() or "").removesuffix("◐")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator(".hoc-hand-in")).to_contain_text(f"Làm dở: câu {number}.")
    page.reload()
    with page.expect_download():
        hand_in_anyway(page)
    said = {name: page.locator(".hoc-receipt dt", has_text=name).locator("+ dd") for name in ("Đã làm xong", "Làm dở")}
    expect(said["Đã làm xong"]).to_have_text("0 trên 14 câu")
    expect(page.locator(".hoc-stages")).to_contain_text("Làm 0 trên 14 câu")
    expect(said["Làm dở"]).to_have_text(f"câu {number}")
    expect(page.get_by_role("button", name="Nộp bài", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Nộp lại", exact=True)).to_be_visible()
    check = page.locator(".hoc-receipt dd").last.text_content()
    at(page, "#/")
    at_hand_in(page, "bt05")
    expect(page.locator(".hoc-receipt")).to_contain_text("Còn một việc")
    expect(page.locator(".hoc-receipt")).to_contain_text("Bài tập 5")
    expect(page.locator(".hoc-receipt dd").last).to_have_text(check or "")


def test_the_head_of_a_sheet_explains_its_own_words(page: Page) -> None:
    give_code(page, CODE)
    at(page, "#/bt02/1")
    expect(page.locator(".hoc-sheet")).to_contain_text("chưa đúng trọn một câu như vậy thì bài chưa đạt")
    expect(page.locator(".hoc-sheet")).to_contain_text("bấm Xem lại và nộp")
    at(page, "#/bt06/1")  # without such questions
    expect(page.locator(".hoc-sheet")).not_to_contain_text("chưa đúng trọn")
    at(page, "#/thinv3/1")
    expect(page.locator(".hoc-sheet")).to_contain_text("“Lần 3” là số của kỳ thi")


def test_the_short_test_says_first_what_its_result_leads_to(page: Page) -> None:
    at(page, "#/")
    page.locator(".hoc-role").first.click()
    expect(page.locator(".hoc-path")).to_be_visible()
    at(page, "#/kt1")
    expect(page.locator(".bc-badge", has_text="điểm")).to_have_count(0)
    for _ in range(2):
        page.get_by_role("button", name="Kết thúc và xem kết quả").click()
    sheet = page.locator("article")
    expect(sheet).to_contain_text("Chưa đạt: muốn đạt thì đúng từ 8 câu trở lên")
    reading = sheet.locator("ol").first.get_by_role("link")
    hrefs = [one.get_attribute("href") for one in reading.all()]
    assert hrefs == ["#/l05", "#/l03", "#/l02", "#/l04"], "her way, in its order"
    expect(sheet).to_contain_text("Thuộc bài ngoài lộ trình của anh/chị, không phải đọc: câu 1, 8, 9 và 10.")
    again = [one.get_attribute("href") or "" for one in sheet.get_by_role("link", name="Làm lại ba câu").all()]
    assert {href.split("/")[2] for href in again} == {"l05", "l03", "l02", "l04"}


def test_who_finished_a_unit_is_led_on_and_not_back_to_it(page: Page) -> None:
    at(page, "#/kt1")
    at(page, "#/l05/1")
    at(page, "#/")
    go = page.locator(".hoc-go")
    expect(go).to_contain_text("Học tiếp")
    expect(go).to_have_attribute("href", "#/l05/1")
    page.evaluate("() => indexedDB.databases?.().then(() => true)")
    give_code(page, CODE)
    at_hand_in(page, "bt01")
    expect(page.locator(".hoc-bar .hoc-button")).to_have_count(0)  # the button of this screen is "Nộp bài"
    with page.expect_download():
        hand_in_anyway(page)
    at(page, "#/")
    expect(go).to_contain_text("Học tiếp")
    expect(go).not_to_have_attribute("href", re.compile("#/bt01"))


def hand_in(page: Page, unit: str, code: str, folder: Path, said: str = "") -> Path:
    """Answer every question of an exercise, hand in, and return the file that the browser kept.

    ``said`` is written as a remark on the first question.
    """
    sheet = question_bank.load_public(ROOT / "exercises" / unit / "questions.json").of(code)
    questions = {one.id: one.model_dump(mode="json", by_alias=True) for one in sheet.questions}
    give_code(page, code)
    for way in questions_of(page, unit):
        at(page, way)
        expect(page.locator(".hoc-map [aria-current]")).to_have_attribute("href", way)
        expect(page.locator("[data-question]")).to_have_count(1)
        if said and asked(page):
            remark(page, said)
            said = ""
        for name in asked(page):
            clicking.answer(page, questions[name])
    at_hand_in(page, unit)
    expect(page.locator(".hoc-map .hoc-done")).to_have_count(len(questions))
    with page.expect_download() as kept:
        page.get_by_role("button", name="Nộp bài").click()
    path = folder / kept.value.suggested_filename
    kept.value.save_as(path)
    return path


def remark(page: Page, text: str) -> None:
    """Say of the first question that it is wrong or hard to understand."""
    shown = page.locator("[data-question]").first
    shown.get_by_text("Câu này sai hoặc khó hiểu?").click()
    shown.get_by_label("Viết một dòng").fill(text)
    shown.get_by_role("button", name="Ghi lại").click()
    expect(shown.locator(".bc-remark")).to_contain_text("Đã ghi lúc")


def test_a_hand_in_from_the_page_is_collected_without_a_word(page: Page, course_copy: Path, tmp_path: Path) -> None:
    path = hand_in(page, UNIT, CODE, tmp_path, said="Hình mờ, không thấy chữ")
    expect(page.locator(".hoc-receipt")).to_contain_text(CODE)
    page.get_by_text("Chép đoạn chữ rồi dán vào tin nhắn").click()
    text = page.get_by_label("Bài nộp dưới dạng chữ").input_value()
    assert base64_submission.as_zips(io.BytesIO(text.encode("utf-8")))[0].read() == path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
        assert list(files) == ["answers.json", "receipt.json", f"{UNIT}.ipynb"]
    assert files[f"{UNIT}.ipynb"] == (course_copy / "exercises" / UNIT / f"{UNIT}.ipynb").read_bytes()
    answers = json.loads(files["answers.json"])
    sheet = question_bank.load_public(course_copy / "exercises" / UNIT / "questions.json").of(CODE)
    assert {name: answers[name] for name in answers if name not in {"answers", "remarks"}} == {
        "format": FORMAT, "unit": UNIT, "version": sheet.version, "code": CODE,
    }  # fmt: skip
    said = answers["remarks"][0]["question"]
    assert [one["text"] for one in answers["remarks"]] == ["Hình mờ, không thấy chữ"]
    assert said in answers["answers"]
    assert sorted(answers["answers"]) == sorted(question.id for question in sheet.questions)
    read = check_receipt.parse(files["receipt.json"])
    assert read is not None
    assert check_receipt.differences(read, files) == []
    assert read.unanswered == ()
    (course_copy / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    stick = tmp_path / "usb"
    stick.mkdir()
    path.rename(stick / path.name)
    run(course_copy, "buuchinh", "roster", "lop.csv")
    told = run(course_copy, "buuchinh", "collect", str(stick))
    assert f"{UNIT} | {CODE}" in told
    assert f"{said} (1 người)" in told
    assert "nhận, tính | \n" in told  # no note: nothing about it was odd


@pytest.mark.parametrize("page_last", [True, False])
def test_an_exercise_done_in_two_places_is_collected_and_graded_as_one(
    page: Page, course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_last: bool
) -> None:
    """bt07: its questions on the page, its table and report by code in JupyterLab; both files are handed in."""
    both = "bt07"
    folder = tmp_path / "lam" / both
    shutil.copytree(course_copy / "exercises" / both, folder)
    sheet = question_bank.load_public(folder / "questions.json").of(CODE)
    own = folder / f"{both}.ipynb"
    notebook = json.loads(own.read_text(encoding="utf-8"))
    program = 'bang.groupby("buoc")["phut"].median() if "buoc" in bang else bang["phut"].median()'
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "bt07-q13-lam":
            cell["source"] = program
    own.write_text(json.dumps(notebook), encoding="utf-8")
    stick = tmp_path / "usb"
    stick.mkdir()

    def by_notebook() -> None:
        Record(folder, both, sheet.version, CODE).put("bt07-q13", "Báo cáo viết trong JupyterLab")
        shutil.copy(pack.build(folder, both, CODE, datetime.now().astimezone()).path, stick / "may-tinh.zip")

    if not page_last:
        by_page = hand_in(page, both, CODE, tmp_path)
        time.sleep(1.1)  # answers tell their time in whole seconds
        by_notebook()
    else:
        by_notebook()
        time.sleep(1.1)
        by_page = hand_in(page, both, CODE, tmp_path)
    shutil.move(by_page, stick / "dien-thoai.zip")
    (course_copy / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(course_copy, "buuchinh", "release", both)
    run(course_copy, "buuchinh", "roster", "lop.csv")
    told = run(course_copy, "buuchinh", "collect", str(stick))
    assert "Gộp với lần nộp lúc" in told
    assert len(list((course_copy / "nop-bai" / both / CODE).iterdir())) == 2
    laid = course_copy / "submitted" / CODE / both
    answers = json.loads((laid / "answers.json").read_text(encoding="utf-8"))["answers"]
    assert sorted(answers) == sorted(question.id for question in sheet.questions)
    report = answers["bt07-q13"]["answer"]
    assert (report == "Báo cáo viết trong JupyterLab") is not page_last
    cells = json.loads((laid / f"{both}.ipynb").read_text(encoding="utf-8"))["cells"]
    assert sum(cell["source"] == program for cell in cells) == 1
    assert [cell["source"] for cell in cells if cell["id"] == "bt07-q13-chu"] == [report]
    monkeypatch.setenv("PYTHONSAFEPATH", "1")  # the copy's own package may lie in /dev/shm, another one in a sandbox
    graded = run(course_copy, "buuchinh", "grade", both)
    assert CODE in graded


def named(course_copy: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of pages whose course says to whom files are sent."""
    settings = course_copy / "course.toml"
    text = settings.read_text(encoding="utf-8").replace('name = ""\n', 'name = "chị Hoa"\n')
    settings.write_text(text.replace('channel = ""', 'channel = "Zalo 0900 000 000"'), encoding="utf-8")
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    return (build.build(folder / "hoc").folder / build.INDEX).as_uri()


def handed_in_empty(page: Page, address: str) -> None:
    """Hand in an exercise of which nothing is answered, and see that open questions are named as questions."""
    page.goto(address)
    give_code(page, CODE)
    at_hand_in(page, UNIT)
    page.get_by_role("button", name="Nộp bài").dblclick()
    told = page.locator(".hoc-hand-in .hoc-asked")
    expect(told).to_contain_text("Còn trống: câu 1, 2, 3")
    expect(told).to_contain_text("và 14.")
    expect(page.get_by_role("link", name="Làm câu 1", exact=True)).to_be_visible()
    expect(page.locator(".hoc-receipt")).to_have_count(0)
    page.wait_for_timeout(650)


def test_a_receipt_says_to_whom_and_how_and_no_more_than_a_page_can_know(
    context: BrowserContext, course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = context.new_page()
    handed_in_empty(page, named(course_copy, tmp_path, monkeypatch))
    expect(page.locator(".hoc-packing > p").first).to_contain_text("gửi tệp ấy cho chị Hoa, qua Zalo 0900 000 000")
    with page.expect_download():
        page.get_by_role("button", name="Nộp luôn").click()
    receipt = page.locator(".hoc-receipt")
    expect(receipt.locator("h2")).to_have_text("Còn một việc: gửi tệp cho chị Hoa")
    expect(receipt.locator(".hoc-way-first")).to_contain_text("Zalo 0900 000 000")
    expect(receipt).to_contain_text("đã gửi lệnh tải tệp")
    expect(receipt).not_to_contain_text("đã tải tệp về")
    page.emulate_media(media="print")
    expect(receipt.locator(".hoc-slip:visible")).to_contain_text("chị Hoa, qua Zalo 0900 000 000")
    expect(receipt.locator(".hoc-to-send")).to_be_hidden()


def test_a_hand_in_is_to_be_sent_until_its_person_says_that_it_was(page: Page) -> None:
    """The chip says it, here and when the page is opened again; a wrong press is taken back."""
    give_code(page, CODE)
    at_hand_in(page, UNIT)
    with page.expect_download():
        hand_in_anyway(page)
    receipt, chip = page.locator(".hoc-receipt"), page.locator(".hoc-slip .hoc-chip")
    stage = page.locator(".hoc-stages [aria-current=step]")
    expect(chip).to_have_text("chưa gửi")
    expect(stage).to_contain_text("Gửi cho người phụ trách lớp")
    receipt.get_by_role("button", name="Tôi đã gửi rồi").click()
    expect(chip).to_contain_text("Đã gửi")
    expect(stage).to_contain_text("Nhận lời giải")
    page.reload()
    expect(chip).to_contain_text("Đã gửi")
    receipt.get_by_role("button", name="bấm nhầm").click()
    expect(chip).to_have_text("chưa gửi")
    page.reload()
    expect(chip).to_have_text("chưa gửi")


def test_the_first_page_says_packed_until_its_person_says_sent(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Giao dịch viên")).click()
    expect(page.locator(".hoc-path")).to_contain_text("rồi bài tập 5")
    give_code(page, CODE)
    at_hand_in(page, UNIT)
    with page.expect_download():
        hand_in_anyway(page)
    at(page, "#/")
    expect(page.locator(".hoc-path")).to_contain_text("bài tập 5 đã đóng gói, nhớ gửi")
    expect(page.locator(".hoc-home")).not_to_contain_text("đã nộp")
    at_hand_in(page, UNIT)
    page.get_by_role("button", name="Tôi đã gửi rồi").click()
    at(page, "#/")
    expect(page.locator(".hoc-path")).to_contain_text("bài tập 5 đã gửi")


def test_an_answer_changed_after_a_hand_in_was_sent_is_to_be_handed_in_again(page: Page) -> None:
    """The first page and the hand-in say that the file is older, until it is packed anew."""
    page.get_by_role("button", name=re.compile("^Giao dịch viên")).click()
    give_code(page, CODE)
    at_hand_in(page, UNIT)
    with page.expect_download():
        hand_in_anyway(page)
    page.get_by_role("button", name="Tôi đã gửi rồi").click()
    page.wait_for_timeout(1100)  # moments are kept to the second
    at(page, f"#/{UNIT}/3/{UNIT}-q35")
    page.locator(".bc-option").first.click()
    expect(page.locator(".hoc-sheet-bar")).to_contain_text("Đã lưu lúc")
    at(page, "#/")
    expect(page.locator(".hoc-path")).to_contain_text("bài tập 5 đã sửa sau khi đóng gói, nhớ nộp lại")
    card = page.locator(f'.hoc-card[href="#/{UNIT}"]')
    expect(card).to_contain_text("nộp lại thì chỗ sửa mới được tính")
    expect(card).not_to_contain_text("✓")
    at_hand_in(page, UNIT)
    receipt = page.locator(".hoc-receipt")
    expect(receipt.locator("h2")).to_have_text("Bài đã sửa sau khi đóng gói: nộp lại")
    expect(receipt).to_contain_text("(câu 6)")
    expect(page.locator(".hoc-pack.hoc-button")).to_be_visible()
    with page.expect_download():
        hand_in_anyway(page)
    expect(receipt.locator("h2")).to_contain_text("Còn một việc")
    page.reload()
    expect(receipt.locator("h2")).to_contain_text("Còn một việc")
    expect(receipt).to_contain_text("Chép đoạn chữ")


def test_printing_the_sheet_or_loading_the_page_again_keeps_the_help_to_send_what_was_handed_in(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    give_code(page, CODE)
    at(page, f"#/{UNIT}/3/{UNIT}-q35")
    page.locator(".bc-option").first.click()
    expect(page.locator(".hoc-sheet-bar")).to_contain_text("Đã lưu lúc")
    at_hand_in(page, UNIT)
    with page.expect_download() as made:
        hand_in_anyway(page)
    first = made.value.path().read_bytes()
    receipt = page.locator(".hoc-receipt")
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('#hoc-main').innerText; }; }")
    for happens in (lambda: page.get_by_role("button", name="In bài").click(), page.reload):
        happens()
        expect(receipt.locator("h2")).to_contain_text("Còn một việc")
        expect(receipt.get_by_role("button", name="Tải lại tệp")).to_be_visible()
        receipt.get_by_text("Chép đoạn chữ rồi dán vào tin nhắn").click()
        expect(receipt.get_by_role("button", name="Chép đoạn chữ")).to_be_visible()
    with page.expect_download() as again:
        receipt.get_by_role("button", name="Tải lại tệp").click()
    members = [zipfile.ZipFile(io.BytesIO(one)) for one in (first, again.value.path().read_bytes())]
    assert members[0].namelist() == members[1].namelist()
    assert all(members[0].read(name) == members[1].read(name) for name in members[0].namelist())
    assert again.value.suggested_filename == made.value.suggested_filename


def test_a_printed_sheet_names_its_unit_its_trainee_and_the_day(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    give_code(page, CODE)
    at(page, f"#/{UNIT}/2/{UNIT}-q31")
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('#hoc-main').innerText; }; }")
    page.get_by_role("button", name="In bài").click()
    page.wait_for_function("() => window.printed")
    printed = page.evaluate("() => window.printed")
    assert "Bài tập 5" in printed
    assert re.search(rf"Mã học viên: {CODE}\. In lúc .*\d\d-\d\d-20\d\d", printed)


def test_the_first_page_counts_a_question_that_is_half_done_as_its_sheet_does(page: Page) -> None:
    give_code(page, CODE)
    ways = questions_of(page, UNIT)
    at(page, ways[0])
    page.locator(".bc-option").first.click()
    expect(page.locator(".hoc-sheet-bar")).to_contain_text("Đã lưu lúc")
    for way in ways:
        at(page, way)
        pair = page.locator(".bc-question:has(.bc-pair)").first
        if pair.count():
            break
    clicking.match(pair.locator(".bc-pair").first)
    expect(page.locator(".hoc-map a.hoc-partly")).to_have_count(1)
    told = (page.locator(".hoc-place .hoc-long").text_content() or "").strip()
    assert told.startswith("1 trên ")
    at(page, "#/")
    expect(page.locator(".hoc-now")).to_contain_text(told)


def test_on_a_telephone_the_bar_of_a_sheet_keeps_still_and_covers_no_button(page: Page) -> None:
    """What is kept has a line of its own; what is half done is not counted; a finished story has no button."""
    give_code(page, CODE)
    ways = questions_of(page, UNIT)

    def bar() -> list[tuple[int, int]]:
        boxes = [one.bounding_box() for one in page.locator(".hoc-sheet-bar, .hoc-sheet-bar a").all()]
        return [(round(box["x"]), round(box["y"])) for box in boxes if box]

    at(page, f"#/{UNIT}/3/{UNIT}-q35")
    before = bar()
    page.locator(".bc-option").first.click()
    kept = page.locator(".hoc-sheet-bar .hoc-kept")
    expect(kept).to_contain_text("Đã lưu lúc")
    assert bar() == before
    at(page, ways[13])
    page.locator("textarea").fill("Dạ, bác chờ cháu báo trưởng bưu cục.")
    expect(kept).to_contain_text("Đã lưu lúc")
    assert kept.bounding_box()["height"] < 24  # type: ignore[index]
    at(page, ways[2])
    clicking.match(page.locator(".bc-pair").first)
    expect(page.locator(".hoc-map [aria-current]")).to_have_attribute("aria-label", re.compile("làm dở"))
    expect(page.locator(".hoc-place")).to_contain_text("2 trên 14 câu")
    at(page, ways[9])
    decide = page.get_by_role("button", name="Quyết định")
    page.locator(".bc-moment input").first.check()
    page.wait_for_timeout(650)
    page.locator(".hoc-sheet-bar").get_by_role("link", name="Câu tiếp").click()
    said = page.locator("#hoc-live")
    expect(said).to_contain_text("Câu này chưa quyết định")
    button, words = decide.bounding_box(), said.bounding_box()
    assert button
    assert words
    assert button["y"] + button["height"] <= words["y"]
    decide.click()
    expect(said).to_be_empty()
    while decide.count():
        page.locator(".bc-moment input").first.check()
        decide.click()
        page.wait_for_timeout(650)
        if decide.count():
            box = decide.bounding_box()
            assert box
            assert box["y"] + box["height"] <= before[0][1]
    page.reload()
    expect(page.locator(".bc-story")).to_contain_text("Đọc lại từ đầu")
    expect(page.locator(".bc-act")).to_be_hidden()


def test_on_a_telephone_what_is_told_ends_where_the_bar_begins(page: Page) -> None:
    page.get_by_role("button", name="Bưu tá").click()
    at(page, "#/l05/1")
    page.locator(".bc-option").first.click()
    press_on(page, "Trả lời")
    sheet = page.locator(".hoc-told-now > .hoc-feedback")
    for _ in range(2):
        told, bar = sheet.bounding_box(), page.locator(".hoc-bar").bounding_box()
        assert told
        assert bar
        assert abs(told["y"] + told["height"] - bar["y"]) < 2
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")


def test_a_graded_sheet_asks_one_question_a_screen_and_its_map_tells_answered_from_open(page: Page) -> None:
    """No screen and no map says what is right."""
    give_code(page, CODE)
    ways = questions_of(page, UNIT)
    assert len(ways) == 14
    at(page, f"#/{UNIT}/3/{UNIT}-q35")
    expect(page.locator("[data-question]")).to_have_count(1)
    expect(page.locator(".hoc-map [aria-current]")).to_have_attribute("href", f"#/{UNIT}/3/{UNIT}-q35")
    page.locator(".bc-option").first.click()
    expect(page.locator(".hoc-map [aria-current]")).to_have_attribute("aria-label", "Câu 6: đã làm")
    expect(page.locator(".hoc-sheet-bar")).to_contain_text("Đã lưu lúc")
    expect(page.locator(".hoc-place")).to_contain_text("1 trên 14 câu")
    page.wait_for_timeout(650)
    page.locator(".hoc-bar").get_by_role("link", name="Câu tiếp").dblclick()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", f"#/{UNIT}/3/{UNIT}-q36")
    page.wait_for_timeout(700)
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", f"#/{UNIT}/3/{UNIT}-q36")
    page.locator(".hoc-place").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.locator(".hoc-map .hoc-done")).to_have_count(1)
    expect(sheet.get_by_label(re.compile("^Câu 14: chưa làm, có người chấm"))).to_be_visible()
    sheet.locator(".hoc-map a").nth(9).click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", ways[9])
    expect(sheet).to_have_count(0)
    expect(page.locator(".bc-feedback:has(*), .bc-mark:not(:empty)")).to_have_count(0)


def test_in_a_chat_program_a_hand_in_goes_as_text_which_stands_open_and_first(
    browser: Browser, course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = browser.new_context(
        user_agent="Mozilla/5.0 (Linux; Android 13) Chrome/117 Mobile Safari/537.36 Zalo android/12",
        viewport={"width": 390, "height": 844},
        accept_downloads=False,
    )
    page = inside.new_page()
    handed_in_empty(page, named(course_copy, tmp_path, monkeypatch))
    page.get_by_role("button", name="Nộp luôn").click()
    receipt = page.locator(".hoc-receipt")
    copy = receipt.get_by_role("button", name="Chép đoạn chữ")
    expect(copy).to_be_visible()
    expect(receipt.locator("h2")).to_have_text("Còn một việc: gửi bài cho chị Hoa")
    assert copy.bounding_box()["y"] < receipt.locator("dl").first.bounding_box()["y"]  # type: ignore[index]
    expect(receipt).not_to_contain_text("tải tệp về")
    expect(receipt).not_to_contain_text("lệnh tải")
    expect(receipt).not_to_contain_text("Tải lại tệp")
    expect(receipt.locator(".hoc-how > li")).to_contain_text(["Chép", "Zalo 0900 000 000", "Quay lại đây"])
    page.evaluate(
        "() => { document.execCommand = () => false;"
        " if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    copy.click()
    expect(receipt).to_contain_text("Giữ ngón tay trên đoạn chữ, chọn Chép")
    area = receipt.get_by_label("Bài nộp dưới dạng chữ")
    assert area.evaluate("one => one.selectionEnd - one.selectionStart === one.value.length")
    receipt.get_by_role("button", name="Tôi đã gửi rồi").click()
    expect(receipt.locator(".hoc-chip")).to_contain_text("Đã gửi")
    inside.close()


def test_a_text_from_a_chat_program_is_a_few_messages_long_and_collected_without_a_word(
    browser: Browser, site: Path, course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = browser.new_context(user_agent="Chrome/117 Mobile Safari/537.36 Zalo android/12")
    page = inside.new_page()
    page.goto(site.as_uri())
    give_code(page, CODE)
    for way in questions_of(page, UNIT):
        at(page, way)
        if page.locator(".bc-options input[type=radio]").count():
            break
    page.locator(".bc-options input[type=radio]").first.check()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    at_hand_in(page, UNIT)
    hand_in_anyway(page)
    page.locator(".hoc-receipt").wait_for()
    text = page.get_by_label("Bài nộp dưới dạng chữ").input_value()
    inside.close()
    assert len(text) < 4_000
    assert "Gửi nguyên cả đoạn chữ này" in text
    (course_copy / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(course_copy, "buuchinh", "roster", "lop.csv")
    run(course_copy, "buuchinh", "release", UNIT)
    stick = tmp_path / "usb"
    stick.mkdir()
    (stick / "tin.txt").write_text(text, encoding="utf-8")
    told = run(course_copy, "buuchinh", "collect", str(stick))
    assert f"{UNIT} | {CODE}" in told
    assert "nhận, tính | \n" in told
    monkeypatch.setenv("PYTHONSAFEPATH", "1")  # as above
    assert CODE in run(course_copy, "buuchinh", "grade", UNIT)


def test_a_page_inside_a_chat_program_says_so_before_the_first_answer(browser: Browser, site: Path) -> None:
    inside = browser.new_context(
        user_agent="Mozilla/5.0 (Linux; Android 13) Chrome/117 Mobile Safari/537.36 Zalo android/12"
    )
    page = inside.new_page()
    page.goto(site.as_uri() + "#/l05/2")
    expect(page.get_by_role("alert").first).to_contain_text("Chrome hoặc Safari")
    inside.close()


def test_a_wide_table_is_read_row_by_row_on_a_telephone(page: Page) -> None:
    at(page, "#/l06/3")
    table = page.locator(".hoc-prose table").first
    assert table.evaluate("one => one.scrollWidth <= one.closest('[role=region]').clientWidth")
    first = table.locator("tbody tr").first.locator("td")
    expect(first.first).to_have_attribute("data-head", "Giá trị")
    tops = [cell.bounding_box()["y"] for cell in first.all()]  # type: ignore[index]
    assert tops == sorted(set(tops)), "each cell on a line of its own"


def test_a_table_of_three_long_columns_is_read_row_by_row_too(page: Page) -> None:
    at(page, "#/l03/5/2")
    cells = page.locator(".hoc-prose table tbody tr").first.locator("td")
    expect(cells.nth(1)).to_have_attribute("data-head", re.compile("^Trả lời"))
    tops = [cell.bounding_box()["y"] for cell in cells.all()]  # type: ignore[index]
    assert tops == sorted(set(tops)), "each cell on a line of its own"


def test_a_table_or_a_long_text_takes_both_columns_of_a_wide_screen(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 657})
    page.goto(site.as_uri())
    for route in ("#/l03/5/2", "#/l05/8"):
        at(page, route)
        lead, asked = page.locator(".hoc-above").bounding_box(), page.locator(".hoc-decision").bounding_box()
        assert lead
        assert asked
        assert lead["width"] > 1.5 * asked["width"]
        assert asked["y"] >= lead["y"] + lead["height"]
    page.close()


def test_an_exercise_of_jupyterlab_says_so_first_and_asks_what_a_page_can_ask(page: Page) -> None:
    give_code(page, CODE)
    at(page, "#/bt06/1")
    first = page.locator(".hoc-sheet > :not(h1)").first
    expect(first).to_contain_text("Bài này làm trong JupyterLab")
    expect(first).to_contain_text("chỉ làm được câu 10")
    expect(page.get_by_text("Trong ô mã, xóa")).to_be_hidden()
    expect(page.locator(".hoc-of-lab a")).to_have_count(9)
    page.wait_for_timeout(650)
    page.locator(".hoc-bar").get_by_role("link", name="Bắt đầu làm").click()
    expect(page.locator("[data-question=bt06-q40]")).to_be_visible()
    page.wait_for_timeout(650)
    page.locator(".hoc-bar").get_by_role("link", name="Xem lại và nộp").click()
    expect(page.locator(".hoc-map li")).to_have_text([re.compile("^10")])
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator(".hoc-hand-in .hoc-asked")).to_contain_text("Còn trống: câu 10.")
    page.wait_for_timeout(650)
    with page.expect_download():
        page.get_by_role("button", name="Nộp luôn").click()
    expect(page.locator(".hoc-receipt dt", has_text="Để trống").locator("+ dd")).to_have_text("câu 10")


def test_a_lesson_is_printed_in_its_main_part_unless_all_is_asked_for_and_unfolded(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 657})
    page.add_init_script(
        "window.print = () => { window.printed = [document.querySelectorAll('.hoc-question').length,"
        " document.querySelectorAll('.hoc-prose details:not([open]):not(.hoc-explorer)').length];"  # code stays folded
        " window.onPaper = document.querySelector('article').innerText;"
        " document.body.setAttribute('data-printed', ''); throw new Error('it stays as it is printed'); };"
    )
    page.goto(site.as_uri())
    printed = {}
    for name in ("In phần chính", "In cả bài"):
        at(page, "#/")
        at(page, "#/l05/2")
        page.locator(".hoc-place").click()
        page.get_by_role("button", name="In bài").click()
        offered = page.get_by_role("button", name=name)
        expect(offered).to_have_text(re.compile(r"khoảng \d+ trang"))
        told = int(re.findall(r"khoảng (\d+) trang", offered.inner_text())[0])
        page.emulate_media(media="print")
        page.locator("dialog[open] button", has_text=name).evaluate("one => one.click()")
        expect(page.locator("body")).to_have_attribute("data-printed", "")
        printed[name] = page.evaluate("window.printed")
        text = page.evaluate("window.onPaper")
        paper = page.pdf(format="A4", margin={"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"})
        assert told / len(re.findall(rb"/Type\s*/Page\b", paper)) == pytest.approx(1, abs=0.25), (name, told)
        assert "Số của bưu cục mình" in text
        for left_out in ("Đang mở", "sai hoặc khó hiểu", "Bắt đầu,", "Chưa làm", "Bấm để mở"):
            assert left_out not in text, (name, left_out)
        page.evaluate("document.body.removeAttribute('data-printed')")
        page.emulate_media(media="screen")
    assert 0 < printed["In phần chính"][0] < printed["In cả bài"][0]
    assert [count for _, count in printed.values()] == [0, 0]
    page.close()


def test_on_paper_numbers_need_no_ground_and_what_is_long_goes_on_overleaf(page: Page) -> None:
    page.emulate_media(media="print")
    call = page.locator(".hoc-sos li a").first
    style = "one => { const { color, backgroundColor } = getComputedStyle(one); return [color, backgroundColor]; }"
    color, ground = call.evaluate(style)
    assert color != "rgb(255, 255, 255)"
    assert ground == "rgba(0, 0, 0, 0)"
    breaks = "one => getComputedStyle(one).breakInside"
    at(page, "#/ai-duoc-mo")
    assert page.locator(".hoc-prose table").first.evaluate(breaks) == "auto"
    assert page.locator(".hoc-prose tbody tr").first.evaluate(breaks) == "avoid"
    at(page, "#/l05/8/l05-q03")
    assert page.locator(".hoc-question").first.evaluate(breaks) == "auto"
    assert page.locator(".bc-question").first.evaluate(breaks) == "auto"
    assert page.locator(".bc-pair").first.evaluate(breaks) == "avoid"


def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site.as_uri())
    give_code(page, CODE)
    for route in ("#/", "#/l05/2", "#/l05/6", "#/l03/12", "#/bt05/3", "#/bt05/7", "#/kt1", "#/ket-qua", *NEW):
        at(page, route)
        assert in_both_colours(page) == [], route
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, route
    context.close()


def test_after_one_visit_the_course_needs_no_server(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    foreign: list[str] = []
    with served(site.parent) as address:
        page.on("request", lambda sent: None if sent.url.startswith((address, "data:")) else foreign.append(sent.url))
        page.goto(address)
        expect(page.get_by_text("mất mạng vẫn mở")).to_be_visible()  # said as soon as it is so
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.get_by_role("link", name="Bắt đầu học").click()
    at(page, "#/l03/2")
    page.reload()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/l03/2")
    expect(page.locator(".bc-option").first).to_be_visible()
    context.close()
    assert foreign == []


@pytest.mark.parametrize("unit", ["l05", "bt05", "kt1", ""])
def test_what_a_page_needs_is_asked_for_while_the_document_arrives_and_once(
    browser: Browser, site: Path, unit: str
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    sent: list[str] = []
    with served(site.parent) as address:
        page.on("request", lambda one: sent.append(one.url.removeprefix(address).partition("#")[0]))
        page.goto(f"{address}#/{unit}")
        expect(page.locator("#hoc-main h1, #hoc-main h2").first).to_be_visible()
        ahead = {
            "l05": {"bai/l05.js", "bai/tu-ngu.js"},
            "bt05": {"bai/bt05.js"},
            "kt1": {"bai/kt1.js"},
        }
        needed = {"", "hoc.js", "cu.js", "truoc.js", "hoc-bai.js"} | ahead.get(unit, set())
        page.wait_for_load_state("networkidle")
        asked = {name for name in sent if not name.startswith("hinh/")}  # pictures come when they are in sight
        assert asked - {"hoc.webmanifest"} == needed
        assert len(sent) == len(set(sent))
    context.close()


def test_the_first_page_needs_nothing_of_questions_and_what_failed_to_come_is_tried_again(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    with served(site.parent) as address:
        page.route("**/hoc-bai.js", lambda route: route.abort())
        page.goto(f"{address}#/")
        page.get_by_role("link", name="Bắt đầu học").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.unroute("**/hoc-bai.js")
        page.evaluate("location.hash = '#/kt1'")
        expect(page.locator(".bc-option").first).to_be_visible()
    context.close()


def test_practice_and_results_open_as_the_first_page_of_a_visit(page: Page, site: Path) -> None:
    for address, heading in {
        "ket-qua": "Việc học của tôi",
        "giay-ghi-nhan": "Giấy ghi nhận",
        "khan-cap": "Thẻ khẩn cấp",
    }.items():
        page.goto(f"{site.as_uri()}#/{address}")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


PLACES = {"Học": "#/", "Tra món": "#/mon-nay", "Khẩn cấp": "#/khan-cap", "Của tôi": "#/ket-qua"}


@pytest.mark.parametrize("width", [1366, 390])
def test_four_places_stand_on_every_page_and_say_which_one_this_is(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 657})
    places = page.get_by_role("navigation", name="Các trang chính")
    assert {one.inner_text(): one.get_attribute("href") for one in places.get_by_role("link").all()} == PLACES
    for name, address in PLACES.items():
        places.get_by_role("link", name=name).click()
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", address)
        expect(places.locator("[aria-current]")).to_have_text(name)
        box = places.get_by_role("link", name=name).bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= (657 if width == 390 else 66)
        assert (box["y"] > 500) == (width == 390), "at the thumb of a telephone, above on a screen"


def test_a_page_with_a_bar_of_its_own_has_one_bar_on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 657})
    places = page.get_by_role("navigation", name="Các trang chính")
    for address, there in {"#/bt05": True, "#/mon-nay": True, "#/kt1": True, "#/l05/2": False, "#/": True}.items():
        at(page, address)
        expect(places).to_be_visible(visible=there)
        assert page.locator(".hoc-bar").count() == (0 if there else 1)


def test_size_of_text_and_ground_are_chosen_once_and_stand_before_anything_is_drawn(page: Page) -> None:
    page.get_by_role("button", name="Cỡ chữ và nền").click()
    sheet = page.get_by_role("dialog", name="Xem cho dễ")
    sheet.get_by_role("radio", name="Chữ rất to").check()
    sheet.get_by_role("radio", name="Tối").check()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.route("**/hoc.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-size", "2")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.unroute("**/hoc.js")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    for address in ("#/", "#/l05/4", "#/mon-nay", "#/khan-cap", "#/ket-qua", "#/don-vi", "#/kt1", "#/xem-kien"):
        at(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("#/", "#/l05/1", "#/l05/4/l05-q02", "#/mon-nay", "#/khan-cap", "#/ket-qua", "#/kt1"):
        at(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        head = page.locator(".hoc-head, .hoc-step-head").filter(visible=True)
        for one in head.locator("a, button").filter(visible=True).all():  # the way out in danger is one of them
            box = one.bounding_box()
            assert box
            assert box["x"] + box["width"] <= 320, (address, one.get_attribute("class"))
        assert head.evaluate_all("all => all.every((one) => one.offsetHeight < 110)"), address
    at(page, "#/l05/4/l05-q02")
    page.locator(".bc-option").first.click()
    press_on(page, "Trả lời")
    expect(page.locator(".hoc-kept")).to_contain_text("Đã lưu lúc")
    assert page.locator(".hoc-kept .bc-saved").evaluate("one => one.getClientRects().length && one.offsetHeight < 40")
    assert page.locator(".hoc-bar").evaluate("one => one.offsetHeight <= 160")
    page.set_viewport_size({"width": 390, "height": 844})
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Cỡ chữ và nền").click()
    assert page.get_by_role("dialog").evaluate("one => one.scrollWidth <= one.clientWidth")
    page.get_by_role("radio", name="Theo máy").check()
    assert page.locator("html").get_attribute("data-theme") is None


def test_letters_typed_before_the_search_is_loaded_are_searched_for(page: Page) -> None:
    expect(page.locator("#hoc-main h1")).to_be_visible()
    page.keyboard.type("/pin")
    expect(page.locator("#hoc-search-box")).to_have_value("pin")
    expect(page.locator("dialog[open] .hoc-hit").first).to_be_visible()


def test_one_field_finds_goods_lessons_terms_and_law_without_tone_marks(page: Page) -> None:
    expect(page.locator("#hoc-main h1")).to_be_visible()
    page.keyboard.press("/")
    sheet = page.get_by_role("dialog", name="Tìm trong khóa học")
    box = sheet.get_by_role("searchbox")
    expect(box).to_be_focused()
    box.fill("khan cap")
    expect(sheet.get_by_role("link").first).to_have_attribute("href", "#/khan-cap")
    box.fill("dieu 14 khoan 3 luat buu chinh")
    expect(sheet.get_by_role("link").first).to_have_attribute("href", re.compile("^#/luat-theo-ngay/LBC-2010%2F14.3"))
    box.fill("chap nhan buu gui")
    expect(sheet.get_by_role("heading", name="Từ ngữ")).to_be_visible()
    box.fill("ai bao mo")
    expect(sheet.get_by_role("heading", name="Trong bài")).to_be_visible()
    box.fill("bai tap 3")
    expect(sheet.get_by_role("link").first).to_have_attribute("href", "#/bt03")
    box.fill("trac nghiem nhanh")
    expect(sheet.get_by_role("link").first).to_have_attribute("href", "#/do-nhanh")
    box.fill("xyzzy")
    expect(sheet.get_by_role("status")).to_contain_text("Chưa thấy")
    box.fill("khach khong chiu mo kien")
    expect(sheet.get_by_role("status")).to_contain_text("gần nhất")
    expect(sheet.get_by_role("listitem").first).to_contain_text(re.compile("mở", re.IGNORECASE))
    box.fill("nuoc mam")
    expect(sheet.get_by_role("heading", name="Tra món")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(sheet.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", re.compile("^#/mon-nay/N"))
    expect(page.locator(".hoc-name").first).to_have_text("Nước mắm")
    expect(sheet).to_have_count(0)
    page.locator("#hoc-goods-box").press("/")
    expect(sheet).to_have_count(0)  # a stroke within a field is a letter


def test_words_of_a_danger_lead_to_the_emergency_page_before_anything_else(page: Page) -> None:
    expect(page.locator("#hoc-main h1")).to_be_visible()
    page.keyboard.press("/")
    sheet = page.get_by_role("dialog", name="Tìm trong khóa học")
    way_out = sheet.get_by_role("link", name="Mở trang Khẩn cấp")
    for said in ("khoi", "lua", "bom", "nguoi ngat", "bot la", "Bị DỌA", "có mùi lạ"):
        sheet.get_by_role("searchbox").fill(said)
        expect(way_out).to_be_visible()
        expect(sheet.get_by_role("link").first).to_have_attribute("href", "#/khan-cap")
    for said in ("pin sac", "lúa giống", "đan len", "bơm bóng"):
        sheet.get_by_role("searchbox").fill(said)
        expect(way_out).to_have_count(0)
    page.keyboard.press("Escape")
    at(page, "#/mon-nay")
    page.locator("#hoc-goods-box").fill("khoi")
    page.get_by_role("link", name="Mở trang Khẩn cấp").click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/khan-cap")


def test_a_question_mark_opens_the_list_of_the_keys_and_escape_leads_back_to_where_one_was(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    keys = page.get_by_role("dialog", name="Các phím dùng được")
    at(page, "#/l05/4/l05-q02")
    page.keyboard.press("1")  # the focus is in the question now, on no field in which one types
    chosen = page.locator(".bc-option input:focus")
    expect(chosen).to_be_checked()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(chosen).to_be_focused()
    expect(page.locator(".bc-option input:checked")).to_have_count(1)
    page.get_by_role("button", name="Cỡ chữ và nền").click()
    page.get_by_role("button", name="Xem các phím dùng được").click()
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cỡ chữ và nền")).to_be_focused()
    at(page, "#/mon-nay")
    page.locator("#hoc-goods-box").press("?")
    expect(keys).to_have_count(0)


def test_a_telephone_offers_no_list_of_keys(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    with faultless(context) as page:
        page.goto(site.as_uri())
        page.get_by_role("button", name="Cỡ chữ và nền").click()
        expect(page.get_by_role("dialog", name="Xem cho dễ")).to_be_visible()
        expect(page.get_by_role("button", name="Xem các phím dùng được")).to_have_count(0)
    context.close()


def test_a_provision_that_was_found_opens_in_the_register(page: Page) -> None:
    at(page, "#/luat-theo-ngay/LBC-2010%2F14.3")
    expect(page.locator(".hoc-provision")).to_contain_text("Điều 14 khoản 3")


def test_who_comes_back_on_a_telephone_is_offered_the_first_screen_until_told_later(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    with served(site.parent) as address:
        for offered in (False, True):
            page = context.new_page()
            page.goto(address)
            expect(page.get_by_text("mất mạng vẫn mở")).to_be_visible()
            assert page.get_by_role("button", name="Để sau").count() == offered
            if offered:
                page.get_by_role("button", name="Để sau").click()
            page.close()
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_text("mất mạng vẫn mở")).to_be_visible()
        expect(page.get_by_role("button", name="Để sau")).to_have_count(0)
        page.clock.set_fixed_time(datetime.now().astimezone() + timedelta(days=31))
        page.reload()
        expect(page.get_by_role("button", name="Để sau")).to_be_visible()
    context.close()

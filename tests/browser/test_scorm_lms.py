"""Packages in a learning management system, scorm-again by others, in Chromium, and in Firefox where it is installed.

What is asked is what an LMS stores and what a learner sees; a Moodle is not here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit import firefox, lms
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from buuchinh.lms import scorm_package

CHECK = "t08"  # four questions, each with one right choice
LESSON = "l05"
QUIZ = "donhanh"
OWN_WORDS = "#/l05/35/l05-q28"  # a sentence of one's own, which is saved while it is typed
NOT_YET = "Hệ thống học chưa ghi câu này; nó còn trong cửa sổ này."
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of packages, as an LMS unpacks them, beside scorm-again."""
    found = {}
    for unit in (CHECK, LESSON, QUIZ):
        found[unit] = tmp_path_factory.mktemp(unit)
        package = scorm_package.write(unit, found[unit] / "package.zip").path
        lms.unpack(package.read_bytes(), found[unit])
    return found


@pytest.fixture
def check(unpacked: dict[str, Path]) -> Iterator[lms.Lms]:
    with lms.running(unpacked[CHECK]) as started:
        yield started


@pytest.fixture
def lesson(unpacked: dict[str, Path]) -> Iterator[lms.Lms]:
    with lms.running(unpacked[LESSON]) as started:
        yield started


@pytest.fixture
def quiz(unpacked: dict[str, Path]) -> Iterator[lms.Lms]:
    with lms.running(unpacked[QUIZ]) as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser's profile; a page of it that errs, or asks anything of another host, is a failure."""
    made = browser.new_context(viewport={"width": 1000, "height": 700})
    faults: list[str] = []
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("request", lambda sent: None if sent.url.startswith("http://127.0.0.1:") else faults.append(sent.url))
    yield made
    made.close()
    assert not faults, faults


def opened(context: BrowserContext, served: lms.Lms) -> tuple[Page, FrameLocator]:
    """Launch the unit in the player."""
    page = context.new_page()
    page.goto(served.address)
    unit = page.frame_locator("iframe")
    expect(unit.locator("#hoc-main")).to_have_attribute("data-route", re.compile("#/"))
    return page, unit


def at(page: Page, route: str) -> None:
    page.frames[1].evaluate("route => { location.hash = route; }", route)
    expect(page.frame_locator("iframe").locator("#hoc-main")).to_have_attribute("data-route", route)


def press(unit: FrameLocator, word: str) -> None:
    blue = unit.locator(".hoc-act")
    expect(blue).to_have_text(word)
    blue.page.wait_for_timeout(650)  # it takes no press at once after its word changed
    blue.click()


def answer(unit: FrameLocator, place: int) -> None:
    unit.locator(".bc-option input").nth(place).check()
    press(unit, "Trả lời")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something is true of the LMS, whose server runs beside the browser."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("the LMS never heard of it")


def places(folder: Path, unit: str) -> list[tuple[int, int]]:
    """Return the places of the right option and of a wrong one, for each question with one choice."""
    text = (folder / "package" / "bai" / f"{unit}.js").read_text(encoding="utf-8")
    questions = json.loads(text.removeprefix("hoc.page(").removesuffix(");\n"))["questions"].values()
    ids = [([one["id"] for one in made[0]["options"]], made[0]["keys"][0]["correct"]) for made in questions]
    return [(some.index(right), int(some.index(right) == 0)) for some, right in ids]


def test_nobody_who_has_not_begun_has_a_score_and_each_answer_is_committed(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    page, unit = opened(context, check)
    page.goto("about:blank")
    until(page, lambda: bool(check.commits))
    assert (check.core["lesson_status"], check.core["score"]["raw"]) == ("incomplete", "")
    assert check.core["exit"] == "suspend"
    page, unit = opened(context, check)
    before = len(check.commits)
    answer(unit, places(unpacked[CHECK], CHECK)[0][0])
    expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert len(check.commits) == before + 1
    assert (check.core["score"], check.core["lesson_status"]) == ({"raw": "25", "min": "0", "max": "100"}, "incomplete")
    assert re.fullmatch(r"(?:\d\d){1,2}:\d\d:\d\d(?:\.\d\d?)?", check.core["session_time"])
    expect(unit.locator("#hoc-lms")).to_be_hidden()


def test_a_suspended_unit_goes_on_where_it_was_and_the_first_answer_is_the_one_that_counts(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    right, wrong = places(unpacked[CHECK], CHECK)[0]
    page, unit = opened(context, check)
    answer(unit, wrong)
    press(unit, "Chọn lại")
    answer(unit, right)
    expect(unit.locator(".bc-feedback")).to_contain_text("Đúng")
    at(page, f"#/{CHECK}/2")
    page.goto("about:blank")
    until(page, lambda: check.core["lesson_location"] == f"{CHECK}/2")
    page, unit = opened(context, check)
    expect(unit.locator("#hoc-main")).to_have_attribute("data-route", f"#/{CHECK}/2")
    at(page, f"#/{CHECK}/1")
    expect(unit.locator(".bc-option input").nth(right)).to_be_checked()
    expect(unit.locator(".bc-feedback")).to_contain_text("Đúng")
    at(page, "#/")
    expect(unit.locator("#hoc-main")).to_contain_text("1 trên 4 câu")
    expect(unit.locator("#hoc-main")).to_contain_text("0 trên 100")
    assert check.core["score"]["raw"] == "0"


def test_all_answers_complete_a_unit_which_is_never_passed_or_failed(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    page, unit = opened(context, check)
    for n, (right, wrong) in enumerate(places(unpacked[CHECK], CHECK), 1):
        at(page, f"#/{CHECK}/{n}")
        answer(unit, wrong if n == 2 else right)
        expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert (check.core["lesson_status"], check.core["score"]["raw"]) == ("completed", "75")
    at(page, f"#/{CHECK}/2")
    press(unit, "Chọn lại")
    answer(unit, places(unpacked[CHECK], CHECK)[1][0])
    page.goto("about:blank")
    page, unit = opened(context, check)
    at(page, "#/")
    expect(unit.locator("#hoc-main")).to_contain_text("đã trả lời hết các câu")
    page.goto("about:blank")
    said = [one["cmi"]["core"] for one in check.commits]
    assert {core["lesson_status"] for core in said} == {"incomplete", "completed"}
    assert (said[-1]["lesson_status"], said[-1]["score"]["raw"]) == ("completed", "75")


def test_a_choice_not_checked_yet_is_its_learners_own_and_a_new_attempt_begins_with_nothing(
    context: BrowserContext, check: lms.Lms
) -> None:
    def begun(learner: str, *, anew: bool) -> FrameLocator:
        if anew:
            check.commits.clear()
        check.learner = learner
        page, unit = opened(context, check)
        at(page, f"#/{CHECK}/1")
        expect(unit.locator(".bc-option input").first).to_be_visible()
        return unit

    def left(unit: FrameLocator) -> None:
        before = len(check.commits)
        unit.locator("body").page.goto("about:blank")
        until(unit.locator("body").page, lambda: len(check.commits) > before)

    unit = begun("u17", anew=True)
    unit.locator(".bc-option input").first.check()
    left(unit)
    unit = begun("u17", anew=False)
    expect(unit.locator(".bc-option input").first).to_be_checked()
    left(unit)
    kept = list(check.commits)
    unit = begun("u18", anew=True)
    expect(unit.locator(".bc-option input:checked")).to_have_count(0)
    left(unit)
    check.commits[:] = kept
    unit = begun("u17", anew=False)
    expect(unit.locator(".bc-option input").first).to_be_checked()
    left(unit)
    unit = begun("u17", anew=True)
    expect(unit.locator(".bc-option input:checked")).to_have_count(0)


def test_data_of_a_later_package_stays_until_something_is_answered(context: BrowserContext, lesson: lms.Lms) -> None:
    """An administrator who puts an older package back costs nobody his answers by a mere look."""
    here = context.new_page()
    page, unit = opened(context, lesson)
    page.close(run_before_unload=True)
    until(here, lambda: bool(lesson.commits))
    begun = len(lesson.commits)
    later = "2 l90 9.0.0|of another shape|"
    lesson.commits[-1]["cmi"]["suspend_data"] = later
    page, unit = opened(context, lesson)
    at(page, OWN_WORDS)
    expect(unit.locator("textarea")).to_have_value("")
    page.close(run_before_unload=True)
    until(here, lambda: len(lesson.commits) > begun)
    assert lesson.kept == later


def test_a_window_that_is_left_hands_over_what_was_just_typed(context: BrowserContext, lesson: lms.Lms) -> None:
    """The event is sent by the test, since Chromium ends a closing page after half a second, whatever it is doing."""
    words = "Dừng tay, rồi gọi trưởng ca."
    page, unit = opened(context, lesson)
    at(page, OWN_WORDS)
    unit.locator("textarea").fill(words)
    page.frames[1].evaluate("() => { dispatchEvent(new PageTransitionEvent('pagehide')); }")
    assert words in lesson.kept
    page.close()
    page, unit = opened(context, lesson)
    expect(unit.locator("textarea")).to_have_value(words)


@pytest.mark.parametrize(
    ("offers", "sentence"),
    [
        ("", "Không thấy hệ thống học"),
        ('made.LMSInitialize = () => "false"; window.API = made;', "Hệ thống học không nhận lượt học này"),
        ("window.API = { LMSInitialize() { throw new Error(); } };", "Hệ thống học không nhận lượt học này"),
        ('made.cmi.core.lesson_mode = "review"; window.API = made;', "Hệ thống học mở bài này chỉ để xem"),
    ],
    ids=["absent", "false", "throws", "review"],
)
def test_without_an_lms_that_records_one_sentence_says_so_and_the_unit_goes_on(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path], offers: str, sentence: str
) -> None:
    check.offers, check.mode = offers, "review" if "review" in offers else "normal"
    page, unit = opened(context, check)
    expect(unit.locator("#hoc-lms")).to_contain_text(sentence)
    answer(unit, places(unpacked[CHECK], CHECK)[0][0])
    expect(unit.locator(".bc-feedback")).to_contain_text("Đúng")
    expect(unit.locator(".bc-saved")).to_have_text("Câu trả lời chỉ giữ đến khi đóng cửa sổ.")
    at(page, f"#/{CHECK}/2")
    at(page, f"#/{CHECK}/1")
    expect(unit.locator(".bc-feedback")).to_contain_text("Đúng")
    for route in (f"#/{CHECK}/1", f"#/{CHECK}/5", "#/"):
        at(page, route)
        expect(unit.locator("#hoc-main")).not_to_contain_text("hệ thống học", ignore_case=True)
    assert not any(one["cmi"]["suspend_data"] for one in check.commits)


def test_an_lms_that_dies_loses_no_answer_and_is_told_all_when_it_is_back(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    right = [one for one, _ in places(unpacked[CHECK], CHECK)]
    page, unit = opened(context, check)
    answer(unit, right[0])
    expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    check.alive = False
    at(page, f"#/{CHECK}/2")
    answer(unit, right[1])
    expect(unit.locator("#hoc-lms")).to_contain_text("Hệ thống học không trả lời")
    expect(unit.locator(".bc-saved")).to_have_text(NOT_YET)
    at(page, f"#/{CHECK}/1")
    at(page, f"#/{CHECK}/2")
    expect(unit.locator(".bc-option input").nth(right[1])).to_be_checked()
    check.alive = True
    at(page, f"#/{CHECK}/3")
    answer(unit, right[2])
    expect(unit.locator("#hoc-lms")).to_be_hidden()
    assert (check.core["score"]["raw"], check.kept.count("|")) == ("75", 4)


def test_the_quick_quiz_is_recorded_question_by_question_and_ends_with_what_to_remember(
    context: BrowserContext, quiz: lms.Lms, unpacked: dict[str, Path]
) -> None:
    page, unit = opened(context, quiz)
    some = places(unpacked[QUIZ], QUIZ)
    for n, (right, wrong) in enumerate(some[:2], 1):
        at(page, f"#/{QUIZ}/{n}")
        answer(unit, wrong if n == 2 else right)
        expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    page.goto("about:blank")
    page, unit = opened(context, quiz)
    assert (quiz.core["lesson_status"], quiz.core["score"]["raw"]) == ("incomplete", "20")
    expect(unit.locator("#hoc-main")).to_have_attribute("data-route", f"#/{QUIZ}/2")
    expect(unit.locator(".bc-option input").nth(some[1][1])).to_be_checked()
    for n, (right, _) in enumerate(some[2:], 3):
        at(page, f"#/{QUIZ}/{n}")
        answer(unit, right)
        expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    at(page, f"#/{QUIZ}/6")
    expect(unit.locator("#hoc-main")).to_contain_text("Đúng 4 trên 5 câu ngay lần đầu.")
    expect(unit.locator("#hoc-main")).to_contain_text("Ba việc để nhớ")
    expect(unit.locator(".hoc-danger")).to_contain_text("113")
    expect(unit.locator("#hoc-main")).not_to_contain_text("Đọc lại bài")  # it belongs to no lesson
    assert (quiz.core["lesson_status"], quiz.core["score"]["raw"]) == ("completed", "80")


def test_practice_again_is_not_said_to_be_saved(context: BrowserContext, lesson: lms.Lms) -> None:
    page, unit = opened(context, lesson)
    at(page, "#/lam-lai/l05/l05-q02")
    one = unit.locator(".bc-question").filter(has=unit.locator(".bc-option")).first
    one.locator(".bc-option input").first.check()
    expect(one.locator(".bc-saved")).to_contain_text("để xem nhận xét")
    one.locator(".bc-act").click()
    expect(one.locator(".bc-saved")).to_have_text("Câu làm lại không ghi ở hệ thống học, đóng bài là hết.")


def test_pictures_of_parcels_are_not_said_to_be_remembered(context: BrowserContext, lesson: lms.Lms) -> None:
    page, unit = opened(context, lesson)
    at(page, "#/l05/36")
    drill = unit.locator(".hoc-drill")
    expect(drill).to_contain_text("Loạt hình không ghi ở hệ thống học")
    drill.locator("button", has_text="không bấm giờ").click()
    drill.locator("button", has_text="Có dấu hiệu").click()
    expect(drill).to_contain_text("lần sau làm lại từ hình đầu")
    expect(drill).not_to_contain_text("máy nhớ")


def test_a_text_that_does_not_fit_says_so_and_how_much_fits_while_all_of_it_is_there(
    context: BrowserContext, lesson: lms.Lms
) -> None:
    page, unit = opened(context, lesson)
    at(page, OWN_WORDS)
    unit.locator("textarea").fill("Dừng tay, gọi. " * 100)
    expect(unit.locator(".bc-saved")).to_contain_text("Dài 1.500 ký tự, chỉ giữ được 1.000")
    expect(unit.locator("#hoc-lms")).to_contain_text(
        "“Việc tôi sẽ làm” dài 1.500 ký tự, hệ thống học chỉ giữ được 1.000"
    )
    at(page, "#/")
    expect(unit.locator("#hoc-lms")).to_be_visible()
    expect(unit.locator("#hoc-main")).not_to_contain_text("đóng cửa sổ lúc nào cũng được")
    at(page, OWN_WORDS)
    assert len(unit.locator("textarea").input_value()) == 1500
    unit.locator("textarea").fill("Dừng tay, gọi.")
    expect(unit.locator("#hoc-lms")).to_be_hidden()
    expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert "Dừng tay, gọi." in lesson.kept


def test_the_warning_goes_by_itself_when_the_lms_records_again(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    _, unit = opened(context, check)
    check.alive = False
    answer(unit, places(unpacked[CHECK], CHECK)[0][0])
    expect(unit.locator(".bc-saved")).to_have_text(NOT_YET)
    check.alive = True
    expect(unit.locator("#hoc-lms")).to_be_hidden(timeout=20_000)
    expect(unit.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert check.core["score"]["raw"] == "25"


def test_the_emergency_page_has_the_numbers_and_says_where_the_offices_own_are(
    context: BrowserContext, check: lms.Lms
) -> None:
    page, unit = opened(context, check)
    at(page, "#/khan-cap")
    for number in ("113", "114", "115"):
        expect(unit.locator(".hoc-calls")).to_contain_text(number)
    expect(unit.locator(".hoc-our")).to_contain_text("thẻ khẩn cấp dán ở chỗ làm")
    expect(unit.locator(".hoc-our")).not_to_contain_text("chưa có số")
    expect(unit.locator('#hoc-main a[href="#/don-vi"]')).to_have_count(0)


def test_two_windows_say_so_and_neither_writes_over_what_the_other_recorded(
    context: BrowserContext, check: lms.Lms, unpacked: dict[str, Path]
) -> None:
    right = [one for one, _ in places(unpacked[CHECK], CHECK)]
    page, unit = opened(context, check)
    other, second = opened(context, check)
    for one in (unit, second):
        expect(one.locator("#hoc-lms")).to_contain_text("đang mở ở hai cửa sổ")
    at(page, f"#/{CHECK}/1")
    at(other, f"#/{CHECK}/1")
    answer(unit, right[0])
    expect(second.locator(".bc-option input").nth(right[0])).to_be_checked()
    at(other, f"#/{CHECK}/2")
    answer(second, right[1])
    expect(second.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert (check.core["score"]["raw"], check.kept.count("|")) == ("50", 3)
    other.close(run_before_unload=True)
    expect(unit.locator("#hoc-lms")).to_be_hidden()


def test_without_an_lms_the_unpacked_folder_opens_and_says_one_thing_of_what_is_saved(
    context: BrowserContext, unpacked: dict[str, Path]
) -> None:
    page = context.browser.new_page() if context.browser else context.new_page()
    page.goto((unpacked[CHECK] / "package" / "index.html").as_uri())
    expect(page.locator("#hoc-lms")).to_have_text(
        "Không thấy hệ thống học: bài vẫn làm được, nhưng đóng cửa sổ là mất câu trả lời."
    )
    page.locator(".bc-option input").first.check()
    expect(page.locator(".bc-saved")).to_have_text("Bấm “Trả lời” để xem nhận xét.")
    expect(page.locator("#hoc-main")).not_to_contain_text("hệ thống học", ignore_case=True)
    page.close()


def test_in_firefox_an_answer_is_there_again_after_suspending(
    check: lms.Lms, unpacked: dict[str, Path], tmp_path: Path
) -> None:
    program = firefox.installed()
    if program is None:
        pytest.skip("not installed: a browser: firefox")
    right = places(unpacked[CHECK], CHECK)[0][0]
    unit = "document.querySelector('iframe')?.contentDocument"
    with firefox.started(program, tmp_path / "profile") as tab:
        tab.goto(check.address)
        tab.until(f"() => {unit}?.querySelector('.bc-option input')")
        tab.evaluate(f"() => {unit}.querySelectorAll('.bc-option input')[{right}].click()")
        tab.until(f"() => {unit}.querySelector('.hoc-act').textContent === 'Trả lời'")
        tab.evaluate(f"() => {unit}.querySelector('.hoc-act').click()")
        tab.until(f"() => {unit}.querySelector('.bc-saved').textContent.startsWith('Đã lưu lúc')")
        assert check.core["score"]["raw"] == "25"
        tab.goto("about:blank")
        tab.goto(check.address)
        tab.until(f"() => {unit}?.querySelectorAll('.bc-option input')[{right}]?.checked")
        assert check.core["exit"] == "suspend"

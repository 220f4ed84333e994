"""nbgrader's own formgrader in the instructor's lab: points are typed with a comma, and nothing is clamped."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from kit.classroom import UNIT, make_course
from kit.course import start_lab
from kit.handin import answers, code_of, hand_in
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from buuchinh import course
from buuchinh.classroom import given_points, gradebook
from buuchinh.grading import grade_class
from buuchinh.release import release
from buuchinh.results import class_report

pytestmark = pytest.mark.browser
CODE = code_of(1)
MANUAL = "bt90-q3"
INDEX = "(fields, id) => fields.findIndex((field) => field.id === id)"


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of formgrader's page of one hand-in in a running instructor's lab."""
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("cham"), code=False)
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        hand_in(root, CODE, answers())
        grade_class.grade(UNIT)
        with gradebook.opened() as book:
            (submission,) = [one.id for one in book.find_assignment(UNIT).submissions[0].notebooks]
        for lab in start_lab(root, "--instructor"):
            yield lab.address.replace("/giang-vien?", f"/formgrader/submissions/{submission}/?")


@pytest.fixture(params=["browser", "firefox"])
def tab(request: pytest.FixtureRequest, formgrader: str) -> Iterator[Page]:
    """Yield the page in each browser that this machine has; ``asked`` collects all that it asked for."""
    page = request.getfixturevalue(request.param).new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(re.sub(r"/formgrader/.*\?", "/api?", formgrader))  # where a person logs in decides how far a cookie goes
    page.goto(formgrader)
    page.wait_for_function("formgrader.loaded && formgrader.grades.loaded && formgrader.comments.loaded")
    yield page
    assert not [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))]
    page.close()


def stored() -> tuple[float | None, float | None]:
    with gradebook.opened() as book:
        grade = book.find_grade(MANUAL, UNIT, UNIT, CODE)
        return grade.manual_score, grade.extra_credit


def typed(page: Page, text: str, field: str = MANUAL) -> None:
    """Type into a field and leave it, as a person does."""
    place = page.locator(f"#{field}")
    place.fill("")
    place.press_sequentially(text)
    place.press("Tab")


def becomes(points: tuple[float | None, float | None]) -> bool:
    """Wait until the gradebook has these points, which the page sends without waiting."""
    for _ in range(100):
        if stored() == points:
            return True
        time.sleep(0.1)
    return False


def test_the_hour_at_which_points_were_typed_is_noted(tab: Page) -> None:
    typed(tab, "")
    assert becomes((None, None))
    before = datetime.now().astimezone().replace(microsecond=0)
    typed(tab, "1,75")
    assert becomes((1.75, None))
    noted = given_points.last(UNIT, CODE, {MANUAL: 1.75})
    assert noted
    assert before <= noted <= datetime.now().astimezone()
    assert given_points.last(UNIT, CODE, {MANUAL: 2.0}) is None


def test_a_comma_is_a_comma_and_what_is_too_much_is_refused_aloud(tab: Page) -> None:
    place = tab.locator(f"#{MANUAL}")
    alert = tab.get_by_role("alert")
    typed(tab, "2,5")
    expect(place).to_have_value("2,5")
    assert becomes((2.5, None))
    for wrong, word in (("9", "tối đa 3 điểm"), ("3,01", "tối đa 3 điểm"), ("-1", "gõ một số"), ("2,5x", "gõ một số")):
        typed(tab, wrong)
        expect(alert).to_contain_text(f"Chưa lưu “{wrong}”")
        expect(alert).to_contain_text(word)
        expect(place).to_have_value(wrong)
        expect(place).to_have_attribute("aria-invalid", "true")
        assert stored()[0] == 2.5
    typed(tab, "1.25")
    expect(place).to_have_value("1,25")
    expect(place).not_to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_role("alert").filter(visible=True)).to_have_count(0)
    assert becomes((1.25, None))
    typed(tab, "0,5", f"{MANUAL}_extra_credit")
    assert becomes((1.25, 0.5))
    typed(tab, "", f"{MANUAL}_extra_credit")
    assert becomes((1.25, None))
    tab.get_by_role("button", name="Full credit").nth(tab.locator(".score").evaluate_all(INDEX, MANUAL)).click()
    assert becomes((3, None))
    tab.reload()
    expect(tab.get_by_label("Điểm, tối đa 3")).to_have_value("3")


def test_what_is_typed_while_a_save_is_under_way_is_never_written_over(tab: Page) -> None:
    held: list[Route] = []
    tab.route(
        re.compile("/api/(grade|comment)/"),
        lambda route: held.append(route) if route.request.method in {"PUT", "POST"} else route.continue_(),
    )
    for field, first, second in ((MANUAL, "2,25", "9"), (f"{MANUAL}-comment", "Rõ.", "Rõ, nhưng")):
        place = tab.locator(f"#{field}")
        typed(tab, first, field)
        place.fill("")
        place.press_sequentially(second)
        with tab.expect_response(re.compile("/api/(grade|comment)/")):
            held.pop().continue_()
        tab.wait_for_timeout(200)
        expect(place).to_have_value(second)
    tab.locator(f"#{MANUAL}").press("Tab")
    expect(tab.get_by_role("alert")).to_contain_text("Chưa lưu “9”")
    tab.get_by_role("button", name="Full credit").nth(tab.locator(".score").evaluate_all(INDEX, MANUAL)).click()
    expect(tab.locator(f"#{MANUAL}")).to_have_value("3")
    expect(tab.locator(f"#{MANUAL}")).not_to_have_attribute("aria-invalid", "true")
    for save in held:
        save.continue_()
    assert becomes((3, None))


def test_nobody_leaves_a_page_with_points_that_are_not_stored_without_being_asked(tab: Page) -> None:
    typed(tab, "25")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    before = tab.url.partition("?")[0]
    tab.locator("li.next a").click()
    tab.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert tab.url.partition("?")[0] == before
    typed(tab, "2")
    assert becomes((2, None))


def test_formgraders_lists_have_no_button_that_goes_past_the_kit(formgrader: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(re.sub(r"/formgrader/.*\?", "/formgrader/manage_assignments?", formgrader))
    number = page.locator("#main-table .num-submissions a")
    expect(number).to_have_text("1")
    expect(page.locator("#main-table .name")).to_contain_text(UNIT)
    for name in ("duedate", "status", "edit", "assign", "release", "collect", "generate-feedback", "release-feedback"):
        expect(page.locator(f"#main-table .{name}")).to_be_hidden()
    expect(page.get_by_text("Add new assignment")).to_be_hidden()
    expect(page.get_by_role("note")).to_contain_text("Trang này chỉ để xem")
    number.click()
    expect(page.locator("#main-table .student-id")).to_contain_text(CODE)
    for name in ("autograde", "generate-feedback", "release-feedback"):
        expect(page.locator(f"#main-table .{name}")).to_be_hidden()
    page.get_by_role("link", name="Manage Students").click()
    expect(page.locator("#main-table .id").first).to_contain_text(CODE)
    expect(page.locator("#main-table .edit").first).to_be_hidden()
    expect(page.get_by_text("Add new student")).to_be_hidden()
    expect(page.get_by_role("link", name="Sang danh sách")).to_have_attribute("href", "/giang-vien/danh-sach")
    page.close()


def test_name_and_unit_stand_behind_a_code_and_are_not_stored(formgrader: str, browser: Browser) -> None:
    whose = f"{CODE} Nguyễn Thị <b>Hoa</b>, Bưu cục Pleiku"
    path = course.root() / "lop-co-ma.csv"
    path.write_text(f"Mã;Họ tên;Đơn vị\n{CODE};Nguyễn Thị <b>Hoa</b>;Bưu cục Pleiku\n", encoding="utf-8")
    page = browser.new_page()
    page.goto(re.sub(r"/formgrader/.*\?", "/api?", formgrader))
    try:
        for place in (f"manage_submissions/{UNIT}", "manage_students", f"gradebook/{UNIT}/{UNIT}"):
            page.goto(re.sub(r"/formgrader/.*\?", f"/formgrader/{place}?", formgrader))
            expect(page.locator("#main-table").get_by_text(whose).first).to_be_attached()
        page.goto(formgrader)
        expect(page.get_by_text(whose).first).to_be_attached()
    finally:
        path.unlink()
        page.close()
    assert gradebook.rows("SELECT first_name, last_name FROM student WHERE id = :code", code=CODE) == [(None, None)]


def test_the_desk_leads_to_who_waits_and_to_the_report(formgrader: str, browser: Browser) -> None:
    class_report.write(UNIT)
    page = browser.new_page()
    page.goto(re.sub(r"/formgrader/.*\?", "/giang-vien?", formgrader))
    page.get_by_text("Thêm", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Báo cáo bài tập 90").click()
    assert download.value.suggested_filename == f"bao-cao_{UNIT}.xlsx"
    page.get_by_text("Thêm", exact=True).click()  # a press in it closes it
    page.get_by_role("link", name="formgrader").click()
    expect(page.get_by_role("link", name=UNIT)).to_be_visible()
    page.close()

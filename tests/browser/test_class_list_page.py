"""The page of the class list in a real browser, by keyboard alone, in both themes and small windows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kit.axe import findings, in_both_colours
from kit.classroom import UNIT
from kit.course import Lab, start_lab
from kit.desk_class import ABSENT, LATE, OTHER, PEOPLE, mixed_class
from kit.desk_window import fits_window
from playwright.sync_api import Browser, Page, expect

from buuchinh import course, personal_data
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import enrolment, gradebook, leavers
from buuchinh.personal_data.names import Names

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1366, 641), (1024, 768), (1920, 1080)]


@contextmanager
def opened(browser: Browser, lab: Lab, path: str = "/danh-sach") -> Iterator[Page]:
    """Open a page of the desk; ``AssertionError`` names each fault of its scripts at the end."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("filechooser", lambda _: None)  # choosers are caught from now on, not only once a test asks
    page.goto(lab.address)
    page.goto(f"{lab.address.partition('?')[0]}{path}")
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class whose list was read by ``roster``."""
    root = tmp_path_factory.mktemp("danh-sach") / "lop-12"
    shutil.copytree(released_course, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        mixed_class(root)
        enrolment.enrol(root / "lop.csv")
        shutil.copytree(released_course, root.parent / "lop-11")
        yield from start_lab(root, "--instructor")


@pytest.fixture
def page(lab: Lab, browser: Browser) -> Iterator[Page]:
    """Open the page of the class list."""
    with opened(browser, lab) as shown:
        shown.wait_for_selector("tbody tr")
        yield shown


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until a control with this name has the focus."""
    for _ in range(most):
        text = page.evaluate("(document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()")
        if text == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not come to {name!r}")


def press(page: Page, name: str) -> None:
    """Press a control; the people of the list are one stop of the Tab key, with arrows within."""
    row = page.locator(f'[data-code][aria-label="{name}"]')
    if row.count():
        tab_to(page, str(page.locator('[data-code][tabindex="0"]').get_attribute("aria-label")))
        page.keyboard.press("Home")
        while page.evaluate("document.activeElement.ariaLabel") != name:
            before = page.evaluate("document.activeElement.ariaLabel")
            page.keyboard.press("ArrowDown")
            assert page.evaluate("document.activeElement.ariaLabel") != before, f"no row of {name!r}"
    tab_to(page, name)
    page.keyboard.press("Enter")


def quiet(page: Page) -> None:
    """Wait until no job runs."""
    expect(page.locator("#foot .work")).to_have_count(0, timeout=120_000)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_or_higher_than_the_window_and_axe_finds_nothing(page: Page, size: tuple[int, int]) -> None:
    fits_window(page, size)
    assert in_both_colours(page) == []
    for button in ("#restore", "#deadlines", "#other-class", "tbody button"):
        page.locator(button).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert in_both_colours(page) == [], button
        page.keyboard.press("Escape")
    page.locator("tbody button").first.click()
    page.get_by_role("button", name="Xóa hẳn dữ liệu").click()
    expect(page.locator("#typed-code")).to_be_focused()
    assert in_both_colours(page) == []


def test_the_class_is_seen_with_names_and_without_them(page: Page) -> None:
    row = page.get_by_role("row", name=re.compile(PEOPLE[0]))
    expect(row).to_contain_text("Nguyễn Thị A")
    expect(row).to_contain_text("Bưu cục A")
    expect(page.get_by_role("link", name="Danh sách", exact=True)).to_have_attribute("aria-current", "page")
    page.get_by_role("searchbox").fill("nguyen thi b")
    expect(page.locator("#people > [role=status]")).to_have_text("1 trong 6 người")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("button", name="Chiếu").click()
    expect(page.locator("tbody")).to_contain_text("đang giấu")
    assert "Nguyễn" not in page.content()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("#people > [role=status]")).to_have_text("")
    page.get_by_role("button", name="Chiếu").click()
    expect(row).to_contain_text("Nguyễn Thị A")


def test_a_list_is_read_its_questions_answered_and_written_by_keyboard(page: Page, lab: Lab, tmp_path: Path) -> None:
    before = {one.name: one.code for one in Names.read()}
    rows = "".join(f"{one.name};{one.office}\n" for one in Names.read() if one.code in PEOPLE)
    rows = rows.replace("Thị A;Bưu cục A", "Thị A;Bưu cục Mới").replace("Thị B;Bưu cục B", "Thị B;Bưu cục Khác")
    place = tmp_path / "danh sach thang 12.csv"
    place.write_text(f"Họ tên;Đơn vị\n{rows}Lê <img src=x> Mới;Bưu cục A\n", encoding="utf-8-sig")
    tab_to(page, "Đọc lại danh sách")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(place)
    questions = page.locator(".question")
    expect(questions).to_have_count(2)
    assert findings(page) == []
    expect(questions.first.get_by_role("button", name="Cùng một người")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    press(page, "Hai người")
    expect(questions.first.get_by_role("button", name="Cùng một người")).to_have_attribute("aria-pressed", "true")
    press(page, "Ghi danh sách")
    expect(page.locator(".waits")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("tbody")).to_contain_text("Lê <img src=x> Mới")
    now = {f"{one.name}, {one.office}": one.code for one in Names.read()}
    assert now["Nguyễn Thị A, Bưu cục Mới"] == before["Nguyễn Thị A"]
    assert now["Nguyễn Thị B, Bưu cục Khác"] not in PEOPLE
    assert len(gradebook.students()) == 8
    expect(page.locator("#foot")).to_contain_text("buuchinh roster lop.csv")


def test_a_list_in_doubt_waits_through_a_reload_and_can_be_dropped(page: Page, tmp_path: Path) -> None:
    place = tmp_path / "khac.csv"
    place.write_text("Họ tên;Đơn vị\nPhạm Lạ;Bưu cục Xa\n", encoding="utf-8-sig")
    page.locator("#list-file").set_input_files(place)
    expect(page.locator(".waits")).to_contain_text("không có ai của lớp đang mở")
    page.reload()
    expect(page.locator(".waits")).to_contain_text("khac.csv")
    press(page, "Thôi, không đọc danh sách này")
    expect(page.locator(".waits")).to_have_count(0)
    expect(page.locator("tbody")).not_to_contain_text("Phạm Lạ")


def test_extra_time_leaving_and_coming_back_by_keyboard(page: Page) -> None:
    press(page, f"Việc của {ABSENT}")
    expect(page.get_by_role("dialog")).to_contain_text("Hạn của lớp: 10:30 ngày 25-11")
    expect(page.locator(".meant")).to_contain_text("10:30")
    expect(page.locator(".meant")).not_to_contain_text("đã qua")  # what is proposed is to come
    page.keyboard.press("Tab")
    page.keyboard.type("12312099")
    press(page, "Gia hạn")
    expect(page.get_by_role("dialog")).to_contain_text("hạn riêng")
    assert trainee_deadline.extended_until(UNIT, ABSENT).year == 2099  # type: ignore[union-attr]
    press(page, "Thôi gia hạn: Bài 90")
    expect(page.get_by_role("dialog")).not_to_contain_text("hạn riêng")
    assert trainee_deadline.extended_until(UNIT, ABSENT) is None
    press(page, "Rời lớp (giữ bài và điểm)")
    expect(page.get_by_role("row", name=re.compile(ABSENT))).to_contain_text("đã rời lớp")
    press(page, f"Trở lại lớp: {ABSENT}")
    expect(page.get_by_role("row", name=re.compile(ABSENT))).not_to_contain_text("đã rời lớp")
    assert leavers.left() == {}


def test_a_deadline_is_set_and_removed_by_keyboard(page: Page, lab: Lab) -> None:
    press(page, "Sửa hạn…")
    expect(page.get_by_role("dialog")).to_contain_text("10:30 ngày 25-11")
    page.keyboard.type("12312099")
    press(page, "Đặt hạn")
    expect(page.get_by_role("dialog")).to_contain_text("10:30 ngày 31-12")
    press(page, "Bỏ hạn: Bài 90")
    expect(page.get_by_role("dialog")).to_contain_text("chưa có hạn")
    assert UNIT not in (lab.course / "course.toml").read_text(encoding="utf-8").partition("[deadlines]")[2]


def test_a_backup_is_made_and_restored_by_keyboard_after_it_was_told_what_goes(page: Page) -> None:
    quiet(page)
    press(page, "Sao lưu ngay")
    expect(page.locator("#side")).to_contain_text("Bản gần nhất", timeout=120_000)
    quiet(page)
    with page.expect_download() as got:
        press(page, "Tải về để chép ra USB")
    assert re.fullmatch(r"buuchinh_[\d-]+\.zip", got.value.suggested_filename)
    leavers.leave(OTHER)
    press(page, "Khôi phục…")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("sẽ thay gì")
    expect(dialog.get_by_role("button", name="Thôi")).to_be_focused()
    assert findings(page) == []
    press(page, "Khôi phục bản này")
    expect(page.locator("#foot")).to_contain_text("Khôi phục: đã xong", timeout=120_000)
    assert leavers.left() == {}
    assert len(list((course.root() / course.BACKUPS).glob("*.zip"))) == 2


def test_other_exercises_of_a_backup_are_named_and_come_back_only_with_a_tick(page: Page, lab: Lab) -> None:
    quiet(page)
    made = personal_data.backup().path
    notebook = lab.course / course.EXERCISES / UNIT / f"{UNIT}.ipynb"
    key = lab.course / course.SOURCE / UNIT / "questions.yml"
    before = {path: path.read_bytes() for path in (notebook, key)}
    notebook.write_bytes(before[notebook] + b"\n")
    key.write_bytes(before[key] + b"# other\n")
    now = {path: path.read_bytes() for path in before}
    page.reload()
    press(page, "Khôi phục…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("listitem").filter(has_text=made.name).get_by_role("button").press("Enter")
    expect(dialog).to_contain_text(f"2 tệp, trong exercises/{UNIT}, source/{UNIT}.")
    tick = dialog.get_by_role("checkbox", name="khôi phục cả bài tập ấy")
    expect(tick).not_to_be_checked()
    assert findings(page) == []
    press(page, "Khôi phục bản này")
    expect(tick).to_be_focused()
    expect(tick).to_have_accessible_description("Đánh dấu vào ô ở trên trước, rồi bấm lại.")
    expect(dialog).to_be_visible()
    quiet(page)
    assert {path: path.read_bytes() for path in before} == now
    page.keyboard.press("Space")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    press(page, "Khôi phục bản này")
    done = re.compile(r"Khôi phục: đã xong.*--yes --exercises", re.DOTALL)
    expect(page.locator("#foot")).to_contain_text(done, timeout=120_000)
    assert {path: path.read_bytes() for path in before} == before


def test_nobody_is_erased_until_the_code_is_typed(page: Page) -> None:
    quiet(page)
    press(page, f"Việc của {LATE}")
    press(page, "Xóa hẳn dữ liệu…")
    expect(page.locator("#typed-code")).to_be_focused()
    expect(page.get_by_role("button", name="Xóa hẳn", exact=True)).to_be_disabled()
    page.keyboard.type(ABSENT)
    press(page, "Xóa hẳn")
    expect(page.get_by_role("dialog")).to_contain_text("Chưa xóa gì")
    assert LATE in gradebook.students()
    page.locator("#typed-code").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(LATE.lower())
    press(page, "Xóa hẳn")
    expect(page.get_by_role("dialog")).to_contain_text("Còn việc anh/chị phải tự làm")
    assert LATE not in gradebook.students()
    page.keyboard.press("Escape")
    expect(page.locator("tbody")).not_to_contain_text(LATE)


def test_slips_are_printed_one_for_each_person(lab: Lab, browser: Browser) -> None:
    with opened(browser, lab, "/danh-sach/giay-ma") as page:
        expect(page.locator("li")).to_have_count(len(gradebook.students()))
        expect(page.locator("li").first).to_contain_text(re.compile(r"[A-Z]{2}-\d{4}-\w"))
        assert findings(page) == []
        page.emulate_media(color_scheme="dark")
        assert findings(page) == []


def test_the_other_class_beside_this_one_is_offered(page: Page) -> None:
    press(page, "Mở lớp khác…")
    expect(page.get_by_role("dialog")).to_contain_text("lop-11")
    page.locator("#other-path").focus()
    page.keyboard.type("/khong-co")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("không phải thư mục của một lớp")


def test_an_empty_class_can_be_restored_and_gives_an_empty_list(
    released_course: Path, tmp_path: Path, browser: Browser
) -> None:
    root = tmp_path / "lop-moi"
    shutil.copytree(released_course, root)
    for lab in start_lab(root, "--instructor"):
        with opened(browser, lab, "") as page:
            with page.expect_download() as got:
                page.get_by_role("link", name="Lấy mẫu trống").click()
            assert got.value.suggested_filename == "mau-danh-sach-lop.xlsx"
            page.get_by_role("link", name="Khôi phục từ bản sao lưu").click()
            expect(page.get_by_role("dialog")).to_contain_text("chưa có bản nào")
            assert findings(page) == []
            page.keyboard.press("Escape")
            expect(page.locator("tbody")).to_contain_text("Đưa tệp danh sách vào ô bên dưới")
            assert findings(page) == []

"""The desk in a real browser: what it shows, by keyboard alone, in both themes and small windows, without a fault."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from kit.axe import findings, in_both_colours
from kit.classroom import UNIT, edit
from kit.course import Lab, start_lab
from kit.desk import TEN, enrol, work
from kit.desk_class import ABSENT, EXTENDED, LATE, PEOPLE, THERE, mixed_class
from kit.desk_window import fits_window, mixed_lab, opened
from kit.handin import code_of
from kit.job_runner import until
from playwright.sync_api import Browser, Page, expect

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.desk.arrivals import late_work
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import first_steps
from buuchinh.desk.tasks import put_off
from buuchinh.intake import collect
from buuchinh.jobs import job_state
from buuchinh.notebook import pack
from buuchinh.release import release

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1366, 641), (1024, 768), (1920, 1080)]


def copied(original: Path, folder: Path) -> Path:
    shutil.copytree(original, folder / "lop-12")
    return folder / "lop-12"


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class in which everybody is somewhere else."""
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("ban"))


@pytest.fixture
def desk(lab: Lab, browser: Browser) -> Iterator[Page]:
    """Open the desk in a window of 1366 by 768."""
    with opened(browser, lab) as page:
        yield page


def cell(page: Page, code: str) -> str:
    return page.locator(f'tr[data-row="{code}"] td[data-unit="{UNIT}"]').inner_text().strip()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.dataset.row ?? document.activeElement.tagName"))


def test_a_class_is_seen_at_once(desk: Page) -> None:
    expect(desk.locator("#class-name")).to_have_text("lop-12")
    expect(desk.locator(".hero h2")).to_contain_text("2 tệp nộp chưa nhận được")
    expect(desk.get_by_role("row", name=re.compile(THERE))).to_contain_text("Nguyễn Thị A")
    assert [cell(desk, code) for code in PEOPLE[:5]] == ["●mới", "◷nộp trễ", "✕chưa nhận", "●mới", "·chưa nộp"]
    assert desk.locator(f'td[data-unit="{UNIT}"]').nth(6).get_attribute("aria-label") == "Bài 90: không phải nộp"


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_or_higher_than_the_window_and_axe_finds_nothing(desk: Page, size: tuple[int, int]) -> None:
    fits_window(desk, size)
    box = desk.locator(".hero .main").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    expect(desk.locator("#foot")).to_be_hidden()  # it has nothing to say yet
    assert in_both_colours(desk) == []
    desk.locator(f'tr[data-row="{THERE}"] td[data-unit="{UNIT}"]').click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert in_both_colours(desk) == []
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Xem và quyết").first.click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert in_both_colours(desk) == []


def test_the_table_is_one_stop_and_the_arrows_go_within(desk: Page) -> None:
    desk.locator("th.stick").first.wait_for()
    assert desk.locator('[role="grid"] [tabindex="0"]').count() == 1
    desk.locator('[role="grid"] [tabindex="0"]').focus()
    assert focused(desk) == PEOPLE[0]
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    assert focused(desk) == PEOPLE[2]
    desk.keyboard.press("PageUp")
    assert focused(desk) == "#names"
    desk.keyboard.press("PageDown")
    assert focused(desk) == PEOPLE[5]
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("End")
    assert desk.evaluate("document.activeElement.dataset.unit")
    desk.keyboard.press("Home")
    assert desk.evaluate("document.activeElement.tagName") == "TH"
    assert desk.locator('[role="grid"] [tabindex="0"]').count() == 1
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog")).to_contain_text(ABSENT)
    desk.keyboard.press("Escape")
    assert focused(desk) == ABSENT, "Esc comes back to the same cell"
    desk.keyboard.press("Control+Home")
    desk.keyboard.press("ArrowDown")
    assert focused(desk) == PEOPLE[0], "an empty cell of the head is no stop"
    desk.keyboard.press("ArrowUp")
    assert focused(desk) == "#names"
    desk.locator(f'tr[data-row="{ABSENT}"] th').focus()
    desk.keyboard.press("F1")
    expect(desk.get_by_role("dialog")).to_contain_text("PageUp")
    desk.keyboard.press("Escape")
    assert focused(desk) == ABSENT


def test_a_link_leads_to_the_table_and_the_filters_are_one_stop(desk: Page) -> None:
    link = desk.get_by_role("link", name="Tới bảng của lớp")
    expect(link).not_to_be_in_viewport()
    desk.locator(".hero .main").focus()
    for _ in range(2):
        desk.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    desk.keyboard.press("Enter")
    assert focused(desk) == PEOPLE[0]
    filters = desk.get_by_role("toolbar", name="Lọc người").get_by_role("button")
    assert filters.evaluate_all("(all) => all.map((one) => one.tabIndex)") == [0, -1, -1, -1]
    filters.first.focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    expect(filters.nth(2)).to_be_focused()
    expect(filters.first).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("Enter")
    expect(filters.nth(2)).to_have_attribute("aria-pressed", "true")
    assert desk.locator("tbody tr").count() == 3
    desk.keyboard.press("Home")
    expect(filters.first).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(filters.first).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.locator("tbody tr").count() == 6


def test_the_menu_is_left_by_key_and_a_task_put_off_leaves_the_focus_among_the_tasks(desk: Page) -> None:
    menu = desk.locator("details.more")
    menu.locator("summary").press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.locator(".hero .main").focus()
    expect(menu).not_to_have_attribute("open", "")
    first = desk.locator(".hero h2").inner_text()
    desk.locator(".hero").get_by_role("button", name="Để sau").press("Enter")
    expect(desk.locator(".hero h2")).not_to_have_text(first)
    expect(desk.locator(".hero .main")).to_be_focused()


def test_a_sheet_says_whose_it_is_and_each_state_in_words(desk: Page) -> None:
    desk.locator(f'tr[data-row="{LATE}"] th').click()
    sheet = desk.get_by_role("dialog")
    expect(sheet).to_have_accessible_description(re.compile("Bưu cục"))
    expect(sheet.locator("li .num").first).to_have_text(re.compile(r"\w"))
    desk.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def another_unit() -> None:
    """Release an exercise of the officers' path that nobody has been given yet."""
    source, other = course.source_folder(UNIT), "bt91"
    folder = source.with_name(other)
    folder.mkdir()
    for name in ("questions.yml", f"{UNIT}.ipynb"):
        text = (source / name).read_text(encoding="utf-8").replace(UNIT, other)
        (folder / name.replace(UNIT, other)).write_text(text, encoding="utf-8")
    edit(course.root() / "course.toml", f'"{UNIT}", ', f'"{UNIT}", "{other}", ')
    release.release(other)


@pytest.fixture
def unfolding(released_course: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """Open the desk of a class with a unit that was not given out."""
    for lab in mixed_lab(released_course, tmp_path, another_unit):
        with opened(browser, lab) as page:
            yield page


def test_units_not_given_out_are_folded_away(unfolding: Page) -> None:
    desk = unfolding
    fits_window(desk, (1366, 641))
    heads = desk.locator("thead th[data-unit]")
    expect(heads).to_have_count(1)
    fold = desk.get_by_role("button", name=re.compile(r"Hiện \d+ bài chưa phát"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    count = int(re.findall(r"\d+", fold.inner_text())[0])
    fold.press("Enter")
    expect(heads).to_have_count(1 + count)
    expect(heads.first).to_contain_text("Bài 90")
    assert set(desk.locator("td.next").all_inner_texts()[1:]) == {"chưa phát"}
    desk.locator("thead th[data-unit] button").last.focus()
    fits_window(desk, (1366, 641))
    expect(desk.locator("th.stick").first).to_be_in_viewport(ratio=1)
    assert in_both_colours(desk) == []
    desk.reload()
    expect(heads).to_have_count(1 + count)
    desk.get_by_role("button", name=f"Gấp {count} bài chưa phát").press("Enter")
    expect(heads).to_have_count(1)


def test_filters_leave_whom_they_count(desk: Page) -> None:
    desk.get_by_role("button", name="Đến hạn thiếu bài 3").click()
    assert desk.locator("tbody tr").count() == 3
    desk.get_by_role("button", name="Tất cả 6").click()
    desk.get_by_role("searchbox").fill("nguyen thi b")
    assert desk.locator("tbody tr").count() == 1
    expect(desk.locator("tbody tr")).to_contain_text(LATE)
    desk.get_by_role("searchbox").fill("khong co ai")
    expect(desk.locator("tbody")).to_contain_text("Không có ai")


def test_while_it_is_projected_no_name_is_on_the_page(desk: Page) -> None:
    desk.get_by_role("button", name="Chiếu").click()
    expect(desk.get_by_role("button", name="Chiếu")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("row", name=re.compile(THERE))).not_to_contain_text("Nguyễn")
    assert "Nguyễn" not in desk.content(), "nor anywhere else in the page"
    desk.reload()
    desk.wait_for_selector("tbody tr")
    assert "Nguyễn" not in desk.content()
    titles = desk.locator("[title]").evaluate_all("(all) => all.map((one) => one.title).join() + document.title")
    assert not re.search(r"GL-\d{4}", titles), "nor does a code hover over what shows none"
    for page, ready in (("danh-sach", "tbody tr"), ("ket-qua", "main h1")):
        desk.goto(f"{desk.url.partition('/giang-vien')[0]}/giang-vien/{page}")
        desk.wait_for_selector(ready)
        assert "Nguyễn" not in desk.content(), page
        typed = desk.locator("input, textarea").evaluate_all("(all) => all.map((one) => one.value).join()")
        assert "Nguyễn" not in typed, page
    desk.go_back()
    desk.go_back()
    desk.wait_for_selector("tbody tr")
    desk.get_by_role("button", name="Chiếu").click()
    expect(desk.get_by_role("row", name=re.compile(THERE))).to_contain_text("Nguyễn")


def test_dropped_files_are_taken_in_graded_and_closed_by_keyboard(desk: Page, lab: Lab, tmp_path: Path) -> None:
    made = pack.build(work(lab.course, ABSENT), UNIT, ABSENT, TEN).path
    stray = tmp_path / f"{UNIT} <img src=x onerror=alert(1)>.docx"
    stray.write_bytes(b"PK\x03\x04 Word")
    nobodys = tmp_path / "anh bai lam.docx"
    nobodys.write_bytes(b"PK\x03\x04 Word")
    desk.locator("input[type=file]").first.set_input_files([made, stray, nobodys])
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile("Đã đọc 3 tệp bài: 1 nhận và sửa giúp"), timeout=120_000)
    expect(dialog.get_by_role("button", name="Chấm 1 bài vừa nhận")).to_be_focused()
    expect(dialog).to_contain_text("onerror=alert(1)")
    dialog.get_by_role("button", name=f"Xem: {ABSENT}").press("Enter")
    expect(desk.locator("dialog.side")).to_contain_text("Ghi chú khi thu bài")
    desk.keyboard.press("Escape")
    expect(dialog).to_contain_text("Đã đọc 3 tệp bài")
    for link in dialog.get_by_role("link", name="Tải về xem").all():
        with desk.expect_download() as coming:
            link.click()
        assert coming.value.suggested_filename.endswith(".docx")
    expect(dialog.get_by_role("link", name="Tải về xem")).to_have_count(2)
    dialog.get_by_role("button", name="Chấm 1 bài vừa nhận").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(f'tr[data-row="{ABSENT}"] td[data-unit="{UNIT}"]')).to_contain_text("✎", timeout=120_000)
    expect(desk.locator("#foot")).to_contain_text(f"buuchinh grade {UNIT}")


def test_what_is_taken_in_while_the_desk_is_projected_opens_once_it_is_not(desk: Page, tmp_path: Path) -> None:
    stray = tmp_path / "anh chup bai.docx"
    stray.write_bytes(b"PK\x03\x04 Word")
    desk.get_by_role("button", name="Chiếu").click()
    expect(desk.get_by_role("button", name="Chiếu")).to_have_attribute("aria-pressed", "true")
    before = len(job_state.all_jobs())
    desk.locator("input[type=file]").first.set_input_files([stray])
    until(lambda: len(job_state.all_jobs()) > before)  # the foot still tells of the collection before
    until(lambda: all(job.finished for job in job_state.all_jobs()))
    expect(desk.locator("#foot")).to_contain_text("buuchinh collect")
    desk.wait_for_timeout(2500)  # longer than it takes to ask for news
    expect(desk.get_by_role("dialog")).to_have_count(0)
    desk.get_by_role("button", name="Chiếu").click()
    expect(desk.get_by_role("dialog")).to_contain_text("Đã đọc 1 tệp")
    desk.keyboard.press("Escape")


def test_what_somebody_else_changes_is_there_within_two_questions(desk: Page) -> None:
    before = cell(desk, EXTENDED)
    with gradebook.opened() as book:
        grade = next(one for one in book.find_submission(UNIT, EXTENDED).notebooks[0].grades if one.name == "bt90-q3")
        grade.manual_score, grade.needs_manual_grade = 3, False
        book.db.commit()
    expect(desk.locator(f'tr[data-row="{EXTENDED}"] td[data-unit="{UNIT}"]')).not_to_have_text(before)


def test_a_double_click_has_one_effect(desk: Page) -> None:
    sent: list[str] = []
    desk.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    button = desk.locator(".hero .quiet")
    sentence = desk.locator(".hero h2").inner_text()
    button.dblclick()
    expect(desk.locator(".hero h2")).not_to_have_text(sentence)
    assert len([url for url in sent if url.endswith("/lam/de-sau")]) == 1


def test_a_press_that_lacks_something_says_what_and_leads_there(desk: Page) -> None:
    desk.locator("thead th[data-unit] button").first.click()
    day = desk.get_by_role("dialog").locator("input[type=date]")
    day.fill("")
    for way in ("Enter", ""):
        day.press(way) if way else desk.get_by_role("button", name="Đặt hạn").click()
        expect(day).to_be_focused()
        expect(day).to_have_accessible_description("Chưa đủ ngày, tháng, năm: gõ vào ô ngày.")
    assert in_both_colours(desk) == []
    day.fill("2099-12-01")
    expect(desk.locator(".lacks")).to_have_count(0)


def test_a_press_in_the_menu_closes_it_and_the_focus_comes_back_to_it(desk: Page) -> None:
    menu = desk.locator("details.more")
    menu.locator("summary").click()
    desk.route("**/lam/viec", lambda route: route.abort())
    desk.evaluate(
        "document.querySelector('#bundle').addEventListener('click', (event) => event.stopPropagation(), true)"
    )
    desk.locator("#bundle").click()
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_tasks_are_read_whole_at_the_smallest_height(desk: Page) -> None:
    desk.set_viewport_size({"width": 1366, "height": 641})
    for words in desk.locator(".then .words").all():
        assert words.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth")


def test_one_sheet_is_enough_for_all_decisions(
    released_course: Path, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(released_course, tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    mixed_class(root)
    both = root / "usb-2" / EXTENDED
    both.mkdir(parents=True)
    shutil.copy(pack.build(work(root, ABSENT), UNIT, ABSENT, TEN).path, both)
    collect.collect(both.parent)
    for lab in start_lab(root, "--instructor"):
        with opened(browser, lab) as page:
            page.get_by_role("button", name="Xem và quyết").first.click()
            dialog = page.get_by_role("dialog")
            expect(dialog.get_by_role("link", name="Tải về xem")).to_have_count(4)
            dialog.get_by_role("button", name="Chép lời xin lại").first.click()
            expect(dialog.locator(".asked")).to_contain_text("đã gửi nhưng chưa nhận được")
            dialog.get_by_role("button", name=f"Của {ABSENT}").press("Enter")
            for last in (False, False, True):
                expect(dialog.locator("[data-waits] :focus")).to_have_count(1)
                name = "Không nhận" if last else "Đã giải quyết"
                dialog.locator("[data-waits]").get_by_role("button", name=name).first.press("Enter")
            expect(dialog).to_contain_text("Xong. Không còn việc nào cần quyết.", timeout=60_000)
            expect(dialog.get_by_role("button", name="Đóng").last).to_be_focused()
            assert findings(page) == []
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="Xem và quyết")).to_have_count(0)
            expect(page.locator("#foot code")).to_have_count(0)
    assert {ABSENT, LATE} & set(reader.submitted_codes(UNIT)) == {ABSENT}
    assert late_work.undecided(ClassReader().read()) == {}


def test_an_empty_class_begins_with_its_list(released_course: Path, tmp_path: Path, browser: Browser) -> None:
    root = copied(released_course, tmp_path)
    edit(root / "course.toml", 'officer = ["the-khan-cap", ', f'officer = ["the-khan-cap", "{UNIT}", ')
    list_file = tmp_path / "lop.csv"
    rows = "Họ tên;Đơn vị;Vai\nLê Mai;Chư Sê;Bưu tá\nĐỗ Vân;Pleiku;Giao dịch viên\n"
    list_file.write_text(rows, encoding="utf-8-sig")
    for lab in start_lab(root, "--instructor"):
        with opened(browser, lab, (1366, 641)) as page:
            expect(page.get_by_role("heading", name="Ba việc là lớp bắt đầu được")).to_be_visible()
            assert findings(page) == []
            page.locator(".steps [aria-current] button").focus()
            page.locator(".steps input[type=file]").set_input_files(list_file)
            expect(page.locator(".steps")).to_contain_text("✓ 2 người")
            expect(page.locator(".steps [aria-current] button").first).to_be_focused()
            assert (root / "lop-co-ma.csv").is_file()
            expect(page.locator("#foot a")).to_have_attribute("href", "/files/lop-de-phat.xlsx?download=1")
            assert findings(page) == []
            page.get_by_role("button", name="Bài 90: đặt hạn").click()
            sheet = page.get_by_role("dialog")
            sheet.locator("input[type=date]").fill("2099-12-15")
            expect(sheet.locator(".meant")).to_have_text("tức là Thứ Ba, 15/12/2099, 17:00")
            sheet.locator("input[type=date]").press("Enter")
            expect(sheet).to_contain_text("Hạn của lớp: 17:00 ngày 15-12", timeout=30_000)
            expect(sheet.get_by_role("status").first).to_contain_text("✓ ")
            expect(sheet.get_by_role("button", name="Đặt hạn")).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator("[aria-current=step]")).to_contain_text("Phát bài")
            expect(page.locator(".steps")).to_contain_text("✓ Bài 90: hạn 17:00 ngày 15-12")
            expect(page.get_by_role("link", name="In giấy mã")).to_be_visible()
            assert findings(page) == []
            page.get_by_role("button", name="Để sau, mở bảng của lớp").press("Enter")
            expect(page.locator("tbody tr")).to_have_count(2)
            expect(page.locator("#now:focus, #now .main:focus")).to_have_count(1)


def test_two_hundred_people_fit_into_150_kilobytes(released_course: Path, tmp_path: Path, browser: Browser) -> None:
    root = copied(released_course, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        enrol(*(code_of(number) for number in range(1, 201)))
        put_off.add(first_steps.ID, datetime.now().astimezone())
    config = root / "course.toml"
    text = config.read_text(encoding="utf-8").replace("[deadlines]", f"[deadlines]\n{UNIT} = 2099-11-25")
    config.write_text(text, encoding="utf-8")
    rows = "".join(
        f"{code_of(number)};Nguyễn Thị Ngọc Ánh {number};Bưu cục số {number % 9}\n" for number in range(1, 201)
    )
    (root / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{rows}", encoding="utf-8")
    for lab in start_lab(root, "--instructor"):
        with opened(browser, lab) as page:
            assert page.locator("tbody tr").count() == 200
            page.wait_for_load_state("networkidle")
            sizes = page.evaluate("performance.getEntries().map((one) => one.decodedBodySize ?? 0)")
            assert 20_000 < sum(sizes) <= 150_000

"""A released key is corrected from the desk, and what waits is accepted: seen first, then done by one press."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kit.axe import in_both_colours
from kit.classroom import UNIT
from kit.course import Lab, start_lab
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from kit.regrading import correct_the_key
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh.grading import grade_class
from buuchinh.results.results import standings

pytestmark = pytest.mark.browser
GOOD, BAD, WAITS = code_of(1), code_of(2), code_of(3)
SIZES = [(1366, 768), (1366, 641), (1024, 768), (1024, 641)]
REASON = "Khoản 3 đòi yêu cầu bằng văn bản. Đáp án cũ ghi nhầm."


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class with a corrected key and a value that lacks its code."""
    root = tmp_path_factory.mktemp("ban") / "lop-12"
    shutil.copytree(released_course, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        enrol(GOOD, BAD, WAITS)
        hand_in(root, GOOD, answers())
        hand_in(root, BAD, answers(right=False))
        hand_in(root, WAITS, answers(), "")
        grade_class.grade(UNIT)
        (root / "lop.csv").write_text(f"Mã;Họ tên\n{GOOD};Nguyễn Thị A\n{BAD};Trần Văn B\n", encoding="utf-8")
        correct_the_key(root)
        yield from start_lab(root, "--instructor")


@contextmanager
def opened(browser: Browser, lab: Lab) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(lab.address)
    page.wait_for_selector("tbody tr")
    yield page
    context.close()
    assert not faults, faults


def preview(page: Page) -> Locator:
    """Open the preview of the corrected key from the sheet of the unit."""
    page.locator(f'th[data-unit="{UNIT}"] button').click()
    page.locator("dialog.side").get_by_role("button", name="Sửa đáp án").click()
    dialog = page.locator("dialog.regrade")
    expect(dialog).to_be_visible()
    return dialog


def released_key(lab: Lab) -> str:
    return (lab.course / "source" / UNIT / "releases" / "1.0.0" / "questions.yml").read_text(encoding="utf-8")


def test_a_corrected_key_is_among_the_things_to_do(browser: Browser, lab: Lab) -> None:
    with opened(browser, lab) as page:
        task = page.locator("#now").get_by_role("button", name="Sửa đáp án")
        expect(task).to_be_visible()
        task.click()
        expect(page.locator("dialog.regrade h2")).to_contain_text("Sửa đáp án câu 1 bài tập 90")


@pytest.mark.parametrize("size", SIZES)
def test_the_preview_fits_and_axe_finds_nothing(browser: Browser, lab: Lab, size: tuple[int, int]) -> None:
    with opened(browser, lab) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        dialog = preview(page)
        box = dialog.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size[1]
        expect(dialog.get_by_role("button", name="Ghi và chấm lại")).to_be_in_viewport()
        expect(dialog.get_by_label("Vì sao sửa")).to_be_in_viewport(ratio=1)
        assert dialog.locator(".body").evaluate("one => one.scrollWidth <= one.clientWidth")
        assert in_both_colours(page) == []


def test_without_a_reason_the_button_is_off_and_enter_writes_a_line(browser: Browser, lab: Lab) -> None:
    before = released_key(lab)
    with opened(browser, lab) as page:
        dialog = preview(page)
        expect(dialog.locator(".moves li").first).to_contain_text(GOOD)
        write, reason = dialog.get_by_role("button", name="Ghi và chấm lại 3 bài"), dialog.get_by_label("Vì sao sửa")
        expect(reason).to_be_focused()
        expect(write).to_be_disabled()
        expect(dialog.get_by_text("Viết một câu cho học viên đọc")).to_be_visible()
        page.keyboard.press("Control+Enter")
        page.keyboard.type(" ")
        expect(write).to_be_disabled()
        page.keyboard.type("Gõ nhầm.")
        expect(write).to_be_enabled()
        page.keyboard.press("Enter")
        expect(reason).to_have_value(" Gõ nhầm.\n")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert released_key(lab) == before
        assert not list(lab.course.glob("backup/*.zip"))


def test_a_reason_that_names_a_person_is_refused(browser: Browser, lab: Lab) -> None:
    with opened(browser, lab) as page:
        dialog = preview(page)
        page.keyboard.type(f"Bài của {GOOD.lower()} cho thấy đáp án sai.")
        page.keyboard.press("Control+Enter")
        expect(dialog.locator(".said")).to_contain_text("có mã của một người")
        assert not list(lab.course.glob("backup/*.zip"))


def test_what_is_accepted_is_seen_first(browser: Browser, lab: Lab) -> None:
    with opened(browser, lab) as page:
        page.locator(f'tr[data-row="{WAITS}"] td[data-unit="{UNIT}"]').click()
        page.get_by_role("button", name="Chấp nhận điều đã nộp").click()
        dialog = page.locator("dialog.accept")
        expect(dialog).to_contain_text("Câu 4")
        expect(dialog).to_contain_text("8.817.223")
        expect(dialog).to_contain_text("không ra giá trị")
        expect(dialog).to_contain_text("được 5/5 điểm")
        assert in_both_colours(page) == []
        assert not (lab.course / "so-cham" / WAITS / f"chap-nhan_{UNIT}.json").exists()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_an_acceptance_is_confirmed_once(browser: Browser, lab: Lab) -> None:
    with opened(browser, lab) as page:
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.url) if "/lam/chap-nhan" in one.url else None)
        page.locator(f'tr[data-row="{WAITS}"] td[data-unit="{UNIT}"]').click()
        page.get_by_role("button", name="Chấp nhận điều đã nộp").click()
        page.get_by_role("button", name="Chấp nhận, chấm lại").dblclick()
        expect(page.locator("dialog.side")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#foot")).to_contain_text("đã xong", timeout=60_000)
        assert len(sent) == 1
        assert (lab.course / "so-cham" / WAITS / f"chap-nhan_{UNIT}.json").is_file()


def test_two_windows_correct_it_once_and_an_old_preview_is_shown_anew(browser: Browser, lab: Lab) -> None:
    before = released_key(lab)
    with opened(browser, lab) as one, opened(browser, lab) as other:
        first, second = preview(one), preview(other)
        first.get_by_label("Vì sao sửa").fill(REASON)
        second.get_by_label("Vì sao sửa").fill(REASON)
        hand_in(lab.course, BAD, answers())
        grade_class.grade(UNIT)
        one.keyboard.press("Control+Enter")
        expect(first.get_by_role("alert")).to_contain_text("vừa đổi")
        expect(first.locator("h2")).to_contain_text("3 người xuống mức")
        expect(first.get_by_label("Vì sao sửa")).to_have_value(REASON)
        assert released_key(lab) == before
        assert not list(lab.course.glob("backup/*.zip"))
        first.get_by_role("button", name="Ghi và chấm lại 3 bài").dblclick()
        expect(first).to_have_count(0)
        expect(one.locator("#foot")).to_contain_text("Sửa đáp án bài 90: đã xong", timeout=60_000)
        expect(second.locator(".said")).to_contain_text("đã xong")  # this window hears of it too
        other.keyboard.press("Control+Enter")
        expect(second.locator(".said")).to_contain_text("giống mọi bản đã phát hành")
        assert "correct: canary-b" in released_key(lab)
        assert len(list(lab.course.glob("backup/*.zip"))) == 1
        assert {one.code: one.earned for one in standings(UNIT)}[GOOD] < 14
        expect(one.locator("#now").get_by_role("button", name="Sửa đáp án")).to_have_count(0)

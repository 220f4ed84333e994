"""An exam from the desk by keys alone: a next sitting is drawn, read, released, bundled, and its bundle opens."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.course import Lab, copy_course, start_lab
from kit.desk import enrol
from kit.desk_window import opened
from kit.exam import answers_of, code_of, sit
from playwright.sync_api import Browser, Page, expect

from buuchinh.classroom import assigned_roles
from buuchinh.exam import later_sittings
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.release import release, versions

pytestmark = pytest.mark.browser
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
PATIENCE = 120_000
EXAM = "thinv3"
WRONG = 12
"""Questions that whoever fails answers wrongly."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class in which one passed the staff's exam and two failed it."""
    root = copy_course(tmp_path_factory.mktemp("thi") / "lop-12")
    codes = [code_of(number) for number in range(1, 4)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        enrol(*codes)
        assigned_roles.keep(dict.fromkeys(codes, "clerk"))
        for number, code in enumerate(codes):
            released = versions.released_for(EXAM, None, code)
            wrong = tuple(released.obscured)[:WRONG] if number else ()
            sit(root, code, answers_of(released, wrong=wrong), root / "usb", EXAM)
        collect.collect(root / "usb")
        release.enter(EXAM)
        grade_class.grade(EXAM)
        yield from start_lab(root, "--instructor")


def enter(page: Page, name: str) -> None:
    """Press a button by its key."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def fits(page: Page) -> None:
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert (width, height) == (1366, 641)
    assert Axe().run(page).violations_count == 0


def test_a_next_sitting_is_drawn_read_released_and_bundled(
    lab: Lab, browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab.course))
    with opened(browser, lab, (1366, 641)) as page:
        page.locator(f'[data-task="sit:{EXAM}"]').press("Enter")
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text("2 người chưa đạt.")
        enter(page, "Rút đề lần sau")
        expect(sheet.get_by_role("button", name="Đọc đề")).to_be_visible(timeout=PATIENCE)
        fits(page)
        enter(page, "Đọc đề")

        page.wait_for_url("**/de-thi/thinv4")
        expect(page.locator(".questions > li")).to_have_count(30)
        assert page.locator(".questions > li").filter(has=page.locator(".so")).count() == 30
        assert later_sittings.unreleased() == ["thinv4"]
        fits(page)
        page.screenshot(path=ARTEFACTS / "drawn-exam.png")
        page.get_by_role("link", name="Đề B").press("Enter")
        expect(page.get_by_role("link", name="Đề B")).to_have_attribute("aria-current", "true")

        before = page.locator(".questions").inner_text()
        enter(page, "Chiếu")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đang chiếu nên câu hỏi và đáp án bị che")
        assert page.locator(".questions, [data-action]").count() == 0
        fits(page)
        enter(page, "Chiếu")
        expect(page.locator(".questions")).to_have_text(before, use_inner_text=True)

        enter(page, "Bỏ đề này, rút lại")
        expect(page.locator("#foot")).to_contain_text("--redraw", timeout=PATIENCE)
        expect(page.locator("#foot .ended")).to_contain_text("Rút đề thi nhân viên lần 4: đã xong", timeout=PATIENCE)
        assert page.locator(".questions").inner_text() != before
        enter(page, "Phát hành lần thi này")
        page.wait_for_selector("tbody tr", timeout=PATIENCE)
        head = page.locator("thead").get_by_role("button", name="Đặt hạn: Thi nhân viên lần 4")
        expect(head).to_be_visible()
        head.click()
        expect(sheet).to_contain_text("1 người: đã đạt ở lần thi trước")
        expect(sheet).to_contain_text("Bài thi này chưa có hạn")
        enter(page, "Làm gói bài thi này")
        row = sheet.locator("li", has_text="-thinv4.zip")
        expect(row).to_be_visible(timeout=PATIENCE)
        expect(sheet.get_by_role("status").first).to_contain_text("Làm gói: đã xong")
        expect(sheet).to_contain_text("giải nén ra một thư mục riêng")
        fits(page)
        page.screenshot(path=ARTEFACTS / "exam-bundle.png")
        with page.expect_download() as coming:
            row.get_by_role("link").click()
        coming.value.save_as(tmp_path / "goi.zip")
    with zipfile.ZipFile(tmp_path / "goi.zip") as zipped:
        zipped.extractall(tmp_path / "usb")
    (start,) = (tmp_path / "usb").rglob("BAT-DAU.html")
    context = browser.new_context(viewport={"width": 1366, "height": 641}, locale="vi-VN")
    page = context.new_page()
    page.goto(start.as_uri())
    expect(page.locator("body")).to_contain_text("Kiểm tra cuối khóa cho nhân viên, lần 4", timeout=PATIENCE)
    context.close()

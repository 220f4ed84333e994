"""Giving back on the desk: nothing while something waits, one zip, the file to print, solutions, who has time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.classroom import UNIT
from kit.course import Lab
from kit.desk_class import ABSENT, EXTENDED, THERE
from kit.desk_window import mixed_lab, opened
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh.attempts import trainee_deadline
from buuchinh.grading import grade_class
from buuchinh.results import feedback_sent, send_feedback

pytestmark = pytest.mark.browser
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a graded class, in which texts wait and one person still has time."""

    def grade() -> None:
        grade_class.grade(UNIT)
        trainee_deadline.give(UNIT, ABSENT, datetime.now().astimezone() + timedelta(hours=2))

    yield from mixed_lab(released_course, tmp_path_factory.mktemp("tra"), grade)


def sheet_of(page: Page, lab: Lab) -> Locator:
    """Open the desk and the sheet of the unit."""
    page.goto(lab.address)
    page.locator("thead").get_by_role("button").filter(has_text="90").first.click(timeout=PATIENCE)
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Gửi cho lớp", timeout=PATIENCE)
    return sheet


def test_a_unit_says_what_waits_gives_feedback_when_asked_and_solutions_after_the_last_deadline(
    lab: Lab, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab.course))
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN", accept_downloads=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sheet = sheet_of(page, lab)
    expect(sheet).to_contain_text("2 bài chờ chấm tay")
    expect(sheet).to_contain_text("còn người trong hạn đến")
    expect(sheet).to_contain_text(ABSENT)
    assert sheet.get_by_role("button", name="Làm tệp lời giải").count() == 0
    assert Axe().run(page).violations_count == 0
    page.screenshot(path=ARTEFACTS / "give-back-waits.png")

    sheet.get_by_role("button", name="Vẫn gói phản hồi").click()
    question = page.get_by_role("dialog", name="Còn việc chờ, vẫn gói phản hồi?")
    expect(question).to_contain_text("2 bài chờ chấm tay")
    expect(question.get_by_role("button", name="Thôi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert feedback_sent.of_unit(UNIT) == {}
    sheet_of(page, lab).get_by_role("button", name="Vẫn gói phản hồi").click()
    question.get_by_role("button", name="Vẫn gói", exact=True).click()
    expect(page.locator("#foot")).to_contain_text("buuchinh feedback bt90 --send --anyway", timeout=PATIENCE)
    zipped = lab.course / "feedback" / f"phan-hoi_{UNIT}_gui.zip"
    page.wait_for_function("!document.querySelector('#foot .stop')", timeout=PATIENCE)
    while THERE not in feedback_sent.of_unit(UNIT):
        page.wait_for_timeout(200)
    assert sorted(zipfile.ZipFile(zipped).namelist()) == [
        f"{code}/phan-hoi_{UNIT}_{code}.html" for code in sorted((THERE, EXTENDED))
    ]
    expect(page.locator("#foot a")).to_have_attribute("href", f"/files/feedback/{zipped.name}?download=1")
    trainee_deadline.take_back(UNIT, ABSENT)

    sheet = sheet_of(page, lab)
    expect(sheet).to_contain_text("Phản hồi của 2 người: đã gói")
    sheet.get_by_role("button", name="Làm tệp lời giải").click()
    expect(sheet).to_contain_text("gửi chung cả lớp", timeout=PATIENCE)
    expect(sheet.get_by_role("status").first).to_contain_text(f"✓ Đã làm loi-giai-{UNIT}.json")
    expect(sheet.get_by_role("link", name="Tải tệp ấy về")).to_be_in_viewport()
    expect(sheet.get_by_role("button", name="Làm tệp lời giải")).to_be_focused()
    for width, height, scheme in ((1366, 768, "light"), (1366, 641, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        assert Axe().run(page).violations_count == 0
        page.screenshot(path=ARTEFACTS / f"give-back-{height}-{scheme}.png")
    row = sheet.locator("li", has_text="Tệp lời giải")
    with page.expect_download() as coming:
        row.get_by_role("link").click()
    assert coming.value.suggested_filename == f"loi-giai-{UNIT}.json"
    page.keyboard.press("Escape")

    page.locator(f'tr[data-row="{THERE}"] td[data-unit="{UNIT}"]').click()
    expect(page.get_by_role("dialog")).to_contain_text("đã gói")
    assert not errors
    context.close()


def test_time_that_is_given_after_feedback_is_asked_about_beside_its_button_and_named_afterwards(
    lab: Lab, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab.course))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    trainee_deadline.take_back(UNIT, ABSENT)
    send_feedback.send(UNIT, anyway=True)
    with opened(browser, lab, (1280, 640)) as page:
        page.locator(f'tr[data-row="{ABSENT}"] td[data-unit="{UNIT}"]').click()
        sheet = page.get_by_role("dialog")
        day = datetime.now().astimezone() + timedelta(days=2)
        sheet.locator("input[type=date]").fill(f"{day:%Y-%m-%d}")
        sheet.get_by_role("button", name="Gia hạn").click()
        expect(sheet.get_by_role("alert")).to_contain_text("phản hồi của 2 người đã gói", timeout=PATIENCE)
        expect(sheet.get_by_role("button", name="Thôi")).to_be_focused()
        page.screenshot(path=ARTEFACTS / "time-again.png")
        assert Axe().run(page).violations_count == 0
        sheet.get_by_role("button", name="Thôi").click()
        expect(sheet.get_by_role("alert")).to_have_count(0)
        assert trainee_deadline.extended_until(UNIT, ABSENT) is None
        sheet.get_by_role("button", name="Gia hạn").click()
        sheet.get_by_role("button", name="Vẫn cho hạn ấy").click()
        expect(sheet).to_contain_text("Được gia hạn đến", timeout=PATIENCE)
        page.keyboard.press("Escape")
        expect(page.locator("#now")).to_contain_text("còn hạn bài tập 90", timeout=PATIENCE)
        page.screenshot(path=ARTEFACTS / "time-again-task.png")
    trainee_deadline.take_back(UNIT, ABSENT)

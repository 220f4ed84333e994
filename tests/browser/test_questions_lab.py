"""Questions in a real JupyterLab: by keyboard alone, fit for all eyes, and read where nothing runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import keyboard as keys
from kit.course import Lab, copy_course, start_lab
from kit.trainee import PATIENCE, unfold
from playwright.sync_api import Browser, Page, expect

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
LESSON = "lessons/02-khung-phap-ly.ipynb"
"""It asks nearly all types."""
CHOICE, WRITTEN = "l02-q01", "l02-q04"
pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    yield from start_lab(copy_course(tmp_path_factory.mktemp("lab") / "course"))


def opened(browser: Browser, lab: Lab, path: str) -> Page:
    sheet = browser.new_context(viewport={"width": 1100, "height": 900}, locale="vi-VN").new_page()
    sheet.goto(lab.page(path))
    sheet.locator(".bc-question:visible").first.wait_for(timeout=PATIENCE)
    unfold(sheet)
    return sheet


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser: Browser, lab: Lab) -> None:
    """On a wide window in light colours, then on a telephone in dark ones."""
    sheet = opened(browser, lab, LESSON)
    expect(sheet.locator(".bc-standin:visible")).to_have_count(0)
    _fits(sheet, "light", 1100)
    sheet.set_viewport_size({"width": 390, "height": 900})
    sheet.emulate_media(color_scheme="dark")
    sheet.wait_for_selector("body[data-jp-theme-light='false']", state="attached")
    sheet.wait_for_timeout(300)  # colours pass into each other
    _fits(sheet, "dark", 390)
    sheet.context.close()


def _fits(sheet: Page, scheme: str, width: int) -> None:
    assert keys.axe_findings(sheet, ".bc-live") == []
    for part in sheet.locator(".bc-live:visible").all():
        box = part.bounding_box()
        assert box
        assert box["x"] + box["width"] <= width, part.inner_text()[:80]
    ARTEFACTS.mkdir(exist_ok=True)
    for shown in sheet.locator("[data-question]:visible").all()[:4]:
        shown.screenshot(path=ARTEFACTS / f"lab-{scheme}-{shown.get_attribute('data-question')}.png")


def test_a_question_mark_opens_the_list_of_the_keys_but_not_where_one_types(browser: Browser, lab: Lab) -> None:
    sheet = opened(browser, lab, LESSON)
    listed = sheet.get_by_role("dialog", name="Các phím dùng được")
    keys.start(sheet, CHOICE)
    keys.reach(sheet, CHOICE, "input")
    sheet.keyboard.press("?")
    expect(listed).to_be_visible()
    sheet.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    assert sheet.evaluate(f"document.activeElement.closest('[data-question]')?.dataset.question === '{CHOICE}'")
    keys.start(sheet, WRITTEN)
    keys.reach(sheet, WRITTEN, "input, textarea")
    sheet.keyboard.type("ai?")
    expect(listed).to_have_count(0)
    sheet.context.close()


def test_questions_are_answered_by_keyboard_and_no_key_is_a_command_of_jupyterlab(browser: Browser, lab: Lab) -> None:
    sheet = opened(browser, lab, LESSON)
    cells = sheet.locator(".jp-Cell").count()
    keys.start(sheet, CHOICE)
    keys.reach(sheet, CHOICE, "input")
    sheet.keyboard.press("Space")
    sheet.keyboard.type("xdd00")  # JupyterLab would cut cells and start the kernel anew
    keys.press(sheet, CHOICE, "Trả lời")
    expect(keys.root(sheet, CHOICE).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    expect(keys.root(sheet, CHOICE).locator(".bc-feedback")).to_contain_text("Căn cứ")
    keys.start(sheet, WRITTEN)
    keys.reach(sheet, WRITTEN, "input, textarea")
    sheet.keyboard.type("xdd00 a b")
    keys.press(sheet, WRITTEN, "Trả lời")
    expect(keys.root(sheet, WRITTEN).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert sheet.locator(".jp-Cell").count() == cells
    expect(sheet.locator(".jp-Dialog")).to_have_count(0)
    kept = json.loads((lab.course / "bai-lam/khach/l02/answers.json").read_text(encoding="utf-8"))["answers"]
    assert set(kept) == {CHOICE, WRITTEN}
    assert kept[WRITTEN]["answer"] == "xdd00 a b"
    sheet.context.close()

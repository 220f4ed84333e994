"""Answering any question of an exercise on its page, as a trainee with a mouse; right or wrong does not matter."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect


def question(page: Page, name: str) -> Locator:
    """Return the live question of that id."""
    return page.locator(f'[data-question="{name}"]')


def answer(page: Page, asked: dict[str, Any], numbers: str = "12") -> None:
    """Answer one question of a public sheet, and wait until the page says that it is saved."""
    shown = question(page, asked["id"])
    shown.scroll_into_view_if_needed()
    if asked["type"] == "scenario":
        _walk(shown, asked)
    elif asked["type"] == "form":
        for sheet, field in zip(shown.locator(".bc-form > fieldset").all(), asked["fields"], strict=True):
            _simple(sheet, field, numbers)
    else:
        _simple(shown, asked, numbers)
    expect(shown.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=10_000)


def _simple(sheet: Locator, asked: dict[str, Any], numbers: str) -> None:
    kind = asked["type"]
    if kind == "single" or (kind == "survey" and asked.get("options")):
        sheet.locator("input[type=radio]").first.check()
    elif kind in {"multiple", "picture"}:
        for box in sheet.locator("input[type=checkbox]").all()[:2]:
            box.check()
    elif kind == "ordering":
        sheet.get_by_role("button", name="Đưa xuống").first.click()
    elif kind == "matching":
        for pair in sheet.locator(".bc-pair").all():
            match(pair)
    elif kind == "numeric":
        sheet.locator("input").fill(numbers)
    elif kind == "moment":
        sheet.locator("input").fill("9h40, ngày 24/11/2026")
    elif kind in ("text", "survey"):
        sheet.locator("input, textarea").fill("Tại quầy 2, tôi đã dừng nhận và báo trưởng bưu cục.")
        sheet.locator("input, textarea").blur()
    else:
        raise AssertionError(f"{asked['id']}: {kind} cannot be answered on the page")


def match(pair: Locator, text: str = "") -> None:
    """Choose for one entry of a matching question: from its closed list or from the rows under it."""
    if pair.locator("select").count():
        offered = pair.locator("option:not([value=''])", has_text=text).first
        pair.locator("select").select_option(value=offered.get_attribute("value"))
    else:
        pair.locator(".bc-option", has_text=text).first.click()
        expect(pair.locator(".bc-answered")).to_be_visible()


def _walk(shown: Locator, asked: dict[str, Any]) -> None:
    """Take the first way at each moment until the story is over."""
    decide = shown.get_by_role("button", name="Quyết định")
    for _ in asked["nodes"]:
        if not decide.count():
            return
        shown.locator("input[type=radio]").first.check()
        decide.click()
    expect(decide).to_have_count(0)

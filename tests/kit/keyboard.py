"""Answering each type of question with the keyboard alone, on any page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

_MOST_STOPS = 120


def root(page: Page, name: str) -> Locator:
    """Return the live question of that id."""
    return page.locator(f'[data-question="{name}"]')


def reach(page: Page, name: str, what: str, *, back: bool = False) -> None:
    """Press Tab until an element that matches ``what`` within the question has the focus."""
    matches = f"document.activeElement.matches('[data-question=\"{name}\"] :is({what})')"
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(matches):
            return
    raise AssertionError(f"{name}: the keyboard does not reach {what}")


def press(page: Page, name: str, label: str, *, back: bool = False) -> None:
    """Reach a button by its words and press it."""
    for _ in range(_MOST_STOPS):
        reach(page, name, "button", back=back)
        if label in (page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent")):
            expect(root(page, name).locator(".bc-act[aria-disabled]")).to_have_count(0)
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name}: no button {label}")


def start(page: Page, name: str) -> None:
    """Put the focus just before a question, as one who has read up to it."""
    root(page, name).evaluate("e => { e.tabIndex = -1; e.focus(); e.removeAttribute('tabindex'); }")


def answer_single(page: Page) -> None:
    name = "t-single"
    reach(page, name, "input")
    page.keyboard.press("ArrowDown")
    press(page, name, "Trả lời")
    told = root(page, name).locator(".bc-feedback")
    expect(told).to_contain_text("Hàng đang chờ")
    expect(told).not_to_contain_text("Khách tự mở")
    expect(told).not_to_contain_text("cảm giác")
    expect(told.locator("a")).to_have_attribute("href", "#LBC-2010/29.3")
    reach(page, name, "input", back=True)
    page.keyboard.press("ArrowUp")
    expect(told).to_be_empty()
    press(page, name, "Trả lời")
    expect(told).to_contain_text("Đúng rồi")
    expect(root(page, name)).to_contain_text("Đúng rồi")


def answer_multiple(page: Page) -> None:
    name = "t-multiple"
    reach(page, name, "input")
    page.keyboard.press("Space")
    press(page, name, "Trả lời")
    told = root(page, name).locator(".bc-feedback")
    expect(told).to_contain_text("nhưng còn thiếu")
    reach(page, name, "input", back=True)
    reach(page, name, "input", back=True)
    page.keyboard.press("Space")
    press(page, name, "Trả lời")
    expect(told).to_contain_text("Đúng rồi")


def answer_picture(page: Page) -> None:
    name = "t-picture"
    offered = root(page, name).locator("input")
    numbers = [str(number) for number in range(1, offered.count() + 1)]
    expect(root(page, name).locator(".number text")).to_have_text(numbers)
    reach(page, name, "input")
    first = root(page, name).locator(".spot").first
    expect(first).to_have_class("spot pointed")
    page.keyboard.press("Space")
    expect(first).to_have_class("spot chosen")
    press(page, name, "Trả lời")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text("Đúng rồi")
    expect(first).to_have_class("spot right")
    expect(root(page, name).locator(".number text").first).to_have_text("1✓")


def answer_numeric(page: Page) -> None:
    readings = {
        "1.234": "hai cách",
        "1.234,5": "Đọc là 1.234,5 khẩu",
        "mười": "Chưa đọc được",
        "9999": "xem lại",
        "10": "Đọc là 10",
    }
    answer_typed(page, "t-numeric", readings, "cộng lại là mười")


def answer_moment(page: Page) -> None:
    readings = {
        "sáng sớm": "Chưa đọc được",
        "9h40": "Còn thiếu ngày",
        "24/11/2026": "Còn thiếu giờ",
        "9 giờ 40, ngày 24 tháng 11 năm 2026.": "Đọc là 09:40, 24-11-2026",
    }
    answer_typed(page, "t-moment", readings, "Đúng rồi")


def answer_typed(page: Page, name: str, readings: dict[str, str], told: str) -> None:
    """Type each text in turn and see how it is read; the last is the right answer, which is told by ``told``."""
    reach(page, name, "input")
    reading = root(page, name).locator(".bc-reading")
    for typed, said in readings.items():
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        expect(reading).to_contain_text(said)
    press(page, name, "Trả lời")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text(told)


def answer_ordering(page: Page) -> None:
    name = "t-ordering"
    press(page, name, "Đưa xuống: Báo")
    assert page.evaluate("document.activeElement.ariaLabel") == "Đưa xuống: Báo trưởng bưu cục."
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Đưa lên: Báo trưởng bưu cục."
    expect(root(page, name).locator(".bc-unseen")).to_have_text("Báo trưởng bưu cục: nay ở vị trí 3")
    press(page, name, "Trả lời")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text("Đúng rồi")


def answer_matching(page: Page) -> None:
    name = "t-matching"
    rows = root(page, name).locator("select").count() == 0
    for steps in (1, 2):
        reach(page, name, "input" if rows else "select")
        for key in ["Space", "ArrowDown"][:steps] if rows else ["ArrowDown"] * steps:
            page.keyboard.press(key)
    press(page, name, "Trả lời")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text("Đúng rồi")


def answer_text(page: Page) -> None:
    name = "t-text"
    reach(page, name, "input")
    page.keyboard.type("BIEN  ban")
    press(page, name, "Trả lời")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text("Đúng rồi")


def answer_manual(page: Page) -> None:
    name = "t-manual"
    reach(page, name, "textarea")
    page.keyboard.type("Tại quầy 2, kiện rách góc.")
    press(page, name, "Lưu và xem")
    expect(root(page, name).locator(".bc-feedback")).to_contain_text("tôi đã dừng nhận")


def answer_scenario(page: Page) -> None:
    name = "t-scenario"
    story = root(page, name).locator(".bc-story")
    reach(page, name, "input")
    page.keyboard.press("ArrowDown")
    press(page, name, "Quyết định")
    assert "Chữ ký không xóa" in page.evaluate("document.activeElement.textContent")
    expect(story).to_contain_text("✗ Vi phạm")
    press(page, name, "Quay lại chỗ: Một kiện rách góc")
    for _ in range(2):
        reach(page, name, "input")
        page.keyboard.press("Space")
        press(page, name, "Quyết định")
    expect(story).to_contain_text("✓ Kết thúc an toàn")
    expect(story).to_contain_text("Điều 29 khoản 3")


def answer_form(page: Page) -> None:
    name = "t-form"
    reach(page, name, "input.bc-line")
    page.keyboard.type("biên bản")
    reach(page, name, "input.bc-number")
    page.keyboard.type("11")
    for _ in range(2):
        reach(page, name, "input[type=checkbox]")
        page.keyboard.press("Space")
    press(page, name, "Trả lời")
    told = root(page, name).locator(".bc-feedback")
    expect(told).to_contain_text("Còn 1 dòng chưa trả lời")
    page.wait_for_timeout(650)  # the second press of a double click checks nothing
    page.keyboard.press("Enter")
    expect(told).to_contain_text("Mười một là tổng báo cáo ghi")
    expect(told).to_contain_text("Chưa có câu trả lời.")
    expect(told).to_contain_text("Dấu hiệu: Mùi hắc")


def answer_survey(page: Page) -> None:
    reach(page, "t-survey", "input")
    page.keyboard.press("Space")
    expect(root(page, "t-survey").locator(".bc-saved")).to_contain_text("Đã lưu lúc")


ANSWERS: dict[str, Callable[[Page], None]] = {
    "t-single": answer_single,
    "t-multiple": answer_multiple,
    "t-picture": answer_picture,
    "t-numeric": answer_numeric,
    "t-moment": answer_moment,
    "t-ordering": answer_ordering,
    "t-matching": answer_matching,
    "t-text": answer_text,
    "t-manual": answer_manual,
    "t-scenario": answer_scenario,
    "t-form": answer_form,
    "t-survey": answer_survey,
}


def axe_findings(page: Page, within: str) -> list[dict[str, Any]]:
    """Return what axe-core holds against the part of the page that ``within`` names."""
    found: list[dict[str, Any]] = Axe().run(page, context=within).response["violations"]
    return [{"id": one["id"], "nodes": [node["html"][:160] for node in one["nodes"]]} for one in found]

"""The keyboard reaches a question's first answer at once, and a picture that is too small to be read opens large."""

from __future__ import annotations

import pytest
from kit.keyboard import axe_findings
from kit.site_page import at, give_code, questions_of, steps_of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CODE = "GL-0123-Q"


def test_the_first_tab_of_a_question_reaches_its_first_answer(page: Page) -> None:
    give_code(page, CODE)
    at(page, questions_of(page, "bt03")[1])
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".bc-option input").first).to_be_focused()


def test_who_came_from_a_button_of_the_head_chooses_by_digit_and_enter_is_the_blue_button(page: Page) -> None:
    route = next(one for one in steps_of(page, "l05") if one.count("/") == 2 and shows(page, one, ".bc-option"))
    at(page, route)
    page.locator(".hoc-step-head [data-tool=look]").click()
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".bc-option input").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".bc-feedback:visible")).not_to_be_empty()


def test_a_code_is_given_and_changed_by_the_keyboard_alone(page: Page) -> None:
    at(page, "#/")
    for button, code in (("Ghi mã", CODE), ("Đổi mã", "GL-0124-O")):
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Mã học viên")).to_be_focused()
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator(".hoc-who")).to_contain_text(code)
        expect(page.locator("h1")).to_be_focused()


def test_who_puts_a_question_off_reads_its_advice_and_the_button_then_leads_on(page: Page) -> None:
    at(page, "#/l04/12")
    later = page.locator(".hoc-later")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(later).to_have_text("Để sau, đi tiếp")
    expect(page.locator(".bc-do")).to_have_count(0)
    later.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bc-do")).to_be_visible()
    expect(later).to_have_text("Tiếp tục")
    expect(later).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hoc-main")).not_to_have_attribute("data-route", "#/l04/12")


def shows(page: Page, route: str, selector: str) -> bool:
    at(page, route)
    return page.locator(selector).count() > 0


def test_a_picture_of_a_lesson_opens_large_and_closes_by_key_and_by_press(page: Page) -> None:
    route = next(one for one in steps_of(page, "l05") if shows(page, one, "img[src*='05-sau-dau-hieu']"))
    at(page, route)
    small = page.locator(".hoc-opens")
    opens = page.get_by_role("button", name="Xem hình to")
    opens.focus()
    page.keyboard.press("Enter")
    large = page.locator(".hoc-large")
    expect(large.get_by_role("button", name="Đóng")).to_be_focused()
    drawn = [one.evaluate("one => one.getBoundingClientRect().width") for one in (small, large.locator("img"))]
    assert drawn[1] > 2 * drawn[0]
    assert axe_findings(page, ".hoc-large") == []
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(opens).to_be_focused()
    small.click()
    expect(large).to_be_visible()
    large.locator("img").click(position={"x": 90, "y": 90})
    expect(large).to_have_count(0)
    assert axe_findings(page, "body") == []


def test_the_hand_in_speaks_of_empty_questions_only_where_there_are_some(page: Page) -> None:
    give_code(page, CODE)
    at(page, "#/bt03/99")
    expect(page.locator(".hoc-hand-in")).to_be_visible()
    expect(page.locator("#hoc-main")).not_to_contain_text("còn trống")

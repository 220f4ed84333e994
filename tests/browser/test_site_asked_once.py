"""Who leaves a question of the main part empty is asked for an answer once, and may pass it by."""

from __future__ import annotations

import pytest
from kit.site_page import at, steps_of
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

ASKED = ".hoc-asked-once:not(:empty)"
CALM = 650  # milliseconds: the second press of a double click passes nothing by


def first(page: Page, selector: str, *, extra: bool = False) -> str:
    """Return the first step of lesson 5 that shows ``selector``, on the way or beside it."""
    way = steps_of(page, "l05")
    for route in steps_of(page, "l05", extra=extra):
        if extra and route in way:
            continue
        at(page, route)
        page.wait_for_timeout(50)
        if page.locator(selector).count():
            return route
    pytest.fail(f"no {selector}")


def here(page: Page) -> Locator:
    return page.locator("#hoc-main")


def test_an_empty_question_is_asked_for_once_and_passed_by_with_a_button_that_says_so(page: Page) -> None:
    route = first(page, ".bc-option")
    onward = page.locator(".hoc-later")
    expect(onward).to_have_text("Tiếp tục")
    onward.dblclick()
    expect(here(page)).to_have_attribute("data-route", route)
    told = page.get_by_role("status").filter(has_text="chưa trả lời câu này")
    expect(told).to_be_in_viewport()
    below = page.locator(".hoc-bar").bounding_box()
    sentence = told.bounding_box()
    assert below
    assert sentence
    assert sentence["y"] + sentence["height"] <= below["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(onward).to_have_text("Bỏ qua câu này")
    expect(page.locator(".hoc-act")).to_have_text("Trả lời")
    page.wait_for_timeout(CALM)
    onward.click()
    expect(here(page)).not_to_have_attribute("data-route", route)
    at(page, route)  # who comes back is not asked again
    onward.click()
    expect(here(page)).not_to_have_attribute("data-route", route)


def test_the_keyboard_alone_is_asked_and_stays_where_it_was(page: Page) -> None:
    route = first(page, ".bc-option")
    page.locator(".hoc-later").focus()
    page.keyboard.press("Enter")
    expect(page.locator(ASKED)).to_have_count(1)
    expect(page.locator(".hoc-later")).to_be_focused()
    expect(page.locator(".hoc-later")).to_have_text("Bỏ qua câu này")
    page.locator(".bc-option").first.click()  # who answers after all is asked nothing more
    expect(page.locator(ASKED)).to_have_count(0)
    expect(page.locator(".hoc-later")).to_have_count(0)
    page.reload()
    at(page, "#/")
    next_one = next(one for one in steps_of(page, "l05") if one != route and asks(page, one))
    at(page, next_one)
    page.locator("h1").focus()
    page.keyboard.press("ArrowRight")
    expect(here(page)).to_have_attribute("data-route", next_one)
    expect(page.locator(ASKED)).to_have_count(1)
    page.wait_for_timeout(CALM)
    page.keyboard.press("ArrowRight")
    expect(here(page)).not_to_have_attribute("data-route", next_one)


def asks(page: Page, route: str) -> bool:
    at(page, route)
    page.wait_for_timeout(50)
    return page.locator(".hoc-later", has_text="Tiếp tục").count() > 0


def test_what_one_writes_for_oneself_is_asked_for_too(page: Page) -> None:
    """A question without a check has "Tiếp tục" as its blue button; a second press goes on."""
    route = first(page, ".bc-sheet textarea")
    blue = page.locator(".hoc-act")
    expect(blue).to_have_text("Tiếp tục")
    blue.click()
    expect(page.locator(ASKED)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Bỏ qua câu này")).to_be_visible()
    page.wait_for_timeout(CALM)
    blue.click()
    expect(here(page)).not_to_have_attribute("data-route", route)


def test_what_is_extra_is_not_asked_for(page: Page) -> None:
    route = first(page, ".bc-option", extra=True)
    page.locator("h1").focus()
    page.keyboard.press("ArrowRight")
    expect(here(page)).not_to_have_attribute("data-route", route)


def test_a_sentence_that_nobody_scores_is_asked_for_in_words_of_its_own(page: Page) -> None:
    first(page, ".bc-question textarea")
    page.locator(".hoc-act").click()
    told = page.locator(ASKED)
    expect(told).to_contain_text("không ai chấm")
    expect(told).not_to_contain_text("chưa đúng cũng không sao")


def left_open(page: Page) -> int:
    """Return how many questions the end of lesson 5 lists as open."""
    at(page, steps_of(page, "l05")[-1])
    expect(page.locator(".hoc-ending")).to_be_visible()
    return page.locator(".hoc-open-still li").count()


def test_a_sentence_that_was_passed_by_is_done_with_and_may_still_be_written(page: Page) -> None:
    before = left_open(page)
    route = first(page, ".bc-sheet textarea")
    blue = page.locator(".hoc-act")
    blue.click()
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Bỏ qua câu này").click()
    expect(here(page)).not_to_have_attribute("data-route", route)
    assert left_open(page) == before - 1
    page.reload()
    expect(page.locator(".hoc-open-still li")).to_have_count(before - 1)
    at(page, route)
    page.locator(".bc-sheet textarea").fill("Thấy lạ thì lùi ra.")
    expect(page.locator(".bc-saved")).to_contain_text("Đã lưu")
    assert left_open(page) == before - 1
    expect(page.locator(".hoc-promise")).to_contain_text("Thấy lạ thì lùi ra.")


def test_the_end_passes_an_open_sentence_by_and_the_focus_stays_there(page: Page) -> None:
    before = left_open(page)
    page.get_by_role("button", name="Bỏ qua câu này").press("Enter")
    expect(page.locator(".hoc-open-still li")).to_have_count(before - 1)
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_role("button", name="Bỏ qua câu này")).to_have_count(0)


def test_a_question_far_below_is_one_press_away_on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    at(page, "#/l06/3")
    down = page.get_by_role("button", name="Xuống câu hỏi")
    down.press("Enter")
    expect(page.locator(".hoc-question")).to_be_focused()
    expect(page.locator(".hoc-question .bc-stem")).to_be_in_viewport()
    at(page, "#/l05/3")
    expect(down).to_have_count(0)

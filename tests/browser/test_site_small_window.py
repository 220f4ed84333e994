"""A telephone and a page at 200 %: what is pressed is large enough, no date is broken, no bar covers what matters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.faultless import faultless
from kit.site_page import at, give_code, questions_of
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

CODE = "GL-0123-Q"
PHONE, TWICE = (390, 844), (683, 320)
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, textarea")].filter((one) => {
  const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
  const within = getComputedStyle(one).display === "inline"; // a sentence
  return one.checkVisibility() && width > 2 && !within && (width < 43.5 || height < 43.5);
}).map((one) => `${one.className} ${one.textContent || one.type}`)"""


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, PHONE)


@pytest.fixture
def twice(browser: Browser, site: str) -> Iterator[Page]:
    """Open the first page as a window of 1366 × 640 shows it at 200 %."""
    yield from opened(browser, site, TWICE)


def opened(browser: Browser, site: str, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE)
    with faultless(context) as page:
        page.goto(site)
        yield page
    context.close()


def lines_of_whole(page: Page) -> list[int]:
    """Return how many lines each date or code takes that may not be broken."""
    lines: list[int] = page.locator(".bc-whole").evaluate_all("ones => ones.map((one) => one.getClientRects().length)")
    return lines


def test_what_is_pressed_on_a_telephone_is_large_enough(phone: Page) -> None:
    expect(phone.locator(".hoc-role").first).to_be_visible()
    assert phone.evaluate(TOO_SMALL) == []
    for route in ("#/khan-cap", "#/ket-qua", "#/luat-theo-ngay", "#/mon-nay/pin", "#/don-vi"):
        at(phone, route)
        assert phone.evaluate(TOO_SMALL) == [], route
    phone.keyboard.press("/")
    phone.keyboard.type("pin")
    expect(phone.locator("dialog[open] .hoc-hit").first).to_be_visible()
    assert phone.evaluate(TOO_SMALL) == []
    phone.keyboard.press("Escape")
    give_code(phone, CODE)
    for route in questions_of(phone, "bt05"):
        at(phone, route)
        assert phone.evaluate(TOO_SMALL) == [], route
    phone.locator(".hoc-place").click()
    expect(phone.locator("dialog[open] .hoc-sheet-map")).to_be_visible()
    assert phone.evaluate(TOO_SMALL) == []


def test_a_date_and_the_shape_of_a_code_stand_on_one_line(phone: Page) -> None:
    for route, count in (("#/luat-theo-ngay", 1), ("#/giay-ghi-nhan", 2), ("#/bt05", 1)):
        at(phone, route)
        assert lines_of_whole(phone) == [1] * count, route


def test_a_field_of_goods_looks_the_same_while_something_is_typed_in_it(phone: Page) -> None:
    at(phone, "#/mon-nay")
    form = phone.locator(".hoc-search")
    look = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).borderStyle]"
    before = form.evaluate(look)
    phone.locator("#hoc-goods-box").fill("pin")
    expect(phone.locator(".hoc-goods > li").first).to_be_visible()
    assert form.evaluate(look) == before


def test_at_200_percent_the_numbers_to_call_stand_above_the_bar(twice: Page) -> None:
    at(twice, "#/khan-cap")
    bar = twice.locator(".hoc-places").evaluate("one => one.getBoundingClientRect().top")
    numbers = twice.locator(".hoc-calls strong")
    assert numbers.all_inner_texts() == ["114", "115", "113"]
    assert max(numbers.evaluate_all("ones => ones.map((one) => one.getBoundingClientRect().bottom)")) < bar


def test_at_200_percent_the_head_of_a_question_leaves_its_height_to_the_question(twice: Page) -> None:
    give_code(twice, CODE)
    at(twice, questions_of(twice, "bt05")[0])
    expect(twice.locator(".hoc-step-head")).to_have_css("position", "static")


def test_at_200_percent_no_bar_covers_what_was_decided_or_what_is_typed(twice: Page) -> None:
    give_code(twice, CODE)
    asked = questions_of(twice, "bt05")
    at(twice, next(route for route in asked if shows(twice, route, ".bc-rail")))
    bar = twice.locator(".hoc-bar").evaluate("one => one.getBoundingClientRect().top")
    while twice.locator(".bc-story .bc-option").count():
        twice.locator(".bc-story .bc-option").first.click()
        twice.wait_for_timeout(650)  # the button takes no press at once after it was drawn anew
        twice.locator(".bc-act").click()
        box = twice.locator(":focus").bounding_box()
        assert box
        assert box["y"] + min(box["height"], 100) <= bar
    at(twice, asked[-1])
    twice.locator(".bc-area").focus()
    twice.keyboard.type("dòng\n" * 12 + "cuối")
    box = twice.locator(".bc-area").bounding_box()
    assert box
    assert box["y"] + box["height"] <= bar


def shows(page: Page, route: str, selector: str) -> bool:
    at(page, route)
    return page.locator(selector).count() > 0

"""What a trainee meets on the way through the pages: pictures, steps, what is saved and where one stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from kit import clicking
from kit.faultless import faultless
from kit.site_page import at, give_code, press_on, questions_of, steps_of
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh.course import settings

pytestmark = pytest.mark.browser

NUMBERS = """element => [...element.shadowRoot.querySelectorAll(".number text")].map((one) => {
  const box = one.getBoundingClientRect();
  return [Math.round(box.x), Math.round(box.y)];
})"""


CIRCLES = """element => {
  const inside = element.shadowRoot;
  const frame = inside.querySelector("svg").getBoundingClientRect();
  return [...inside.querySelectorAll(".number circle")].map((one) => {
    const box = one.getBoundingClientRect();
    return Math.min(box.left - frame.left, box.top - frame.top, frame.right - box.right, frame.bottom - box.bottom) + 2;
  });
}"""

GIVEN = """element => [...element.querySelectorAll("input, select, textarea, .bc-item")].map((one) =>
  one.matches(".bc-item") ? one.textContent : one.matches("[type=radio], [type=checkbox]") ? one.checked : one.value)"""

STATE = """async (state) => {
  const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const at = base.transaction("state", "readwrite");
  for (const [key, value] of state) at.objectStore("state").put(value, key);
  await new Promise((done) => { at.oncomplete = done; });
  base.close();
}"""


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    with faultless(context) as opened:
        opened.goto(site)
        expect(opened.locator("#hoc-main")).to_have_attribute("data-route", "")
        yield opened
    context.close()


def numbers(page: Page) -> list[list[int]]:
    drawing = page.locator(".bc-picture").first
    drawing.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    found: list[list[int]] = drawing.evaluate(NUMBERS)
    return found


def test_each_place_of_a_picture_has_its_number_when_the_page_opens(page: Page) -> None:
    """By address, after a refresh, and in a window that is made narrower."""
    at(page, picture(page))
    for again in ("opened", "refreshed", "narrower"):
        if again == "refreshed":
            page.reload()
        if again == "narrower":
            page.set_viewport_size({"width": 360, "height": 664})
        expect(page.locator(".bc-picture").first).to_be_attached()
        there = numbers(page)
        assert len(there) > 3, again
        assert len({tuple(one) for one in there}) == len(there), (again, there)


def picture(page: Page) -> str:
    """Return the address of the first part of lesson 5 that asks by a picture, to read further or not."""
    for route in steps_of(page, "l05", extra=True):
        at(page, route)
        page.wait_for_timeout(50)
        if page.locator(".bc-picture").count():
            return route
    pytest.fail("no picture")


def test_a_chosen_place_s_number_is_not_cut_at_the_edge(page: Page) -> None:
    at(page, picture(page))
    for box in page.locator(".bc-question:has(.bc-picture) input[type=checkbox]").all():
        box.check()
    drawing = page.locator(".bc-picture").first
    distances: list[float] = drawing.evaluate(CIRCLES)
    assert len(distances) > 3
    assert min(distances) >= 0


def choose(shown: Locator) -> bool:
    """Choose something in a question, whatever its type, without having it checked; say whether there is a check."""
    if shown.get_by_role("button", name="Quyết định").count():
        while (decide := shown.get_by_role("button", name="Quyết định")).count():
            shown.locator("input[type=radio]").first.check()
            decide.click()
        return False
    pairs = shown.locator(".bc-pair").all()
    for pair in pairs:
        clicking.match(pair)
    if shown.locator(".bc-item").count():
        shown.get_by_role("button", name="Đưa xuống").first.click()
    boxes = shown.locator(".bc-options input")
    if boxes.count() and not pairs:
        boxes.nth(1).check()
    for box in shown.locator(".bc-sheet :is(textarea, input[type=text])").all():
        box.fill("12")
    return shown.locator(".bc-actions button").count() > 0


def test_what_is_chosen_is_checked_before_one_goes_on_and_the_main_part_ends_and_is_done(phone: Page) -> None:
    """The arrow alone is pressed: each answer is kept, its verdict seen, the end tells what went well."""
    page = phone
    *steps, end = steps_of(page, "l02")
    held = 0
    for route in steps:
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)
        asked = page.locator("[data-question]")
        checked = choose(asked) if asked.count() else False
        page.locator("h1").focus()
        page.keyboard.press("ArrowRight")
        if checked:
            held += 1
            expect(page.locator("#hoc-live")).to_contain_text("lần nữa")
            expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)
            expect(page.locator(".bc-feedback:has(*)")).to_have_count(1)
            expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
            page.locator("h1").focus()
            page.keyboard.press("ArrowRight")
    assert held >= 3
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", end)
    ending = page.locator(".hoc-ending")
    expect(ending.locator("h1")).to_contain_text("Xong phần chính rồi")
    expect(ending.locator(".hoc-pressed")).to_be_visible()
    expect(page.locator(".hoc-laws")).to_have_count(0)
    expect(page.locator(".hoc-act")).to_have_text(re.compile("^Sang: Bài 5"))
    expect(page.locator(".hoc-segment:not(.hoc-is-right):not(.hoc-is-again)")).to_have_count(0)
    day = ending.locator(".hoc-postmark").text_content()
    page.reload()
    expect(ending.locator(".hoc-postmark")).to_have_text(day or "")
    expect(ending.locator(".hoc-pressed")).to_have_count(0)  # it came down once
    at(page, "#/")
    stamp = page.locator('a.hoc-stamp[href="#/l02"]')
    day = page.evaluate("new Date().toLocaleDateString('en-GB').replaceAll('/', '-')")
    expect(stamp).to_contain_text(f"✓ xong phần chính ngày {day}")
    expect(stamp).to_contain_text(re.compile(r"còn \d+ câu thêm"))
    expect(stamp.locator(".hoc-postmark")).to_contain_text(day[:5])
    expect(page.locator(".hoc-postmark")).to_have_count(1)
    expect(page.locator(".hoc-go")).to_have_attribute("href", re.compile("#/l05"))
    at(page, "#/ket-qua")
    card = page.locator(".hoc-lesson-card", has_text="Bài 2")
    expect(card).to_contain_text("✓ xong phần chính")
    words = card.locator(".hoc-objectives .hoc-chip").all_text_contents()
    assert words
    assert set(words) <= {"vững", "nên gặp lại", "đang học", "chưa gặp"}
    expect(page.locator(".hoc-meet").get_by_role("link").first).to_have_attribute(
        "href", re.compile(r"^#/l02/\d+/l02-q")
    )


def test_what_was_not_right_is_done_once_more_with_one_button_and_leads_back_to_the_end(phone: Page) -> None:
    page = phone
    *steps, end = steps_of(page, "l02")
    for route in steps:
        at(page, route)
        asked = page.locator("[data-question]")
        if asked.count() and choose(asked):
            page.locator(".hoc-act").click()
            expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    at(page, end)
    again = page.get_by_role("button", name=re.compile(r"^Làm lại \d+ câu này"))
    count = int(re.sub(r"\D", "", again.text_content() or ""))
    again.click()
    expect(page.locator(".hoc-ending")).to_have_count(0)
    seen = []
    while page.locator(".hoc-ending").count() == 0:
        seen.append(page.locator("#hoc-main").get_attribute("data-route"))
        expect(page.locator(".hoc-is-again.hoc-is-here")).to_have_count(1)
        page.locator(".hoc-later").click()
        expect(page.locator("#hoc-main")).not_to_have_attribute("data-route", seen[-1] or "")
    assert len(set(seen)) == len(seen) == count
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", end)


def test_what_is_chosen_and_not_checked_is_there_when_one_comes_back_and_is_no_answer_yet(phone: Page) -> None:
    page = phone
    given: dict[str, Any] = {}
    for route in steps_of(page, "l05"):
        at(page, route)
        for shown in page.locator(".bc-question:has(.bc-actions)").all():
            if choose(shown):
                given[f"{route} {shown.get_attribute('data-question')}"] = shown.locator(".bc-sheet").evaluate(GIVEN)
    assert len(given) >= 2
    at(page, "#/")
    expect(page.locator('a.hoc-stamp[href="#/l05"]')).not_to_contain_text("đang học")
    page.reload()
    for place, was in given.items():
        route, name = place.split()
        at(page, route)
        shown = page.locator(f'[data-question="{name}"]')
        expect(page.locator(".bc-saved")).to_contain_text("Đã giữ lúc")
        assert shown.locator(".bc-sheet").evaluate(GIVEN) == was, place
        expect(page.locator(".bc-feedback")).to_be_empty()


def test_a_remark_that_is_typed_is_kept_when_one_goes_on_without_a_word(phone: Page) -> None:
    page = phone
    at(page, next(route for route in steps_of(page, "l05") if asks(page, route)))
    remark = page.locator(".bc-remark").first
    remark.locator("summary").click()
    remark.get_by_label("Viết một dòng").fill("Hình mờ")
    here = page.locator("#hoc-main").get_attribute("data-route") or ""
    page.locator(".hoc-later").click()  # an empty question is asked for once
    page.wait_for_timeout(650)
    page.get_by_role("button", name="Bỏ qua câu này").click()
    expect(page.locator("#hoc-main")).not_to_have_attribute("data-route", here)
    at(page, here)
    remark.locator("summary").click()
    expect(remark.get_by_label("Viết một dòng")).to_have_value("Hình mờ")


def asks(page: Page, route: str) -> bool:
    at(page, route)
    return page.locator(".bc-remark").count() > 0


@pytest.mark.parametrize(("unit", "route"), [("l05", "#/l05/15"), ("bt03", "#/bt03/4/bt03-q11")], ids=["l05", "bt03"])
def test_a_way_that_is_ticked_and_not_decided_is_pointed_at_once(phone: Page, unit: str, route: str) -> None:
    page = phone
    give_code(page, "GL-0123-Q")
    onward = page.locator(".hoc-act, .hoc-bar a", has_text=re.compile("Tiếp tục|Câu tiếp|Xem lại"))
    at(page, route)
    page.locator(".bc-moment input").first.check()
    page.wait_for_timeout(650)  # a screen that has just come takes no press to go on
    if unit == "l05":
        page.locator("h1").focus()
        page.keyboard.press("ArrowRight")
    else:
        onward.click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)
    expect(page.locator(".bc-moment")).to_contain_text("chưa bấm “Quyết định”")
    expect(page.locator("#hoc-live")).to_contain_text("Câu này chưa quyết định: bấm “Quyết định”")
    expect(page.locator("#hoc-live")).not_to_contain_text(re.compile("Đã lưu|nhận xét"))
    page.wait_for_timeout(650)  # nor does a double click pass by what was pointed at
    page.locator("h1").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#hoc-main")).not_to_have_attribute("data-route", route)
    page.reload()
    at(page, route)
    expect(page.locator(".bc-moment input").first).to_be_checked()  # as it was left
    page.get_by_role("button", name="Quyết định").click()
    expect(page.locator(".bc-past .bc-moment")).to_have_count(1)
    page.reload()
    expect(page.locator(".bc-moment input:checked")).to_have_count(0)


def test_a_verdict_is_there_again_after_a_refresh_and_none_on_a_graded_sheet(phone: Page) -> None:
    page = phone
    for route in steps_of(page, "l05"):
        at(page, route)
        if page.locator(".bc-sheet > .bc-options input[type=radio]").count():
            break
    choose(page.locator("[data-question]").first)
    press_on(page, "Trả lời")
    told = page.locator(".bc-feedback").inner_text()
    marks = page.locator(".bc-option .bc-mark:not(:empty)").count()
    assert marks
    page.reload()
    expect(page.locator(".bc-feedback")).to_have_text(re.compile(re.escape(told.split("\n")[0])))
    assert page.locator(".bc-feedback").inner_text() == told
    expect(page.locator(".bc-option .bc-mark:not(:empty)")).to_have_count(marks)
    give_code(page, "GL-0123-Q")
    for way in questions_of(page, "bt05"):
        at(page, way)
        for shown in page.locator("[data-question]").all():
            choose(shown)
    page.reload()
    for way in questions_of(page, "bt05"):
        at(page, way)
        expect(page.locator(".bc-feedback:has(*), .bc-mark:not(:empty)")).to_have_count(0)


def test_the_first_question_on_the_way_is_number_one_and_what_is_folded_is_counted_apart(phone: Page) -> None:
    page = phone
    way = steps_of(page, "l05")
    beside = [route for route in steps_of(page, "l05", extra=True) if route not in way]
    for routes, word in ((way, "Câu"), (beside, "Câu thêm")):
        numbers = []
        for route in routes:
            at(page, route)
            if page.locator("[data-question]").count():
                numbers += page.locator(".hoc-number").all_text_contents()
        assert numbers == [f"{word} {n}" for n in range(1, 1 + len(numbers))]
        assert len(numbers) >= 3


def test_the_next_thing_is_the_first_that_is_open_on_the_path_not_what_follows_the_last_visit(phone: Page) -> None:
    page = phone
    page.get_by_role("button", name="Bưu tá").click()
    expect(page.get_by_role("heading", name="Lộ trình của bưu tá")).to_be_visible()
    told = json.loads(page.locator("#hoc-course").text_content() or "")
    path = [f"#/{unit}" for role in told["roles"] if role["id"] == "courier" for unit in role["path"]]
    assert "#/bt03" in path[2:]
    handed = {"at": "2026-11-25T08:00:00+07:00", "file": "bt03.zip"}
    last = {"unit": "bt03", "at": 7, "end": False}
    page.evaluate(STATE, json.loads(json.dumps([["handed  bt03", handed], ["last ", last]])))
    page.reload()
    expect(page.locator(".hoc-go")).to_have_attribute("href", path[0] or "")
    at(page, "#/bt05/2")  # a look at what comes later
    at(page, "#/")
    expect(page.locator(".hoc-go")).to_have_attribute("href", path[0] or "")
    further = told["units"][path[0].removeprefix("#/")]["way"][1]
    at(page, f"{path[0]}/{further[0]}")
    at(page, "#/")
    expect(page.locator(".hoc-go")).to_have_attribute("href", f"{path[0]}/{further[0]}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lần trước mình dừng ở chỗ")


def test_the_first_visit_asks_for_no_code_and_has_the_numbers_to_call_before_the_place_for_one(phone: Page) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chào anh/chị!")
    expect(phone.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    code = phone.get_by_role("button", name="Ghi mã").bounding_box()
    numbers = phone.locator(".hoc-sos a[href='tel:114']").bounding_box()
    assert code
    assert numbers
    assert numbers["y"] < code["y"]
    assert [one.get_attribute("href") for one in phone.locator(".hoc-sos li a").all()] == [
        "tel:114",
        "tel:115",
        "tel:113",
    ]
    expect(phone.locator(".hoc-sos")).to_contain_text("Ra ngoài trước, rồi mới gọi.")
    phone.get_by_role("link", name="Khói, lửa, mùi lạ?").click()
    expect(phone.locator("#hoc-main")).to_have_attribute("data-route", "#/khan-cap")


def test_what_a_customer_brings_is_typed_on_the_first_page_and_found_on_the_page_of_goods(phone: Page) -> None:
    phone.get_by_label("Món này gửi được không?").fill("nuoc mam")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Khách mang món gì?")).to_have_value("nuoc mam")
    expect(phone.locator(".hoc-goods summary").first).to_be_visible()
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chào anh/chị!")


def test_each_role_has_a_case_a_day_where_its_lesson_asks_it(phone: Page) -> None:
    told = json.loads(phone.locator("#hoc-course").text_content() or "")
    for role in told["roles"]:
        phone.get_by_role("button", name=role["title"]).click()
        expect(phone.locator(".hoc-today h2")).to_have_text(re.compile("|".join(map(re.escape, titles(told, role)))))
        place = phone.get_by_role("link", name="Xử lý ca này").get_attribute("href") or ""
        name = place.removeprefix("#/ca-")
        assert name in role["cases"]
        at(phone, place)
        expect(phone.locator(f'[data-question="{name}"]')).to_be_visible()
        expect(phone.locator("#hoc-main")).to_contain_text("Ca hôm nay")
        expect(phone.locator(".hoc-place")).to_have_count(0)  # it is no place on the way through its lesson
        at(phone, "#/")
        expect(phone.locator(".hoc-greeting")).to_have_text("Chào anh/chị.")
        phone.get_by_role("button", name="Đổi công việc").click()


def test_the_case_of_the_day_leaves_the_place_in_the_lesson_and_is_done_when_it_has_an_end(phone: Page) -> None:
    page = phone
    page.get_by_role("button", name="Giao dịch viên").click()
    told = json.loads(page.locator("#hoc-course").text_content() or "")
    further = told["units"]["l05"]["way"][2][0]
    at(page, f"#/l05/{further}")
    at(page, "#/")
    go = page.locator(".hoc-go").get_attribute("href")
    at(page, page.get_by_role("link", name="Xử lý ca này").get_attribute("href") or "")
    case = page.locator(".hoc-question")
    for left, done in ((1, False), (9, True)):
        for _ in range(left):
            expect(case.locator(".bc-now .bc-moment")).to_be_visible()  # the screen of the case has been drawn
            decisions = case.locator(".bc-past .bc-moment").count()
            if case.locator(".bc-now .bc-end").count():
                break
            case.locator(".bc-now .bc-option").first.click()
            page.get_by_role("button", name="Quyết định").click()
            expect(case.locator(".bc-past .bc-moment")).to_have_count(decisions + 1)
            page.wait_for_timeout(700)  # a double click decides once
        page.get_by_role("link", name="Về trang mở đầu").last.click()
        if done:
            expect(page.locator(".hoc-today")).to_contain_text("Ca hôm nay xong rồi")
        else:
            expect(page.get_by_role("link", name="Làm tiếp ca này")).to_be_visible()
        expect(page.locator(".hoc-go")).to_have_attribute("href", go or "")
        if not done:
            page.get_by_role("link", name="Làm tiếp ca này").click()


def test_while_a_review_is_due_the_way_on_in_the_lesson_stays_in_sight(phone: Page) -> None:
    phone.get_by_role("button", name="Giao dịch viên").click()
    told = json.loads(phone.locator("#hoc-course").text_content() or "")
    further = told["units"]["l05"]["way"][2][0]
    at(phone, f"#/l05/{further}")
    phone.evaluate(STATE, [["follow ", {"started": "2026-01-05", "packs": {}}]])
    phone.reload()
    at(phone, "#/")
    expect(phone.locator(".hoc-now")).to_contain_text("Đến hạn ôn")
    expect(phone.locator(".hoc-home .hoc-button")).to_have_count(1)  # one blue button
    onward = phone.locator(".hoc-today").get_by_role("link", name="Học tiếp")
    expect(onward).to_have_attribute("href", f"#/l05/{further}")


def titles(told: dict[str, Any], role: dict[str, Any]) -> list[str]:
    return [told["cases"][name]["title"] for name in role["cases"]]


def test_the_path_of_a_role_tells_its_minutes_and_shows_no_empty_word(phone: Page) -> None:
    phone.get_by_role("button", name="Giao dịch viên").click()
    path = phone.locator("#hoc-main")
    expect(path).to_contain_text("Cả lộ trình khoảng")
    expect(path).not_to_contain_text("null")
    expect(path).not_to_contain_text("undefined")


def test_an_explorers_picture_comes_with_its_screen_and_its_code_is_opened_for_officers(
    page: Page,
) -> None:
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if one.url.endswith(".png") else None)
    page.reload()
    page.get_by_role("button", name="Cán bộ quản lý").wait_for()
    assert not any("/hinh/" in url for url in fetched), "a first visit loads no picture of an explorer"
    at(page, "#/l07/1")
    address = page.locator(".hoc-contents .hoc-step", has_text="Thử đếm: bao nhiêu vụ").first.get_attribute("href")
    assert address
    at(page, address)
    picture = page.get_by_role("img", name=re.compile("MÔ PHỎNG, báo trong 60 phút"))
    expect(picture).to_be_visible()
    page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
    shown = page.locator(".bc-explored")
    expect(shown).to_contain_text("Báo trong mấy phút = 60")
    expect(shown.locator("figcaption")).to_contain_text("datasets/statistics/incidents-simulated.csv")
    expect(page.locator("details.hoc-explorer")).not_to_have_attribute("open", "")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at(page, "#/")
    page.get_by_role("button", name="Cán bộ quản lý").click()
    page.get_by_role("button", name="Đổi công việc").wait_for()
    at(page, address)
    expect(page.locator("details.hoc-explorer")).to_have_attribute("open", "")
    expect(page.locator("details.hoc-explorer pre")).to_be_visible()


def test_the_counter_of_a_lesson_counts_its_questions_on_every_step(phone: Page) -> None:
    phone.locator(".hoc-role").first.click()
    for route in steps_of(phone, "l05"):
        at(phone, route)
        expect(phone.locator(".hoc-place .hoc-short")).to_have_text(re.compile("^[0-5]/5$"))
    expect(phone.locator(".hoc-place .hoc-short")).to_have_text("0/5")  # at the end: none is answered


def test_after_a_decision_the_next_moment_of_a_story_stands_below_the_head_with_its_choices(phone: Page) -> None:
    phone.locator(".hoc-role").first.click()
    at(phone, "#/l05/15")
    expect(phone.get_by_text("Trong chuyện này, anh/chị là giao dịch viên.")).to_have_count(0)  # its title says so
    phone.locator(".bc-moment .bc-option").first.click()
    phone.wait_for_timeout(650)
    press_on(phone, "Quyết định")
    expect(phone.locator(".bc-then")).to_be_focused()
    rail, head = phone.locator(".bc-rail").bounding_box(), phone.locator(".hoc-step-head").bounding_box()
    assert rail
    assert head
    assert 0 <= rail["y"] - head["y"] - head["height"] < 40
    expect(phone.locator(".bc-moment legend")).to_be_in_viewport(ratio=1)


def test_an_exercise_that_is_begun_is_done_further_and_not_learnt(phone: Page) -> None:
    give_code(phone, "GL-0123-Q")
    at(phone, questions_of(phone, "bt05")[0])
    phone.locator(".bc-option").first.click()
    expect(phone.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    at(phone, "#/")
    expect(phone.locator(".hoc-go")).to_contain_text("Làm tiếp")


def test_before_a_role_is_chosen_the_exams_of_no_way_are_folded_and_can_be_opened(page: Page) -> None:
    ways = {step for path in settings().paths.values() for step in path if step.startswith("thi")}
    every = page.locator('.hoc-card[href^="#/thi"]')
    expect(page.locator('.hoc-card[href^="#/thi"]:visible')).to_have_count(len(ways))
    assert {(one.get_attribute("href") or "")[2:] for one in every.all() if one.is_visible()} == ways
    assert every.count() > len(ways)
    page.locator(".hoc-off-path > summary").click()
    expect(page.locator('.hoc-card[href="#/thinv1"]')).to_be_visible()

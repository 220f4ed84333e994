"""Marking by hand in a browser: by keyboard alone, in two windows, with formgrader in between."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.axe import in_both_colours
from kit.classroom import UNIT
from kit.handin import answers, hand_in
from kit.marking import CODES, QUESTION, TEXTS, by_formgrader, marked_class, marking_course, no_code, row, served
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from buuchinh.classroom import gradebook
from buuchinh.desk.marking import overview, queue
from buuchinh.grading import grade_class, rubric_ticks

__all__ = ["marked_class", "marking_course"]
pytestmark = pytest.mark.browser
FAULTS: list[str] = []
AT = f"giang-vien/cham/{UNIT}/{QUESTION}"


@pytest.fixture
def address(marking_course: Path) -> Iterator[str]:
    with served(marking_course) as found:
        yield found


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1366, "height": 641})
    FAULTS.clear()
    yield made
    made.close()
    assert not FAULTS


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("pageerror", lambda error: FAULTS.append(str(error)))
    page.goto(f"{address}{AT}?token=thu")
    page.goto(f"{address}{AT}")
    expect(page.locator("#answer")).to_be_focused()
    assert all(url.startswith(address) for url in asked)
    return page


def enter_zero(page: Page) -> None:
    """Give 0 by Enter and, once that was asked and a moment later, Enter again; at once is the same press."""
    position = page.locator("#progress").inner_text()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#ask-zero-words")).to_contain_text("Cho 0 điểm?")
    expect(page.locator("#progress")).to_have_text(position)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")


def order() -> list[str]:
    """Return the codes in the order in which the page shows them."""
    return [one.code for one in queue.read(UNIT, QUESTION)]


def has(code: str, *wanted: object) -> bool:
    """Wait until nbgrader's row begins with these values: a save is sent without waiting."""
    for _ in range(100):
        if row(code)[: len(wanted)] == wanted:
            return True
        time.sleep(0.1)
    return False


def nothing_unsent(page: Page) -> bool:
    """Wait until the browser holds nothing back; the page's policy lets no test wait in the page itself."""
    for _ in range(100):
        if not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('buuchinh-cham'))"):
            return True
        time.sleep(0.1)
    return False


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(re.compile(r"^✓ Đã lưu vào sổ điểm lúc \d\d:\d\d$"))


def test_a_class_is_marked_by_keyboard_alone(context: BrowserContext, address: str) -> None:
    codes = order()
    page = opened(context, address)
    keys = page.keyboard
    assert no_code(page.content())
    assert page.locator("#work").inner_text().strip().replace("\n\n", "\n") == TEXTS[CODES.index(codes[0])].replace(
        "\n\n", "\n"
    )
    keys.press("1")
    keys.press("2")
    keys.press("2")
    expect(page.locator("#points")).to_have_value("1,5")
    expect(page.locator(".tick").nth(1)).to_have_attribute("aria-pressed", "mixed")
    keys.press("3")
    keys.press("3")  # this line has no half
    expect(page.locator(".tick").nth(2)).to_have_attribute("aria-pressed", "false")
    keys.press("F4")
    keys.type("Nói rõ nơi nào.")
    keys.press("Control+Enter")
    saved(page)
    assert has(codes[0], 1.5, False, "Nói rõ nơi nào.")

    expect(page.locator("#progress")).to_contain_text("người 2 trong 4")
    keys.press("F2")
    keys.type("9")
    expect(page.locator("#points-wrong")).to_have_text("Câu này tối đa 3 điểm. Chưa lưu.")
    keys.press("Enter")
    expect(page.locator("#points-wrong")).to_have_text("Câu này tối đa 3 điểm. Chưa lưu.")
    expect(page.locator("#progress")).to_contain_text("người 2 trong 4")
    assert row(codes[1])[0] is None
    keys.press("Control+A")
    keys.type("2.5")
    keys.press("F4")
    keys.press("ArrowDown")
    expect(page.locator("#earlier button").first).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#comment")).to_have_value("Nói rõ nơi nào.")
    saved(page)
    expect(page.locator("#earlier .times").first).to_have_text("2 lần")
    keys.press("Control+Enter")
    assert has(codes[1], 2.5, False, "Nói rõ nơi nào.")

    expect(page.locator("#progress")).to_contain_text("người 3 trong 4")
    enter_zero(page)
    expect(page.locator("#progress")).to_contain_text("người 4 trong 4")
    saved(page)
    assert has(codes[2], 0.0, False)
    for digit in "123":
        keys.press(digit)
    keys.press("Enter")
    mean = "Câu 3 xong cả 4 người. Trung bình 1,8 trên 3 điểm, tính 4 người có viết."
    expect(page.locator("#finished")).to_contain_text(mean)
    expect(page.locator("#progress")).to_have_text("người 4 trong 4 · đã chấm hết")
    saved(page)
    assert has(codes[3], 3.0)

    keys.press("Control+z")
    expect(page.locator("#told")).to_have_text("Đã lấy lại điểm của người 4.")
    keys.press("Control+z")
    keys.press("Control+z")
    keys.press("Control+z")
    expect(page.locator("#told")).to_have_text("Đã lấy lại điểm của người 3.")
    expect(page.locator("#progress")).to_contain_text("người 3 trong 4")
    saved(page)
    assert all(has(code, points) for code, points in zip(codes, (1.5, 2.5, None, None), strict=True))
    keys.press("ArrowLeft")
    keys.press("ArrowLeft")
    expect(page.locator("#points")).to_have_value("1,5")
    expect(page.locator("#comment")).to_have_value("Nói rõ nơi nào.")


def test_what_stood_before_the_question_is_read_and_folded_by_keyboard(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    keys, text = page.keyboard, page.locator("#before-text")
    expect(text).to_contain_text("Bác Tư mang kiện lạ tới quầy 2 lúc 9 giờ 40.")
    expect(text).to_be_visible()
    assert not in_both_colours(page)
    page.locator("#before-card").focus()
    keys.press("Tab")
    expect(page.locator("#story summary")).to_be_focused()
    keys.press("Enter")
    expect(text).to_be_hidden()
    expect(page.locator("#progress")).to_contain_text("người 1 trong 4")
    keys.press("1")
    expect(page.locator("#points")).to_have_value("1")
    for width in (1024, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 700})
        page.locator("#story summary").click()
        box = page.locator("#before-card").bounding_box()
        below = page.locator(".asked").bounding_box()
        assert box
        assert below
        assert box["y"] + box["height"] <= below["y"]
        assert box["width"] <= width / 3


def test_every_key_has_a_button_that_does_the_same(context: BrowserContext, address: str) -> None:
    codes = order()
    page = opened(context, address)
    page.locator(".tick").first.click()
    expect(page.locator("#points")).to_have_value("1")
    page.get_by_role("button", name="Viết lời").click()
    page.keyboard.type("Rõ.")
    page.get_by_role("button", name="Người tiếp").dblclick()
    saved(page)
    assert has(codes[0], 1.0, False, "Rõ.")
    assert row(codes[1])[0] is None, "the second press of a double click only asks"
    expect(page.locator("#ask-zero")).to_be_visible()
    page.get_by_role("button", name="Để lại, xem sau").click()
    expect(page.locator("#progress")).to_contain_text("người 3 trong 4")
    page.get_by_role("button", name="Người trước").click()
    expect(page.locator("#progress")).to_contain_text("người 2 trong 4")
    page.get_by_role("button", name="Gõ điểm").click()
    page.keyboard.type("2,25")
    page.keyboard.press("Tab")
    saved(page)
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator("#points")).to_have_value("")
    page.get_by_role("button", name=re.compile("^Rõ. 1 lần")).click()
    expect(page.locator("#comment")).to_have_value("Rõ.")
    page.get_by_role("button", name="Các phím").click()
    expect(page.get_by_role("dialog")).to_contain_text("đánh dấu ý")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_a_key_does_is_said_too(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    keys, said = page.keyboard, page.locator("#told")
    assert page.get_by_role("navigation").count() == 0, "there is no other question to mark"
    keys.press("1")
    expect(said).to_have_text("Ý 1: đủ. Cả câu 1 trên 3 điểm. CANARY nói việc làm")
    keys.press("2")
    keys.press("2")
    expect(said).to_have_text("Ý 2: nửa. Cả câu 1,5 trên 3 điểm. CANARY nói nơi")
    keys.press("F2")
    keys.press("Control+A")
    keys.type("3")
    keys.press("Escape")
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#points")).to_have_value("1,5")
    expect(said).to_have_text("Đã lấy lại 1,5 điểm.")
    keys.press("2")
    keys.press("1")
    keys.press("1")
    expect(said).to_have_text("Ý 1: không. Cả câu chưa có điểm. CANARY nói việc làm")
    keys.press("F2")
    keys.type("2")
    keys.press("Escape")
    expect(said).to_have_text("Đã bỏ số vừa gõ: chưa có điểm.")
    keys.press("3")
    keys.press("F4")
    keys.type("Rõ.")
    keys.press("Control+Enter")
    expect(said).to_have_text("người 2 trong 4")
    saved(page)
    keys.press("F4")
    keys.type("Gọn.")
    saved(page)
    keys.press("ArrowDown")
    expect(page.locator("#earlier button").first).to_be_focused()
    expect(said).to_have_text("Lời 1 trong 2. Enter là lấy, Esc là về ô viết.")
    keys.press("ArrowDown")
    expect(page.locator("#earlier button").nth(1)).to_be_focused()
    expect(said).to_have_text("Lời 2 trong 2. Enter là lấy, Esc là về ô viết.")
    keys.press("Enter")
    expect(page.locator("#comment")).to_have_value("Gọn. Rõ.")
    expect(said).to_have_text("Đã thêm lời ấy vào lời nhận xét.")


def test_the_mean_leaves_out_who_wrote_nothing_and_says_so(context: BrowserContext, address: str) -> None:
    code = CODES[2]
    root = gradebook.file()
    assert root is not None
    hand_in(root.parent, code, answers() | {QUESTION: ""}, text="")
    grade_class.grade(UNIT)
    page = opened(context, address)
    for one in order():
        if one != code:
            page.keyboard.press("1")
        if one == code:
            enter_zero(page)
        else:
            page.keyboard.press("Enter")
    expect(page.locator("#finished")).to_contain_text(
        "Câu 3 xong cả 4 người. Trung bình 1 trên 3 điểm, tính 3 người có viết. "
        "1 người để trống, không tính vào trung bình."
    )
    expect(page.locator("#told")).to_contain_text("Trung bình 1 trên 3 điểm")
    if order()[-1] == code:
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("2")
    expect(page.locator("#finished")).to_contain_text("Trung bình 1,3 trên 3 điểm, tính 3 người có viết.")
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog", name="Các phím")).to_be_visible()


def test_keys_pressed_while_the_page_opens_mark_nothing_that_was_not_seen(
    context: BrowserContext, address: str
) -> None:
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    context.route("**/bai", hold)
    page = context.new_page()
    page.goto(f"{address}{AT}?token=thu")
    page.goto(f"{address}{AT}")
    expect(page.locator("#opening")).to_be_visible()
    for name in ("#next", "#leave", "#ways", "#marking"):
        expect(page.locator(name)).to_be_hidden()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    held_back[-1].continue_()
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#next")).to_be_visible()
    assert row(order()[0])[0] is None
    page.keyboard.press("1")
    assert has(order()[0], 1)


def test_after_the_last_text_the_way_leads_to_the_unit_that_still_waits(context: BrowserContext, address: str) -> None:
    def answer(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, json=reply.json() | {"other_unit": {"unit": "bt91", "name": "bài tập 91"}})

    context.route("**/bai", answer)
    page = opened(context, address)
    for _ in order():
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    way = page.locator("#finished a")
    expect(way).to_have_text("Sang bài tập 91: còn bài chờ chấm")
    expect(way).to_have_attribute("href", re.compile("/giang-vien/cham/bt91$"))
    page.goto(f"{address}giang-vien")
    expect(page.locator(".tools")).to_be_visible()
    expect(page.locator(".tools")).not_to_contain_text("false")


def test_enter_does_not_lead_to_what_the_machine_could_not_score(context: BrowserContext, address: str) -> None:
    other = {"question": "bt90-q1", "number": 1, "waiting": 1, "total": 1, "by_machine": True}

    def texts(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, json=reply.json() | {"others": [other]})

    context.route("**/bai", texts)
    page = opened(context, address)
    for _ in order():
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    for _ in range(3):
        page.wait_for_timeout(500)
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(QUESTION))
    expect(page.locator("#finished a")).to_have_text("Sang câu 1: máy không cho điểm được 1 người")
    page.keyboard.press("Tab")
    expect(page.locator("#finished a")).to_be_focused()


def test_where_the_machine_could_not_score_0_is_typed(context: BrowserContext, address: str) -> None:
    def choices(route: Route) -> None:
        reply = route.fetch()
        found = reply.json()
        found["sheets"][0] |= {"by_machine": True, "lines": [], "right": ["Dừng <b>nhận</b>"]}
        found["people"][0] |= {"why": "Máy không cho điểm.", "of_other": ["Ở đề B, câu hỏi là: khác"]}
        route.fulfill(response=reply, json=found)

    context.route("**/bai", choices)
    page = opened(context, address)
    expect(page.locator("#why")).to_have_text("Máy không cho điểm.")
    expect(page.locator("#of-other")).to_contain_text("câu hỏi là: khác")
    expect(page.locator("#no-lines li")).to_have_text("Dừng nhận")
    for _ in range(3):
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
    expect(page.locator("#saved")).to_contain_text("cho 0 thì gõ 0")
    expect(page.locator("#ask-zero")).to_be_hidden()
    assert row(order()[0])[:2] == (None, True)
    page.keyboard.press("F2")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    assert has(order()[0], 0.0, False)


def test_two_windows_and_formgrader_ask_and_never_write_over(context: BrowserContext, address: str) -> None:
    code = order()[0]
    first, second = opened(context, address), opened(context, address)
    first.keyboard.press("1")
    saved(first)
    second.keyboard.press("2")
    second.keyboard.press("1")
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Điểm trong sổ: 1. Điểm ở trang này: 2.")
    assert has(code, 1.0)
    second.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Ghi 2").click()
    saved(second)
    assert has(code, 2.0)
    by_formgrader(code, 0.5, "Từ formgrader.")
    first.keyboard.press("3")
    dialog = first.get_by_role("dialog")
    expect(dialog).to_contain_text("Từ formgrader.")
    dialog.get_by_role("button", name="Giữ 0,5").click()
    expect(first.locator("#points")).to_have_value("0,5")
    expect(first.locator("#comment")).to_have_value("Từ formgrader.")
    expect(first.locator("#aside")).to_have_text("Điểm đặt ở nơi khác")
    assert has(code, 0.5, False, "Từ formgrader.")
    first.reload()
    expect(first.locator("#answer")).to_be_focused()
    first.keyboard.press("ArrowLeft")
    first.keyboard.press("ArrowLeft")
    expect(first.locator("#aside")).to_have_text("Điểm đặt ở nơi khác")


def test_two_windows_with_other_lines_of_equal_points_ask_too(context: BrowserContext, address: str) -> None:
    code = order()[0]
    first, second = opened(context, address), opened(context, address)
    first.keyboard.press("1")
    saved(first)
    second.keyboard.press("3")
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Ý đã chọn trong sổ: 1. Ý ở trang này: 3. Giữ hay ghi?")
    dialog.get_by_role("button", name="Giữ ý trong sổ").click()
    expect(second.locator(".tick").first.locator(".earned [aria-hidden]")).to_have_text("1 / 1")
    expect(second.locator("#points")).to_have_value("1")
    assert rubric_ticks.read(UNIT, code)[QUESTION].lines == {"viec": "full"}
    second.keyboard.press("1")  # by half, then not at all: the page knows the line that the other window chose
    second.keyboard.press("1")
    expect(second.locator("#points")).to_have_value("")
    saved(second)
    first.keyboard.press("2")
    dialog = first.get_by_role("dialog")
    expect(dialog).to_contain_text("Điểm trong sổ: chưa có điểm. Điểm ở trang này: 2.")
    dialog.get_by_role("button", name="Ghi 2").click()
    saved(first)
    assert rubric_ticks.read(UNIT, code)[QUESTION].lines == {"viec": "full", "noi": "full"}
    second.keyboard.press("3")
    expect(second.get_by_role("dialog").get_by_role("button", name="Giữ 2")).to_be_visible()


def test_a_mark_that_was_not_saved_is_kept_through_a_reload(context: BrowserContext, address: str) -> None:
    code = order()[0]
    page = opened(context, address)
    page.route(re.compile("/diem/"), lambda route: route.abort())
    page.keyboard.press("1")
    page.keyboard.press("2")
    expect(page.locator("#saved")).to_have_text("Chưa lưu được, đang giữ trong trang.")
    assert row(code)[0] is None
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "viec" in kept
    assert not any(text[:12] in kept for text in TEXTS)
    page.reload()
    expect(page.locator("#answer")).to_be_focused()
    page.unroute(re.compile("/diem/"))
    saved(page)
    assert has(code, 2.0)
    assert nothing_unsent(page)
    page.keyboard.press("ArrowLeft")  # where the first try to save came through after all, the page is one further
    expect(page.locator("#points")).to_have_value("2")


def test_what_is_changed_while_a_save_is_under_way_is_saved_too(context: BrowserContext, address: str) -> None:
    code = order()[0]
    page = opened(context, address)
    held: list[Route] = []
    page.route(re.compile("/diem/"), lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request(re.compile("/diem/")):
        page.keyboard.press("1")
    page.keyboard.press("2")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(page.locator("#points")).to_have_value("2")
    assert nothing_unsent(page)
    assert has(code, 2.0)


def test_a_new_hand_in_waits_again_with_the_old_points(context: BrowserContext, address: str) -> None:
    code = order()[0]
    page = opened(context, address)
    page.keyboard.press("1")
    saved(page)
    root = gradebook.file()
    assert root is not None
    hand_in(root.parent, code, answers() | {QUESTION: "Viết lại hết."}, text="Viết lại hết.")
    grade_class.grade(UNIT)
    page.keyboard.press("2")
    expect(page.locator("#saved")).to_contain_text("câu trả lời đã khác")
    expect(page.locator("#work")).to_have_text("Viết lại hết.")
    expect(page.locator("#again")).to_contain_text("Điểm cũ là 1")
    assert has(code, 1.0, True)
    page.keyboard.press("Enter")
    saved(page)
    assert has(code, 1.0, False)


def test_the_field_of_points_takes_no_line_away_and_says_what_no_lines_give(
    context: BrowserContext, address: str
) -> None:
    code = order()[0]
    page = opened(context, address)
    keys, field = page.keyboard, page.locator("#points")
    keys.press("1")
    keys.press("2")
    keys.press("2")
    keys.press("F2")
    keys.press("Delete")
    keys.press("Enter")
    expect(page.locator("#points-wrong")).to_contain_text("điểm lại theo các ý: 1,5.")
    expect(page.locator("#progress")).to_contain_text("người 1 trong 4")
    expect(page.locator(".tick").nth(1)).to_have_attribute("aria-pressed", "mixed")
    page.locator("#answer").focus()
    field.click()
    keys.type("1,7")
    expect(field).to_have_value("1,7")
    expect(page.locator("#odd")).to_have_text("Không cách cộng ý nào ra 1,7 điểm; điểm này vẫn được lưu.")
    keys.press("Enter")
    saved(page)
    assert has(code, 1.7)
    keys.press("ArrowLeft")
    expect(page.locator("#odd")).to_be_visible()
    keys.press("F2")
    keys.type("2")
    expect(page.locator("#odd")).to_be_hidden()


def test_a_comment_that_was_taken_over_is_taken_back_in_the_field(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    keys, box = page.keyboard, page.locator("#comment")
    keys.press("1")
    keys.press("F4")
    keys.type("Rõ.")
    keys.press("Control+Enter")
    saved(page)
    keys.press("F4")
    keys.type("Gọn.")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(box).to_have_value("Gọn. Rõ.")
    keys.press("Control+z")
    expect(box).to_have_value("Gọn.")
    expect(box).to_be_focused()
    expect(page.locator("#told")).to_have_text("Đã bỏ lời vừa lấy.")
    keys.type(" Hay.")
    expect(box).to_have_value("Gọn. Hay.")


def test_after_the_last_person_the_page_says_so_and_what_to_do(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    keys, said = page.keyboard, page.locator("#saved")
    keys.press("ArrowLeft")
    expect(said).to_have_text("Đây là người đầu.")
    for _ in order():
        keys.press("ArrowRight")
    expect(page.locator("#progress")).to_contain_text("người 4 trong 4")
    expect(said).to_contain_text("Đây là người cuối. Còn 3 người khác chưa chấm xong: bấm ←")
    keys.press("1")
    keys.press("Enter")
    for _ in "123":
        keys.press("1")
        keys.press("Enter")
    expect(page.locator("#finished")).to_be_visible()
    assert all(has(code, 1.0, False) for code in order())
    page.reload()
    expect(page.locator("#finished")).to_be_visible()
    for _ in order():
        keys.press("ArrowRight")
    expect(page.locator("#finished a")).to_be_focused()


def test_words_of_a_trainee_are_words(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    for _ in order():
        assert page.locator("#work b, #work script, #work img").count() == 0
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    at = order().index(CODES[1])
    for _ in order():
        page.keyboard.press("ArrowLeft")
    for _ in range(at):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#work")).to_contain_text("Sau đó <b>chờ</b> văn bản")


@pytest.mark.parametrize(
    "size", [(1366, 641), (1024, 768), (1920, 1080), (683, 320)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_axe_finds_nothing_and_nothing_leaves_the_screen(browser: Browser, address: str, size: tuple[int, int]) -> None:
    made = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = opened(made, address)
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("2")
    saved(page)
    page.keyboard.press("F4")
    page.keyboard.type("Nói rõ nơi nào.")
    saved(page)
    assert in_both_colours(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Người tiếp", "Gõ điểm", "Viết lời", "Người trước", "Lấy lại", "Để lại, xem sau"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()  # enlarged to 200 %, the page scrolls
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
    made.close()


def test_formgrader_shows_the_same(marking_course: Path, browser: Browser) -> None:
    code = order()[0]
    with served(marking_course, formgrader=True) as address:
        context = browser.new_context()
        page = opened(context, address)
        page.keyboard.press("1")
        page.keyboard.press("2")
        page.keyboard.press("2")
        page.keyboard.press("F4")
        page.keyboard.type("Nói rõ nơi.")
        saved(page)
        with gradebook.opened() as book:
            submission = book.find_submission_notebook(UNIT, UNIT, code).id
        page.goto(f"{address}formgrader/submissions/{submission}/?token=thu")
        page.wait_for_function("formgrader.loaded && formgrader.grades.loaded && formgrader.comments.loaded")
        expect(page.locator(f"#{QUESTION}")).to_have_value(re.compile(r"^1[.,]5$"))
        expect(page.locator(f"#{QUESTION}-comment")).to_have_value("Nói rõ nơi.")
        context.close()


def test_a_press_taken_back_leaves_a_finished_person_finished(context: BrowserContext, address: str) -> None:
    codes = order()
    page = opened(context, address)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_contain_text("người 2 trong 4 · còn 3 người")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("2")
    saved(page)
    assert has(codes[0], 2.0, True)
    page.keyboard.press("Control+z")
    expect(page.locator("#points")).to_have_value("1")
    expect(page.locator("#progress")).to_contain_text("còn 3 người")
    expect(page.locator("#aside")).to_be_hidden()
    saved(page)
    assert has(codes[0], 1.0, False)


def test_half_a_mark_and_a_zero_look_like_themselves(context: BrowserContext, address: str) -> None:
    codes = order()
    page = opened(context, address)
    strip = page.locator("#people i")
    earned = page.locator(".tick .earned [aria-hidden]").first
    expect(earned).to_have_text("– / 1")
    page.keyboard.press("1")
    saved(page)
    expect(page.locator("#aside")).to_contain_text("Ý 2, 3: đang là không. Chấm dở")
    assert has(codes[0], 1.0, True)
    page.keyboard.press("ArrowRight")
    expect(strip.first).to_have_class("half")
    expect(page.locator("#progress")).to_contain_text("còn 4 người")
    page.keyboard.press("F2")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    expect(strip.nth(1)).to_have_class("done zero")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#aside")).to_have_text("Có viết, đã cho 0 điểm.")
    expect(earned).to_have_text("0 / 1")
    page.reload()
    expect(page.locator("#progress")).to_contain_text("còn 3 người")
    expect(page.locator("#aside")).to_contain_text("Chấm dở")
    assert nothing_unsent(page)
    page.keyboard.press("Enter")
    expect(strip.first).to_have_class("done")
    assert has(codes[0], 1.0, False)
    assert has(codes[1], 0.0, False)


def test_a_blank_answer_and_a_zero_that_was_given_look_different(
    context: BrowserContext, address: str, marking_course: Path
) -> None:
    wrote, blank = order()[:2]
    hand_in(marking_course, blank, {name: one for name, one in answers().items() if name != QUESTION})
    grade_class.grade(UNIT)
    page = opened(context, address)
    for _ in range(2):
        page.keyboard.press("F2")
        page.keyboard.type("0")
        page.keyboard.press("Enter")
        saved(page)
    strip = page.locator("#people i")
    expect(strip.first).to_have_class("done zero")
    expect(strip.nth(1)).to_have_class("done blank")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#aside")).to_have_text("Để trống: 0 điểm.")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#aside")).to_have_text("Có viết, đã cho 0 điểm.")
    assert has(wrote, 0.0, False)
    assert has(blank, 0.0, False)
    ((asked,),) = (unit["questions"] for unit in overview.payload())
    assert asked["about"] == "1 bài để trống, 1 bài có viết mà cho 0"
    told = {}
    for code in (wrote, blank):
        cell = page.request.get(f"{address}giang-vien/manh/o", params={"unit": UNIT, "code": code}).json()
        told[code] = next((one["sign"], one["critical"]) for one in cell["questions"] if "Câu 3" in one["text"])
    assert told == {wrote: ("↺", "có trả lời, người chấm cho 0"), blank: ("·", "để trống")}

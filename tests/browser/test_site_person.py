"""Who is at the pages: every window knows it, a guest's work is nobody else's by mistake, a file can break nothing."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.site_page import at, hand_in_anyway, questions_of
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buuchinh import course, datasets
from buuchinh.questions import question_bank

pytestmark = pytest.mark.browser

CODE, OTHER = "GL-0123-Q", "HV-0001-W"
TURNED = "GL-0124-O"
"""A code that begins with kt2."""
STORE = """async (given) => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const at = base.transaction(["lines", "state"], "readwrite");
    for (const [key, value] of given.state ?? []) at.objectStore("state").put(value, key);
    for (const line of given.lines ?? []) at.objectStore("lines").add(line);
    const lines = at.objectStore("lines").getAll();
    await new Promise((done) => { at.oncomplete = done; });
    base.close();
    return lines.result;
}"""


FINISHED = """async (key) => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const got = base.transaction("state").objectStore("state").get(key);
    await new Promise((done) => { got.onsuccess = done; });
    base.close();
    return got.result;
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    return window(context, site)


def window(context: BrowserContext, site: str) -> Page:
    page = context.new_page()
    page.goto(site)
    expect(page.locator("#hoc-main h1")).to_be_visible()
    return page


def type_code(page: Page, code: str) -> None:
    at(page, "#/")
    page.locator(".hoc-who button").first.click()
    page.get_by_label("Mã học viên").fill(code)
    page.get_by_role("button", name="Ghi mã").click()


def give_code(page: Page, code: str) -> None:
    type_code(page, code)
    expect(page.locator(".hoc-who")).to_contain_text(code)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Chưa gõ mã"),
        ("Nguyễn Văn An", "có vẻ là họ tên"),
        ("12", "Mã có từ 4 đến 12 chữ cái"),
        ("GL-0123-R", "ký tự kiểm tra ở cuối không khớp"),
        ("hv0001", "thiếu ký tự cuối của mã"),
    ],
)
def test_of_what_is_no_code_it_is_said_why(page: Page, typed: str, told: str) -> None:
    type_code(page, typed)
    expect(page.locator(".hoc-code").get_by_role("alert")).to_contain_text(told)
    expect(page.locator("#hoc-code")).to_be_focused()


def answer(page: Page, which: int = 0) -> str:
    """Answer a question of the short test and return its id."""
    at(page, "#/kt1")
    asked = page.locator("[data-question]").nth(which)
    asked.locator(".bc-option").first.click()
    expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    return asked.get_attribute("data-question") or ""


def kept(page: Page, person: str) -> set[str]:
    """Return the questions that are answered under a code."""
    lines = page.evaluate(STORE, {})
    return {one["line"]["id"] for one in lines if json.loads(one["place"])[0] == person}


def save_file(page: Page, path: Path) -> dict[str, Any]:
    at(page, "#/ket-qua")
    with page.expect_download() as made:
        page.get_by_role("button", name="Lưu vào tệp").click()
    made.value.save_as(path)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def load_file(page: Page, path: Path) -> None:
    at(page, "#/ket-qua")
    page.locator("input[type=file]").set_input_files(path)


def test_a_code_that_is_given_in_one_window_holds_in_every_window(
    page: Page, context: BrowserContext, site: str
) -> None:
    first = answer(page)
    other = window(context, site)
    give_code(other, CODE)
    expect(page.locator("#hoc-live")).to_contain_text(CODE)
    second = answer(page, 1)
    assert kept(page, CODE) == {first, second}
    assert kept(page, "") == set()
    at(page, "#/ket-qua")
    expect(page.locator("tr", has_text="Bài kiểm tra đầu khóa")).to_contain_text("2 / 10")


def titles(page: Page) -> list[str]:
    """Return what kt1 and kt2 are called, on their own pages."""
    found = []
    for unit in ("kt1", "kt2"):
        at(page, f"#/{unit}")
        expect(page).to_have_title(re.compile("^Bài kiểm tra"))
        found.append(page.locator("#hoc-main h1").inner_text().rsplit(" ", 2)[1])
    return found


def test_a_code_says_which_short_test_stands_before_and_which_at_the_end_of_the_path(page: Page) -> None:
    at(page, "#/")
    page.locator(".hoc-role").first.click()
    last = page.locator(".hoc-path li").last.get_by_role("link")
    expect(last).to_have_attribute("href", "#/kt2")
    assert titles(page) == ["đầu", "cuối"]
    give_code(page, TURNED)
    expect(last).to_have_attribute("href", "#/kt1")
    expect(last).to_contain_text("Mười câu cuối khóa (không tính điểm)")
    exam = page.locator(".hoc-path li", has_text="tính điểm").first
    expect(exam).to_contain_text("Bài thi cuối khóa (tính điểm)")
    expect(exam).not_to_contain_text("lần")
    assert titles(page) == ["cuối", "đầu"]
    page.reload()
    assert titles(page) == ["cuối", "đầu"]
    for n in range(1, 40):
        at(page, f"#/l01/{n}")
        if (link := page.locator(".hoc-button[href^='#/kt']")).count():
            expect(link).to_have_attribute("href", "#/kt2")
            break
    else:
        pytest.fail("lesson 1 begins with no test")


def test_a_guest_who_has_begun_keeps_the_order_of_the_tests_under_a_code(page: Page) -> None:
    first = answer(page)
    give_code(page, TURNED)
    assert kept(page, TURNED) == {first}
    assert titles(page) == ["đầu", "cuối"]
    page.reload()
    assert titles(page) == ["đầu", "cuối"]


def test_kt1_that_was_ended_when_everybody_had_it_first_stays_and_kt2_comes_at_the_end(page: Page) -> None:
    end = {"format": 1, "unit": "kt1", "version": "1.0.1", "code": TURNED, "finished_at": "2026-11-01T09:00:00+07:00"}
    end |= {"answers": {}, "right": 3, "total": 10}
    page.evaluate(STORE, {"state": [["person", TURNED], [f"finished {TURNED} kt1", end]]})
    page.reload()
    assert titles(page) == ["đầu", "cuối"]
    assert page.evaluate(FINISHED, f"finished {TURNED} kt1") == end


def test_what_is_typed_in_another_window_when_a_code_is_given_goes_along(
    page: Page, context: BrowserContext, site: str
) -> None:
    at(page, "#/bt06/11")
    other = window(context, site)
    page.locator("textarea").first.press_sequentially("Lùi ra xa")
    give_code(other, CODE)
    expect(page.locator("#hoc-live")).to_contain_text(CODE)
    expect(page.locator("textarea").first).to_have_value("Lùi ra xa")
    assert (kept(page, CODE), kept(page, "")) == ({"bt06-q40"}, set())


@pytest.mark.parametrize("mine", [True, False])
def test_a_guests_work_is_asked_for_where_the_code_has_its_own(page: Page, mine: bool) -> None:
    give_code(page, CODE)
    own = answer(page)
    (line,) = page.evaluate(STORE, {})
    of_a_guest = json.dumps(["", *json.loads(line["place"])[1:]])
    page.evaluate(STORE, {"lines": [{"place": of_a_guest, "line": {**line["line"], "id": "kt1-q99"}}]})
    type_code(page, CODE)
    asked = page.locator(".hoc-whose")
    expect(asked).to_contain_text("1 câu làm lúc chưa nhập mã")
    asked.get_by_role("button", name="Của tôi" if mine else "Của người khác").click()
    expect(asked).to_have_count(0)
    assert kept(page, CODE) == ({own, "kt1-q99"} if mine else {own})
    assert kept(page, "") == (set() if mine else {"kt1-q99"})


def test_the_next_person_at_this_computer_begins_with_nothing_and_nothing_of_the_one_before_is_lost(
    page: Page, context: BrowserContext, site: str
) -> None:
    page.get_by_role("button", name="Bưu tá").first.click()  # before a code is given, as the first page asks
    expect(page.get_by_role("button", name="Đổi công việc")).to_be_visible()
    give_code(page, CODE)
    own = answer(page)
    other = window(context, site)
    at(page, "#/")
    expect(page.get_by_role("heading", name="Lộ trình của bưu tá")).to_be_visible()
    page.get_by_role("button", name="Người khác học trên máy này").click()
    expect(page.locator(".hoc-who")).to_contain_text("không mã")
    expect(page.get_by_role("heading", name="Anh/chị làm việc gì?")).to_be_visible()
    expect(other.locator(".hoc-who")).to_contain_text("không mã")
    at(page, "#/kt1")
    expect(page.locator("input:checked")).to_have_count(0)
    next_one = answer(page, 1)
    assert (kept(page, CODE), kept(page, "")) == ({own}, {next_one})
    page.reload()
    expect(page.locator("input:checked")).to_have_count(1)
    type_code(page, CODE)
    page.get_by_role("button", name="Của người khác").click()
    at(page, "#/kt1")
    expect(page.locator("[data-question] input:checked")).to_have_count(1)
    assert kept(page, CODE) == {own}


def test_a_file_from_elsewhere_asks_whose_the_work_of_the_guest_is(
    page: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    give_code(page, CODE)
    elsewhere = answer(page)
    save_file(page, tmp_path / "x.json")
    home = window(browser.new_context(accept_downloads=True), site)
    here = answer(home, 1)
    load_file(home, tmp_path / "x.json")
    expect(home.locator(".hoc-whose")).to_contain_text("1 câu làm lúc chưa nhập mã")
    home.get_by_role("button", name=f"Của tôi: ghi vào mã {CODE}").click()
    expect(home.locator("tr", has_text="Bài kiểm tra đầu khóa")).to_contain_text("2 / 10")
    assert kept(home, CODE) == {elsewhere, here}
    home.context.close()


def test_a_file_of_another_code_says_so_and_offers_to_go_on_with_it(
    page: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    give_code(page, OTHER)
    answer(page)
    save_file(page, tmp_path / "x.json")
    home = window(browser.new_context(accept_downloads=True), site)
    give_code(home, CODE)
    load_file(home, tmp_path / "x.json")
    expect(home.locator(".hoc-whose")).to_contain_text(f"Tệp này của mã {OTHER}, máy đang dùng mã {CODE}.")
    expect(home.get_by_role("button", name="Để riêng")).to_be_visible()
    expect(home.locator("tr", has_text="Bài kiểm tra đầu khóa")).to_contain_text("0 / 10")
    home.get_by_role("button", name=f"Đổi sang mã {OTHER}").click()
    expect(home.locator("tr", has_text="Bài kiểm tra đầu khóa")).to_contain_text("1 / 10")
    expect(home.locator("#hoc-main")).to_contain_text(OTHER)
    home.context.close()


def test_what_was_answered_here_since_stays_the_answer_when_an_older_file_is_read(
    page: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    answer(page)
    save_file(page, tmp_path / "x.json")
    home = window(browser.new_context(accept_downloads=True), site)
    home.wait_for_timeout(1100)  # answers tell their time in whole seconds
    at(home, "#/kt1")
    home.locator("[data-question]").first.locator(".bc-option").nth(1).click()
    expect(home.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    load_file(home, tmp_path / "x.json")
    expect(home.locator("#hoc-live")).to_contain_text("của 1 câu")
    at(home, "#/kt1")
    expect(home.locator("[data-question]").first.locator("input").nth(1)).to_be_checked()
    home.context.close()


def say_of_first(page: Page, text: str) -> None:
    at(page, "#/kt1")
    shown = page.locator("[data-question]").first
    shown.get_by_text("Câu này sai hoặc khó hiểu?").click()
    shown.get_by_label("Viết một dòng").fill(text)
    shown.get_by_role("button", name="Ghi lại").click()
    expect(shown.locator(".bc-remark")).to_contain_text("Đã ghi lúc")


def test_what_a_guest_said_of_a_question_goes_along_with_the_code_and_the_hand_in(
    page: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    say_of_first(page, "Chữ nhỏ quá")
    save_file(page, tmp_path / "x.json")
    give_code(page, CODE)
    at(page, "#/bt05/7")
    with page.expect_download() as made:
        hand_in_anyway(page)
    with zipfile.ZipFile(made.value.path()) as packed:
        said = json.loads(packed.read("answers.json"))["remarks"]
    assert [one["text"] for one in said] == ["Chữ nhỏ quá"]
    home = window(browser.new_context(accept_downloads=True), site)
    load_file(home, tmp_path / "x.json")
    expect(home.locator("#hoc-live")).to_contain_text("Đã đọc tệp")
    at(home, "#/kt1")
    home.get_by_text("Câu này sai hoặc khó hiểu?").first.click()
    expect(home.get_by_label("Viết một dòng").first).to_have_value("Chữ nhỏ quá")
    home.context.close()


STAMP = "2026-11-01T08:00:00+07:00"
SOUND = {"id": "a", "answer": 1, "at": STAMP}
BROKEN_LINES: list[Any] = [
    None, 5, "x", [], {},
    {"place": "no JSON", "line": SOUND},
    {"place": '["NOT A CODE", "kt1", "1.0.0"]', "line": SOUND},
    {"place": '["", "constructor", "1"]', "line": SOUND},
    {"place": '["", "kt1", "1.0.0"]', "line": None},
    {"place": '["", "kt1", "1.0.0"]', "line": SOUND | {"id": "__proto__"}},
    {"place": '["", "kt1", "1.0.0"]', "line": SOUND | {"at": "hôm qua"}},
]  # fmt: skip
BROKEN_STATE: list[Any] = [
    None, "x", [], ["role "], [5, 6],
    ["role ", {"a": 1}],
    ["role NOT A CODE", "clerk"],
    ["last ", {"unit": 5, "at": {}}],
    ["finished  kt1", 5],
    ["finished  kt2", {"version": "1", "finished_at": "x", "answers": None}],
    [f"finished {CODE} kt1", {"version": "1", "finished_at": STAMP, "answers": {}, "earlier": [None]}],
    ["drill ", {"series": {"rieng-loat-1": {}}}],
    ["follow ", {"started": 7, "packs": {"2": "x"}}],
    ["remarks ", {"kt1-q01": "x"}],
    [f"handed {CODE} bt05", {"at": 5}],
]  # fmt: skip
ODD_ANSWERS: list[Any] = [{"a": {}}, [[None]], [None], 5, True, [{"node": "constructor", "choice": "x"}], {"0": [1]}]
ROUTES = ("#/", "#/kt1", "#/kt2", "#/l05/1", "#/on-tap", "#/xem-kien", "#/bt05/7", "#/giay-ghi-nhan", "#/ket-qua")


def line_of(person: str, unit: dict[str, Any], question: str, given: Any) -> dict[str, Any]:
    place = json.dumps([person, unit["id"], unit["version"]], separators=(",", ":"))
    return {"place": place, "line": {"id": question, "answer": given, "at": STAMP}}


def every_page_opens(page: Page) -> None:
    for route in ROUTES:
        at(page, route)
        expect(page.locator("#hoc-main")).not_to_contain_text("Chưa tải được trang này")
    give_code(page, CODE)
    for route in ROUTES:
        at(page, route)
        expect(page.locator("#hoc-main")).not_to_contain_text("Chưa tải được trang này")


def test_nothing_that_a_file_holds_can_stop_a_page_and_its_sound_lines_are_taken(
    page: Page, site: str, tmp_path: Path
) -> None:
    units = json.loads(page.locator("#hoc-course").text_content() or "")["units"]
    sound = [line_of("", units["kt1"], "kt1-q01", "x")]
    path = tmp_path / "x.json"
    whole = {"format": "buuchinh-hoc-1", "course": course.settings().title, "person": "NOT A CODE"}
    held = whole | {"lines": BROKEN_LINES + sound, "state": [*BROKEN_STATE, ["role ", "clerk"]]}
    path.write_text(json.dumps(held), encoding="utf-8")
    load_file(page, path)
    skipped = len(BROKEN_LINES) + len(BROKEN_STATE)
    told = f"Đã đọc tệp: có thêm câu trả lời của 1 câu. Bỏ qua {skipped} dòng hỏng trong tệp."
    expect(page.locator("#hoc-live")).to_have_text(told)
    every_page_opens(page)
    at(page, "#/")
    expect(page.locator("h2", has_text="Lộ trình của")).to_be_visible()
    for text in ("null", "[]", "5", "{", '{"format": "buuchinh-hoc-1"}'):
        path.write_text(text, encoding="utf-8")
        load_file(page, path)
        expect(page.locator(".hoc-keeping")).to_contain_text("không phải tệp đã lưu")
        at(page, "#/")
    path.write_text(json.dumps(whole | {"course": "Khóa nấu ăn", "lines": sound}), encoding="utf-8")
    load_file(page, path)
    expect(page.locator(".hoc-keeping")).to_contain_text("khóa học khác: “Khóa nấu ăn”")


def test_a_store_that_was_damaged_by_an_earlier_version_stops_no_page(page: Page, site: str) -> None:
    state = [one for one in BROKEN_STATE if isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)]
    lines = [one for one in BROKEN_LINES if isinstance(one, dict) and "place" in one]
    page.evaluate(STORE, {"state": [*state, ["person", "NOT A CODE"]], "lines": lines})
    page.reload()
    every_page_opens(page)


def test_an_answer_of_a_shape_that_its_question_does_not_have_stops_no_page(page: Page, site: str) -> None:
    give_code(page, CODE)
    at(page, "#/bt05/1")
    units = json.loads(page.locator("#hoc-course").text_content() or "")["units"]
    for odd in ODD_ANSWERS:
        lines = [
            line_of(CODE, units[unit], f"{unit}-q{number:02}", odd)
            for unit in ("bt05", "l05", "kt1")
            for number in range(1, 31)
        ]
        page.evaluate(STORE, {"lines": lines})
        for route in ("#/kt1", *questions_of(page, "bt05"), "#/bt05/7", "#/l05/2", "#/l05/6"):
            at(page, route)
            expect(page.locator("#hoc-main")).not_to_contain_text("Chưa tải được trang này")


def test_own_results_begin_empty_and_then_tell_each_objective_in_one_word(page: Page) -> None:
    """Five first answers that were not right: "nên gặp lại", five amber dots; what was not met says so."""
    at(page, "#/ket-qua")
    main = page.locator("#hoc-main")
    expect(main).to_contain_text("Chưa có gì ở đây. Làm một ca ba phút là có.")
    expect(page.get_by_role("link", name="Làm một ca")).to_be_visible()
    expect(main).not_to_contain_text("Chỉ mình")
    (made,) = [question_bank.load(path) for path in question_bank.practice_files() if path.stem == "l05"]
    by_objective: dict[str, list[str]] = {}
    for one in made.questions:
        if one.type in {"single", "multiple"} and one.objective:
            by_objective.setdefault(one.objective, []).append(one.id)
    objective, asked = max(by_objective.items(), key=lambda item: len(item[1]))
    assert len(asked) >= 5
    place = json.dumps(["", "l05", made.version], separators=(",", ":"))
    lines = [{"place": place, "line": {"id": name, "answer": "khong-co", "at": STAMP}} for name in asked[:5]]
    page.evaluate(STORE, {"lines": lines})
    page.reload()
    (title,) = [one["title"] for one in datasets.read("questions/objectives").rows if one["id"] == objective]
    row = page.locator(".hoc-objectives li", has_text=title)
    expect(row.locator(".hoc-chip")).to_have_text("nên gặp lại")
    expect(row.locator(".hoc-dot-wrong")).to_have_count(5)
    expect(row.get_by_label("đúng 0 trên 5 câu gần nhất")).to_be_visible()
    expect(page.locator(".hoc-objectives .hoc-chip", has_text="chưa gặp").first).to_be_visible()


def test_erasing_wants_a_word_in_another_place_says_how_much_goes_and_offers_a_file(page: Page) -> None:
    give_code(page, CODE)
    first = answer(page)
    at(page, "#/ket-qua")
    page.get_by_role("button", name="Xóa hết trên máy này").dblclick()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("của 1 câu")
    expect(dialog).to_contain_text(CODE)
    page.keyboard.press("Escape")
    assert kept(page, CODE) == {first}
    page.get_by_role("button", name="Xóa hết trên máy này").click()
    erase = dialog.get_by_role("button", name="Xóa hết", exact=True)
    dialog.get_by_label("gõ XÓA").fill("có")
    expect(erase).to_be_disabled()
    with page.expect_download() as made:
        dialog.get_by_role("button", name="Lưu vào tệp").click()
    assert first in made.value.path().read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Xóa hết trên máy này").click()
    dialog.get_by_label("gõ XÓA").fill("xoá")
    assert erase.is_disabled(), "for a second nothing can be pressed"
    erase.click()
    expect(page.locator("#hoc-live")).to_contain_text("Đã xóa")
    assert kept(page, CODE) == set()


def test_what_is_erased_in_one_window_is_gone_in_all(page: Page, context: BrowserContext, site: str) -> None:
    give_code(page, CODE)
    answer(page)
    at(page, "#/bt05/6/bt05-q14")
    other = window(context, site)
    page.locator("textarea").first.press_sequentially("Chưa gửi")  # and the focus stays in it
    at(other, "#/ket-qua")
    other.get_by_role("button", name="Xóa hết trên máy này").click()
    other.get_by_label("gõ XÓA").fill("xóa")
    other.get_by_role("button", name="Xóa hết", exact=True).click()
    expect(page.locator("#hoc-live")).to_contain_text("vừa bị xóa")
    at(page, "#/")
    expect(page.locator(".hoc-who")).to_contain_text("không mã")
    at(page, "#/kt1")
    expect(page.locator(".bc-option input:checked")).to_have_count(0)
    page.reload()
    give_code(page, CODE)
    at(page, "#/bt05/6/bt05-q14")
    expect(page.locator("textarea").first).to_have_value("")


@pytest.mark.parametrize("granted", [True, False])
def test_the_browser_is_asked_once_not_to_drop_answers_and_only_after_the_first(
    context: BrowserContext, site: str, granted: bool
) -> None:
    context.add_init_script(
        f"""if (navigator.storage) {{
            navigator.storage.persist = async () => {{
                localStorage.asked = Number(localStorage.asked ?? 0) + 1;
                return {str(granted).lower()};
            }};
            navigator.storage.persisted = async () => {str(granted).lower()};
        }}"""
    )
    page = window(context, site)
    at(page, "#/ket-qua")
    assert page.evaluate("localStorage.asked ?? null") is None
    answer(page)
    answer(page, 1)
    page.wait_for_function("localStorage.asked")
    page.reload()
    answer(page, 2)
    assert page.evaluate("localStorage.asked") == "1"
    at(page, "#/ket-qua")
    told = page.get_by_text("trình duyệt có thể tự xóa")
    expect(told).to_have_count(0 if granted else 1)


def test_who_types_without_a_pause_is_kept_every_two_seconds(page: Page) -> None:
    give_code(page, CODE)
    now = datetime.now().astimezone()
    page.clock.install(time=now)
    at(page, "#/bt05/6/bt05-q14")
    page.clock.pause_at(now + timedelta(hours=1))  # a slow machine adds no time of its own
    box = page.locator("textarea").first
    for _ in range(12):
        box.press_sequentially("a")
        page.clock.run_for(400)
    lines = [one["line"] for one in page.evaluate(STORE, {}) if one["line"]["id"] == "bt05-q14"]
    assert len(lines) == 2
    assert len(lines[-1]["answer"]) >= 10


def test_a_tab_that_is_closed_while_somebody_types_loses_nothing(
    page: Page, context: BrowserContext, site: str
) -> None:
    give_code(page, CODE)
    at(page, "#/bt05/6/bt05-q14")
    page.locator("textarea").first.press_sequentially("Khói ra từ kiện, lùi ra xa, gọi 114")
    page.close(run_before_unload=True)
    other = window(context, site)
    at(other, "#/bt05/6/bt05-q14")
    expect(other.locator("textarea").first).to_have_value("Khói ra từ kiện, lùi ra xa, gọi 114")
    at(other, "#/ket-qua")
    expect(other.locator("tr", has_text="Bài tập 5")).to_contain_text("1 / 14")

"""Each type of question on the plain page, opened from ``file://``, by keyboard, light and dark."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pytest
from kit import clicking, picture
from kit import keyboard as keys
from kit import question as kit
from kit.axe import COLOURS
from kit.plain_page import page as make
from kit.site_page import served
from playwright.sync_api import Browser, Page, expect

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
pytestmark = pytest.mark.browser


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    practice = [(kit.authored(name), kit.practice_payload(name)) for name in kit.ALL]
    exam = [(kit.public(name), kit.exam_payload(name)) for name in kit.ALL]
    (tmp_path / "practice.html").write_text(make(practice, title="Luyện tập", store="p"), encoding="utf-8")
    (tmp_path / "exam.html").write_text(make(exam, title="Kiểm tra", store="e"), encoding="utf-8")
    return {name: (tmp_path / f"{name}.html").as_uri() for name in ("practice", "exam")}


@pytest.fixture
def sheet(browser: Browser, files: dict[str, str]):
    opened = browser.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto(files["practice"])
    yield opened
    opened.close()
    assert not faults


@pytest.mark.parametrize("name", keys.ANSWERS)
def test_each_type_is_answered_by_keyboard(sheet: Page, name: str) -> None:
    keys.start(sheet, name)
    keys.ANSWERS[name](sheet)


def test_answers_are_there_when_the_page_is_opened_again(sheet: Page) -> None:
    keys.start(sheet, "t-ordering")
    keys.answer_ordering(sheet)
    expect(keys.root(sheet, "t-ordering").locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    sheet.reload()
    first = keys.root(sheet, "t-ordering").locator(".bc-item").first
    expect(first).to_contain_text("Dừng, không chạm thêm.")
    expect(keys.root(sheet, "t-ordering").locator(".bc-headline .bc-sign")).to_be_visible()  # and what was said of it


def test_what_became_of_an_answer_is_announced_once_and_not_for_each_choice(
    browser: Browser, files: dict[str, str]
) -> None:
    for name, sentence in (("practice", "Đã giữ lúc"), ("exam", "Đã lưu lúc")):
        page = browser.new_page()
        page.goto(files[name])
        asked = keys.root(page, "t-single")
        line = asked.locator(".bc-saved")
        asked.locator("input").nth(0).click()
        expect(line).to_contain_text(sentence)
        expect(line).to_have_attribute("aria-live", "polite")
        asked.locator("input").nth(1).click()
        expect(line).to_have_attribute("aria-live", "off")
        expect(line).to_contain_text(sentence)
        page.close()


@pytest.mark.parametrize("width", [320, 1366])
def test_each_thing_in_a_picture_has_its_number_beside_it_wherever_the_picture_was_made(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """Also in what was folded away when the question came: there a browser has laid nothing out."""
    asked = [(kit.authored("t-picture"), kit.practice_payload("t-picture"))]
    text = make(asked, title="Tranh", store="t").replace("<main>", '<main><div hidden id="fold">')
    (tmp_path / "picture.html").write_text(text.replace("</main>", "</div></main>"), encoding="utf-8")
    sheet = browser.new_page(viewport={"width": width, "height": 900})
    sheet.goto((tmp_path / "picture.html").as_uri())
    expect(sheet.locator(".bc-picture")).to_have_count(1)
    sheet.evaluate("document.getElementById('fold').hidden = false")
    picture.check(sheet.evaluate(picture.FOUND))
    sheet.locator(".number").nth(1).click()
    expect(sheet.locator(".bc-option input").nth(1)).to_be_checked()
    sheet.close()


def test_a_number_in_wide_digits_that_can_be_read_two_ways_is_told_and_kept(
    browser: Browser, files: dict[str, str]
) -> None:
    """A keyboard that is set to full-width signs types １．５００."""
    sheet = browser.new_page()
    sheet.goto(files["exam"])
    numeric = keys.root(sheet, "t-numeric")
    for typed in ("１．５００", "１.500"):
        numeric.locator("input").fill(typed)
        expect(numeric.locator(".bc-reading")).to_contain_text("1500")
        expect(numeric.locator(".bc-reading")).to_contain_text("1,5000")
        sheet.wait_for_function("typed => JSON.parse(localStorage.getItem('e:t-numeric'))?.answer === typed", arg=typed)
    sheet.close()


def test_a_story_sends_back_only_who_took_a_wrong_way(sheet: Page) -> None:
    keys.start(sheet, "t-scenario")
    keys.answer_scenario(sheet)
    story = keys.root(sheet, "t-scenario").locator(".bc-story")
    expect(story).to_contain_text("Chỗ nào có dấu ✗ thì xem lại")
    story.get_by_role("button", name="Làm lại từ đầu").click()
    for _ in range(2):
        story.locator("input").first.check()
        keys.root(sheet, "t-scenario").get_by_role("button", name="Quyết định").click()
    expect(story).to_contain_text("✓ Kết thúc an toàn")
    expect(story).not_to_contain_text("xem lại")


def test_a_story_shows_its_way_and_how_things_stand_and_only_an_unsafe_end_is_red(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = deepcopy(kit.ALL["t-scenario"]) | {"id": "t-made"}
    made["nodes"]["thay"] |= {
        "text": "16 giờ 20. Một kiện rách góc, có mùi hắc.",
        "world": {"box": "trên tay", "people": "một người ở cửa", "phone": "chưa gọi ai"},
    }
    made["nodes"]["goi"]["world"] = {"box": "ở góc vắng", "people": "ra hết ngoài", "phone": "chưa gọi ai"}
    made["keys"][0]["ends"]["da-dua"]["kind"] = "danger"
    monkeypatch.setitem(kit.ALL, "t-made", made)
    asked = [(kit.authored("t-made"), kit.practice_payload("t-made"))]
    (tmp_path / "chuyen.html").write_text(make(asked, title="Chuyện", store="c"), encoding="utf-8")
    sheet = browser.new_page()
    sheet.goto((tmp_path / "chuyen.html").as_uri())
    here, chips = sheet.locator(".bc-rail [aria-current=step]"), sheet.locator(".bc-chips[aria-live=polite] li")
    expect(here).to_have_text("16:20bây giờ")
    expect(chips).to_have_text(["Bưu gửi: trên tay", "Người: một người ở cửa", "Điện thoại: chưa gọi ai"])
    sheet.wait_for_timeout(700)  # a press that was meant for what stood there before is passed over
    sheet.keyboard.press("Enter")
    expect(sheet.locator(".bc-moment [role=status]")).to_have_text("Chọn một cách làm trước nhé.")
    sheet.keyboard.press("1")
    sheet.keyboard.press("Enter")
    expect(here).to_have_text("Bước 2bây giờ")
    expect(sheet.locator(".bc-rail .bc-done")).to_contain_text("✓ Đúng. Không đưa, đặt kiện xuống")
    expect(chips.first).to_have_text("Bưu gửi: ở góc vắng")
    expect(sheet.locator(".bc-then")).to_be_focused()
    expect(sheet.locator(".bc-is-danger")).to_have_count(0)
    sheet.keyboard.press("2")
    sheet.keyboard.press("Enter")
    expect(sheet.locator(".bc-is-danger")).to_contain_text("Nguy hiểm cho người")
    expect(sheet.locator(".bc-is-danger")).to_contain_text("Quay lại lúc 16:20 nhé.")
    expect(chips).to_have_count(0)
    sheet.get_by_role("button", name="Quay lại lúc 16:20").click()
    expect(here).to_contain_text("16:20")
    expect(here).to_contain_text("Không đưa, đặt kiện xuống")  # what was chosen first stays told
    sheet.close()


def test_an_exam_saves_every_change_and_judges_nothing(browser: Browser, files: dict[str, str]) -> None:
    sheet = browser.new_page()
    sheet.goto(files["exam"])
    single = keys.root(sheet, "t-single")
    single.get_by_label("Nhận gói để quầy").check()
    expect(single.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    keys.root(sheet, "t-numeric").locator("input").fill("12,5")
    expect(keys.root(sheet, "t-numeric").locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    expect(sheet.locator(".bc-act:visible")).to_have_count(1)  # a story's own: each way on is decided
    scenario = keys.root(sheet, "t-scenario")
    expect(scenario).to_contain_text("lựa chọn đầu tiên ở mỗi chỗ được ghi nhận")
    scenario.get_by_label("Đưa cho người nhận").check()
    scenario.get_by_role("button", name="Quyết định").click()
    expect(scenario).to_contain_text("Thêm một người gặp nguy hiểm.")
    expect(scenario.get_by_role("button")).to_have_count(0)
    for told in ("✓", "✗", "Vi phạm", "Hàng đang chờ"):
        assert told not in sheet.locator("main").inner_text()
    sheet.reload()
    expect(single.get_by_label("Nhận gói để quầy")).to_be_checked()
    expect(scenario).to_contain_text("Thêm một người gặp nguy hiểm.")
    sheet.close()


def test_what_is_typed_without_a_pause_or_before_the_page_is_left_is_on_its_way(
    browser: Browser, files: dict[str, str]
) -> None:
    """In notebooks as on pages: it is the same script. ``localStorage`` is where this page keeps its answers."""
    sheet = browser.new_page()
    sheet.clock.install(time="2026-11-29T08:00:00")
    sheet.goto(files["exam"])
    sheet.clock.pause_at("2026-11-29T09:00:00")
    box = keys.root(sheet, "t-text").locator("input, textarea").first
    kept = "JSON.parse(localStorage.getItem('e:t-text'))?.answer ?? ''"
    for _ in range(6):
        box.press_sequentially("a")
        sheet.clock.run_for(400)
    assert len(sheet.evaluate(kept)) >= 5
    sheet.clock.run_for(3000)
    box.press_sequentially("b")
    assert "b" not in sheet.evaluate(kept)
    sheet.evaluate("dispatchEvent(new Event('pagehide'))")
    assert sheet.evaluate(kept).endswith("ab")
    box.press_sequentially("c")
    sheet.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert sheet.evaluate(kept).endswith("abc")
    sheet.close()


@pytest.mark.parametrize("width", [320, 390, 1000])
def test_the_page_fits_reads_and_passes_axe(browser: Browser, files: dict[str, str], width: int) -> None:
    sheet = browser.new_page(
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    sheet.goto(files["practice"])
    for name, answer in keys.ANSWERS.items():
        keys.start(sheet, name)
        answer(sheet)
    assert sheet.evaluate("document.documentElement.scrollWidth") == width
    ARTEFACTS.mkdir(exist_ok=True)
    small = sheet.evaluate(
        "[...document.querySelectorAll('.bc-question :is(button, input, select, textarea)')]"
        ".map(e => e.getBoundingClientRect()).filter(r => r.width && Math.min(r.width, r.height) < 24).length"
    )
    assert small == 0
    for scheme in COLOURS:
        sheet.emulate_media(color_scheme=scheme)
        sheet.screenshot(path=ARTEFACTS / f"page-{scheme}-{width}.png", full_page=True)
        assert keys.axe_findings(sheet, "html") == [], scheme
    sheet.close()


_TOLD = """() => {
    window.told = [];
    document.addEventListener("buuchinh:state", ({ detail, target }) => {
        told.push({ of: target.dataset.question, ...detail });
    });
}"""


def _told(page: Page, name: str) -> list[tuple[str, str | None, bool]]:
    """Return what a question told the page since it was opened: state, word of the button, whether it may wait."""
    told = page.evaluate(
        "name => told.filter((one) => one.of === name).map((one) => [one.state, one.label, one.later])", name
    )
    return [tuple(one) for one in told]


def test_a_question_tells_a_bar_what_its_button_says_and_does(browser: Browser, files: dict[str, str]) -> None:
    sheet = browser.new_page()
    sheet.add_init_script(f"({_TOLD})()")
    sheet.goto(files["practice"])
    assert _told(sheet, "t-single") == [("empty", "Trả lời", False)], "told once when it stands on the page"
    press = "name => told.filter((one) => one.of === name).pop().act()"
    single = keys.root(sheet, "t-single")
    single.locator("input").nth(1).check()
    sheet.evaluate(press, "t-single")
    sheet.evaluate(press, "t-single")  # the second press of a double click
    expect(single.locator(".bc-feedback")).not_to_be_empty()
    sheet.wait_for_timeout(700)
    sheet.evaluate(press, "t-single")
    expect(single.locator(".bc-feedback")).to_be_empty()
    single.locator("input").first.check()
    sheet.wait_for_timeout(700)
    sheet.evaluate(press, "t-single")
    assert _told(sheet, "t-single")[1:] == [
        ("chosen", "Trả lời", False),
        ("wrong", "Chọn lại", True),
        ("empty", "Trả lời", False),
        ("chosen", "Trả lời", False),
        ("right", None, False),
    ]
    expect(single.locator(".bc-act")).to_be_hidden()
    sheet.evaluate("document.querySelector('main').classList.add('bc-barred')")
    expect(sheet.locator(".bc-act:visible")).to_have_count(0)
    sheet.goto(files["exam"])
    keys.root(sheet, "t-single").locator("input").first.check()
    assert _told(sheet, "t-single") == [("empty", None, False), ("kept", None, False)]
    sheet.close()


@pytest.fixture
def one(browser: Browser, tmp_path: Path):
    """Return a page that asks one question alone."""
    place = tmp_path / "mot.html"
    asked = [(kit.authored("t-single"), kit.practice_payload("t-single"))]
    place.write_text(make(asked, title="Một câu", store="m"), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(place.as_uri())
    yield opened
    opened.close()


def test_a_double_click_on_the_answer_leaves_the_feedback_and_a_held_key_presses_once(one: Page) -> None:
    told = one.locator(".bc-feedback")
    one.locator(".bc-option").nth(1).click()
    one.get_by_role("button", name="Trả lời").dblclick()
    expect(told).to_contain_text("Chưa đúng, mình xem lại nhé")
    again = one.get_by_role("button", name="Chọn lại")
    one.wait_for_timeout(700)
    again.focus()
    one.keyboard.down("Enter")
    for _ in range(30):  # the key repeats
        one.keyboard.down("Enter")
        one.wait_for_timeout(30)
    one.keyboard.up("Enter")
    expect(told).to_be_empty()
    expect(one.locator("input:checked")).to_have_count(0)


def test_what_to_do_is_told_with_the_right_answer_or_when_it_is_put_off_never_while_one_may_choose_again(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parted = deepcopy(kit.ALL["t-single"]) | {"id": "t-parted"}
    ids = [one["id"] for one in parted["options"]]
    wrong = {"believed": "Ghi chú là đủ.", "why": "Ghi chú không cho thấy bên trong.", "do": "Mời khách tự mở."}
    parted["keys"][0]["feedback"] |= {ids[1]: wrong, ids[0]: {"text": "Lời cũ.", "do": "Cứ làm thế."}}
    monkeypatch.setitem(kit.ALL, "t-parted", parted)
    place = tmp_path / "tach.html"
    asked = [(kit.authored("t-parted"), kit.practice_payload("t-parted"))]
    place.write_text(make(asked, title="Tách", store="s"), encoding="utf-8")
    sheet = browser.new_page()
    sheet.goto(place.as_uri())
    told = sheet.locator(".bc-feedback")
    sheet.keyboard.press("2")
    expect(sheet.get_by_role("button", name="Để sau")).to_have_count(0)
    sheet.keyboard.press("Enter")
    expect(told.locator("dt")).to_have_text(["Anh/chị nghĩ", "Vì sao"])
    sheet.get_by_role("button", name="Để sau").click()
    expect(told.locator("dt")).to_have_text(["Anh/chị nghĩ", "Vì sao", "Lần tới làm thế này"])
    expect(told).to_be_focused()
    sheet.keyboard.press("1")
    sheet.keyboard.press("Enter")
    expect(told.locator("dd")).to_have_text(["Lời cũ.", "Cứ làm thế."])
    sheet.close()


def test_a_digit_chooses_and_enter_answers_wherever_the_keyboard_is_on_a_page_of_one_question(one: Page) -> None:
    told = one.locator(".bc-feedback")
    one.keyboard.press("Enter")
    expect(told).to_have_text("Chọn một cách làm trước nhé.")
    expect(one.locator("input").first).to_be_focused()
    one.keyboard.press("2")
    expect(one.locator("input").nth(1)).to_be_checked()
    one.keyboard.press("Control+1")
    one.keyboard.press("9")
    expect(one.locator("input").nth(1)).to_be_checked()
    one.keyboard.press("Enter")
    expect(told).to_contain_text("Chưa đúng")
    one.evaluate("document.querySelector('[data-question]').append(document.createElement('textarea'))")
    one.locator("textarea").press_sequentially("113")  # in a field a digit is a digit
    expect(one.locator("input").nth(1)).to_be_checked()
    one.evaluate("document.activeElement.blur()")
    one.keyboard.press("1")
    one.keyboard.press("Enter")
    expect(told).to_contain_text("Đúng rồi")
    one.keyboard.press("3")
    expect(one.locator("input").first).to_be_checked()
    one.evaluate("document.addEventListener('keydown', () => { window.passed = true; })")
    one.keyboard.press("Enter")  # nothing is to be pressed here any more: it is the layout's
    assert one.evaluate("window.passed")


def test_what_was_chosen_first_is_still_known_when_it_was_put_right(one: Page) -> None:
    rows = one.locator(".bc-option")
    rows.nth(2).click()
    expect(one.locator(".bc-saved")).to_contain_text("Đã giữ lúc")
    one.get_by_role("button", name="Trả lời").click()
    expect(one.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    expect(rows.nth(2)).to_contain_text("anh/chị chọn")
    expect(rows.nth(0).locator(".bc-digit")).to_have_text("1")  # the key is not given away
    expect(one.locator(".bc-aside, .bc-is-right")).to_have_count(0)
    one.get_by_role("button", name="Chọn lại").click()
    rows.nth(0).click()
    one.get_by_role("button", name="Trả lời").click()
    expect(rows.nth(0)).to_have_class("bc-option bc-is-right")
    expect(rows.nth(2)).to_contain_text("đã chọn lần đầu")
    expect(rows.nth(2)).to_have_class("bc-option bc-is-first")
    expect(one.get_by_role("button", name="Chọn lại")).to_have_count(0)
    told = one.locator(".bc-feedback").inner_text()
    one.reload()
    assert one.locator(".bc-feedback").inner_text() == told
    expect(one.locator(".bc-saved")).to_have_text(re.compile(r"^Anh/chị trả lời lúc \d\d:\d\d\.$"))


@pytest.mark.parametrize(("name", "wrong", "right"), [("t-numeric", "11", "10"), ("t-text", "giấy", "biên bản")])
def test_what_was_typed_and_is_not_right_stands_there_to_be_corrected(
    sheet: Page, name: str, wrong: str, right: str
) -> None:
    root = keys.root(sheet, name)
    field = root.locator(".bc-sheet input")
    field.fill(wrong)
    root.get_by_role("button", name="Trả lời").click()
    expect(root.locator(".bc-feedback")).to_contain_text("mình xem lại nhé")
    sheet.wait_for_timeout(700)  # the button is deaf for a moment
    root.get_by_role("button", name="Sửa lại").click()
    expect(field).to_be_focused()
    expect(field).to_have_value(wrong)
    expect(root.locator(".bc-feedback")).to_be_empty()
    expect(root.get_by_role("button", name="Trả lời")).to_be_visible()
    field.fill(right)
    root.get_by_role("button", name="Trả lời").click()
    expect(root.locator(".bc-feedback")).to_contain_text("Đúng rồi")
    expect(root.get_by_role("button", name="Sửa lại")).to_have_count(0)


def test_a_form_is_corrected_where_it_was_wrong_with_all_that_was_filled_in(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = [kit.SINGLE | {"id": name} for name in ("kiem", "lai")]
    fields = [ways[0], kit.NUMERIC | {"id": "so"}, ways[1]]
    monkeypatch.setitem(kit.ALL, "t-made", kit.ALL["t-form"] | {"id": "t-made", "fields": fields})
    asked = [(kit.authored("t-made"), kit.practice_payload("t-made"))]
    (tmp_path / "phieu.html").write_text(make(asked, title="Phiếu", store="f"), encoding="utf-8")
    sheet = browser.new_page()
    sheet.goto((tmp_path / "phieu.html").as_uri())
    one = sheet.locator(".bc-field")
    one.nth(0).locator("label").nth(0).click()  # right
    one.nth(1).locator("input").fill("11")
    one.nth(2).locator("label").nth(1).click()  # wrong
    sheet.get_by_role("button", name="Trả lời").click()
    sheet.wait_for_timeout(700)
    sheet.get_by_role("button", name="Sửa lại").click()
    expect(one.nth(1).locator("input")).to_be_focused()
    expect(one.nth(1).locator("input")).to_have_value("11")
    expect(one.nth(0).locator(".bc-options")).to_be_hidden()
    expect(one.nth(2).locator(".bc-options")).to_be_visible()
    expect(one.nth(2).locator("input").nth(1)).to_be_checked()
    sheet.close()


def test_what_is_chosen_and_not_answered_is_there_again_and_says_when_it_was_kept(one: Page) -> None:
    one.locator(".bc-option").nth(1).click()
    said = one.locator(".bc-saved").inner_text()
    assert said.startswith("Đã giữ lúc")
    assert "m:t-single" not in one.evaluate("Object.keys(localStorage)"), "nothing is answered"
    one.reload()
    expect(one.locator("input").nth(1)).to_be_checked()
    expect(one.locator(".bc-saved")).to_have_text(said)
    expect(one.locator(".bc-feedback")).to_be_empty()
    one.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    one.locator(".bc-option").nth(2).click()
    expect(one.locator(".bc-saved")).to_have_text("Chưa giữ được: bấm “Trả lời” thì máy mới lưu.")


def matching(browser: Browser, tmp_path: Path, right: list[dict[str, str]], width: int) -> Page:
    """Return a page that asks one matching question of these texts, in a window of this width."""
    kit.ALL["t-made"] = kit.ALL["t-matching"] | {"id": "t-made", "right": right}
    asked = [(kit.authored("t-made"), kit.practice_payload("t-made"))]
    del kit.ALL["t-made"]
    (tmp_path / "ghep.html").write_text(make(asked, title="Ghép", store="r"), encoding="utf-8")
    sheet = browser.new_page(viewport={"width": width, "height": 900})
    sheet.goto((tmp_path / "ghep.html").as_uri())
    return sheet


SHORT = [{"id": "kiem", "text": "Mời khách mở gói"}, {"id": "dung", "text": "Dừng phát"}]
LONG = "Dừng, ra ngoài, gọi số khẩn cấp, ghi lại việc phát hiện rồi báo trưởng bưu cục và chờ người có trách nhiệm"


@pytest.mark.parametrize("width", [390, 1000])
def test_rows_in_which_nothing_is_chosen_are_counted_when_the_others_are_checked(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    sheet = matching(browser, tmp_path, SHORT, width)
    pairs = sheet.locator(".bc-pair")
    check = sheet.get_by_role("button", name="Trả lời")
    for n, one in enumerate(pairs.all(), 1):
        clicking.match(one)
        check.dblclick()
        told = sheet.locator(".bc-headline")
        if left := pairs.count() - n:
            expect(sheet.locator(".bc-nothing")).to_contain_text(f"Còn {left} dòng chưa trả lời")
            expect(told).to_have_count(0)  # asked once, and a double click passes nothing by
            sheet.wait_for_timeout(650)
            check.click()
            expect(told).to_contain_text(f"còn {left} dòng chưa chọn")
    expect(told).not_to_contain_text("chưa chọn")
    sheet.close()


def test_a_digit_chooses_in_the_first_row_that_is_open_until_a_row_has_the_focus(
    browser: Browser, tmp_path: Path
) -> None:
    sheet = matching(browser, tmp_path, SHORT, 390)
    first, second = (sheet.locator(".bc-pair").nth(n).locator("input").nth(1) for n in (0, 1))
    sheet.keyboard.press("2")
    expect(first).to_be_checked()
    expect(first).to_be_focused()
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("2")
    expect(second).to_be_checked()
    sheet.keyboard.press("Enter")
    expect(sheet.locator(".bc-headline")).to_be_visible()
    sheet.close()


@pytest.mark.parametrize(("width", "rows"), [(390, True), (1000, False)])
def test_short_texts_stand_in_a_closed_list_on_a_wide_screen_alone(
    browser: Browser, tmp_path: Path, width: int, rows: bool
) -> None:
    sheet = matching(browser, tmp_path, SHORT, width)
    expect(sheet.locator("select")).to_have_count(0 if rows else 2)
    expect(sheet.locator(".bc-pair input")).to_have_count(4 if rows else 0)
    sheet.close()


@pytest.mark.parametrize("width", [390, 1000])
def test_a_long_text_is_chosen_from_rows_and_its_line_closes_to_it_and_opens_again(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    sheet = matching(browser, tmp_path, [{"id": "kiem", "text": LONG}, SHORT[1]], width)
    expect(sheet.locator("select")).to_have_count(0)
    pair = sheet.locator(".bc-pair").first
    closed = pair.locator(".bc-answered")
    pair.locator(".bc-option", has_text=LONG).click()
    expect(pair.locator(".bc-option").first).to_be_hidden()
    expect(closed).to_be_focused()
    expect(closed.locator(".bc-answered-text")).to_have_text(LONG)
    assert closed.evaluate("one => one.scrollWidth <= one.clientWidth")
    sheet.keyboard.press("Enter")
    expect(pair.locator("input").first).to_be_focused()
    sheet.keyboard.press("ArrowDown")  # chosen as one goes: the line stays open under the keys
    expect(pair.locator("input").nth(1)).to_be_checked()
    expect(pair.locator(".bc-option").first).to_be_visible()
    sheet.keyboard.press("Tab")
    expect(closed.locator(".bc-answered-text")).to_have_text("Dừng phát")
    expect(sheet.locator(".bc-pair").nth(1).locator("input").first).to_be_focused()
    box = closed.bounding_box()
    assert box
    assert box["height"] >= 44
    sheet.close()


def test_a_chosen_text_that_was_not_checked_is_there_when_the_page_is_opened_again(
    browser: Browser, tmp_path: Path
) -> None:
    matching(browser, tmp_path, [{"id": "kiem", "text": LONG}, SHORT[1]], 390).close()
    sheet = browser.new_page(viewport={"width": 390, "height": 900})
    with served(tmp_path) as address:  # Chromium under load may show an empty localStorage after a reload of a file
        sheet.goto(address + "ghep.html")
        pair = sheet.locator(".bc-pair").first
        pair.locator(".bc-option", has_text=LONG).click()
        expect(pair.locator(".bc-answered-text")).to_have_text(LONG)
        sheet.reload()
        expect(pair.locator(".bc-answered-text")).to_have_text(LONG)
    sheet.close()

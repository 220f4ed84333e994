"""The campaign in a real browser: the quick quiz from its address, sheets on paper and on a phone, a message copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.axe import COLOURS, in_both_colours
from kit.course import ROOT
from kit.faultless import faultless
from kit.site_page import press_on
from playwright.sync_api import Browser, Page, expect

from buuchinh.campaign import sheet_texts
from buuchinh.questions import question_bank
from buuchinh.questions.practice import assessment
from buuchinh.results import campaign_results
from buuchinh.site import build

pytestmark = pytest.mark.browser
SHEETS = {"ap-phich": 1, "the-quay": 1, "nam-phut": 1, "dien-tap": 1, "buu-gui-thu": 1, "tin-nhan": 2}
"""Each sheet, and on how many sides of paper it must fit."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.build(tmp_path_factory.mktemp("trang") / "hoc", public=True).folder / build.INDEX


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    with faultless(context) as opened:
        yield opened
    context.close()


def keys() -> list[tuple[str, str]]:
    """The right option of each question of the quiz and a wrong one, as they read."""
    path = sheet_texts.quiz_path()
    assert path is not None
    found = []
    questions: list[Any] = list(question_bank.load(path).questions)
    for question in questions:
        words = {one.id: one.text for one in question.options}
        right = question.keys[0].correct
        found.append((words[right], next(text for name, text in words.items() if name != right)))
    return found


BLUE = ":is(.hoc-button, .bc-button:not(.bc-quiet)):visible"
"""What is drawn as the button to press: there is one on a screen."""


def answer(page: Page, text: str) -> None:
    page.get_by_role("radio", name=text, exact=True).check()
    expect(page.locator(BLUE)).to_have_count(1)
    press_on(page, "Trả lời")


def test_a_customer_does_the_quiz_from_its_address_and_nothing_is_kept(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}#/do-nhanh")
    for number, (right, wrong) in enumerate(keys(), 1):
        expect(page.locator("h1")).to_have_text(re.compile(f"câu {number} trên 5"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        if number == 1:
            answer(page, wrong)
            expect(page.locator(".bc-feedback")).to_contain_text("Chưa đúng")
            expect(page.locator(BLUE)).to_have_text("Chọn lại")
        answer(page, right)
        expect(page.locator(".bc-feedback")).to_contain_text("Đúng")
        expect(page.locator(".bc-saved")).to_have_text("")
        expect(page.locator(BLUE)).to_have_count(1)
        press_on(page, "Câu tiếp" if number < 5 else "Xem kết quả")
    expect(page.locator(".hoc-big")).to_have_text("Đúng 4 trên 5 câu ngay lần đầu.")
    expect(page.get_by_role("link", name="114")).to_have_attribute("href", "tel:114")
    assert in_both_colours(page) == []
    stored = page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map(({ name }) => name);
          const counts = await Promise.all(names.map((name) => new Promise((resolve) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => {
              const asked = opening.result.transaction("lines").objectStore("lines").count();
              asked.onsuccess = () => resolve(asked.result);
            };
          })));
          return [counts.reduce((sum, count) => sum + count, 0), localStorage.length, document.cookie];
        }"""
    )
    assert stored == [0, 0, ""]
    press_on(page, "Làm lại")
    expect(page.locator("h1")).to_have_text(re.compile("câu 1 trên 5"))


def test_who_goes_on_cannot_pass_over_what_was_chosen_and_is_counted(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site.as_uri()}#do-nhanh")  # a code that was copied without its stroke
    on = page.locator(".hoc-bar .hoc-later")
    for at, (right, wrong) in enumerate(keys()):
        expect(page.locator("h1")).to_contain_text(f"câu {at + 1} trên")
        expect(on).to_be_visible()  # nothing is chosen yet: one may leave it
        page.get_by_role("radio", name=wrong if at == 4 else right, exact=True).check()
        expect(on).to_have_count(0)  # the blue button alone, which tells first
        press_on(page, "Trả lời")
        if at == 4:
            expect(page.locator(".bc-feedback")).to_contain_text("Chưa đúng")
            on.click()  # nobody has to find the right one
        else:
            press_on(page, "Câu tiếp")
    expect(page.get_by_role("status").first).to_have_text(re.compile("Đúng 4 trên 5"))
    page.close()


def test_what_the_results_page_saves_is_what_the_command_sums_up(browser: Browser, site: Path, tmp_path: Path) -> None:
    for number in range(5):  # five guests on five telephones
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        for unit in assessment.TESTS:
            page.goto(f"{site.as_uri()}#/{unit}")
            expect(page.locator("#hoc-main")).to_have_attribute("data-route", f"#/{unit}")  # the one before is gone
            page.locator(".bc-option input").nth(number % 2).check()
            expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu", timeout=15_000)
            page.get_by_role("button", name="Kết thúc và xem kết quả").click()
            page.get_by_role("button", name="Kết thúc và xem kết quả").click()
            expect(page.locator(".hoc-big")).to_be_visible()
            page.wait_for_timeout(1_100)  # an answer's moment has whole seconds
        page.goto(f"{site.as_uri()}#/ket-qua")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Lưu vào tệp").click()
        (tmp_path / "A").mkdir(exist_ok=True)
        saved.value.save_as(tmp_path / "A" / f"{number}.json")
        context.close()
    summary = campaign_results.summed_up(tmp_path)
    assert not summary.bad
    (row,) = summary.rows
    assert (row.name, row.people, row.done) == ("A", 5, 5)
    assert row.before
    assert row.after


def test_the_quiz_is_done_by_keyboard_alone(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}#/do-nhanh")
    expect(page.locator(".bc-question")).to_be_visible()
    for number in range(1, 6):
        expect(page.locator("h1")).to_contain_text(f"câu {number} trên 5")
        page.locator(".bc-option input").first.focus()
        page.keyboard.press("Space")
        if number % 2:
            page.keyboard.press("Enter")  # wherever one is, it is the blue button
        else:
            tab_to(page, ".hoc-act")
            page.keyboard.press("Enter")
        expect(page.locator(".bc-card")).to_be_visible()
        page.wait_for_timeout(650)  # it takes no press at once after its word changed
        tab_to(page, ".hoc-later" if page.locator(".hoc-later").count() else ".hoc-act")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H1"
    expect(page.locator(".hoc-big")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.matches(name)", selector):
            return
    raise AssertionError(f"no {selector} by the keyboard")


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_fits_its_paper_and_a_phone(page: Page, sheet: str) -> None:
    page.goto((ROOT / f"campaign/to-in/{sheet}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert in_both_colours(page) == []
    sides = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(sides) <= SHEETS[sheet]


def test_a_sheet_is_black_on_white_on_paper_whatever_the_screen_is(page: Page) -> None:
    page.goto((ROOT / "campaign/to-in/ap-phich.html").as_uri())
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    for scheme in COLOURS:
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.evaluate(colours) == ["rgb(17, 17, 17)", "rgb(255, 255, 255)"]


def test_a_message_is_copied_whole_without_its_basis(page: Page) -> None:
    page.goto((ROOT / "campaign/to-in/tin-nhan.html").as_uri())
    second = page.locator(".message").nth(1)
    second.get_by_role("button", name="Chép tin này").click()
    expect(second.get_by_role("status")).not_to_be_empty()
    selected = page.evaluate("getSelection().toString()")
    assert "ba câu hỏi ở quầy" in selected
    assert "Căn cứ" not in selected
    assert "Chép" not in selected

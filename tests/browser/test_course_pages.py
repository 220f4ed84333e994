"""A course, not a file list: numbers, map, receipt, where to go on, no trace of JupyterLab, officers' pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.axe import COLOURS
from kit.course import Lab
from kit.site_page import hand_in_anyway
from kit.trainee import CODE, PATIENCE, begin, give_code, open_unit
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh import course
from buuchinh.notebooks import asked_in_core
from buuchinh.questions import question_bank
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import asked_as

pytestmark = [pytest.mark.browser, pytest.mark.journey]
ARTEFACTS = Path(__file__).parents[1] / "artefacts"
WIDE, TWICE, PHONE = (1366, 768), (683, 384), (390, 844)
OWN = {
    "aria-required-children": ('role="feed"',),
    "aria-input-field-name": ('class="cm-content',),
    "scrollable-region-focusable": ("jp-OutputArea-output", "jp-WindowedPanel-outer"),
    "empty-table-header": ("<th></th>",),
}
"""What axe holds against JupyterLab's own parts (the list of cells, an editor, a wide output) and pandas' tables."""


@pytest.fixture
def lab(lab_server: Lab) -> Lab:
    return lab_server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]},
        locale="vi-VN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context.new_page()
    context.close()


def home(page: Page, lab: Lab) -> Locator:
    page.goto(lab.address)
    start = page.locator(".bc-live:visible", has=page.locator(".hoc-go"))
    start.wait_for(timeout=PATIENCE)
    return start


def with_code(page: Page, lab: Lab) -> Locator:
    start = home(page, lab)
    give_code(page)
    return start


def question(page: Page, name: str) -> Locator:
    return page.locator(f'[data-question="{name}"]:visible')


def sizes(page: Page) -> dict[str, float]:
    """Return where the text of the page begins and ends, and how large the window is."""
    found: dict[str, float] = page.evaluate(
        """() => {
          const panel = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
          const { left, right, bottom } = panel.querySelector(".jp-Notebook").getBoundingClientRect();
          const top = panel.querySelector(".jp-NotebookPanel-toolbar").getBoundingClientRect().bottom;
          const begins = panel.querySelector(".jp-Notebook").getBoundingClientRect().top;
          return { left, right, bottom, gap: begins - top, width: innerWidth, height: innerHeight,
                   scroll: document.documentElement.scrollWidth };
        }"""
    )
    return found


def fills(page: Page) -> None:
    """The page fills the window: no blank band, nothing wider than the window."""
    page.wait_for_timeout(600)
    at = sizes(page)
    assert (at["left"], round(at["right"]), round(at["bottom"])) == (0, at["width"], at["height"]), at
    assert abs(at["gap"]) < 1, at
    assert at["scroll"] <= at["width"], at


def without_fault(page: Page) -> None:
    """Axe finds nothing but JupyterLab's own, in both colours: JupyterLab takes those of the system as they change."""
    page.wait_for_timeout(1000)
    for scheme in reversed(COLOURS):  # the light ones are those that the page goes on with
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector(f"body[data-jp-theme-light='{str(scheme == 'light').lower()}']", state="attached")
        page.wait_for_timeout(300)
        found = Axe().run(page).response["violations"]
        nodes = [(scheme, one["id"], node["html"][:400]) for one in found for node in one["nodes"]]
        assert not [node for node in nodes if not any(own in node[2] for own in OWN.get(node[1], ()))]


def test_an_exercise_is_numbered_asked_once_handed_in_printed_copied_and_known_again(page: Page, lab: Lab) -> None:
    begin(page, lab, "bt05", CODE)
    without_fault(page)
    first = question(page, "bt05-q31")
    expect(page.locator(".hoc-number:visible").first).to_have_text("Làm thử, không tính điểm", timeout=PATIENCE)
    expect(page.locator(".hoc-number:visible").nth(1)).to_have_text("Câu 1")
    first.locator("input").first.check()
    expect(first.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    places = page.locator(".hoc-map a")
    expect(places).to_have_count(14)
    expect(places.nth(0)).to_have_attribute("aria-label", "Câu 1: đã làm")
    expect(places.nth(1)).to_have_attribute("aria-label", "Câu 2: chưa làm")
    places.nth(1).click()
    expect(question(page, "bt05-q02").locator("input").first).to_be_focused()
    expect(question(page, "bt05-q02")).to_be_in_viewport()
    press = page.get_by_role("button", name="Nộp bài", exact=True)
    press.click()
    rest = ", ".join(map(str, range(2, 15)))
    expect(page.locator(".hoc-hand-in .hoc-asked")).to_contain_text(rest.replace(", 14", " và 14"))
    assert not list((lab.course / "bai-lam").rglob("*.zip")), "asked first"
    page.wait_for_timeout(650)
    page.get_by_role("button", name="Nộp luôn").click()
    receipt = page.locator(".hoc-receipt")
    told = rest.replace(", 14", " và 14")
    expect(receipt).to_contain_text(told, timeout=PATIENCE)
    expect(receipt).not_to_contain_text("bt05-q")
    expect(receipt).to_contain_text("Bài tập 5")
    expect(receipt).to_contain_text(f"bai-lam/{CODE}/bt05/da-nop")
    save = receipt.get_by_role("link", name="Tải tệp để gửi")
    for button in (save, *receipt.get_by_role("button").all()):
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
    with page.expect_download() as saved:
        save.click()
    assert saved.value.suggested_filename.startswith(f"bt05_{CODE}_")
    _the_receipt_on_paper(page, receipt)
    receipt.get_by_role("button", name="Chép phiếu").click()
    expect(receipt).to_contain_text("Đã chép phiếu")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"Mã: {CODE}" in copied
    assert f"Để trống: câu {told}" in copied
    page.reload()
    notice = page.locator(".bc-handed-notice:visible")
    expect(notice).to_contain_text(
        re.compile(r"Đã đóng gói \d\d:\d\d:\d\d \d\d-\d\d-\d{4}; nhớ gửi tệp cho người phụ trách lớp"),
        timeout=PATIENCE,
    )
    question(page, "bt05-q31").locator("input").nth(1).check()
    expect(notice).to_contain_text("đã đổi câu 1", timeout=PATIENCE)
    notice.get_by_role("button").click()
    expect(page.get_by_role("button", name="Nộp lại", exact=True)).to_be_focused()


def _contrast(shown: Locator) -> float:
    """Return the contrast of an element's text with the ground that it stands on, as WCAG reckons it."""
    light: list[float] = shown.evaluate(
        """one => ["color", "backgroundColor"].map((name) => {
          let at = one;
          while (name === "backgroundColor" && getComputedStyle(at)[name] === "rgba(0, 0, 0, 0)") at = at.parentElement;
          const [r, g, b] = getComputedStyle(at)[name].match(/[0-9.]+/g).map(Number).map((value) => {
            const part = value / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        })"""
    )
    low, high = sorted(light)
    return (high + 0.05) / (low + 0.05)


_KEEP_THE_SLIP = """() => {
  const add = document.body.append;
  document.body.append = function (...given) {
    add.apply(this, given);
    for (const frame of given.filter((one) => one.tagName === "IFRAME")) {
      frame.contentWindow.print = () => (window.slip = frame.contentDocument.documentElement.outerHTML);
    }
  };
}"""
"""What "In phiếu" would send to the printer is kept: its frame's own ``print`` is taken in as the frame comes."""


def _the_receipt_on_paper(page: Page, receipt: Locator) -> None:
    """The slip that "In phiếu" prints, and the page itself on paper: what the receipt says, and nothing to press."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.evaluate(_KEEP_THE_SLIP)
    receipt.get_by_role("button", name="In phiếu").click()
    slip = page.context.new_page()
    slip.set_content(page.evaluate("window.slip"))
    expect(slip.locator("body")).not_to_contain_text("Nộp bài")
    for view, name in ((slip, "receipt-slip"), (page, "receipt-page")):
        view.emulate_media(media="print")
        body = view.locator("body")
        for text in ("Phiếu nộp bài", "Bài tập 5", CODE, "Lúc", "Mã kiểm tra"):
            expect(body).to_contain_text(text)
        for kind in ("button", "link"):
            expect(view.locator(".hoc-hand-in" if view is page else "body").get_by_role(kind)).to_have_count(0)
        expect(view.locator(".jp-NotebookPanel-toolbar:visible")).to_have_count(0)
        view.screenshot(path=ARTEFACTS / f"{name}.png")
    slip.close()
    page.emulate_media(media="screen")


def test_a_pick_in_practice_says_whether_it_is_saved_and_a_remark_is_kept(page: Page, lab: Lab) -> None:
    begin(page, lab, "l05")
    asked = page.locator('[data-question^="l05-q19"]:visible').first
    asked.get_by_role("button", name="Trả lời").click()
    expect(asked.locator(".bc-feedback")).to_contain_text("Chọn một cách làm trước nhé.")
    expect(asked.locator(".bc-basis")).to_have_count(0)
    asked.locator("input").first.check()
    expect(asked.locator(".bc-saved")).to_contain_text("Đã giữ lúc")
    asked.get_by_role("button", name="Trả lời").click()
    expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    asked.locator("input").nth(1).check()
    expect(asked.locator(".bc-saved")).to_contain_text("Đã giữ lúc")
    drawn = page.locator('[data-question="l05-q11"] .bc-option-text')
    ordinals = [text.split(":")[0].split()[-1] for text in drawn.all_text_contents()]
    assert ordinals == ["nhất", "hai", "ba", "tư", "năm", "sáu"]
    name = page.locator("[data-question]:visible").first.get_attribute("data-question") or ""
    remarked = question(page, name)
    remarked.get_by_text("Câu này sai hoặc khó hiểu?").click()
    remarked.get_by_label("Viết một dòng").fill("Hình mờ")
    page.keyboard.press("Enter")
    expect(remarked.locator(".bc-remark")).to_contain_text("Đã ghi lúc")
    kept = json.loads((lab.course / "bai-lam/khach/l05/answers.json").read_text(encoding="utf-8"))["remarks"]
    assert [(one["question"], one["text"]) for one in kept] == [(name, "Hình mờ")]


def test_a_lesson_tells_how_far_one_is_what_is_in_it_and_what_comes_next(page: Page, lab: Lab) -> None:
    begin(page, lab, "l05", CODE)
    without_fault(page)
    top = page.locator(".bc-lesson-top:visible")
    expect(top).to_contain_text("0 trên", timeout=PATIENCE)
    first = page.locator('[data-question^="l05-q19"]:visible').first
    first.locator("input").first.check()
    first.get_by_role("button", name="Trả lời").click()
    expect(top).to_contain_text("1 trên", timeout=PATIENCE)
    top.get_by_text("Trong bài này").click()
    last = top.get_by_role("button").last
    title = last.inner_text()
    last.click()
    expect(page.locator(".jp-RenderedMarkdown h2:focus")).to_contain_text(title)
    page.locator(".bc-lesson-end").get_by_role("link", name=re.compile("^Sang: Bài")).click()
    page.wait_for_url(re.compile(r"/bai-lam/[^/]+/l0[1-4]/"), timeout=PATIENCE)


def test_no_trace_of_jupyterlab_and_no_blank_band(page: Page, lab: Lab) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    home(page, lab)
    expect(page).to_have_title(re.compile("^Trang mở đầu · An toàn, an ninh bưu chính$"))
    open_unit(page, "l05")
    expect(page).to_have_title(re.compile("^Bài 5. Bưu gửi nghi vấn"), timeout=PATIENCE)
    assert all(
        icon.endswith("/icon.svg")
        for icon in page.eval_on_selector_all("link[rel~=icon]", "all => all.map(one => one.href)")
    )
    before = page.locator(".jp-Cell").count()
    for place in (".jp-MarkdownCell p", "[data-question]"):
        page.locator(f"{place}:visible").first.click(button="right")
        page.wait_for_timeout(300)
        expect(page.locator(".lm-Menu")).to_have_count(0)
        page.keyboard.press("Escape")
    assert page.locator(".jp-Cell").count() == before
    for width, height in (TWICE, (1100, 640), PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        fills(page)
        expect(page.get_by_role("button", name="Trang mở đầu")).to_be_visible()
        expect(page.locator(".jp-Toolbar-responsive-opener:visible")).to_have_count(0)
    assert errors == []


def test_the_start_page_goes_on_where_one_was(page: Page, lab: Lab) -> None:
    start = home(page, lab)
    expect(start.locator(".hoc-sos")).to_contain_text("114")
    page.get_by_role("button", name="Giao dịch viên").click()
    steps = [unit for unit in course.settings().path("clerk") if not course.is_exercise(unit)]
    expect(start.locator("ol.hoc-path .hoc-stamp")).to_have_count(len(steps), timeout=PATIENCE)
    lesson = next(path for path in (lab.course / "lessons").glob("05-*.ipynb"))
    file = question_bank.load(lab.course / "datasets/questions/l05.yml")
    wording = {asked_as(one): one.id for one in file.questions}
    record = Record(lab.course / "bai-lam/khach/l05", "l05", file.version, None)
    asked = asked_in_core(lesson)
    for name in asked[:2]:
        record.put(wording[name], "a")
    page.reload()
    go = page.locator(".hoc-go:visible")
    expect(page.locator(".hoc-now:visible")).to_contain_text("Học tiếp · Bài 5", timeout=PATIENCE)
    following = (go.get_attribute("href") or "").split("/")[-1]
    assert re.fullmatch(r"l05-q\d\d", following)
    assert following not in asked[:2]
    go.click()
    page.wait_for_url("**/bai-lam/**", timeout=PATIENCE)
    shown = page.locator(f'[data-question^="{following}"]:visible').first
    expect(shown.locator("input, select, textarea, button").first).to_be_focused(timeout=PATIENCE)
    expect(shown).to_be_in_viewport()


def test_the_next_person_finds_a_clean_desk(page: Page, lab: Lab) -> None:
    start = with_code(page, lab)
    page.get_by_role("button", name="Giao dịch viên").click()
    expect(start.locator("ol.hoc-path .hoc-stamp").first).to_be_visible(timeout=PATIENCE)
    without_fault(page)
    page.get_by_role("button", name="Người khác học trên máy này").click()
    expect(start).to_contain_text("Đang học không mã", timeout=PATIENCE)
    expect(start.get_by_role("heading", name="Chào anh/chị!")).to_be_visible()
    expect(start).not_to_contain_text("Lộ trình của")
    assert not (lab.course / "bai-lam/hoc-vien.json").exists()


def test_an_officer_stops_a_loop_reads_errors_and_sees_the_card_follow(page: Page, lab: Lab) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    begin(page, lab, "bt06", CODE)
    without_fault(page)
    cell = page.locator(".jp-CodeCell:visible .cm-content").nth(1)
    card = question(page, "bt06-q1")
    expect(card).to_contain_text("Chưa nhận được", timeout=PATIENCE)

    def run(source: str) -> None:
        cell.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(source)
        page.keyboard.press("Shift+Enter")

    told = page.locator(".bc-explained:not(.bc-unfilled):visible")
    run("print(bangg)")
    expect(told).to_contain_text("Có phải ý anh/chị là “bang”?", timeout=PATIENCE)
    run('bang["chanel"].value_counts()')
    expect(told).to_contain_text("Có phải ý anh/chị là “channel”?", timeout=PATIENCE)
    page.wait_for_timeout(1000)
    expect(told.locator("p").first).to_be_in_viewport()
    stop = page.get_by_role("button", name="Dừng")
    run("while True:\n    pass")
    expect(page.locator(".bc-running")).to_have_count(1, timeout=PATIENCE)
    stop.click()
    expect(told).to_contain_text("dừng giữa chừng", timeout=PATIENCE)
    run("so_dong = len(bang)")
    expect(card).to_contain_text('thiếu dòng submit("bt06-q1"', timeout=PATIENCE)
    run('submit("bt06-q1", so_dong=len(bang), so_dong_lap=27, so_vu=1100)')
    expect(card).to_contain_text("đọc được là một số nguyên", timeout=PATIENCE)
    expect(card).not_to_contain_text("thiếu dòng submit")
    font = cell.evaluate("one => getComputedStyle(one).fontSize")
    assert font == "15px"
    for width, height in (TWICE, PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        fills(page)
        expect(stop).to_be_visible()
    changed = 'submit("bt06-q1", so_dong=len(bang), so_dong_lap=27, so_vu=1101)'
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(changed)  # and does not run it: what was submitted is of the code before
    hand_in_anyway(page)
    to_run = page.locator(".hoc-asked", has_text="Mã của câu 1 đã sửa")
    expect(to_run).to_contain_text("Shift+Enter", timeout=PATIENCE)
    expect(page.locator(".hoc-receipt")).to_have_count(0)
    run(changed)
    expect(to_run).to_have_count(0, timeout=PATIENCE)
    hand_in_anyway(page)
    save = page.locator(".hoc-receipt").get_by_role("link", name="Tải tệp để gửi")
    save.wait_for(timeout=PATIENCE)
    save.hover()  # JupyterLab takes the colour of a link that the mouse is on away
    assert _contrast(save) >= 4.5
    assert errors == []


def test_an_exam_has_no_fault_either(page: Page, lab: Lab) -> None:
    begin(page, lab, "thinv1", CODE)
    without_fault(page)

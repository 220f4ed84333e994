"""Pages for work: the office's numbers stay on this device, cards are whole, three more after a wrong answer."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.authoring import ROOT
from kit.faultless import faultless
from kit.site_page import at, hand_in_anyway, press_on
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buuchinh import course, datasets, law, office
from buuchinh.site import build, reference_pages

pytestmark = pytest.mark.browser
CODE = "GL-0123-Q"
OURS = {
    "name": "Bưu cục <b>Hoa Gạo</b>",
    "head": "Chị Hạnh",
    "head_phone": "0987 654 321",
    "police_phone": "024 3825 1234",
    "meeting_point": "Gốc bàng",
}
"""What an office wrote: no deputy, no name of the police, a name that would like to be markup."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.build(tmp_path_factory.mktemp("trang") / "hoc", own=False).folder / build.INDEX


@pytest.fixture(params=["light"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=request.param, accept_downloads=True
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Iterator[Page]:
    with faultless(context) as opened:
        opened.goto(site.as_uri())
        yield opened


def fill_in(page: Page, values: dict[str, str] = OURS) -> None:
    at(page, "#/don-vi")
    for name, text in values.items():
        page.locator(f"#hoc-office-{name}").fill(text)
    page.get_by_role("button", name="Giữ trên máy này").click()
    expect(page.locator(".hoc-told")).to_have_text("Đã giữ trên máy này.")


def test_what_is_filled_in_once_stands_on_card_sticker_and_lesson_five(page: Page) -> None:
    fill_in(page)
    page.reload()
    for route, where in (("#/khan-cap", ".hoc-ours"), ("#/nhan-dien-thoai", ".hoc-sticker"), ("#/l05/3", ".hoc-own")):
        at(page, route)
        expect(page.locator(where).first).to_contain_text("024 3825 1234")
        expect(page.locator(where).first).to_contain_text("0987 654 321")
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_contain_text("Bưu cục <b>Hoa Gạo</b>")
    expect(page.locator(".hoc-ours")).not_to_contain_text("Người thay")
    expect(page.locator('.hoc-ours a[href="tel:0987654321"]')).to_be_visible()


def test_what_is_typed_is_kept_without_a_press_and_when_it_is_saved_as_a_file(page: Page) -> None:
    at(page, "#/don-vi")
    page.locator("#hoc-office-head").fill("Chị Hạnh")
    page.locator("#hoc-office-head_phone").fill("0987 654 321")
    page.locator("#hoc-office-head_phone").press("Tab")
    expect(page.locator(".hoc-told")).to_have_text("Đã giữ trên máy này.")
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_contain_text("0987 654 321")
    at(page, "#/don-vi")
    page.locator("#hoc-office-duty_phone").fill("024 3825 1234")
    with page.expect_download():
        page.get_by_role("button", name="Lưu tệp cho bưu cục").click()
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_contain_text("024 3825 1234")


def test_a_number_that_cannot_be_one_is_said_beside_its_box_and_is_not_kept(page: Page) -> None:
    at(page, "#/don-vi")
    page.locator("#hoc-office-head_phone").fill("987654321")
    page.get_by_role("button", name="Giữ trên máy này").click()
    expect(page.locator("#hoc-office-head_phone-fault")).to_contain_text("mất số 0 ở đầu")
    expect(page.locator("#hoc-office-head_phone")).to_be_focused()
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_have_count(0)
    expect(page.locator(".hoc-emergency")).to_contain_text("hỏi trưởng bưu cục đầu ca")
    at(page, "#/don-vi")
    page.locator("#hoc-office-head_phone").fill("987654321")
    page.locator("#hoc-office-head").fill("Chị Hạnh")
    page.locator("#hoc-office-head").press("Tab")
    expect(page.locator(".hoc-told")).to_contain_text("Ô có dòng vàng thì chưa giữ")
    page.locator("#hoc-office-head_phone").fill("0987 654 321")
    page.locator("#hoc-office-head_phone").press("Tab")
    expect(page.locator(".hoc-told")).to_have_text("Đã giữ trên máy này.")


def test_the_file_goes_to_another_machine_and_to_python(
    page: Page, browser: Browser, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(page)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Lưu tệp cho bưu cục").click()
    assert kept.value.suggested_filename == office.FILE
    (tmp_path / "don-vi").mkdir()
    kept.value.save_as(tmp_path / "don-vi" / office.FILE)
    (tmp_path / "course.toml").write_bytes((ROOT / "course.toml").read_bytes())
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    assert office.read() == OURS
    other = browser.new_page()
    other.goto(site.as_uri() + "#/don-vi")
    other.locator("input[type=file]").set_input_files(tmp_path / "don-vi" / office.FILE)
    expect(other.locator(".hoc-told")).to_contain_text("Đã đọc 5 mục")
    expect(other.locator("#hoc-office-head")).to_have_value("Chị Hạnh")
    (tmp_path / "sai.csv").write_text("Mục;Nội dung\nMàu sơn;đỏ\n", encoding="utf-8")
    other.locator("input[type=file]").set_input_files(tmp_path / "sai.csv")
    expect(other.locator(".hoc-told")).to_have_text("Dòng 2: Không có mục nào tên là “Màu sơn”.")
    other.close()


def test_no_export_and_no_hand_in_carries_the_office_and_erasing_answers_keeps_it(page: Page, tmp_path: Path) -> None:
    fill_in(page)
    at(page, "#/")
    page.get_by_role("button", name="Ghi mã").click()
    page.get_by_label("Mã học viên").fill(CODE)
    page.get_by_role("button", name="Ghi mã").click()
    at(page, "#/ket-qua")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Lưu vào tệp").click()
    assert "Hạnh" not in kept.value.path().read_text(encoding="utf-8")
    steps = page.evaluate("async () => { location.hash = '#/bt05/99'; }")
    assert steps is None
    with page.expect_download() as handed:
        hand_in_anyway(page)
    with zipfile.ZipFile(handed.value.path()) as packed:
        everything = b"\n".join(packed.read(name) for name in packed.namelist()).decode("utf-8")
    assert "Hạnh" not in everything
    assert "024 3825" not in everything
    at(page, "#/ket-qua")
    page.get_by_role("button", name="Xóa hết trên máy này").click()
    page.get_by_label("gõ XÓA").fill("XOÁ")
    page.get_by_role("button", name="Xóa hết", exact=True).click()
    expect(page.locator("#hoc-live")).to_contain_text("Đã xóa")
    at(page, "#/don-vi")
    expect(page.locator("#hoc-office-head")).to_have_value("Chị Hạnh")
    for _ in range(2):
        page.get_by_role("button", name="Xóa khỏi máy này").click()
    expect(page.locator("#hoc-office-head")).to_have_value("")


def test_a_planted_export_brings_no_number_along(page: Page, tmp_path: Path) -> None:
    planted = tmp_path / "hoc-buu-chinh.json"
    planted.write_text(
        '{"format":"buuchinh-hoc-1","person":"","lines":[],"state":[["office",{"police_phone":"0900 000 000"}]]}',
        encoding="utf-8",
    )
    at(page, "#/ket-qua")
    page.locator("input[type=file]").set_input_files(planted)
    expect(page.locator("#hoc-live")).to_contain_text("không có câu trả lời nào mới")
    at(page, "#/don-vi")
    expect(page.locator("#hoc-office-police_phone")).to_have_value("")


@pytest.mark.parametrize("filled", [True, False])
def test_card_and_stickers_are_one_sheet_each_and_print_no_blank(page: Page, filled: bool) -> None:
    if filled:
        long = dict.fromkeys(office.FIELDS, "Một dòng khá dài để xem có vừa tờ giấy không")
        fill_in(page, long | dict.fromkeys(office.PHONES, "0987 654 321"))
    for route in ("#/khan-cap", "#/nhan-dien-thoai"):
        at(page, route)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1, route
        page.emulate_media(media="print")
        shown = page.locator("#hoc-main").inner_text()
        assert not re.search(r":\s*$", shown, re.MULTILINE), "a label with nothing behind it"
        expect(page.get_by_role("button", name="In ")).to_be_hidden()
        page.emulate_media(media="null")


@pytest.mark.parametrize("context", ["light", "dark"], indirect=True)
def test_the_three_calls_are_large_and_in_the_upper_half_of_a_telephone_with_when_and_who(page: Page) -> None:
    """Who opens the page in danger sees the numbers, then the steps; printing comes last."""
    at(page, "#/khan-cap")
    calls = page.locator(".hoc-calls a")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:114", "tel:115", "tel:113"]
    expect(page.locator(".hoc-places")).to_be_in_viewport()
    for number, call in zip(law.numbers_on(course.settings().reviewed_on), calls.all(), strict=True):
        box = call.bounding_box()
        assert box
        assert box["width"] >= 88
        assert box["height"] >= 88
        assert box["y"] + box["height"] <= 450
        expect(call).to_contain_text(number.short)
        expect(call).to_contain_text(number.answers)
    apart = page.get_by_text("bị gọi điện dọa thì đừng cúp máy").first.bounding_box()
    steps = page.get_by_role("list", name="Việc phải làm").bounding_box()
    printing = page.get_by_role("button", name="In thẻ").bounding_box()
    assert apart
    assert steps
    assert printing
    assert apart["y"] + apart["height"] < 600, "who is threatened by telephone does not go out first"
    assert apart["y"] < steps["y"] < printing["y"]
    page.evaluate("document.documentElement.dataset.size = '2'")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    last = calls.last.bounding_box()
    assert last
    assert last["y"] + last["height"] < 620, "well in the first screen in the largest letters too"
    assert not Axe().run(page).response["violations"]


def test_a_desk_is_told_to_call_by_telephone_and_no_number_is_a_link(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    at(page, "#/khan-cap")
    expect(page.locator('a[href^="tel:11"]')).to_have_count(0)
    expect(page.locator(".hoc-calls > li")).to_have_text(
        [re.compile(f"^{one}.*Bấm số này trên điện thoại") for one in (114, 115, 113)]
    )
    assert page.locator(".hoc-calls strong").first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") > 45


def test_a_red_tile_of_the_first_page_pressed_at_a_desk_opens_the_card_and_the_page_goes_on_taking_presses(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    for number in (114, 115, 113):
        at(page, "#/")
        expect(page.locator('a[href^="tel:"]')).to_have_count(0)
        page.locator(".hoc-sos li a", has_text=str(number)).click()
        expect(page.locator(".hoc-calls > li").first).to_contain_text("Bấm số này trên điện thoại")
    page.locator(".hoc-places a").first.click()
    expect(page.locator(".hoc-sos")).to_be_visible()


def test_the_arrow_of_the_card_leads_back_to_the_page_that_it_was_opened_from(page: Page) -> None:
    at(page, "#/l05/3/l05-q09")
    at(page, "#/khan-cap")
    at(page, "#/don-vi")  # the office's numbers, filled in from the card
    at(page, "#/khan-cap")
    page.get_by_role("link", name="Quay lại").click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", "#/l05/3/l05-q09")
    at(page, "#/")
    at(page, "#/khan-cap")
    page.locator(".hoc-urgent-head").get_by_role("link", name="Về trang mở đầu").click()
    expect(page.locator(".hoc-sos")).to_be_visible()


def test_an_office_without_numbers_is_said_to_have_none_and_is_one_press_from_filling_them_in(page: Page) -> None:
    at(page, "#/khan-cap")
    lacking = page.locator(".hoc-lacking a")
    expect(lacking).to_have_text(["Trưởng bưu cụcchưa có số", "Công an xã, phườngchưa có số"])
    lacking.first.click()
    expect(page.locator("#hoc-office-head_phone")).to_be_visible()
    fill_in(page)
    at(page, "#/khan-cap")
    expect(lacking).to_have_count(0)


def test_after_a_wrong_answer_three_more_on_the_same_objective(page: Page) -> None:
    at(page, "#/l05/2")
    first = page.locator("[data-question]").first
    asked = first.get_attribute("data-question")
    for option in first.locator(".bc-option").all():
        option.click()
        press_on(page, "Trả lời")
        if page.locator(".hoc-act").inner_text() == "Tiếp tục":
            expect(page.get_by_role("link", name="Làm lại ba câu về việc này")).to_have_count(0)
        else:
            expect(page.get_by_role("link", name="Làm lại ba câu về việc này")).to_be_visible()
            break
    page.get_by_role("link", name="Làm lại ba câu về việc này").click()
    expect(page.get_by_role("heading", name="Làm lại ba câu về việc này")).to_be_visible()
    more = [one.get_attribute("data-question") for one in page.locator("[data-question]").all()]
    assert len(more) == 3
    assert asked not in more
    objectives = page.evaluate(
        """() => new Promise((done) => { const kept = window.hoc.page; const tag = document.createElement("script");
          window.hoc.page = (data) => { kept(data); done(Object.fromEntries(Object.values(data.questions).flat()
            .map((one) => [one.id, one.objective]))); };
          tag.src = "bai/l05.js"; document.head.append(tag); })"""
    )
    assert {objectives[name] for name in more} == {objectives[asked]}
    page.get_by_role("link", name="Về chỗ đang học").click()
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", re.compile(r"^#/l05/2/"))


def test_after_a_short_test_each_wrong_answer_leads_to_three_of_its_lesson(page: Page) -> None:
    at(page, "#/kt1")
    for _ in range(2):
        page.get_by_role("button", name="Kết thúc").click()
    wrong = page.get_by_role("link", name="Làm lại ba câu về việc này")
    expect(wrong).to_have_count(10)
    routes = [one.get_attribute("href") or "" for one in wrong.all()]
    for route in sorted(set(routes)):
        at(page, route)
        expect(page.get_by_role("heading", name="Làm lại ba câu về việc này")).to_be_visible()
        assert 1 <= page.locator("[data-question]").count() <= 3, route
        expect(page.get_by_role("link", name="Đọc bài này")).to_be_visible()


def test_the_paper_says_what_was_done_and_that_it_is_nobody_s_certificate(page: Page) -> None:
    at(page, "#/giay-ghi-nhan")
    expect(page.locator(".hoc-paper")).to_contain_text("chưa có bài nào xong phần chính")
    at(page, "#/kt1")
    page.locator(".bc-option").first.click()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
    for _ in range(2):
        page.get_by_role("button", name="Kết thúc").click()
    at(page, "#/giay-ghi-nhan")
    paper = page.locator(".hoc-paper")
    expect(paper).to_contain_text("Không phải giấy chứng nhận của người phụ trách lớp")
    expect(paper).to_contain_text(re.compile(r"Bài kiểm tra đầu khóa: Đúng \d+ trên 10 câu"))
    for verdict in ("đã đạt", "xuất sắc", "giỏi", "hoàn thành"):
        expect(paper).not_to_contain_text(verdict)
    page.locator("#hoc-name").fill("<i>Lài</i>")
    expect(paper.locator(".hoc-paper-name")).to_have_text("<i>Lài</i>")
    page.emulate_media(media="print")
    expect(page.locator("#hoc-name")).to_be_hidden()
    page.reload()
    expect(page.locator(".hoc-paper")).not_to_contain_text("Lài")


def test_law_older_than_half_a_year_is_said_on_the_first_screen(browser: Browser, site: Path) -> None:
    reviewed = course.settings().reviewed_on
    for days, told in ((180, 0), (181, 1)):
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        opened.clock.set_fixed_time(datetime.combine(reviewed + timedelta(days=days), time(12), UTC))
        opened.goto(site.as_uri())
        expect(opened.get_by_role("heading", name="Chào anh/chị")).to_be_visible()
        alarm = opened.get_by_role("alert")
        expect(alarm).to_have_count(told)
        if told:
            assert (alarm.bounding_box() or {"y": 999})["y"] < 844
        opened.close()


def test_the_register_answers_for_the_chosen_day_and_officers_compare_two(page: Page) -> None:
    at(page, "#/luat-theo-ngay")
    page.locator("#hoc-law-words").fill("nghi dinh 174/2026")
    page.locator("#hoc-law-day").fill("2026-06-30")
    document = page.locator(".hoc-register > details").first
    expect(document.locator(".hoc-force").first).to_have_text("chưa có hiệu lực")
    page.locator("#hoc-law-day").fill("2026-07-01")
    expect(page.locator(".hoc-register > details").first.locator(".hoc-force").first).to_have_text("có hiệu lực")
    page.locator("#hoc-law-words").fill("không có văn bản nào như thế")
    expect(page.get_by_text("Không thấy.")).to_be_visible()
    page.get_by_text("Cán bộ: so hai ngày").click()
    page.locator("#hoc-law-one").fill("2026-06-30")
    page.locator("#hoc-law-other").fill("2026-07-01")
    page.get_by_role("button", name="So", exact=True).click()
    expect(page.get_by_text("Điều 12 khoản 4 điểm a Nghị định 174/2026/NĐ-CP")).to_be_visible()


def test_the_table_of_who_may_open_is_the_lesson_s_own_and_its_provisions_open(page: Page) -> None:
    at(page, "#/")
    page.get_by_role("link", name="Ai được mở, giữ").click()
    rows = page.locator(".hoc-rows tbody tr")
    expect(rows.nth(12)).to_be_visible()
    expect(rows.last).to_contain_text("Không ai")
    rows.first.get_by_role("link").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Hiệu lực: từ")


@pytest.mark.parametrize("context", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_telephone(page: Page) -> None:
    fill_in(page)
    for name in (one.route for one in reference_pages.PAGES):
        route = f"#/{name}" if name != "lam-lai" else "#/lam-lai/l05/l05-q03"
        at(page, route)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (route, width)
        found = Axe().run(page).response["violations"]
        assert not [(route, one["id"], one["nodes"][0]["html"][:200]) for one in found]


def test_the_form_is_filled_in_and_kept_by_keyboard(page: Page) -> None:
    at(page, "#/don-vi")
    page.locator("#hoc-office-name").focus()
    page.keyboard.type("Hoa Gạo")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("0987 654 321")
    page.keyboard.press("Enter")
    expect(page.locator(".hoc-told")).to_have_text("Đã giữ trên máy này.")


def test_what_the_office_s_file_says_is_in_the_pages_and_cannot_be_changed_there(
    browser: Browser, course_copy: Path, tmp_path: Path
) -> None:
    folder = course_copy / course.OFFICE
    folder.mkdir()
    text = "Mục;Nội dung\nTrưởng bưu cục;Ông Ksor Tèo\nĐiện thoại trưởng bưu cục;0987 654 321\n"
    (folder / office.FILE).write_text(text, encoding="utf-8")
    made = build.build(tmp_path / "hoc")
    public = build.build(tmp_path / "cong-khai", public=True)
    asked = build.build(tmp_path / "co-so", public=True, own=True)
    everything = {site.folder: _bytes_of(site.folder) for site in (made, public, asked)}
    assert "Ông Ksor Tèo".encode() not in everything[public.folder]
    assert "Ông Ksor Tèo".encode() in everything[asked.folder]
    assert "0987 654 321" in (made.folder / "phu-luc" / "the-khan-cap.html").read_text(encoding="utf-8")
    page = browser.new_page()
    page.goto((made.folder / build.INDEX).as_uri() + "#/don-vi")
    expect(page.locator("#hoc-office-head")).to_have_value("Ông Ksor Tèo")
    expect(page.locator("#hoc-office-head")).not_to_be_editable()
    page.locator("#hoc-office-deputy").fill("Chị Lài")
    page.get_by_role("button", name="Giữ trên máy này").click()
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_contain_text("Ông Ksor Tèo")
    expect(page.locator(".hoc-ours")).to_contain_text("Chị Lài")
    page.close()


def _bytes_of(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


TERMS = ".hoc-term"


def test_a_word_of_the_glossary_is_dotted_once_a_screen_and_opens_its_meaning_and_provision(page: Page) -> None:
    at(page, "#/l02/3")
    terms = page.locator(TERMS)
    expect(terms.first).to_be_visible()
    said = [one.lower() for one in terms.all_text_contents()]
    assert len(said) == len(set(said))
    known = {row["term"].lower(): row for row in datasets.read("glossary").rows if "02" in row["lessons"]}
    assert set(said) <= set(known)
    before = kept(page)
    for term in terms.all():
        row = known[term.inner_text().lower()]
        term.press("Enter")
        card = page.locator(f"[id='{term.get_attribute('aria-controls')}']")
        expect(card).to_contain_text(row["meaning"])
        if row["provision"]:
            expect(card).to_contain_text(law.cite(row["provision"]))
        line, below = term.bounding_box(), card.bounding_box()
        assert line
        assert below
        assert below["y"] >= line["y"] + line["height"] - 4, "under the line"
        term.press("Escape")
        expect(card).to_have_count(0)
        expect(term).to_be_focused()
    terms.first.click()
    expect(page.locator(".hoc-meaning")).to_have_count(1)
    nodes = [node["html"] for one in Axe().run(page).response["violations"] for node in one["nodes"]]
    assert not [html for html in nodes if "hoc-term" in html or "hoc-meaning" in html]
    terms.first.click()
    expect(page.locator(".hoc-meaning")).to_have_count(0)
    assert kept(page) == before


def kept(page: Page) -> object:
    """Return what the browser stores, without the first visit, noted some time after the first page is drawn."""
    return page.evaluate("() => { const { 'buuchinh install': visit, ...rest } = localStorage; return rest; }")


def test_no_word_is_explained_among_options_or_in_a_graded_sheet(page: Page) -> None:
    for route in ("#/bt05/2", "#/kt1", "#/l02/2", "#/l05/2"):
        at(page, route)
        expect(page.locator(f".bc-option {TERMS}")).to_have_count(0)
        if not route.startswith("#/l"):
            expect(page.locator(TERMS)).to_have_count(0)


VOICE = """lang => {
  window.spoken = [];
  window.voices = lang ? [{ lang }] : [];
  speechSynthesis.getVoices = () => window.voices;
  speechSynthesis.speak = (one) => { window.spoken.push(one.text); };
  speechSynthesis.cancel = () => { window.spoken.push("(dừng)"); };
  Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { set() {}, get() { return null; } });
}"""


def test_a_screen_is_read_aloud_only_where_the_device_has_a_vietnamese_voice(page: Page) -> None:
    page.evaluate(VOICE, "en-US")
    at(page, "#/l05/2")
    button = page.get_by_role("button", name="Nghe đọc")
    expect(button).to_have_count(0)
    page.evaluate("() => { voices = [{ lang: 'vi_VN' }]; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }")
    button.click()
    said = " ".join(page.evaluate("spoken"))
    assert page.locator(".bc-stem:visible").first.inner_text().split("\n")[0][:40] in said
    assert page.locator(".bc-option:visible").first.inner_text().split("\n")[-1][:30] in said
    assert not re.search(r"\b11[345]\b", said), "numbers to dial are read digit by digit"
    page.get_by_role("button", name="Dừng đọc").click()
    assert page.evaluate("spoken.at(-1)") == "(dừng)"
    button.click()
    assert page.evaluate("spoken.at(-1)") != "(dừng)"
    at(page, "#/")
    assert page.evaluate("spoken.at(-1)") == "(dừng)", "leaving stops"

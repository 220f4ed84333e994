"""The page "Món này gửi được không?": what a customer says is found, and what nobody listed is never accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from kit.axe import in_both_colours
from kit.faultless import faultless
from playwright.sync_api import Browser, Page, expect

from buuchinh import datasets

pytestmark = pytest.mark.browser

SAID_AT_A_COUNTER = {
    "cuc sac du phong": "Pin sạc dự phòng",
    "chai nuoc mam": "Nước mắm",
    "hũ mắm tôm": "Mắm tôm",
    "thùng xoài cát": "Trái cây tươi",
    "dau gio xanh": "Dầu gió",
    "thuốc đau bụng": "Thuốc cảm",
    "laptop cũ": "Máy tính xách tay",
    "binh ga mini": "Bình gas mini",
    "hộp quẹt": "Bật lửa",
    "con dao thái": "Dao làm bếp",
    "phao hoa": "Pháo hoa không nổ",
    "xịt muỗi": "Xịt côn trùng",
    "thuốc rầy": "Thuốc trừ sâu",
    "rượu nếp": "Rượu mạnh",
    "chai nước hoa": "Nước hoa",
    "gà đá": "Gà, vịt, chim sống",
    "chó con": "Chó, mèo",
    "lan rung": "Gỗ quý",
    "nhẫn vàng": "Vàng",
    "tien mat": "Tiền mặt",
    "bằng tốt nghiệp": "Căn cước",
    "hũ tro cốt": "Tro cốt",
    "quần áo cũ": "Quần áo",
    "trứng gà quê": "Trứng",
    "sữa cho em bé": "Sữa bột",
    "keo 502": "Keo dán sắt",
    "kem dưỡng da": "Kem, sữa rửa mặt",
    "mật gấu": "Mật gấu",
    "súng nước": "Súng đồ chơi",
    "mực khô": "Khô mực",
}
"""What customers say, written down without looking at the table, and the thing that is meant."""

SAID_WITH_MORE = {
    "quan ao cu gui ve que": "Quần áo",
    "đôi giày bitis": "Quần áo",
    "nồi cơm điện": "Đồ điện cắm dây",
    "sach vo cho con di hoc": "Sách",
    "cái mền với cái gối": "Đồ nhựa, chăn màn",
    "ly thuỷ tinh": "Chén bát",
    "xe đạp trẻ em": "Xe đạp",
    "do choi lego": "Đồ chơi",
    "hủ tiếu khô": "Bánh kẹo, mì",
    "banhtrang tây ninh": "Bánh kẹo, mì",
    "nước mắm phú quốc": "Nước mắm",
    "sạc dự phòng anker": "Pin sạc dự phòng",
    "son mac": "Kem, sữa rửa mặt, son",
    "thuoc tay cho má": "Thuốc cảm",
    "tiền lì xì bỏ trong bao thơ": "Tiền mặt",
    "hột quẹt zippo": "Bật lửa",
    "súng hơi bắn chim": "Súng hơi",
    "pod chill thuốc lá điện tử": "Thuốc lá điện tử",
    "con mèo con": "Chó, mèo",
    "tro cốt ông nội": "Tro cốt",
    "thanh kiếm cổ ông bà để lại": "Kiếm",
    "sổ đỏ bản gốc": "Căn cước",
    "kem dưỡng da cho mẹ": "Kem, sữa rửa mặt",
    "giống cây sầu riêng": "Cây giống",
    "lựu đạn giả": "Mô hình, móc khóa",
    "gửi mấy bộ đồ cũ cho con học sg": "Quần áo",
    "cafe trung nguyên gửi qua mỹ": "Cà phê",
    "sữa bỉm cho cháu": "Tã, bỉm",
    "nấm hương": "Gạo, đậu",
    "rượu táo mèo": "Rượu mạnh",
    "rượu cần": "Rượu dưới 24",
    "tép rong khô gửi cho con ở sài gòn": "Khô mực",
    "nếp cái hoa vàng": "Gạo, đậu",
}
"""The same with whom it is for, where it goes, a brand: what is meant stands first."""

CAREFUL = {
    "sách với cục pháo": "Pháo nổ",
    "giày dép kèm axít": "Axit",
    "bánh phaó": "Pháo nổ",
    "sách thuóc nổ": "Thuốc nổ",
    "bánh kẹo cần": "Ma túy",
    "kẹo lắc": "Ma túy",
    "giáo": "Kiếm, giáo",
    "xịt hạt tiêu": "Bình xịt hơi cay",
    "cáp nổ": "Thuốc nổ",
    "quạt pin": "Đèn pin",
    "tài liệu mật": "Tài liệu có dấu mật",
    "truyện người lớn": "Văn hóa phẩm",
}
"""What sounds like a thing that is accepted, and the thing that stands first."""


MEANT = {
    "áo quần": "Quần áo", "laptop": "Máy tính xách tay", "dao phay": "Dao", "nuocmam": "Nước mắm",
    "cục sạc xiaomi": "Pin sạc dự phòng", "xoài cát": "Trái cây", "dầu gió con ó": "Dầu gió",
    "cái laptop hư pin": "Điện thoại, máy phồng pin", "pin phồng": "Điện thoại, máy phồng pin",
    "giay khai sanh ban chanh": "Căn cước", "iphone bể màn hình": "Điện thoại", "cuốn sổ đỏ": "Căn cước",
    "pháo bông sinh nhật": "Nến pháo bông", "cây kiểng bonsai": "Cây giống", "tuýp keo 502": "Keo dán sắt",
    "mấy vỉ panadol": "Thuốc cảm", "bịch cá lia thia": "Cá cảnh",
}  # fmt: skip
"""What is said with a brand, in another order or without spaces, and how the first name begins."""


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="light")
    with faultless(context) as opened:
        opened.goto(site + "#/mon-nay")
        yield opened
    context.close()


def looked_up(page: Page, typed: str) -> list[str]:
    page.get_by_role("searchbox").fill(typed)
    return page.locator(".hoc-goods .hoc-name").all_text_contents()


def test_a_clerk_finds_what_a_customer_says_and_what_to_answer(page: Page) -> None:
    expect(page.get_by_role("searchbox")).to_be_visible()
    assert looked_up(page, "sac du phong")[0] == "Pin sạc dự phòng"
    first = page.locator(".hoc-goods > li").first
    expect(first.locator(".hoc-answer")).to_have_text("? Hỏi khách thêm")
    expect(first).to_contain_text("Bao nhiêu mAh")
    first.locator("summary").press("Enter")
    expect(first.get_by_text("Độ tin cậy")).to_be_visible()
    first.get_by_role("link").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Hiệu lực: từ")
    page.get_by_role("dialog").get_by_role("button").click()
    assert looked_up(page, "nuoc mam")[0] == "Nước mắm"
    assert looked_up(page, "phao")[0].startswith("Pháo nổ")
    expect(page.locator(".hoc-answer").first).to_have_text("✗ Không nhận")


def test_what_is_not_in_the_table_is_never_accepted(page: Page) -> None:
    for typed in ("tên lửa đẩy", "xyz"):
        assert looked_up(page, typed) == []
        expect(page.get_by_text("Vẫn không có thì hỏi trưởng bưu cục, xem danh mục niêm yết")).to_be_visible()
    for typed in ("phao qwerty", "áo qwerty"):
        assert looked_up(page, typed)
        expect(page.locator(".hoc-good-accept")).to_have_count(0)
    expect(page.locator(".hoc-answer")).to_have_text("? Nhận, nếu chỉ là món này")
    expect(page.get_by_role("status")).to_contain_text(
        "Bảng không có chữ “qwerty”. Có chữ lạ: hỏi lại đó là món gì đã."
    )
    expect(page.locator(".hoc-goods")).to_contain_text("Dạ trong này còn món gì khác không ạ?")
    assert looked_up(page, "nước mám")[0] == "Nước mắm"
    expect(page.get_by_text("Hiểu là “nước mắm”. Không phải thì gõ lại.")).to_be_visible()
    assert looked_up(page, "gui cho con o sai gon") == []
    assert looked_up(page, "   ") == []
    expect(page.get_by_text("Chưa có món này")).to_have_count(0)


def test_of_thirty_things_that_customers_say_at_least_twenty_seven_are_found(page: Page) -> None:
    lost = {said: found for said, meant in SAID_AT_A_COUNTER.items() if not told(found := looked_up(page, said), meant)}
    assert len(SAID_AT_A_COUNTER) == 30
    assert len(lost) <= 3, lost


def test_what_is_meant_stands_first_with_a_brand_another_order_or_no_spaces(page: Page) -> None:
    found = {said: looked_up(page, said)[:1] for said in MEANT}
    assert {said: first for said, first in found.items() if not told(first, MEANT[said])} == {}


def test_what_is_meant_stands_first_whoever_it_is_for_and_wherever_it_goes(page: Page) -> None:
    found = {said: looked_up(page, said)[:1] for said in SAID_WITH_MORE}
    assert {said: first for said, first in found.items() if not told(first, SAID_WITH_MORE[said])} == {}


def test_of_several_things_the_one_that_asks_for_most_care_stands_first(page: Page) -> None:
    assert looked_up(page, "quần áo dính xăng") == ["Xăng, can xăng", "Quần áo, giày dép"]
    expect(page.locator(".hoc-good-accept")).to_have_count(0)
    for typed, first in CAREFUL.items():
        assert looked_up(page, typed)[0].startswith(first)
        expect(page.locator(".hoc-good-accept")).to_have_count(0)


def test_what_goes_abroad_is_asked_about_and_a_country_within_a_name_is_none(page: Page) -> None:
    abroad = page.get_by_text("Đi nước ngoài thì hỏi trưởng bưu cục trước")
    assert looked_up(page, "bánh kẹo gửi đi mỹ")[0].startswith("Bánh kẹo")
    expect(abroad).to_be_visible()
    expect(page.locator(".hoc-good-accept")).to_have_count(0)
    for typed in ("mỹ phẩm", "thuốc lào", "kiếm nhật"):
        assert looked_up(page, typed)
        expect(abroad).to_have_count(0)


def test_what_is_to_be_done_at_once_is_read_without_a_tap(page: Page) -> None:
    looked_up(page, "can sa")
    expect(page.locator(".hoc-at-once").first).to_contain_text("không mở, không ngửi")


def test_a_refusal_by_the_posted_list_says_once_when_it_holds_and_one_by_law_does_not(page: Page) -> None:
    holds = page.get_by_text("chỉ nói khi bảng niêm yết của bưu cục mình có ghi; không ghi thì chưa nhận, hỏi.")
    assert looked_up(page, "bật lửa với can xăng")
    expect(holds).to_have_count(1)
    looked_up(page, "súng")
    expect(holds).to_have_count(0)


def test_beside_something_dangerous_or_doubtful_no_line_says_that_a_thing_is_accepted(page: Page) -> None:
    for typed in ("sách với súng", "áo in hình súng", "keo lac"):
        assert looked_up(page, typed)
        expect(page.locator(".hoc-goods")).not_to_contain_text("Dạ nhận")
        expect(page.locator(".hoc-answer").filter(has_text="Nhận, nếu")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("“kẹo lạc” hay “kẹo lắc”?")


def test_the_answer_stands_first_then_what_to_say_and_the_law_in_one_line(page: Page) -> None:
    looked_up(page, "phao")
    first = page.locator(".hoc-goods > li").first
    tops = [
        (first.locator(part).first.bounding_box() or {"y": -1})["y"]
        for part in (".hoc-answer", ".hoc-name", ".hoc-say", ".hoc-basis")
    ]
    assert tops == sorted(tops)
    expect(first.locator(".hoc-basis")).to_contain_text(re.compile(r"^Căn cứ: Điều \d+"))
    expect(first.locator(".hoc-basis")).to_have_text(re.compile(r"và \d+ điều khác$"))


def test_who_does_not_know_what_to_type_looks_along_the_shelves(page: Page) -> None:
    count = len(datasets.read("goods/catalogue").rows)
    page.get_by_text(f"Xem cả {count} món").click()
    expect(page.locator(".hoc-shelf")).to_have_count(20)
    page.locator(".hoc-shelf", has_text="Đồ uống, cồn").locator("summary").first.click()
    shown = page.locator(".hoc-shelf .hoc-name:visible")
    expect(shown.filter(has_text="Bia")).to_be_visible()
    assert in_both_colours(page) == []
    looked_up(page, "bia")
    expect(shown).to_have_count(0)


def test_what_was_typed_on_the_first_page_is_looked_up_at_once(page: Page) -> None:
    for said, box, first in (("nuoc%20mam", "nuoc mam", "Nước mắm"), ("%E0%A4%A", "%E0%A4%A", None), ("", "", None)):
        page.evaluate("said => { location.hash = `#/mon-nay/${said}`; }", said)
        expect(page.get_by_role("searchbox")).to_have_value(box)
        if first:
            expect(page.locator(".hoc-name").first).to_have_text(first)


def told(found: list[str], meant: str) -> bool:
    """Tell whether the thing that is meant stands on the first screen of a telephone."""
    return any(name.startswith(meant) for name in found[:3])


def test_axe_finds_nothing_closed_or_opened_and_nothing_is_wider_than_a_telephone(page: Page) -> None:
    for typed in ("", "phao", "xyz"):
        for name in looked_up(page, typed)[:1]:
            page.locator(".hoc-goods > li", has_text=name).first.locator("summary").click()
        assert in_both_colours(page) == [], typed
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_reasons_are_written_when_they_are_opened_and_lines_that_stay_are_not_drawn_again(page: Page) -> None:
    looked_up(page, "pin sac")
    line = page.locator(".hoc-goods > li").first
    expect(line.locator("dl")).to_have_count(0)
    line.evaluate("element => { element.drawn = true }")
    line.get_by_text("Vì sao").click()
    expect(line.locator("dt", has_text="Độ tin cậy")).to_be_visible()
    looked_up(page, "pin sac ")
    assert line.evaluate("element => element.drawn && element.querySelector('details').open")

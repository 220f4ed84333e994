"""Vietnamese text: what is one, what is not, and what is strict about being ambiguous."""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.hurry import within
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from buuchinh.text import (
    AmbiguousNumber,
    fold,
    format_date,
    format_number,
    nfc,
    order,
    parse_date,
    parse_number,
    visible,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", 12.5), ("12.5", 12.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1 234", 1234), ("1 234,5", 1234.5),
        ("1.234.567", 1234567), ("0,125", 0.125), ("-11,8", -11.8), ("−2", -2), ("+2", 2), (" 43 % ", 43),
        ("60kg", 60), ("1\u00a0234", 1234), ("1234,567", 1234.567),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(typed: str, value: float) -> None:
    assert parse_number(typed, units=("%", "kg")) == value


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.500", "-1.234"])
def test_one_separator_and_three_digits_is_ambiguous(typed: str) -> None:
    with pytest.raises(AmbiguousNumber):
        parse_number(typed)


@pytest.mark.parametrize(
    "typed", ["", "mười", "1,2,3", "1.23.456", "12 34", "1,", "5 tấn", "1e5", "--1", "1.234,5,6", "∞"]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # what matters is that it is not the ambiguous kind
        parse_number(typed, units=("kg",))
    assert not isinstance(caught.value, AmbiguousNumber)


@given(st.text(max_size=30))
def test_reading_a_number_never_raises_anything_else(typed: str) -> None:
    with contextlib.suppress(ValueError):
        parse_number(typed)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_what_is_written_is_read_again(value: float) -> None:
    shown = format_number(round(value, 2), 2)
    assert parse_number(shown) == pytest.approx(round(value, 2), abs=1e-9)


def test_search_without_marks() -> None:
    assert fold("Lừa  ĐẢO") == "lua dao" == fold("lu\u031b\u0300a \u0111a\u0309o")
    assert fold("đá", marks=True) != fold("da", marks=True)
    assert fold("hoà", marks=True) == fold(nfc("hoa\u0300"), marks=True)


@pytest.mark.parametrize(
    "typed", ["công an\u200b", "\ufeffCông\u00ad an", "công\u2060 \u200ean", "\u200dcông an\u200c"]
)
def test_signs_that_nobody_sees_change_no_word(typed: str) -> None:
    assert fold(typed) == "cong an"
    assert fold(typed, marks=True) == "công an"


def test_a_joiner_between_two_letters_stays() -> None:
    assert fold("क\u200dष") != fold("कष")


@pytest.mark.parametrize("typed", ["12,5\u200b", "\ufeff12,5", "1\u20602,5", "１２，５", "\u00ad１２.５"])
def test_signs_that_nobody_sees_and_full_width_digits_change_no_number(typed: str) -> None:
    assert parse_number(typed) == 12.5


@given(st.text(alphabet=st.characters(categories=["Cf", "L", "Nd", "Zs"]), max_size=20))
def test_what_is_folded_is_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_dates() -> None:
    assert parse_date("24-11-2021") == parse_date("24/11/2021") == date(2021, 11, 24)
    assert format_date(date(2021, 11, 4)) == "04-11-2021"
    with pytest.raises(ValueError, match="2411-2021"):
        parse_date("2411-2021")


@pytest.mark.parametrize("run", [r"\u0300\u0327", r"\u0f73", r"\u0344\u0327", r"\U0001d165\u0327\u0301"])
@pytest.mark.parametrize("reader", ["nfc", "fold"])
def test_a_run_of_marks_without_end_is_cut_before_it_is_put_in_order(reader: str, run: str) -> None:
    assert within(f"from buuchinh.text import {reader}; print(len({reader}('a' + '{run}' * 200_000)))").isdigit()


def test_marks_that_a_language_needs_stay() -> None:
    assert nfc("lu\u031b\u0300a") == "lừa"
    thirty = "a" + "\u0323\u0301" * 15
    assert unicodedata.normalize("NFD", nfc(thirty)) == unicodedata.normalize("NFD", thirty)
    assert nfc("a" + "\u0301" * 1_000 + "b").endswith("b")


@given(st.text(max_size=60))
def test_short_text_is_what_unicode_says(text: str) -> None:
    if not any(unicodedata.combining(sign) for sign in text):
        assert nfc(text) == unicodedata.normalize("NFC", text)
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nguyễn\x0bVăn A", "Nguyễn Văn A"),
        ("\x1b]0;X\x07bt06-q99", " ]0;X bt06-q99"),
        ("a\u202egpj.exe\u202c", "agpj.exe"),
        ("một\nhai\tba", "một hai ba"),
        ("\x9b31m", " 31m"),
        ("\ud83d", "\ufffd"),
        ("\uffff", "\ufffd"),
        ("Đỗ Thị Hạnh 👩\u200d💻 1\u00a0234", "Đỗ Thị Hạnh 👩\u200d💻 1\u00a0234"),
    ],
)
def test_what_came_from_outside_is_shown_without_what_a_terminal_or_a_workbook_obeys(typed: str, shown: str) -> None:
    assert visible(typed) == shown


def test_lines_stay_where_they_are_wanted() -> None:
    assert visible("một\r\nhai\x0bba\tbốn", lines=True) == "một\nhai ba\tbốn"


@given(st.text())
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    shown = visible(text, lines=True)
    assert not ILLEGAL_CHARACTERS_RE.search(shown)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in shown)
    assert visible(shown, lines=True) == shown


def test_a_number_that_no_float_holds_is_written_all_the_same() -> None:
    assert format_number(10**350).startswith("100.000.000.000")
    assert format_number(-(10**350), 2).startswith("-100.000.000.000")


def test_lists_are_sorted_as_in_vietnamese_and_numbers_by_their_value() -> None:
    offices = ["Bưu cục số 1", "Bưu cục số 2", "Bưu cục số 10", "Bưu cục số 10B", "Bưu điện Ba", "Bưu điện Bạ"]
    assert sorted({*offices}, key=order) == offices
    words = ["an", "ăn", "ân", "da", "đa", "ma", "mà", "mả", "mã", "má", "mạ", "man", "mận", "mơ", "u", "ư"]
    assert sorted({*words}, key=order) == words
    assert order("BƯU CỤC  số 2") == order(unicodedata.normalize("NFD", "bưu cục số 2"))
    assert min(["9" * 5000, ""], key=order) == ""

"""Vietnamese text: what is one, what is not, and what is strict about being ambiguous."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buuchinh.text import AmbiguousNumber, fold, format_date, format_number, nfc, parse_date, parse_number


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


def test_dates() -> None:
    assert parse_date("24-11-2021") == parse_date("24/11/2021") == date(2021, 11, 24)
    assert format_date(date(2021, 11, 4)) == "04-11-2021"
    with pytest.raises(ValueError, match="2411-2021"):
        parse_date("2411-2021")

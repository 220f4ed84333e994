from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buuchinh import codes
from buuchinh.errors import KitError
from buuchinh.messages import say

ALPHABET = string.digits + string.ascii_uppercase
BODIES = st.text(ALPHABET, min_size=4, max_size=12)


def test_the_canonical_form_is_letters_then_fours_then_the_check_character():
    assert codes.make("GL0123") == "GL-0123-Q"
    assert codes.make("hn 12345678").startswith("HN-1234-5678-")


@pytest.mark.parametrize("typed", ["gl0123q", " GL 0123 Q ", "GL–0123–Q", "gl.0123.q", "GL-0123-Q\n", "ＧＬ０１２３Ｑ"])
def test_one_code_however_it_is_typed(typed):
    assert codes.normalise(typed) == "GL-0123-Q"


@pytest.mark.parametrize("typed", ["", "Q", "GL1", "GL-0123", "Đà Nẵng 01", "GL-0123-Q/../x!", "A" * 30])
def test_what_is_no_code_is_refused_in_one_sentence(typed):
    with pytest.raises(KitError) as caught:
        codes.normalise(typed)
    assert len(caught.value.problems) == 1


def test_a_code_without_its_last_sign_is_told_as_one():
    with pytest.raises(KitError, match="thiếu ký tự cuối của mã"):
        codes.normalise("hv0001")


@pytest.mark.parametrize("typed", ["BC-0007-9", "bc00079", "BC 0007 9", "GL-1234-56-7"])
def test_a_wrong_last_sign_is_not_told_to_be_missing(typed):
    with pytest.raises(KitError, match="ký tự kiểm tra ở cuối không khớp"):
        codes.normalise(typed)


@pytest.mark.parametrize("typed", ["nguyen van a", "Nguyễn Văn An", "Trần Thị Hồng Nhung Phương"])
def test_a_name_is_told_as_a_name_and_not_as_a_slip_of_its_last_sign(typed):
    with pytest.raises(KitError, match=f"“{typed}” có vẻ là họ tên"):
        codes.normalise(typed)


def test_what_ends_in_no_letter_or_digit_is_told_to_be_no_code():
    with pytest.raises(KitError, match="“GL-0123,” không phải mã học viên"):
        codes.normalise("GL-0123,")


def test_a_slip_is_told_by_the_check_character():
    with pytest.raises(KitError, match="ký tự kiểm tra ở cuối không khớp"):
        codes.normalise("GL-0123-P")


@given(BODIES)
def test_a_made_code_is_read_back_and_is_a_safe_folder_name(body):
    code = codes.make(body)
    assert codes.normalise(code) == codes.normalise(code.replace("-", "").lower()) == code
    assert set(code) <= set(ALPHABET + "-")


@given(BODIES, st.data())
def test_every_single_slip_is_caught(body, data):
    plain = codes.make(body).replace("-", "")
    place = data.draw(st.integers(0, len(plain) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != plain[place]]))
    assert not codes.valid(plain[:place] + other + plain[place + 1 :])


def test_a_swap_of_two_neighbours_is_hardly_ever_missed():
    swaps = [f"{a}{b}" for a in ALPHABET for b in ALPHABET if a != b]
    missed = [pair for pair in swaps if codes.make(f"GL{pair}7")[-1] == codes.make(f"GL{pair[::-1]}7")[-1]]
    assert len(missed) / len(swaps) < 0.005


def test_the_example_that_people_are_shown_is_nobodys_code() -> None:
    shown = [say(f"site.frontend.{name}", typed="x") for name in ("code_hint", "code_empty", "code_shape", "code_end")]
    assert all("XX-0000-X" in one for one in shown)
    assert not codes.valid("XX-0000-X")

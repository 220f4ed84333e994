"""Whether a question can be answered without reading it: programs that guess, blind rules, twins, near copies."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from kit.authoring import ROOT, make_course

from buuchinh import cli
from buuchinh.authoring.item_quality import blind, copies, guessing, page, twins
from buuchinh.authoring.item_quality.choices import Choice, choices, shares

_WORDS = [
    "mở",
    "kiện",
    "xem",
    "thử",
    "báo",
    "trưởng",
    "bưu",
    "cục",
    "giữ",
    "nguyên",
    "chỗ",
    "hỏi",
    "văn",
    "bản",
    "ghi",
    "sổ",
    "chờ",
    "khách",
    "gọi",
    "điện",
    "đóng",
    "quầy",
]


def made_up(number: int, luck: random.Random, *, telling: str = "") -> Choice:
    """Make an item of three options of random words; the right one bears ``telling``."""
    options = [" ".join(luck.choices(_WORDS, k=6)) for _ in range(3)]
    right = luck.randrange(3)
    options[right] += telling
    return Choice("pool", f"x{number % 5}", f"q{number}", f"q{number}", "Đề", tuple(options), right, 1)


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize("features", [guessing.form, guessing.bag_of_words])
def test_a_sign_that_only_right_options_bear_is_found_by_who_never_reads(features):
    luck = random.Random(3)
    telling = "; rồi" if features is guessing.form else " đúng"
    told = [made_up(number, luck, telling=telling) for number in range(60)]
    untold = [made_up(number, luck) for number in range(60)]
    assert share(guessing.guessed(told, [], features)) > 0.9
    assert share(guessing.guessed(untold, [], features)) < 0.6


def test_a_bank_is_guessed_by_what_the_others_taught():
    luck = random.Random(5)
    told = [made_up(number, luck, telling=" đúng") for number in range(30)]
    (alone,) = [replace(made_up(0, luck, telling=" đúng"), bank="x9", id="alone")]
    assert guessing.guessed([alone], told, guessing.bag_of_words) == [True]
    only_bank = [replace(item, bank="x9") for item in told]
    assert share(guessing.guessed(only_bank, [], guessing.bag_of_words)) == 0, "nobody has taught anything"


def test_the_best_blind_rule_is_held_against_luck():
    luck = random.Random(7)
    longest_is_right = [made_up(number, luck, telling=" và thêm nhiều chữ nữa cho dài") for number in range(40)]
    found = blind.blind(longest_is_right)
    assert (found.best, found.shares["longest"]) == ("longest", 1.0)
    assert 1 / 3 < found.by_luck < 0.7
    assert blind.points(longest_is_right[:3])["longest"] == 3


def test_options_that_a_rule_likes_alike_share_the_point():
    same = Choice("pool", "x0", "q", "q", "Đề", ("báo ngay", "mở xem", "đi về"), 0, 2)
    assert blind.points([same])["signs"] == pytest.approx(2 / 3)


def test_twins_are_right_under_another_stem_of_their_bank():
    first = Choice("pool", "x1", "q1", "q1", "Có khói", ("Ra ngoài.", "Mời khách mở", "Nhận"), 0, 1)
    second = replace(first, id="q2", stem="Chưa nhận, nghi ngờ", options=("Ra ngoài", "Mời khách mở", "Nhận"), right=1)
    third = replace(first, id="q3", stem="Hàng được gửi", right=2)
    assert twins.twins([first, second]) == []
    assert twins.twins([first, second, third]) == [first, second, third]
    assert twins.twins([first, second, replace(third, bank="x2")]) == []


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root


def test_a_graded_question_that_repeats_a_practice_question_is_named(course):
    practice = course / "datasets" / "questions" / "l90.yml"
    (course / "exam" / "pool").mkdir(parents=True, exist_ok=True)
    copy = practice.read_text(encoding="utf-8").replace("l90-", "x90-")
    (course / "exam" / "pool" / "x90.yml").write_text(copy, encoding="utf-8")
    pairs = copies.near_copies()
    assert {(pair.graded, pair.practice) for pair in pairs} >= {("x90-q01", "l90-q01")}
    assert max(pair.alike for pair in pairs) == 1


def test_the_page_is_written_and_says_what_is_not_met(course, capsys):
    assert cli.run(["check", "--items", "--write"]) in {0, 1}
    text = page.path().read_text(encoding="utf-8")
    assert "# Chất lượng câu hỏi" in text
    assert "docs/quality.md" in capsys.readouterr().out


@pytest.mark.slow
def test_the_page_of_this_course_is_what_is_counted(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    kept, counted = ((ROOT / page.PAGE).read_text(encoding="utf-8"), page.page(page.counted()))
    assert told(kept) == told(counted), "buuchinh check --items --write"


def told(text: str) -> list[str]:
    """Return the lines but for the two programs': another processor rounds otherwise and may guess one item more."""
    return [line for line in text.splitlines() if not line.startswith("| Chương trình")]


def test_choices_are_counted_once_and_hold_their_right_option(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    found = [*choices("graded"), *choices("pool")]
    assert len({item.id for item in found}) == len(found) > 80
    assert all(0 <= item.right < len(item.options) for item in found)


def test_a_family_weighs_as_much_as_an_item_alone():
    one = Choice("pool", "x0", "q1-v1", "q1", "Đề", ("báo", "mở"), 0, 1)
    other = replace(one, id="q1-v2", stem="Đề khác", right=1)
    alone = replace(one, id="q2", family="q2")
    assert shares([one, other, alone], [True, False, True]) == {"q1": 0.5, "q2": 1}
    assert twins.twins([one, other]) == [one, other]


def test_of_rules_that_earn_alike_the_first_in_the_list_is_named():
    """The last digit of a sum is another on another Python: it decides nothing."""
    assert blind.best({"longest": 0.1 + 0.2, "signs": 0.3, "first": 0.1}) == "longest"
    assert blind.best({"longest": 0.3, "signs": 0.1 + 0.2, "first": 0.1}) == "longest"
    assert blind.best({"longest": 0.2, "signs": 0.3, "first": 0.1}) == "signs"

"""Whether a question can be answered without reading it: programs that guess, blind rules, twins, near copies."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, own_course

from buuchinh import cli
from buuchinh.authoring.item_quality import blind, copies, guessing, logistic, quality_page, twins
from buuchinh.authoring.item_quality.choices import SingleChoice, choices, shares

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


def made_up(number: int, luck: random.Random, *, telling: str = "") -> SingleChoice:
    """Make an item of three options of random words; the right one bears ``telling``."""
    options = [" ".join(luck.choices(_WORDS, k=6)) for _ in range(3)]
    right = luck.randrange(3)
    options[right] += telling
    return SingleChoice("pool", f"x{number % 5}", f"q{number}", f"q{number}", "Đề", tuple(options), right, 1)


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize("features", [guessing.form, guessing.bag_of_words])
def test_a_sign_that_only_right_options_bear_is_found_by_who_never_reads(features):
    luck = random.Random(3)
    telling = "; rồi" if features is guessing.form else " đúng"
    told = [made_up(number, luck, telling=telling) for number in range(60)]
    untold = [made_up(number, luck) for number in range(60)]
    assert share(guessing.guesses(told, [], features)) > 0.9
    assert share(guessing.guesses(untold, [], features)) < 0.6


def test_a_bank_is_guessed_by_what_the_others_taught():
    luck = random.Random(5)
    told = [made_up(number, luck, telling=" đúng") for number in range(30)]
    (alone,) = [replace(made_up(0, luck, telling=" đúng"), bank="x9", id="alone")]
    assert guessing.guesses([alone], told, guessing.bag_of_words) == [True]
    only_bank = [replace(item, bank="x9") for item in told]
    assert share(guessing.guesses(only_bank, [], guessing.bag_of_words)) == 0, "nobody has taught anything"


def test_logistic_regression_finds_the_minimum_of_its_formula():
    """The numbers are those of scikit-learn 1.9 (``class_weight="balanced"``, ``tol=1e-10``) for the same rows."""
    rows = [{"a": 1.0, "b": 0.5}, {"b": 1.0}, {"a": 2.0}, {"c": 1.0}, {"a": 1.0, "c": 3.0}, {}]
    names = {"a": 0, "b": 1, "c": 2}
    weights = logistic.fit(logistic.sparse_matrix(rows, names), [True, False, True, False, False, False])
    assert weights == pytest.approx([1.007398, 0.017355, -0.617263, -0.565948], abs=1e-6)
    assert logistic.sparse_matrix([{"b": 2.0, "unknown": 9.0}], names).times(weights) == pytest.approx(
        2 * weights[1] + weights[3]
    )


def test_the_best_blind_rule_is_held_against_luck():
    luck = random.Random(7)
    longest_is_right = [made_up(number, luck, telling=" và thêm nhiều chữ nữa cho dài") for number in range(40)]
    found = blind.blind(longest_is_right)
    assert (found.best, found.shares["longest"]) == ("longest", 1.0)
    assert 1 / 3 < found.by_luck < 0.7
    assert blind.points(longest_is_right[:3])["longest"] == 3


def test_options_that_a_rule_likes_alike_share_the_point():
    same = SingleChoice("pool", "x0", "q", "q", "Đề", ("báo ngay", "mở xem", "đi về"), 0, 2)
    assert blind.points([same])["signs"] == pytest.approx(2 / 3)


def test_twins_are_right_under_another_stem_of_their_bank():
    first = SingleChoice("pool", "x1", "q1", "q1", "Có khói", ("Ra ngoài.", "Mời khách mở", "Nhận"), 0, 1)
    second = replace(first, id="q2", stem="Chưa nhận, nghi ngờ", options=("Ra ngoài", "Mời khách mở", "Nhận"), right=1)
    third = replace(first, id="q3", stem="Hàng được gửi", right=2)
    assert twins.twins([first, second]) == []
    assert twins.twins([first, second, third]) == [first, second, third]
    assert twins.twins([first, second, replace(third, bank="x2")]) == []


course = pytest.fixture(own_course)


def test_a_graded_question_that_repeats_a_practice_question_is_named(course):
    practice = course / "datasets" / "questions" / "l90.yml"
    (course / "exam" / "pool").mkdir(parents=True, exist_ok=True)
    copy = practice.read_text(encoding="utf-8").replace("l90-", "x90-")
    (course / "exam" / "pool" / "x90.yml").write_text(copy, encoding="utf-8")
    pairs = copies.near_copies()
    assert {(pair.graded, pair.practice) for pair in pairs} >= {("x90-q01", "l90-q01")}
    assert max(pair.alike for pair in pairs) == 1


FAMILY = """\
unit: x90
version: 1.0.0
title: Kho thử
seed: x90-thu
as_of: 2026-11-25
questions:
  - id: x90-q01
    type: single
    objective: m2-2
    bloom: apply
    difficulty: 0.5
    intent: Thử.
    variants:
      - {id: v1, ca: "Gói rỉ nước. Chị Vân bảo mang ra sân.", dung: san, voice: {who: Vân, points: san, tone: cautious}}
      - {id: v2, ca: "Gói khô ráo. Anh Khôi bảo cứ cất vào tủ.", dung: tu, voice: {who: Khôi, points: san, tone: light}}
      - {id: v3, ca: "Gói của ai đó. Hỏi lại người gửi đi.", dung: hoi, voice: {who: Tư, points: tu, tone: cautious}}
    stem: "{ca}"
    options:
      - {id: san, text: Mang gói ra sân}
      - {id: tu, text: Cất gói vào tủ}
      - {id: hoi, text: Hỏi lại người gửi}
    keys:
      - correct: "{dung}"
        provisions: [LBC-2010/29.3]
        feedback:
          san: {believed: Ngoài sân thì thoáng., why: Gói này khô ráo., do: Cất gói vào tủ khóa.}
          tu: {why: Gói này khô ráo.}
          hoi: Hỏi lại thì mất thời gian của cả hai bên, mà gói không có gì lạ.
"""


@pytest.fixture
def pool(course) -> Path:
    """A course with one family in its pool; returns the file of the pool."""
    path: Path = course / "exam" / "pool" / "x90.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FAMILY, encoding="utf-8")
    return path


def rows(title: str = "") -> dict[str, list[str]]:
    """Return the rows of the tables whose title begins so, by their first cell; of a name the last."""
    return {
        row[0]: row
        for table in quality_page.quality_tables()
        if table.title.startswith(title)
        for row in table.rows[1:]
    }


def test_the_option_that_shares_most_words_with_the_stem_must_not_be_the_key(pool):
    assert rows()["Phương án chung nhiều chữ với đề nhất là đáp án"][3].startswith("3/3 = 100 %")
    assert rows()["Phương án chung nhiều chữ với đề nhất là đáp án"][4] == "chưa đạt"
    edit(pool, "Gói rỉ nước. Chị Vân bảo mang ra sân.", "Cất gói vào tủ hay không?")
    edit(pool, "Gói khô ráo. Anh Khôi bảo cứ cất vào tủ.", "Hỏi lại người gửi làm gì?")
    found = rows()
    assert found["Phương án chung nhiều chữ với đề nhất là đáp án"][3:] == ["1/3 = 33 % (95 %: 6–79 %)", "đạt"]


def test_who_speaks_in_the_scene_is_right_now_and_then(pool):
    found = rows()
    told = {
        name: row[3].split(" (")[0]
        for name, row in found.items()
        if "người trong cảnh" in name.lower() or "thận trọng" in name
    }
    assert list(told.values()) == ["1/3 = 33 %", "1/2 = 50 %", "1/3 = 33 %", "1/3 = 33 %"]
    assert {row[4] for name, row in found.items() if name in told} == {"đạt"}
    edit(pool, "points: san, tone: light", "points: tu, tone: light")
    assert rows()["Người trong cảnh bảo nên làm gì thì người ấy đúng"][3:] == ["2/3 = 67 % (95 %: 21–94 %)", "chưa đạt"]


def test_a_stem_that_quotes_the_rule_or_asks_for_a_number_of_the_law_is_named(pool):
    assert list(rows("Đề nói quá nhiều")) == []
    edit(pool, "Hỏi lại người gửi đi.", "Bưu gửi bao gồm thư, gói, kiện hàng hóa được chấp nhận thì sao?")
    assert rows("Đề nói quá nhiều")["x90-q01-v3"][1:] == [
        "chép luật hay điều bài dạy",
        "bưu gửi bao gồm thư gói kiện hàng",
    ]
    edit(pool, "Bưu gửi bao gồm thư", "Gói bọc kỹ thì cứ để yên một chỗ rồi báo")
    assert list(rows("Đề nói quá nhiều")) == []
    (course_root,) = pool.parents[2:3]
    lesson = course_root / "lessons" / "90-thu.ipynb"
    edit(lesson, "# Bài thử", "# Bài thử\\n\\n✋ Gói bọc kỹ thì [cứ để yên](#LBC-2010/29.3) một chỗ rồi báo.")
    assert rows("Đề nói quá nhiều")["x90-q01-v3"][2] == "gói bọc kỹ thì cứ để yên một"
    table = "slot,objectives,bloom,points,critical\n1,m2-2,apply,1,\n"
    (course_root / "exam" / "blueprint-staff.csv").write_text(table, encoding="utf-8")
    edit(pool, "Gói khô ráo.", "Ngày 20-11, gói khô ráo.")
    assert rows("Đề nói quá nhiều")["x90-q01-v2"][1:] == ["số của luật", "20-11"]
    typed = """\
  - id: x90-q02
    type: numeric
    objective: m2-2
    bloom: apply
    difficulty: 0.5
    intent: Thử.
    stem: Ngày 20-11 có mấy gói?
    keys:
      - correct: 3
        sources: [seed-cases-h1-2023]
        feedback: {right: Đúng., wrong: Đếm lại.}
"""
    pool.write_text(pool.read_text(encoding="utf-8") + typed, encoding="utf-8")
    assert "x90-q02" not in rows("Đề nói quá nhiều"), "a day is named where it is to be written down"
    edit(pool, "có mấy gói?", "có mấy gói theo Điều 29?")
    assert rows("Đề nói quá nhiều")["x90-q02"][1:] == ["số của luật", "Điều 29"]


def test_feedback_that_is_not_in_three_fields_is_counted_and_its_question_named(pool):
    assert rows("Lời phản hồi chia ba phần")["x90"][1:] == ["9", "4", "44 %", "q01", "chưa đạt"]
    edit(
        pool, "tu: {why: Gói này khô ráo.}", "tu: {believed: Tủ thì kín., why: Gói này rỉ nước., do: Mang gói ra sân.}"
    )
    edit(pool, "hoi: Hỏi lại thì mất thời gian", "hoi: {believed: Hỏi cho chắc., why: Gói rỉ., do: Ra sân.} #")
    assert rows("Lời phản hồi chia ba phần")["x90"][1:] == ["9", "9", "100 %", "–", "đạt"]


def test_an_exam_that_a_rule_of_place_or_length_passes_is_named(course):
    forms = course / "source" / "thi7" / "forms"
    forms.mkdir(parents=True)
    text = FAMILY.replace("x90", "thi7").replace("Mang gói ra sân}", "Ra}")
    (forms / "a.yml").write_text(
        text.replace("dung: tu", "dung: san").replace("dung: hoi", "dung: san"), encoding="utf-8"
    )
    points = {row[1]: row[3:] for table in quality_page.quality_tables()[:1] for row in table.rows if row[1] == "thi7"}
    assert points == {"thi7": ["100 % (đề A, chọn câu ngắn nhất)", "chưa đạt"]}
    (forms / "a.yml").write_text(text, encoding="utf-8")
    assert rows()["Điểm của cả bài mà mẹo chọn mò tốt nhất lấy được"][4] == "đạt"


def test_the_page_is_written_and_says_what_is_not_met(course, capsys):
    assert cli.run(["check", "--items", "--write"]) in {0, 1}
    text = quality_page.path().read_text(encoding="utf-8")
    assert "# Chất lượng câu hỏi" in text
    assert "docs/quality.md" in capsys.readouterr().out


@pytest.mark.slow
def test_the_page_of_this_course_is_what_is_counted(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    kept, counted = (
        (ROOT / quality_page.PAGE).read_text(encoding="utf-8"),
        quality_page.page(quality_page.quality_tables()),
    )
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
    one = SingleChoice("pool", "x0", "q1-v1", "q1", "Đề", ("báo", "mở"), 0, 1)
    other = replace(one, id="q1-v2", stem="Đề khác", right=1)
    alone = replace(one, id="q2", family="q2")
    assert shares([one, other, alone], [True, False, True]) == {"q1": 0.5, "q2": 1}
    assert twins.twins([one, other]) == [one, other]


def test_of_rules_that_earn_alike_the_first_in_the_list_is_named():
    """The last digit of a sum is another on another Python: it decides nothing."""
    assert blind.best({"longest": 0.1 + 0.2, "signs": 0.3, "first": 0.1}) == "longest"
    assert blind.best({"longest": 0.3, "signs": 0.1 + 0.2, "first": 0.1}) == "longest"
    assert blind.best({"longest": 0.2, "signs": 0.3, "first": 0.1}) == "signs"

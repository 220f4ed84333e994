"""The rules of good items: each finds its fault, leaves a sound question alone, and can be answered with a reason."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, faults, make_course, notebook

from buuchinh import cli
from buuchinh.authoring import check, lint
from buuchinh.authoring.lint import legal, spelling, wording
from buuchinh.authoring.lint.bank import at_least_chance, chi_square_tail, spread_chance

RIGHT = "moi: Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận."
WRONG = "nhan: Nhận luôn thì nhanh. Nhưng không ai biết trong gói có gì; hãy mời khách mở."
STEM = "stem: Khách không cho xem gói. Anh/chị làm gì?"
FIRST, SECOND = "text: Mời khách mở gói", "text: Nhận luôn"

PLANTED = [
    ("negative-stem", STEM, "stem: Việc nào sau đây không đúng khi khách không cho xem gói?"),
    ("negative-stem", STEM, "stem: Làm mọi việc sau, NGOẠI TRỪ việc nào?"),
    ("all-or-none", SECOND, "text: Tất cả các phương án trên"),
    ("all-or-none", SECOND, "text: Không phương án nào"),
    ("key-longest", FIRST, "text: Mời khách mở gói cùng xem bên trong rồi cùng dán lại trước khi nhận"),
    ("near-duplicate", SECOND, "text: Mời khách mở gói."),
    ("stem-length", STEM, f"stem: {'Khách nói thêm một câu nữa. ' * 8}Anh/chị làm gì?"),
    ("absolute-cue", SECOND, "text: Trong mọi trường hợp nhận"),
    ("no-objective", "    objective: m2-2\n", ""),
    ("feedback-short", WRONG, "nhan: Chưa đúng, xem lại."),
    ("feedback-shared", WRONG, RIGHT.replace("moi:", "nhan:")),
    ("feedback-article", "Khách mở, anh/chị nhìn", "Theo khoản 3 Điều 30, khách mở, anh/chị nhìn"),
    ("feedback-article", "Khách mở, anh/chị nhìn", "Theo Điều 29 khoản 3 Bộ luật Hình sự, khách mở, anh/chị nhìn"),
    ("feedback-amount", "Khách mở, anh/chị nhìn", "Bị phạt đến 77 triệu đồng. Khách mở, anh/chị nhìn"),
    ("abbreviation", "Khách mở, anh/chị nhìn", "Khách mở, CBQL nhìn"),
    ("double-space", "Khách không cho xem gói.", "Khách không cho  xem gói."),
    ("tone-place", "Khách không cho xem gói.", "Khách không cho xem hàng hoá."),
]


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    return root


def questions(course: Path) -> Path:
    return course / "datasets" / "questions" / "l90.yml"


def rules_broken() -> set[str]:
    return {str(one.message).rpartition("[")[2].rstrip("]") for one in faults() if one.message.endswith("]")}


def answered(course: Path, rule: str) -> None:
    edit(questions(course), "    bloom:", f"    lint_ok: {{{rule}: Người soạn đã cân nhắc và giữ nguyên.}}\n    bloom:")


def test_a_sound_question_breaks_no_rule(course):
    assert rules_broken() == set()


@pytest.mark.parametrize(("rule", "old", "new"), PLANTED, ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_found_with_its_line_and_can_be_answered(course, rule, old, new):
    if rule == "double-space":
        old, new = STEM, 'stem: "Khách không cho  xem gói. Anh/chị làm gì?"'
    edit(questions(course), old, new)
    assert rules_broken() == {rule}
    (found,) = [one for one in faults() if one.message.endswith(f"[{rule}]")]
    assert (found.path, found.level) == ("datasets/questions/l90.yml", "error")
    assert found.line > 1
    assert f"lint_ok: {{{rule}:" in found.way_out
    answered(course, rule)
    assert faults() == []


def test_true_and_false_are_no_options(course):
    edit(questions(course), FIRST, "text: Có")
    edit(questions(course), SECOND, "text: Không")
    assert rules_broken() == {"true-false"}


def test_an_answer_to_a_rule_that_is_kept_or_unknown_is_told(course):
    answered(course, "stem-length")
    (found,) = faults()
    assert (found.level, "stem-length" in found.message) == ("warning", True)
    edit(questions(course), "stem-length:", "stem-lenght:")
    (found,) = faults()
    assert (found.level, "stem-lenght" in found.message) == ("error", True)


def test_what_all_variants_break_alike_is_said_once_and_one_variant_alone_is_named(course):
    variants = "    variants:\n      - {id: v1, ai: Khách, dau: mở}\n      - {id: v2, ai: Người gửi, dau: 'hoà'}\n"
    stem = '    stem: "{ai} không cho xem. Anh/chị {dau} gì, theo CBQL?"'
    edit(questions(course), f"    {STEM}", variants + stem)
    said = [one.message for one in faults()]
    assert len(said) == 2, said
    assert any(one.startswith("l90-q01-v1: ") and "CBQL" in one for one in said)
    assert any(one.startswith("l90-q01-v2: ") and "hoà" in one for one in said)


def test_accents_typed_apart_are_found_in_files_of_questions(course):
    edit(questions(course), "Nhận luôn thì nhanh", "Nhận luôn thì nhanh".replace("ậ", "a\u0323\u0302"))
    (found,) = faults()
    assert "NFC" in found.message


def test_every_rule_has_a_reason_a_way_out_and_its_place_in_the_guide(capsys):
    guide = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
    reasons = lint.reasons()
    assert set(reasons) >= {*lint.ITEM_RULES, *lint.lesson_rules(), "not-nfc", "sentence-taught"}
    assert {rule for rule, *_ in PLANTED} | {"true-false"} == set(lint.ITEM_RULES), "each rule is tested"
    for rule, reason in reasons.items():
        assert len(reason) > 30, rule
        assert f"`{rule}`" in guide, rule
    assert cli.run(["check", "--rules"]) == 0
    said = capsys.readouterr().out
    assert all(f"{rule}\n    {reason}" in said for rule, reason in reasons.items())


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Nhận hàng cấm thì bị phạt.", "legal-link"),
        ("Theo Điều 29, quầy được xem.", "legal-link"),
        ("| Điều | Một câu |\n|---|---|\n| 7 | Nghị định 174/2026/NĐ-CP cho phép. |", "legal-link"),
        ("Phạt 99 triệu đồng ([Điều 12](#ND174-2026/12.3.d)).", "lesson-amount"),
        ("Xem [Điều 29 khoản 4](#LBC-2010/29.3).", "link-place"),
        ("Xem [khoản 4](#LBC-2010/29.3) và [29.4](#LBC-2010/29.3).", "link-place"),
        ("Xem [Điều 29 khoản 3 Bộ luật Dân sự](#LBC-2010/29.3).", "link-place"),
        ("Hỏi CBQL trước.", "abbreviation"),
        ("Hỏi  trước.", "double-space"),
        ("Xem hàng hoá.", "tone-place"),
    ],
)
def test_lessons_keep_their_rules_and_answer_them_in_the_cell(course, words, rule):
    path = course / "lessons" / "91-bai.ipynb"
    path.write_text(notebook(("markdown", f"# Bài\n\n{words}")), encoding="utf-8")
    assert rules_broken() == {rule}
    found = next(one for one in faults() if one.message.endswith(f"[{rule}]"))
    assert found.path.startswith("lessons/91-bai.ipynb, ô 1, dòng ")
    answer = f"<!-- lint_ok: {rule}: Người soạn đã cân nhắc. -->"
    path.write_text(notebook(("markdown", f"# Bài\n\n{words}\n\n{answer}")), encoding="utf-8")
    assert faults() == []
    path.write_text(notebook(("markdown", "# Bài\n\nĐọc.\n\n<!-- lint_ok: khong-co: lý do -->")), encoding="utf-8")
    assert [one.level for one in faults()] == ["error"]


@pytest.mark.parametrize(
    "words",
    [
        "## Luật Bưu chính và Điều 29",
        "Quầy được xem trước khi nhận ([Điều 29 khoản 3](#LBC-2010/29.3)).",
        "Phạt 10 đến 20 triệu đồng với tổ chức, 5 đến 10 triệu đồng với cá nhân ([Điều 12](#ND174-2026/12.3.d)).",
        "Luật viết “huỷ bưu gửi” ([Điều 7](#LBC-2010/7.6)).",
        "Xem [khoản 3](#LBC-2010/29.3), [29.3](#LBC-2010/29.3), [02](#QCPH02-2021), [Luật Bưu chính](#LBC-2010).",
        "Đọc kỹ, quý khách hỏi thì trả lời.",
        "```\nĐiều 29 CBQL  hoà\n```",
    ],
)
def test_lessons_that_are_sound_are_left_alone(course, words):
    (course / "lessons" / "91-bai.ipynb").write_text(notebook(("markdown", words)), encoding="utf-8")
    assert faults() == []


def test_places_in_the_law_are_read_in_both_orders():
    def read(text):
        return [str(place) for place in legal.places(text)]

    assert read("Theo khoản 3 Điều 14") == ["Điều 14 khoản 3"]
    assert read("và Điều 29 khoản 3, 4") == ["Điều 29 khoản 3", "Điều 29 khoản 4"]
    assert read("(Điều 3 khoản 15, Điều 29 khoản 10)") == ["Điều 3 khoản 15", "Điều 29 khoản 10"]
    assert read("các Điều 7, 12 và 14") == ["Điều 7", "Điều 12", "Điều 14"]
    assert read("điều 2 người cùng thấy") == ["Điều 2"]
    assert legal.rests_on(legal.Place("14", "4"), ["LBC-2010/14"])
    assert not legal.rests_on(legal.Place("14", "4"), ["LBC-2010/14.3"])
    assert legal.rests_on(legal.Place("29"), ["LBC-2010"])
    assert not legal.rests_on(legal.Place("299"), ["LBC-2010"])
    (place,) = legal.places("(Luật 42/2024/QH15, Điều 60 khoản 1)")
    assert legal.rests_on(place, ["L42-2024/60.1"])
    assert not legal.rests_on(place, ["LBC-2010/60.1"])
    (place,) = legal.places("Điều 55 khoản 1 Luật Phòng, chống ma túy")
    assert place.documents == {"L73-2021", "L120-2025"}, "a title that two laws bear"
    (place,) = legal.places("thay Nghị định 144/2021/NĐ-CP (Điều 69)")
    assert not place.documents, "in brackets another law may be meant"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("từ 10 đến 20 triệu đồng", [10_000_000, 20_000_000]),
        ("10–20 triệu đồng", [10_000_000, 20_000_000]),
        ("20.000.000 đồng", [20_000_000]),
        ("1,5 tỷ đồng", [1_500_000_000]),
        ("600 nghìn đồng đến 1 triệu đồng", [600_000, 1_000_000]),
        ("11 vụ, 133 viên đạn", []),
    ],
)
def test_amounts_of_money_are_read_as_they_are_written(text, amounts):
    assert [int(one) for one in legal.amounts(text)] == amounts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mở gói ngay", "mở gói ngay.", True),
        ("Gọi trưởng ca rồi chờ ở cửa kho hàng", "Gọi trưởng ca và chờ ở cửa kho hàng", True),
        ("Được mở gói này", "Không được mở gói này", False),
        ("Từ 01-7-2026", "Từ 01-01-2026", False),
        ("Trước khi nhận gói", "Sau khi nhận gói", False),
    ],
)
def test_near_duplicates_are_told_from_options_that_differ_in_one_word_that_counts(one, other, same):
    assert wording.alike(one, other) is same


def test_abbreviations_are_told_from_numbers_of_documents_and_words_written_large():
    assert spelling.unexplained("Nghị định 174/2026/NĐ-CP, Luật 49/2010/QH12, UBND, mã KN-5508-19, phần II") == []
    assert spelling.unexplained("CHƯA XÁC MINH; hỏi CBQL, KH&CN") == ["CBQL"]
    assert spelling.unexplained("Gọi `XYZ` hay xem [trang](ABCD.md)") == []


def test_chance_is_counted_as_tables_have_it():
    assert chi_square_tail(3.841, 1) == pytest.approx(0.05, abs=1e-4)
    assert chi_square_tail(5.991, 2) == pytest.approx(0.05, abs=1e-4)
    assert chi_square_tail(11.070, 5) == pytest.approx(0.05, abs=1e-4)
    assert at_least_chance(8, [0.5] * 10) == pytest.approx(56 / 1024)
    assert spread_chance({3: {0: 10, 1: 10, 2: 10}}) == pytest.approx(1)
    assert spread_chance({3: {0: 30}}) < 1e-6
    draw = random.Random(7)
    places = {3: {at: sum(draw.randrange(3) == at for _ in range(60)) for at in range(3)}}
    assert spread_chance(places) > 0.01


def many(course: Path, count: int, *, bloom: str = "apply", longest: bool = False) -> None:
    """Write ``count`` single choices with three options, whose key is the longest or not, and ask them all."""
    text = "unit: l90\nversion: 1.0.0\ntitle: Bài thử\nseed: l90-thu\nquestions:\n"
    for number in range(count):
        key = "Mời khách mở ra cùng xem" if longest else "Mời khách mở"
        text += (
            f"  - id: l90-q{number:03}\n    type: single\n    objective: m2-2\n    bloom: {bloom}\n"
            f"    difficulty: 0.5\n    intent: Thử.\n    stem: Gói số {number}. Anh/chị làm gì?\n    options:\n"
            f"      - {{id: a, text: {key}}}\n      - {{id: b, text: Nhận rồi ghi chú}}\n"
            "      - {id: c, text: Trả lại không nói}\n"
            "    keys:\n      - correct: a\n        provisions: [LBC-2010/29.3]\n        feedback:\n"
            "          a: Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận.\n"
            "          b: Ghi chú nghe cẩn thận. Nhưng không ai biết trong gói có gì; hãy mời khách mở.\n"
            "          c: Trả lại thì nhẹ việc. Nhưng khách không biết vì sao; hãy giải thích rồi mời mở.\n"
        )
    questions(course).write_text(text, encoding="utf-8")
    cells = [("code", f'ask("l90-q{number:03}")') for number in range(count)]
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(*cells), encoding="utf-8")


def whole() -> dict[str, str]:
    found = [one for one in check.check() if one.path == "datasets/questions"]
    return {one.message.rpartition("[")[2].rstrip("]"): one.level for one in found}


def test_the_bank_as_a_whole_is_warned_about_while_it_grows_and_then_refused(course):
    many(course, 40)
    with (course / "datasets" / "questions" / "objectives.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) > 10
    assert whole() == {"bank-size": "warning", "bank-variants": "warning", "objective-items": "warning"}
    edit(course / "course.toml", "complete = false", "complete = true")
    assert whole() == {"bank-size": "error", "bank-variants": "error", "objective-items": "error"}


def test_a_bank_that_only_recalls_or_whose_key_is_always_the_longest_is_told(course):
    many(course, 40, bloom="remember", longest=True)
    assert {"bank-apply", "bank-recall", "key-longest-bank"} <= set(whole())
    many(course, 40)
    assert not {"bank-apply", "bank-recall", "key-longest-bank", "key-position"} & set(whole())

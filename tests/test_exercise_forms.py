"""Variants in an exercise: each trainee meets one of a question, by the code, and is scored by that one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, edit
from kit.handin import answers, code_of, hand_in
from kit.variants import CODES, form_of, option, questions, with_variants

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.notebook import workspace
from buuchinh.questions import exam_forms, question_bank
from buuchinh.release import corrections, release, source, versions
from buuchinh.results import feedback_pages, item_report, regrade
from buuchinh.results.results import standings

__all__ = ["with_variants"]


def correct(version: str, form: str, name: str) -> Any:
    """Return what the key of a question says is right."""
    questions = versions.released(UNIT, version, form).questions.model_dump(mode="json")["questions"]
    return next(question["keys"][0]["correct"] for question in questions if question["id"] == name)


def test_each_code_is_asked_one_variant_under_the_id_that_the_author_wrote(with_variants: Path) -> None:
    sheet = question_bank.load_public(with_variants / "exercises" / UNIT / course.SHEET)
    assert sheet.ids == ("bt90-q1", "bt90-q2", "bt90-q3")
    assert {form_of(code) for code in CODES} == {"a", "b"}
    for code in CODES:
        first = sheet.of(code).questions[0]
        assert first.stem.startswith("Thấy bưu gửi" if form_of(code) == "a" else "Mặt bàn")
    assert sheet.forms["a"][1:] == sheet.forms["b"][1:]
    assert versions.released(UNIT, "1.0.0").form == exam_forms.ONLY


def test_without_a_code_nobody_is_asked_and_is_told_why(with_variants: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(with_variants)
    with pytest.raises(KitError, match="mã học viên"):
        workspace.sheet_of(UNIT)


def test_a_cell_shows_beforehand_what_all_are_asked(with_variants: Path) -> None:
    notebook = json.loads((with_variants / "exercises" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    shown = {
        cell["id"]: "".join(text for output in cell["outputs"] for text in output["data"]["text/html"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    }
    assert "Khách không cho kiểm tra gói" in shown["bt90-q2"]
    assert "rỉ nước" not in shown["bt90-q1"]
    assert "Mỗi học viên có đề của mình" in shown["bt90-q1"]


def test_a_hand_in_is_scored_by_the_variant_of_its_code_and_an_earlier_version_as_it_was(with_variants: Path) -> None:
    for code in CODES:
        given = answers(right=True) | {"bt90-q1": option(form_of(code), "Dừng")}
        given.pop("bt90-q4")
        edit(hand_in(with_variants, code, given) / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    old = code_of(20)
    hand_in(with_variants, old, given | {"bt90-q1": option("", "Dừng", "1.0.0")})
    grade_class.grade(UNIT)
    earned = {one.code: next(item.earned for item in one.items if item.id == "bt90-q1") for one in standings(UNIT)}
    assert earned == {code: 4.0 if form_of(code) == "a" else 0.0 for code in CODES} | {old: 4.0}
    told = feedback_pages.page(next(one for one in standings(UNIT) if form_of(one.code) == "a"))
    assert "CANARY đúng" in told
    sheet = item_report.choices(UNIT, standings(UNIT))
    assert {row[-1] for row in sheet.rows[1:]} == {"A", "B"}


def test_an_answer_to_another_variant_is_not_taken_for_one_to_this(with_variants: Path) -> None:
    sat = next(code for code in CODES if form_of(code) == "a")
    given = answers(right=True) | {"bt90-q1": option("b", "Dừng")}
    given.pop("bt90-q4")
    edit(hand_in(with_variants, sat, given) / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    (standing,) = standings(UNIT)
    assert next(item.earned for item in standing.items if item.id == "bt90-q1") == 0


def test_a_key_that_a_version_changed_by_variants_is_recorded_once(with_variants: Path) -> None:
    with (with_variants / "datasets" / "questions" / "corrections.csv").open(encoding="utf-8") as file:
        rows = [(row["question"], row["from_version"], row["to_version"]) for row in csv.DictReader(file)]
    assert rows == [("bt90-q1", "1.0.0", "1.1.0")]
    assert corrections.check() == []
    assert release.breaks(UNIT) == []
    assert release.check() == []


def test_a_wrong_key_of_another_question_is_corrected_in_versions_with_and_without_variants(
    with_variants: Path,
) -> None:
    edit(questions(with_variants), "canary-stop: 73.25", "canary-stop: 12.5")
    seen = regrade.preview(UNIT)
    assert {(one.question, one.version) for one in seen.plan.reached} == {("bt90-q2", "1.0.0"), ("bt90-q2", "1.1.0")}
    regrade.apply(seen, reason="Gõ nhầm.")
    for version, form in (("1.0.0", ""), ("1.1.0", "a"), ("1.1.0", "b")):
        assert correct(version, form, "bt90-q2")["canary-start"] == {"canary-stop": 12.5, "canary-go": 0}


def test_a_wrong_key_of_one_variant_is_corrected(with_variants: Path) -> None:
    edit(questions(with_variants), "dung: canary-b", "dung: canary-a")
    regrade.apply(regrade.preview(UNIT), reason="Gõ nhầm.")
    assert correct("1.1.0", "b", "bt90-q1") == "canary-a"
    assert correct("1.0.0", "", "bt90-q1") == "canary-a"


def test_questions_with_other_variants_than_the_first_are_refused(with_variants: Path) -> None:
    edit(
        questions(with_variants),
        "    stem: Viết một câu",
        "    variants: [{id: a, n: một}, {id: c, n: hai}]\n    stem: Viết {n} câu",
    )
    with pytest.raises(KitError, match="bt90-q3 có các biến thể khác bt90-q1"):
        source.load(UNIT)
    with gradebook.opened() as book:
        assert [one.name for one in book.assignments] == [UNIT]

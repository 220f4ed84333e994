"""Answers that belong to another form: why they wait, what can be done, and what they mean where they are marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.handin import answers, hand_in
from kit.variants import CODES, form_of, option, with_variants

from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.marking import overview, question_page, queue
from buuchinh.desk.screens import cell_details
from buuchinh.desk_payloads.desk_dialogs import CellSheet
from buuchinh.grading import grade_class, score
from buuchinh.personal_data.names import Names

__all__ = ["with_variants"]
CODE = next(code for code in CODES if form_of(code) == "a")


@pytest.fixture
def copied(with_variants: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a class in which one person's choices are those of the other form."""
    monkeypatch.setattr(score, "_ODD", 1)
    given = {"bt90-q1": option("b", "Dừng"), "bt90-q3": answers()["bt90-q3"]}
    edit(hand_in(with_variants, CODE, given) / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    return with_variants


def sheet() -> CellSheet:
    state = ClassReader().read()
    return cell_details.payload(state, UNIT, CODE, Names.read())


@pytest.mark.usefixtures("copied")
def test_the_cell_says_why_it_waits_and_what_can_be_done() -> None:
    cell = sheet()
    assert cell["state"]["text"] == "có câu cần anh/chị quyết"
    (why,) = cell["why"]
    assert why.startswith("1 câu trả lời không có trong đề của người ấy")
    assert "chấm tay" in why
    buttons = {one["text"]: one for one in cell["actions"]}
    assert buttons["Chấm tay"]["values"]["question"] == "bt90-q1"
    assert CODE in buttons["Chép lời hỏi"]["values"]["text"]


@pytest.mark.usefixtures("copied")
def test_where_it_is_marked_the_choice_is_in_words_with_what_is_right() -> None:
    page = question_page.of(UNIT, "bt90-q1")
    (person,) = page["people"]
    assert person["text"].startswith("Dừng")
    assert "đề B" in person["why"]
    assert any("Mặt bàn đọng nước mưa" in line for line in person["of_other"])
    assert any(line.endswith("0/4 điểm.") for line in person["of_other"])
    (asked,) = page["sheets"]
    assert asked["by_machine"]
    assert [right[:4] for right in asked["right"]] == ["Dừng"]
    written = question_page.of(UNIT, "bt90-q3")
    assert not written["sheets"][0]["by_machine"]
    assert not written["people"][0]["why"]


@pytest.mark.usefixtures("copied")
def test_texts_are_marked_before_what_the_machine_could_not_score() -> None:
    assert list(queue.waiting(UNIT)) == ["bt90-q3", "bt90-q1"]
    (other,) = question_page.of(UNIT, "bt90-q3")["others"]
    assert other["by_machine"]
    (unit,) = overview.payload()
    assert [one["about"] for one in unit["questions"]] == ["", "câu máy chấm, máy không cho điểm được"]


def test_an_id_of_no_form_is_called_so(with_variants: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "_ODD", 1)
    hand_in(with_variants, CODE, {"bt90-q1": "okuidisnpa"})
    grade_class.grade(UNIT)
    (person,) = question_page.of(UNIT, "bt90-q1")["people"]
    assert "okuidisnpa" not in person["text"]
    assert "không có ở đề nào" in person["why"]

"""Feedback shows which lines of the rubric a person marked: those that are met are quoted, of the others no word."""

from __future__ import annotations

import pytest
from kit.classroom import UNIT
from kit.marking import CODES, QUESTION, by_formgrader, marked_class, marking_course

from buuchinh.desk.marking import queue, save_mark
from buuchinh.desk.marking.save_mark import Mark, Seen
from buuchinh.results import feedback_contents, feedback_pages
from buuchinh.results.feedback_contents import Shown
from buuchinh.results.results import standings

__all__ = ["marked_class", "marking_course"]
ONE = CODES[0]


def mark(mark: Mark) -> None:
    (answer,) = queue.read(UNIT, QUESTION, ONE)
    seen = Seen(answer.scored.manual, answer.comment or "", answer.fingerprint)
    save_mark.save(UNIT, QUESTION, ONE, mark, seen)


def shown() -> Shown:
    (standing,) = standings(UNIT, ONE)
    questions: list[Shown] = feedback_contents.of(standing)["questions"]
    return next(one for one in questions if one.number == 3)


def page() -> str:
    feedback_pages.write(UNIT, only=ONE)
    return feedback_pages.place(UNIT, ONE).read_text(encoding="utf-8")


@pytest.mark.usefixtures("marking_course")
def test_lines_that_are_met_are_quoted_and_of_the_others_stand_number_and_points() -> None:
    assert shown().rubric == []
    mark(Mark(lines={"viec": "full", "noi": "half"}))
    assert [(one.sign, one.points) for one in shown().rubric] == [
        ("✓", "1/1 điểm"), ("½", "0,5/1 điểm"), ("✗", "0/1 điểm"),
    ]  # fmt: skip
    screen, paper = page().split('<section class="sheet"')
    assert "Người chấm tìm thấy" in screen
    assert "CANARY nói <code>việc</code> làm" in screen
    assert "Ý 2 của thang chấm: được nửa ý" in screen
    assert "Ý 3 của thang chấm: chưa thấy trong bài" in screen
    assert "Theo thang chấm: ý 1 được 1/1 điểm; ý 2 được 0,5/1 điểm; ý 3 được 0/1 điểm." in paper
    for secret in ("CANARY nói nơi", "CANARY nói giờ", "CANARY dặn", "CANARY mẫu"):
        assert secret not in screen + paper


@pytest.mark.usefixtures("marking_course")
def test_points_that_do_not_come_from_lines_show_none() -> None:
    mark(Mark(lines={"viec": "full", "noi": "full"}))
    assert len(shown().rubric) == 3
    by_formgrader(ONE, 1.5)
    assert shown().rubric == []
    mark(Mark(typed="2", lines={"viec": "full"}))
    assert shown().rubric == []

"""What a page of the desk shows is computed again only if a file on which it depends has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from kit.classroom import UNIT, edit
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from kit.marking import CODES, QUESTION, marked_class, marking_course

from buuchinh.desk.comparisons import equal_pairs
from buuchinh.desk.marking import question_page, read_before
from buuchinh.grading import equal_work, grade_class, outcomes
from buuchinh.personal_data.names import Names
from buuchinh.release import propagate_correction

__all__ = ["marked_class", "marking_course"]
PEOPLE = [code_of(number) for number in (1, 2, 3)]


@pytest.fixture
def klass(course: Path) -> Path:
    """Return a class of three, graded."""
    enrol(*PEOPLE)
    for code in PEOPLE:
        hand_in(course, code, answers())
    grade_class.grade(UNIT)
    return course


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], Mock]:
    """Return a function that counts the calls of a module's function from now on."""

    def count(module: Any, name: str) -> Mock:
        calls = Mock(wraps=getattr(module, name))
        monkeypatch.setattr(module, name, calls)
        return calls

    return count


def test_works_are_compared_again_if_one_changes_or_what_they_are_scored_by(
    klass: Path, counted: Callable[[Any, str], Mock]
) -> None:
    find = counted(equal_work, "find")
    for _ in range(2):
        equal_pairs.payload(UNIT, Names())
    assert find.call_count == 1
    hand_in(klass, PEOPLE[0], answers(right=False))
    equal_pairs.payload(UNIT, Names())
    assert find.call_count == 2
    edit(klass / "source" / UNIT / "releases" / "1.0.0" / "questions.yml", "title:", "title: ")
    equal_pairs.payload(UNIT, Names())
    assert find.call_count == 3
    edit(klass / "course.toml", "[deadlines]", "\n[deadlines]")
    equal_pairs.payload(UNIT, Names())
    assert find.call_count == 4


def test_keys_are_compared_again_if_a_file_of_the_unit_changes(
    klass: Path, counted: Callable[[Any, str], Mock]
) -> None:
    compare = counted(propagate_correction, "awaits_correction")
    for _ in range(2):
        assert not propagate_correction.is_corrected(UNIT)
    assert compare.call_count == 1
    edit(klass / "source" / UNIT / "questions.yml", "title:", "title: ")
    propagate_correction.is_corrected(UNIT)
    assert compare.call_count == 2


def test_outcomes_are_read_again_if_one_changes(klass: Path, counted: Callable[[Any, str], Mock]) -> None:
    entries = counted(outcomes, "entries")
    for _ in range(2):
        assert grade_class.ungraded(UNIT) == []
    assert entries.call_count == 1
    (outcomes.folder(UNIT, PEOPLE[1]) / outcomes.OUTCOME).write_text("{", encoding="utf-8")
    assert grade_class.ungraded(UNIT) == [PEOPLE[1]]


@pytest.mark.usefixtures("marking_course")
def test_what_was_asked_is_described_once_and_not_for_each_person(counted: Callable[[Any, str], Mock]) -> None:
    before = counted(read_before, "of")
    page = question_page.of(UNIT, QUESTION)
    assert len(page["people"]) == len(CODES) > 1
    assert before.call_count == len(page["sheets"]) == 1

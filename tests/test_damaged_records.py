"""A fault in what is recorded of one person is that person's line: tables and pages of the others are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.handin import answers, code_of, hand_in

from buuchinh import cli
from buuchinh.grading import grade_class, outcomes
from buuchinh.results import class_report, feedback_pages
from buuchinh.results.results import standings

HURT, OTHER = code_of(1), code_of(2)
ODD: tuple[Any, ...] = (None, 5, "x", [], [1], {}, True)


def damaged(outcome: dict[str, Any]) -> Iterator[str]:
    """Yield the outcome with each of its fields, and of those of its first question, changed or gone."""
    yield from ("", "{", "[]", "null", "{}", '{"format": 1}')
    first, *rest = outcome["questions"]
    for inner, whole in (
        (outcome, lambda made: made),
        (first, lambda made: outcome | {"questions": [made, *rest]}),
        (first["score"], lambda made: outcome | {"questions": [first | {"score": made}, *rest]}),
    ):
        for name in inner:
            yield json.dumps(whole({key: value for key, value in inner.items() if key != name}))
            for odd in ODD:
                yield json.dumps(whole(inner | {name: odd}))


@pytest.fixture
def graded(course: Path) -> Path:
    """Return the course with two hand-ins graded."""
    for code in (HURT, OTHER):
        hand_in(course, code, answers())
    about = {"at": "2026-11-25T10:00:00+07:00", "notes": ["một điều"]}
    (course / "submitted" / HURT / UNIT / "collected.json").write_text(json.dumps(about), encoding="utf-8")
    grade_class.grade(UNIT)
    return course


def test_a_damaged_outcome_is_one_persons_and_is_graded_again(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = graded / "so-cham" / HURT / UNIT / "outcome.json"
    good = path.read_text(encoding="utf-8")
    left_out = 0
    for number, text in enumerate(damaged(json.loads(good))):
        path.write_text(text, encoding="utf-8")
        whole = outcomes.read(UNIT, HURT) is not None
        found = standings(UNIT)
        assert [one.code for one in found] == ([HURT, OTHER] if whole else [OTHER])
        feedback_pages.page(found[-1])
        if whole:
            class_report.write(UNIT)
        else:
            left_out += 1
            assert grade_class.ungraded(UNIT) == [HURT]
        if number % 40 == 0 and not whole:
            for command in ("report", "feedback"):
                assert cli.run([command, UNIT]) == 0
                assert HURT in capsys.readouterr().out
    assert left_out > 100
    path.write_text("{", encoding="utf-8")
    assert cli.run(["grade", UNIT]) == 0
    assert [one.code for one in standings(UNIT)] == [HURT, OTHER]


@pytest.mark.parametrize("field", ["at", "notes", "collected_at"])
def test_a_damaged_note_beside_a_hand_in_costs_its_hour_alone(graded: Path, field: str) -> None:
    path = graded / "submitted" / HURT / UNIT / "collected.json"
    good = json.loads(path.read_text(encoding="utf-8"))
    for odd in (*ODD, "hôm nay", "2026-11-25T10:00:00"):
        path.write_text(json.dumps(good | {field: odd}), encoding="utf-8")
        found = standings(UNIT)
        assert [one.code for one in found] == [HURT, OTHER]
        class_report.write(UNIT)
        for one in found:
            feedback_pages.page(one)

"""A class with two released versions of one exercise, whose key an author can correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from buuchinh.classroom import gradebook
from buuchinh.grading import grade_class
from buuchinh.questions import question_bank
from buuchinh.release import release
from kit.classroom import UNIT, edit, make_course
from kit.handin import answers, code_of, hand_in

GOOD, BAD, OLD = code_of(1), code_of(2), code_of(3)


def two_versions(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make a course with two versions of one exercise and three graded trainees, OLD with the older version.

    By the released key GOOD and OLD have all points and BAD has not; a person gave 3 points to each.
    """
    root = make_course(folder, code=False)
    patch.setenv("BUUCHINH_COURSE", str(root))
    patch.delenv("BUUCHINH_DB_URL", raising=False)
    release.release(UNIT)
    release_again(root, "1.1.0")
    for code, right, version in ((GOOD, True, "1.1.0"), (BAD, False, "1.1.0"), (OLD, True, "1.0.0")):
        handed_in(root, code, version, right=right)
    grade_class.grade(UNIT)
    with gradebook.opened() as book:
        for code in (GOOD, BAD, OLD):
            book.find_grade("bt90-q3", UNIT, UNIT, code).manual_score = 3
        book.db.commit()
    return root


def handed_in(root: Path, code: str, version: str, *, right: bool) -> None:
    """Lay a hand-in of a person, whose answer to the first question is right or wrong by the released key."""
    given = answers(right=right) | {"bt90-q2": answers()["bt90-q2"]}
    given.pop("bt90-q4")
    edit(hand_in(root, code, given) / "answers.json", '"version": "1.0.0"', f'"version": "{version}"')


def release_again(root: Path, version: str, reason: str = "") -> None:
    source = root / "source" / UNIT / "questions.yml"
    current = question_bank.load(source).version
    edit(source, f"version: {current}", f"version: {version}")
    release.release(UNIT, reason=reason)


def correct_the_key(root: Path) -> None:
    edit(root / "source" / UNIT / "questions.yml", "correct: canary-a", "correct: canary-b")

"""A class that works in two versions with different questions is graded whole, each hand-in by its own version."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from kit.answering import right_answer
from kit.classroom import UNIT, edit, make_course, released_long_ago
from kit.handin import code_of, hand_in

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.grading import grade_class
from buuchinh.release import release, versions
from buuchinh.results import class_report, results

EARLY, LATE = code_of(1), code_of(2)


def given() -> dict[str, Any]:
    """Return the right answers to the version that is given out, and a sentence where a person grades."""
    day = course.settings().reviewed_on
    questions = versions.released(UNIT).obscured.values()
    return {one.id: right_answer(one, day) or "Dừng nhận, báo ngay." for one in questions}


def second_version(root: Path) -> None:
    """Put another question in the place of the first, worth more."""
    source = root / "source" / UNIT
    for name in (f"{UNIT}.ipynb", "questions.yml"):
        edit(source / name, "bt90-q1", "bt90-q5")
    edit(source / "questions.yml", "version: 1.0.0", "version: 2.0.0")
    edit(source / "questions.yml", "points: 4", "points: 6")
    release.release(UNIT)
    released_long_ago(root)


def hand_in_second(root: Path, code: str) -> None:
    folder = hand_in(root, code, given())
    edit(folder / "answers.json", "1.0.0", "2.0.0")


def points() -> dict[str, dict[str, tuple[float | None, float]]]:
    return {one.code: {item.id: (item.earned, item.most) for item in one.items} for one in results.standings(UNIT)}


def graded() -> dict[str, str]:
    return {result.code: result.state for result in grade_class.grade(UNIT)}


def most() -> float:
    with gradebook.opened() as book:
        return float(book.find_assignment(UNIT).max_score)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a class of whom one handed in the first version and was graded."""
    made = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(made))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    release.release(UNIT)
    released_long_ago(made)
    hand_in(made, EARLY, given())
    assert graded() == {EARLY: "graded"}
    return made


FIRST = {"bt90-q1": (4.0, 4.0), "bt90-q2": (2.0, 2.0), "bt90-q3": (None, 3.0)}
SECOND = {"bt90-q5": (6.0, 6.0), "bt90-q2": (2.0, 2.0), "bt90-q3": (None, 3.0)}


def test_a_release_under_a_class_keeps_what_was_handed_in(root: Path) -> None:
    second_version(root)
    hand_in_second(root, LATE)
    assert graded() == {EARLY: "graded", LATE: "graded"}
    assert points() == {EARLY: FIRST, LATE: SECOND}
    assert graded() == {EARLY: "unchanged", LATE: "unchanged"}
    assert most() == 11.0, "nbgrader's sum is of the version that is given out"


def test_the_earlier_version_is_taken_by_a_gradebook_that_never_saw_it(root: Path) -> None:
    earlier = versions.released(UNIT).notebook
    with gradebook.opened() as book:
        book.remove_assignment(UNIT)
    second_version(root)
    hand_in_second(root, LATE)
    assert graded() == {EARLY: "graded", LATE: "graded"}
    assert points() == {EARLY: FIRST, LATE: SECOND}
    assert most() == 11.0
    notebook = json.loads((root / "autograded" / EARLY / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    assert [cell["id"] for cell in notebook["cells"]] == [cell["id"] for cell in earlier["cells"]]


def test_who_goes_on_in_the_new_version_keeps_what_a_person_gave(root: Path) -> None:
    with gradebook.opened() as book:
        book.find_grade("bt90-q3", UNIT, UNIT, EARLY).manual_score = 2.5
        book.db.commit()
    second_version(root)
    hand_in_second(root, EARLY)
    assert graded() == {EARLY: "graded"}
    assert points() == {EARLY: SECOND | {"bt90-q3": (2.5, 3.0)}}


def test_a_cell_that_somebody_deleted_comes_back_from_its_own_version(root: Path) -> None:
    second_version(root)
    path = root / "submitted" / EARLY / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "bt90-q1"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert graded() == {EARLY: "graded"}
    assert points() == {EARLY: FIRST}
    text = (root / "autograded" / EARLY / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    assert "bt90-q1" in text
    assert "bt90-q5" not in text


def test_the_report_names_the_questions_of_both(root: Path) -> None:
    second_version(root)
    hand_in_second(root, LATE)
    graded()
    points, asked, _, chosen = (path.read_text(encoding="utf-8-sig") for path in class_report.write(UNIT)[:4])
    head, most, *rows = csv.reader(points.splitlines())
    titles = [cell.partition(": ")[2] for cell in head if cell.startswith("bt90-q")]
    assert len(titles) == 4
    assert all(titles)
    assert most[head.index("Điểm")] == "9/11", "nobody was asked for the sum of both"
    assert {row[1]: row[4] for row in rows} == {"1.0.0": "6.0", "2.0.0": "8.0"}
    assert {row[0]: row[3] for row in csv.reader(asked.splitlines())}["bt90-q1"] == "1"
    assert {row[0] for row in csv.reader(chosen.splitlines())} >= {"bt90-q1", "bt90-q5"}

"""A task, graded by a person together with the cells around it: released, taken in, run, kept by nbgrader."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.task import TASK, add_task

from buuchinh import codes
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.questions.answers import Record
from buuchinh.release import release
from buuchinh.results import feedback_pages, results

CODE, IDLE = codes.make("GL0001"), codes.make("GL0002")
WORDS = "Bảng mô phỏng có <b>12</b> vụ; chưa biết vì sao."


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course with a task in place of its code exercise, released, two trainees enrolled."""
    root = make_course(tmp_path, code=False)
    add_task(root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    release.release(UNIT)
    with gradebook.opened() as book:
        for code in (CODE, IDLE):
            book.add_student(code)
    return root


def worked(root: Path, code: str, program: str | None = "print('một bảng của tôi', 6 * 7)") -> None:
    """Hand in by a folder what a trainee wrote; ``program`` None leaves the code cell as it was released."""
    folder = root / "bai-lam" / code / UNIT
    shutil.copytree(root / "exercises" / UNIT, folder)
    Record(folder, UNIT, "1.0.0", code).put(TASK, WORDS)
    if program is not None:
        path = folder / f"{UNIT}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        next(one for one in notebook["cells"] if one["id"] == f"{TASK}-lam")["source"] = program
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    collect.collect(root / "bai-lam")


def graded(root: Path, code: str) -> dict[str, dict[str, Any]]:
    path = root / "autograded" / code / UNIT / f"{UNIT}.ipynb"
    return {one["id"]: one for one in json.loads(path.read_text(encoding="utf-8"))["cells"]}


def standing_of_task(code: str) -> results.QuestionResult:
    (standing,) = results.standings(UNIT, code)
    return next(item for item in standing.items if item.id == TASK)


def test_what_goes_out_is_a_task_of_nbgraders_and_tells_no_rubric(course: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (course / "exercises" / UNIT).iterdir())
    assert "CANARY" not in text
    with gradebook.opened() as book:
        (task,) = book.find_notebook(UNIT, UNIT).task_cells
        assert (task.name, task.max_score) == (TASK, 6)
        assert TASK not in {one.name for one in book.find_notebook(UNIT, UNIT).grade_cells}


def test_a_grader_sees_the_words_and_what_the_code_gives_and_the_points_count(course: Path) -> None:
    worked(course, CODE)
    (result,) = grade_class.grade(UNIT)
    assert result.manual
    cells = graded(course, CODE)
    assert "".join(cells[f"{TASK}-chu"]["source"]) == WORDS.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;")
    assert "một bảng của tôi 42" in json.dumps(cells[f"{TASK}-lam"]["outputs"], ensure_ascii=False)
    assert "Đọc bảng, viết ba câu." in "".join(cells[TASK]["source"])
    assert standing_of_task(CODE).earned is None
    with gradebook.opened() as book:
        grade = book.find_grade(TASK, UNIT, UNIT, CODE)
        assert (grade.max_score, grade.auto_score, grade.needs_manual_grade) == (6, None, True)
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        book.find_comment(TASK, UNIT, UNIT, CODE).manual_comment = "Thiếu mẫu số."
        book.db.commit()
    grade_class.grade(UNIT, again=True)
    item = standing_of_task(CODE)
    assert (item.earned, item.most, item.comment) == (4.5, 6, "Thiếu mẫu số.")
    feedback_pages.write(UNIT)
    page = next((course / "feedback" / CODE / UNIT).glob("*.html")).read_text(encoding="utf-8")
    assert "Thiếu mẫu số." in page
    assert "4,5" in page


def test_who_writes_no_code_has_nothing_run(course: Path) -> None:
    worked(course, IDLE, program=None)
    (result,) = grade_class.grade(UNIT)
    assert result.state in {"graded", "repaired"}, result.notes
    assert not [one for one in result.notes if TASK in one]
    assert not graded(course, IDLE)[f"{TASK}-lam"]["outputs"]
    assert not list((course / "so-cham" / IDLE / UNIT).glob("execution*"))


def test_plain_nbgrader_keeps_the_same_rows(course: Path) -> None:
    worked(course, CODE)
    grade_class.grade(UNIT)
    ours = rows(CODE)
    other = os.environ | {"BUUCHINH_DB_URL": f"sqlite:///{course / 'other.db'}"}
    for words in (["generate_assignment", UNIT, "--force"], ["autograde", UNIT, "--force", "--create"]):
        command = [sys.executable, "-m", "nbgrader", *words]
        done = subprocess.run(command, cwd=course, env=other, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_DB_URL", other["BUUCHINH_DB_URL"])
        assert rows(CODE) == ours


def rows(code: str) -> dict[str, tuple[Any, ...]]:
    with gradebook.opened() as book:
        notebook = book.find_submission_notebook(UNIT, UNIT, code)
        comments = {one.name: one.auto_comment for one in notebook.comments}
        return {
            one.name: (one.auto_score, one.manual_score, one.needs_manual_grade, comments.get(one.name))
            for one in notebook.grades
        }


ANSWER_CELL = {"task": False, "grade": True, "solution": True}


@pytest.mark.parametrize("marks", [{"grade": True}, {"locked": False}, ANSWER_CELL])
def test_a_task_cell_that_nbgrader_would_take_otherwise_is_refused(course: Path, marks: dict[str, bool]) -> None:
    path = course / "source" / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in notebook["cells"] if one["id"] == TASK)["metadata"]["nbgrader"].update(marks)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(KitError, match="task"):
        release.release(UNIT)


def test_a_task_without_its_cell_for_words_is_refused(course: Path) -> None:
    path = course / "source" / UNIT / f"{UNIT}.ipynb"
    text = path.read_text(encoding="utf-8").replace(f'"{TASK}-chu"', '"khac"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KitError, match=f"{TASK}-chu"):
        release.release(UNIT)

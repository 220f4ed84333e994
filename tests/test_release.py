from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from kit.classroom import CANARY, UNIT, edit, own_course
from nbformat.v4 import new_code_cell

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.nbgrader_plugins.release_steps import LeaveGivenLines
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import corrections as room
from buuchinh.release import release, versions

course = pytest.fixture(own_course)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of_release():
    """Return what nbgrader keeps of ``UNIT`` before anybody hands in: the notebooks and each of their cells."""
    fields = {
        "grade_cells": ("name", "max_score", "cell_type"),
        "solution_cells": ("name",),
        "task_cells": ("name", "max_score", "cell_type"),
        "source_cells": ("name", "cell_type", "locked", "source", "checksum"),
    }
    with gradebook.opened() as book:
        return {
            (notebook.name, notebook.kernelspec, kind): sorted(
                tuple(getattr(cell, field) for field in names) for cell in getattr(notebook, kind)
            )
            for notebook in book.find_assignment(UNIT).notebooks
            for kind, names in fields.items()
        }


def correct(version):
    question = versions.released(UNIT, version).questions.questions[0]
    assert isinstance(question, SingleQuestion)
    return question.keys[0].correct


def test_only_what_the_allow_list_names_goes_out_and_it_holds_no_key(course):
    source = course / "source" / UNIT
    for name in ("questions.yml.bak", "ghi-chu.txt", "hinh.png"):
        (source / name).write_text(f"{CANARY} {name}", encoding="utf-8")
    (source / "hinh.png").write_bytes(b"PNG")
    (source / "public.txt").write_text("# cho học viên\nhinh.png\n", encoding="utf-8")
    made = release.release(UNIT)
    out = tree(course / "exercises" / UNIT)
    assert set(out) == {"bt90.ipynb", "questions.json", "hinh.png"} == set(made.files)
    for name, data in out.items():
        text = data.decode("utf-8")
        assert CANARY.lower() not in text.lower(), name
        assert "8817223" not in text, name
        assert "73.25" not in text, name
    sheet = QuestionSheet.model_validate_json(out["questions.json"])
    assert [question.id for question in sheet.questions] == ["bt90-q1", "bt90-q2", "bt90-q3", "bt90-q4"]


def test_the_notebook_has_points_from_the_yaml_a_kernel_and_readable_stand_ins(course):
    release.release(UNIT)
    notebook = json.loads((course / "exercises" / UNIT / "bt90.ipynb").read_text(encoding="utf-8"))
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    assert [cells[f"bt90-q{n}"]["metadata"]["nbgrader"]["points"] for n in (1, 2, 3, 4)] == [4, 2, 3, 5]
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["buuchinh"] == {"unit": UNIT, "version": "1.0.0"}
    assert "Lau khô" in "".join(cells["bt90-q1"]["outputs"][0]["data"]["text/html"])
    assert "BEGIN SOLUTION" not in cells["bt90-q4-lam"]["source"]
    with gradebook.opened() as book:
        assert book.find_assignment(UNIT).max_score == 14


def test_of_a_solution_the_lines_that_are_given_stay_and_nothing_else():
    source = "### BEGIN SOLUTION\n#: # Gõ tên bảng\n#: so = len(___)\nso = len(bang)\n### END SOLUTION"
    marks = {"grade_id": "x-lam", "solution": True, "grade": False, "locked": False, "schema_version": 3}
    cell = new_code_cell(source, metadata={"nbgrader": marks})
    cleared, _ = LeaveGivenLines().preprocess_cell(cell, {"language": "python"}, 0)
    assert cleared.source == "# Gõ tên bảng\nso = len(___)"


def test_a_second_release_changes_no_byte_and_plain_nbgrader_gives_the_same(course):
    release.release(UNIT)
    first, kept = tree(course / "exercises"), tree(course / "source")
    assert not release.release(UNIT).changed
    assert tree(course / "exercises") == first
    assert tree(course / "source") == kept
    assert release.check() == []
    rows = rows_of_release()
    assert sum(len(cells) for (_, _, kind), cells in rows.items() if kind == "grade_cells") == 4
    shutil.rmtree(course / "exercises")
    (course / "gradebook.db").unlink()
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", UNIT]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(course / "exercises") == first
    assert rows_of_release() == rows


def test_a_release_that_only_enters_the_gradebook_says_so(course, capsys):
    release.release(UNIT)
    for path in course.glob("gradebook.db*"):
        path.unlink()
    for expected in ("đã ghi vào sổ điểm", "không có gì thay đổi"):
        capsys.readouterr()
        assert cli.run(["release", UNIT]) == 0
        assert expected in capsys.readouterr().out
    assert gradebook.rows("SELECT id FROM assignment WHERE name = :unit", unit=UNIT)


def test_a_refused_release_leaves_the_gradebook_as_it_was(course):
    release.release(UNIT)
    rows = rows_of_release()
    edit(course / "source" / UNIT / "questions.yml", "Lau khô rồi chuyển tiếp", "Lau khô rồi đi tiếp")
    edit(course / "source" / UNIT / "questions.yml", "points: 4", "points: 6")
    with pytest.raises(KitError, match="Tăng version"):
        release.release(UNIT)
    assert rows_of_release() == rows
    edit(course / "source" / UNIT / "questions.yml", "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT)
    assert rows_of_release() != rows


def test_changed_content_needs_a_new_version_and_a_corrected_key_says_so(course):
    release.release(UNIT)
    questions = course / "source" / UNIT / "questions.yml"
    edit(questions, "Lau khô rồi chuyển tiếp", "Lau khô rồi đi tiếp")
    assert any("version" in str(problem) for problem in release.breaks(UNIT))
    with pytest.raises(KitError, match="Tăng version"):
        release.release(UNIT)
    edit(questions, "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT)
    assert versions.versions(UNIT) == ["1.0.0", "1.1.0"]
    edit(questions, "correct: canary-a", "correct: canary-b")
    with pytest.raises(KitError, match="--correct"):
        release.release(UNIT)
    release.release(UNIT, correct=True, reason="Gõ nhầm đáp án.")
    assert not release.release(UNIT).changed
    assert correct("1.1.0") == "canary-b"
    assert correct("1.0.0") == "canary-a"
    edit(questions, "version: 1.1.0", "version: 0.9.0")
    with pytest.raises(KitError, match="cũ hơn"):
        release.release(UNIT)


def test_what_a_change_would_break_is_said_before(course):
    release.release(UNIT)
    assert release.breaks(UNIT) == []
    source = course / "source" / UNIT
    edit(source / "questions.yml", "points: 4", "points: 6")
    said = "\n".join(map(str, release.breaks(UNIT)))
    assert "bt90-q1" in said


def test_every_fault_of_the_source_is_said_at_once(course):
    source = course / "source" / UNIT
    (source / "answers.json").write_text("{}", encoding="utf-8")
    (source / "public.txt").write_text("../../course.toml\nquestions.yml\n", encoding="utf-8")
    edit(source / f"{UNIT}.ipynb", '"grade_id": "bt90-q2"', '"grade_id": "bt90-q9"')
    edit(source / f"{UNIT}.ipynb", '"grade_id": "bt90-nop"', '"grade_id": "bt90-q1"')
    with pytest.raises(KitError) as caught:
        release.release(UNIT)
    said = str(caught.value)
    assert len(caught.value.problems) == 6, said
    for word in ("answers.json", "course.toml", "questions.yml", "bt90-q9", "bt90-q2", "bt90-q1"):
        assert word in said
    assert not (course / "exercises").exists()


def test_exercises_edited_by_hand_are_found(course):
    release.release(UNIT)
    edit(course / "exercises" / UNIT / "questions.json", "Bài thử", "Bài thi")
    assert [problem.path for problem in release.check()] == ["exercises/bt90/questions.json"]


def corrections(course):
    path = course / "datasets" / "questions" / "corrections.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        names = ("question", "from_version", "to_version", "reason")
        return [tuple(row[name] for name in names) for row in csv.DictReader(file)]


def test_a_changed_key_says_why_and_words_need_no_reason(course):
    release.release(UNIT)
    questions = course / "source" / UNIT / "questions.yml"
    edit(questions, "CANARY sai", "CANARY sai vì chưa hỏi")
    release.release(UNIT, correct=True)
    assert corrections(course) == []
    edit(questions, "correct: canary-a", "correct: canary-b")
    with pytest.raises(KitError, match="--reason"):
        release.release(UNIT, correct=True)
    release.release(UNIT, correct=True, reason="Gõ nhầm.", provision="LBC-2010/14.1")
    edit(questions, "correct: canary-b", "correct: canary-a")
    with pytest.raises(KitError, match="--reason"):
        release.release(UNIT, correct=True)
    edit(questions, "version: 1.0.0", "version: 1.1.0")
    with pytest.raises(KitError, match="--reason"):
        release.release(UNIT)
    release.release(UNIT, reason="Trả lại như cũ.")
    assert corrections(course) == [
        ("bt90-q1", "1.0.0", "1.0.0", "Gõ nhầm."),
        ("bt90-q1", "1.0.0", "1.1.0", "Trả lại như cũ."),
    ]
    assert release.release(UNIT).changed is False
    assert room.check() == []
    table = course / "datasets" / "questions" / "corrections.csv"
    edit(table, "LBC-2010/14.1", "LBC-2010/99")
    edit(table, "1.0.0,1.1.0", "1.0.0,1.2.0")
    said = "\n".join(map(str, room.check()))
    for word in ("LBC-2010/99", "không có bản 1.2.0", "khác bản 1.0.0 mà bảng không có dòng nào"):
        assert word in said


def test_what_only_the_author_reads_needs_no_correction(course):
    release.release(UNIT)
    edit(course / "source" / UNIT / "questions.yml", "difficulty: 0.5", "difficulty: 0.6")
    assert not release.release(UNIT).changed

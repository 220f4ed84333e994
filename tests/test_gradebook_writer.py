"""What `buuchinh grade` stores is what stock `nbgrader autograde` stores, row by row and byte by byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from kit.classroom import UNIT, edit
from kit.gradebook import files_of, outcomes, stored
from kit.handin import GOOD_CODE, answers, code_of, hand_in
from nbgrader.utils import compute_checksum

from buuchinh.classroom import gradebook
from buuchinh.grading import autograded, grade_class, gradebook_writer
from buuchinh.results import results

ROOT = Path(__file__).parents[1]


def nbgrader(root, *words):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, env=os.environ | {"LC_ALL": "C"}, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def change(folder, how):
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    how(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def cell_of(notebook, name):
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def locked_cell_edited(notebook):
    cell_of(notebook, "bt90-q1")["source"] = "ask('bt90-q1')  # 100 điểm"


def graded_cell_deleted(notebook):
    notebook["cells"].remove(cell_of(notebook, "bt90-q2"))


def metadata_of_editors(notebook):
    notebook["metadata"]["vscode"] = {"x": 1}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"tags": ["a"], "collapsed": True} if cell["cell_type"] == "code" else {"tags": ["b"]}


def points_raised(notebook):
    cell_of(notebook, "bt90-q1")["metadata"]["nbgrader"]["points"] = 400


def no_locks(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).update(locked=False)


def other_kind(notebook):
    cell = cell_of(notebook, "bt90-q3")
    cell |= {"cell_type": "code", "outputs": [], "execution_count": None}


def own_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            shown = {"text/html": "<script>1</script>"}
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": shown}]


def own_cells(notebook):
    notebook["cells"].insert(3, {"cell_type": "raw", "id": "tho", "metadata": {}, "source": "<script>1</script>"})
    notebook["cells"].append({"cell_type": "markdown", "id": "ghi", "metadata": {}, "source": ["a\n", "b"]})


def long_output(notebook):
    cell_of(notebook, "bt90-q4-lam")["source"] = "for n in range(3000):\n    print(n)\n" + GOOD_CODE


ODD = [
    locked_cell_edited, graded_cell_deleted, metadata_of_editors, points_raised, no_locks,
    other_kind, own_outputs, own_cells, long_output,
]  # fmt: skip


OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "a\n\u2028b\n"},
    {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a\nb"]},
    {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBO", "text/plain": "a\nb"}},
    {"output_type": "execute_result", "metadata": {}, "execution_count": 1, "data": {"text/html": "<p>\n</p>"}},
]
NO_CODE = (21, 22, 23)
"""Values whose code is gone: nobody has looked; a person gave points; points, then code that gives a wrong value."""
AGAIN = (1, 3, 6, 23)


def a_class(root):
    """Hand in: right, wrong, nothing at all, failing code, no code, every odd notebook that nbgrader takes."""
    hand_in(root, code_of(1), answers(value=12))
    hand_in(root, code_of(2), answers(right=False), GOOD_CODE)
    hand_in(root, code_of(3), {}, "", text=None)
    hand_in(root, code_of(4), answers(), "1 / 0")
    for number in NO_CODE:
        hand_in(root, code_of(number), answers(), "")
    for number, how in enumerate(ODD, 5):
        folder = hand_in(root, code_of(number), answers())
        change(folder, how)
        (folder / "timestamp.txt").write_text(f"2026-11-{number:02} 08:30:00 UTC\n", encoding="utf-8")
        (folder / "collected.json").write_text('{"notes": []}', encoding="utf-8")
        (folder / "receipt.json").write_text("{}", encoding="utf-8")
        (folder / "thêm.txt").write_text("của học viên", encoding="utf-8")
    (root / "source" / UNIT / "public.txt").write_text("them.csv\n", encoding="utf-8")
    (root / "source" / UNIT / "them.csv").write_text("a\n1\n", encoding="utf-8")


def by_a_person(root):
    with gradebook.opened() as book:
        for number, points, comment in ((1, 2.5, "Tốt."), (3, 1.0, None), (5, None, "Thiếu giờ.")):
            names = ("bt90-q3", UNIT, UNIT, code_of(number))
            book.find_grade(*names).manual_score = points
            book.find_comment(*names).manual_comment = comment
        book.find_grade("bt90-q4", UNIT, UNIT, code_of(NO_CODE[1])).manual_score = 3.5
        book.find_grade("bt90-q4", UNIT, UNIT, code_of(NO_CODE[2])).manual_score = 1.0
        grade = book.find_grade("bt90-q1", UNIT, UNIT, code_of(2))
        grade.manual_score, grade.extra_credit = 4.0, 0.5
        book.db.commit()


@pytest.mark.journey
def test_rows_and_files_are_those_of_stock_nbgrader(course, monkeypatch):
    a_class(course)
    shutil.copy(course / "gradebook.db", course / "stock.db")
    assert {one.state for one in grade_class.grade(UNIT)} == {"graded"}
    by_a_person(course)
    for number in AGAIN:  # handed in anew: what a person gave stays, and is marked for another look
        hand_in(course, code_of(number), answers(right=False), text=None if number == 1 else "Viết lại.")
    grade_class.grade(UNIT)
    ours, our_files, book = stored(), files_of(course / "autograded"), outcomes(course)
    assert any(row[4] == 2.5 and row[6] for row in ours["grade"])
    waiting = {row[0]: row[3:7] for row in ours["grade"] if row[0] in map(code_of, NO_CODE) and row[1] == "bt90-q4"}
    assert list(waiting.values()) == [(None, None, None, 1), (None, 3.5, None, 1), (5.0, 1.0, None, 1)]
    with gradebook.opened() as gb:
        theirs = {one.student_id: one.score for one in gb.find_assignment(UNIT).submissions}
    assert {one.code: one.earned for one in results.standings(UNIT)} == pytest.approx(theirs)

    shutil.rmtree(course / "autograded")
    shutil.rmtree(course / "submitted")
    monkeypatch.setenv("BUUCHINH_DB_URL", f"sqlite:///{course / 'stock.db'}")
    a_class(course)
    nbgrader(course, "autograde", UNIT)
    by_a_person(course)
    for number in AGAIN:
        hand_in(course, code_of(number), answers(right=False), text=None if number == 1 else "Viết lại.")
        nbgrader(course, "autograde", UNIT, "--force", "--student", code_of(number))
    assert stored() == ours
    stock = files_of(course / "autograded")
    assert stock.keys() == our_files.keys()
    for name in stock:
        assert stock[name] == our_files[name], name
    assert outcomes(course) == book


@pytest.mark.journey
def test_being_late_costs_what_nbgraders_plugin_says(course, monkeypatch):
    late = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'
    edit(course / "nbgrader_config.py", "c.OverwriteCells.add", late + "c.OverwriteCells.add")
    for number, day in ((1, 20), (2, 24)):
        folder = hand_in(course, code_of(number), answers())
        (folder / "timestamp.txt").write_text(f"2026-11-{day} 08:30:00 UTC\n", encoding="utf-8")
    with gradebook.opened() as book:
        book.update_or_create_assignment(UNIT, duedate="2026-11-22 00:00:00 UTC")
    shutil.copy(course / "gradebook.db", course / "stock.db")
    grade_class.grade(UNIT)
    ours = stored()
    assert [row[3] for row in ours["submitted_notebook"]] == [None, 11.0]
    monkeypatch.setenv("BUUCHINH_DB_URL", f"sqlite:///{course / 'stock.db'}")
    nbgrader(course, "autograde", UNIT, "--force")
    assert stored() == ours


def test_checksums_and_notebooks_are_written_as_nbgrader_writes_them():
    paths = [path for top in ("source", "exercises") for path in sorted((ROOT / top).glob("*/*.ipynb"))]
    assert len(paths) > 10
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.metadata["trusted"] = True
                cell.outputs += nbformat.from_dict(OUTPUTS)
            if "nbgrader" in cell.metadata:
                assert gradebook_writer.checksum(cell) == compute_checksum(cell), (path, number)
        assert autograded.text(notebook) == nbformat.v4.writes(notebook) + "\n"

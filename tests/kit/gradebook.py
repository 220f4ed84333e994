"""Everything that grading leaves behind, in a form that two ways of grading can be compared by."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from buuchinh.classroom import gradebook
from kit.classroom import UNIT


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table that a grader writes, ids that are drawn by lot replaced by names."""
    submission = "SELECT s.student_id, a.name, s.timestamp, s.extension FROM submitted_assignment s"
    submission += " JOIN assignment a ON a.id = s.assignment_id"
    of = " JOIN submitted_notebook n ON n.id = x.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id"
    of += " JOIN base_cell b ON b.id = x.cell_id"
    queries = {
        "student": "SELECT * FROM student",
        "submitted_assignment": submission,
        "submitted_notebook": "SELECT s.student_id, m.name, n.flagged, n.late_submission_penalty"
        " FROM submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id"
        " JOIN notebook m ON m.id = n.notebook_id",
        "grade": "SELECT s.student_id, b.name, b.type, x.auto_score, x.manual_score, x.extra_credit,"
        " x.needs_manual_grade FROM grade x" + of,
        "comment": "SELECT s.student_id, b.name, b.type, x.auto_comment, x.manual_comment FROM comment x" + of,
    }
    return {name: sorted((tuple(row) for row in gradebook.rows(query)), key=repr) for name, query in queries.items()}


def files_of(folder: Path) -> dict[str, Any]:
    """Return name, rights and content of every file below ``folder``; of a notebook the bytes too."""
    return {
        path.relative_to(folder).as_posix(): (stat.filemode(path.stat().st_mode), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def outcomes(root: Path) -> dict[str, Any]:
    """Return the grader's own book, without what differs from run to run: time, seconds."""
    found = {}
    for path in sorted((root / "so-cham").glob("*/*/outcome.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        entry.pop("graded_at")
        entry.pop("execution")
        found[path.parent.parent.name] = entry
    return found


def mark_by_hand(code: str, points: float) -> None:
    """Give points for the text of the small course, as a person does in formgrader."""
    with gradebook.opened() as book:
        grade = book.find_grade("bt90-q3", UNIT, UNIT, code)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()

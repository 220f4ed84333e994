"""The frozen course of 0.1.1 put up and graded, and its results compared with what 0.1.1 gave (``tests/golden/``)."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from buuchinh.messages import section
from kit import golden_inside as inside

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NOW = "2026-11-25T15:00:00+07:00"
DAYS = (date(2026, 11, 25), date(2023, 8, 16))
"""The day of the last review, by which hand-ins are scored, and that of the report: keys have dates."""
UNITS = ("bt01", "bt02", "bt03", "bt04", "bt05", "bt06", "bt07", "bt08", "thi1")
PEOPLE = ("GL-0001-9", "GL-0002-7", "GL-0005-1", "GL-0007-Y", "GL-0008-W")
"""All right; partly wrong; nothing answered; a hand-in of version 1.0.0; somebody who handed in nothing."""
WHOLE = "GL-0002-7"
"""Whose feedback is kept as whole pages; of the others only the hash is kept."""
GRADED_BY_HAND = "GL-0001-9"

_DIFF_LINES, _DIFF_WIDTH = 40, 400
_OF = " JOIN submitted_notebook n ON n.id = x.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id"
_OF += " JOIN assignment a ON a.id = s.assignment_id JOIN base_cell b ON b.id = x.cell_id"
_NOTEBOOK = " FROM base_cell b JOIN notebook m ON m.id = b.notebook_id JOIN assignment a ON a.id = m.assignment_id"
TABLES = {
    "assignment": "SELECT a.name, m.name AS notebook FROM assignment a JOIN notebook m ON m.assignment_id = a.id",
    "cell": "SELECT a.name AS assignment, b.name, b.type, COALESCE(g.max_score, t.max_score) AS max_score,"
    f" COALESCE(g.cell_type, t.cell_type) AS cell_type{_NOTEBOOK}"
    " LEFT JOIN grade_cells g ON g.id = b.id LEFT JOIN task_cells t ON t.id = b.id",
    "student": "SELECT id AS student, first_name, last_name, email, lms_user_id FROM student",
    "submitted_notebook": "SELECT s.student_id AS student, a.name AS assignment, m.name AS notebook, n.flagged,"
    " n.late_submission_penalty FROM submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id"
    " JOIN assignment a ON a.id = s.assignment_id JOIN notebook m ON m.id = n.notebook_id",
    "grade": "SELECT s.student_id AS student, a.name AS assignment, b.name AS cell, x.auto_score, x.manual_score,"
    f" x.extra_credit, x.needs_manual_grade FROM grade x{_OF}",
    "comment": "SELECT s.student_id AS student, a.name AS assignment, b.name AS cell, x.auto_comment,"
    f" x.manual_comment FROM comment x{_OF}",
}
"""What nbgrader's tables say, without ids that are drawn by lot, times and checksums."""


@dataclass(frozen=True)
class Class:
    """A course in which everybody has been graded; ``rows`` are the gradebook's before a person gave points."""

    root: Path
    rows: list[dict[str, Any]]


# The course


def unpack(root: Path) -> Path:
    """Put the frozen course up in ``root``, with nbgrader's configuration as it is now: that one names modules."""
    with zipfile.ZipFile(GOLDEN / "course.zip") as frozen:
        frozen.extractall(root)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


def grade_a_class(root: Path) -> Class:
    """Go with the frozen hand-ins from the class list to the report, by the commands alone."""
    (root / "lop.csv").write_text("".join(f"{line}\r\n" for line in ("Mã", *PEOPLE)), encoding="utf-8-sig")
    run(
        root,
        ["roster", "lop.csv"],
        *(["release", unit] for unit in UNITS),
        ["collect", str(GOLDEN / "handed-in")],
        *(["grade", unit] for unit in UNITS),
    )
    rows = list(rows_of(root / "gradebook.db"))
    give_points(root / "gradebook.db")
    told = [[word, unit] for word in ("feedback", "report") for unit in UNITS]
    run(root, *told, ["report", "kt"])
    return Class(root, rows)


def run(root: Path, *commands: list[str]) -> str:
    """Run commands of ``buuchinh`` in the course, at a fixed moment, in a fixed zone and a plain locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BUUCHINH_", "LC_", "LANG"))}
    fixed = {"BUUCHINH_COURSE": str(root), "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONUTF8": "1"}
    fixed["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("golden_desk.py")), NOW],
        cwd=root, env=kept | fixed, input=json.dumps(commands), capture_output=True, text=True, encoding="utf-8",
        timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def rows_of(book: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of nbgrader's tables that carry meaning, each with the name of its table, sorted."""
    connection = sqlite3.connect(book)
    connection.row_factory = sqlite3.Row
    try:
        for table, query in TABLES.items():
            yield from sorted(({"table": table} | dict(row) for row in connection.execute(query)), key=as_line)
    finally:
        connection.close()


def give_points(book: Path) -> None:
    """Give one trainee full points and a word, as formgrader would, wherever a person has to grade, but for bt02."""
    mine = f"SELECT x.id FROM grade x{_OF} WHERE s.student_id = ? AND a.name <> 'bt02' AND x.needs_manual_grade = 1"
    most = "(SELECT COALESCE(MAX(max_score), 0) FROM grade_cells g WHERE g.id = grade.cell_id)"
    word = f"SELECT x.id FROM comment x{_OF} WHERE s.student_id = ? AND b.name = 'bt01-q10'"
    connection = sqlite3.connect(book)
    with connection:
        connection.execute(
            f"UPDATE grade SET manual_score = {most}, needs_manual_grade = 0 WHERE id IN ({mine})", [GRADED_BY_HAND]
        )
        connection.execute(
            f"UPDATE comment SET manual_comment = 'Gọn, đúng thứ tự.' WHERE id IN ({word})", [GRADED_BY_HAND]
        )
    connection.close()


# Results as text


def as_line(value: Any) -> str:
    """Return JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def digest(data: str | bytes) -> str:
    """Return the SHA-256 of some text or bytes."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def sums(files: dict[str, bytes]) -> str:
    """Return hash and path of each file, as ``sha256sum`` writes them."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))


def files_below(root: Path, *patterns: str) -> dict[str, bytes]:
    """Return the files that fit one of the patterns, by their path below ``root``."""
    found = (path for pattern in patterns for path in root.glob(pattern) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def without_grading_time(page: bytes) -> bytes:
    """Return a page of feedback without the moment at which it was graded."""
    return re.sub(rb"(<dt>Ch\xe1\xba\xa5m l\xc3\xbac</dt><dd>)[^<]*", rb"\1(...)", page)


def as_it_was_named(data: bytes) -> bytes:
    """Return a page or a table with the names that critical questions and the person in charge had in it.

    Each has one name everywhere now: the one that exams gave such questions ("câu bắt buộc đúng": issue 10, section 6),
    and "người phụ trách lớp".
    """
    for now, before in (
        ("Có câu bắt buộc đúng mà chưa đúng", "Có câu điểm liệt chưa đúng"),
        ("Câu bắt buộc đúng mà chưa đúng", "Câu điểm liệt chưa đúng"),
        ("Câu bắt buộc đúng thì phải đúng", "Câu điểm liệt phải đúng"),
        ("câu bắt buộc đúng", "câu điểm liệt"),
    ):
        data = data.replace(now.encode(), before.encode())
    return in_charge_as_named(data)


def in_charge_as_named(data: bytes) -> bytes:
    """Return a page or a table with the name that the person in charge of a class had in it."""
    return data.replace("người phụ trách lớp".encode(), "giảng viên".encode())


def without_part_rules(page: bytes) -> bytes:
    """Return a page of feedback without the sentences on how a part of the points is reckoned.

    They were added because everybody asked why 0,67 of 2. Nothing else of a page may differ by it: points, verdict,
    remarks and provisions are compared byte by byte with the old page.
    """
    return re.sub(rb'<p class="label part-rule">[^<]*</p>', b"", page)


def one_reason_told(page: bytes) -> bytes:
    """Return a page of feedback that says of who missed the mark in both ways only what it said of them before.

    It named the questions that must be right alone; how many points are needed stands before it now.
    """
    both, before = (section("results.feedback.sentences")[name] for name in ("critical_and_few", "critical"))
    start, _, end = (re.escape(part) for part in both.partition("{mark}"))
    return re.sub(f"{start}[0-9,]+{end}".encode(), before.encode(), page)


def told_to_look_again(page: bytes) -> bytes:
    """Return a page of feedback with all points that tells to look at what has not all points, as it did.

    There is nothing of that kind, and the page says now that there is not.
    """
    words = section("results.feedback.sentences")
    before = words["exam_pass" if b'class="objectives' in page else "pass"]
    start, _, end = (re.escape(part) for part in words["whole"].partition("{mark}"))
    return re.sub(f"{start}([0-9,]+){end}".encode(), lambda found: before.format(mark=found[1].decode()).encode(), page)


def day_behind_the_place(page: bytes) -> bytes:
    """Return a page of feedback whose list of grounds begins with no document where the text of a day is cited.

    The document and that day stand before its places now, as with all others; they stood behind each place.
    """
    text = page.decode("utf-8")
    document = r"([^<>]*, bản áp dụng ngày [0-9-]+) "
    for before, after, place in (
        ("<h3>", r"(<span>.*?</ol>)", r"(</b> <span>[^<]*)()(</span>)"),
        ('<p class="small">', r"(\([^()]*\): [^<]*</p>)", r"(\[\d+\] [^<;]*?)()(; |\.</p>)"),
    ):
        text = re.sub(
            f"{before}{document}{after}",
            lambda found: f"{before} " + re.sub(place, rf"\1 {found[1]}\3", found[2]),  # noqa: B023
            text,
            flags=re.DOTALL,
        )
    return text.encode("utf-8")


def without_pixels(name: str, data: bytes) -> bytes:
    """Return a graded notebook without the bytes of its charts: they are matplotlib's, and change with its version."""
    if not name.endswith(".ipynb"):
        return data
    return re.sub(rb'("image/png": ")[^"]*', rb"\1(...)", data)


def scores(root: Path) -> Iterator[str]:
    """Yield a line for each answer: what it earned, a hash of all that is told about it, and the answer.

    Answers are those of the golden file, where there is one. Of the two days the second has a line
    of its own only where its score differs.
    """
    kept = _kept_answers()
    for place, question in inside.questions(root):
        name = f"{place} {question.id}"
        for case, answer in kept.get(name) or inside.answers(question, DAYS[0]):
            first, *others = (inside.score(question, answer, day) for day in DAYS)
            yield _scored(name, case, DAYS[0], first, answer)
            for day, other in zip(DAYS[1:], others, strict=True):
                if other != first:
                    yield _scored(name, case, day, other, answer)


def _kept_answers() -> dict[str, list[tuple[str, Any]]]:
    path = GOLDEN / "scores.jsonl"
    found: dict[str, list[tuple[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        entry = json.loads(line)
        if entry["on"] == DAYS[0].isoformat():
            found.setdefault(entry["question"], []).append((entry["case"], entry["answer"]))
    return found


def _scored(name: str, case: str, day: date, result: dict[str, Any], answer: Any) -> str:
    told = digest(as_line({key: result[key] for key in result if key not in {"fraction", "reason", "parts"}}))[:16]
    short = {"fraction": result["fraction"], "reason": result["reason"], "parts": result["parts"], "told": told}
    return as_line({"question": name, "case": case, "on": day.isoformat(), **short, "answer": answer})


# Comparing


def compare(name: str, got: str | bytes, place: Path) -> None:
    """Fail with a short diff where ``got`` is not the golden file ``name``; the whole is then left below ``place``.

    A golden file that is there is never written. One that is not is written where ``BUUCHINH_GOLDEN=new``.
    """
    data = got.encode("utf-8") if isinstance(got, str) else got
    path = GOLDEN / name
    if not path.exists():
        assert os.environ.get("BUUCHINH_GOLDEN") == "new", f"no golden file {name}: see tests/golden/README.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return
    if path.read_bytes() == data:
        return
    left = place / "got" / name
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(data)
    pytest.fail(f"{name} is not what it was ({left} has the whole):\n{difference(path.read_bytes(), data)}")


def difference(before: bytes, after: bytes) -> str:
    """Return a unified diff, limited in lines and in their width."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    lines = list(difflib.unified_diff(old, new, "golden", "now", lineterm="", n=0))
    shown = [line if len(line) <= _DIFF_WIDTH else line[:_DIFF_WIDTH] + "…" for line in lines[:_DIFF_LINES]]
    more = [f"… and {len(lines) - _DIFF_LINES} more lines"] if len(lines) > _DIFF_LINES else []
    return "\n".join([*shown, *more]) or "only the ends of lines differ"

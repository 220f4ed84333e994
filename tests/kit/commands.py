"""Every command over a class, on a small class, run in a fork of the test's process, which has the libraries loaded."""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.files import write_json
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from kit.classroom import UNIT, edit, make_course
from kit.handin import answers, code_of

CODES = [code_of(number) for number in (1, 2, 3)]
BACKUP = "backup/buuchinh_20261125-100000.zip"
COMMANDS: dict[str, list[str]] = {
    "roster": ["roster", "lop.csv"],
    "release": ["release", UNIT],
    "collect": ["collect", "usb"],
    "deadline": ["deadline", UNIT, "2099-01-15"],
    "extend": ["extend", UNIT, CODES[1], "2099-02-01"],
    "repair": ["repair", "usb"],
    "settle": ["settle", "usb/bt90 khong ma.docx"],
    "grade": ["grade", UNIT, "--again"],
    "accept": ["accept", UNIT, CODES[1]],
    "regrade": ["regrade", UNIT, "--reason", "Thử", "--yes"],
    "feedback": ["feedback", UNIT],
    "report": ["report", UNIT],
    "backup": ["backup"],
    "restore": ["restore", BACKUP, "--yes"],
    "leave": ["leave", CODES[2]],
    "forget": ["forget", CODES[0], "--yes"],
}
"""Each command over a class by its name, with arguments that do something in ``graded_class``."""
MAY_REFUSE = {"accept", "regrade", "forget"}
"""Commands that may find nothing to do, and then say so and end with 1."""
OTHERS = {
    "lab",
    "bundle",
    "check",
    "audit",
    "derive",
    "execute",
    "new",
    "exam",
    "export",
    "site",
    "campaign",
    "demo",
    "hub-server",
}
"""Commands of trainees and authors, and of who practises; they write nothing of a class."""


def quiz() -> dict[str, Any]:
    return {name: answer for name, answer in answers().items() if name != "bt90-q4"}


def graded_class(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make a class of three that has been through every command once, with two hand-ins more on the stick."""
    root = make_course(folder, code=False)
    patch.setenv("BUUCHINH_COURSE", str(root))
    patch.delenv("BUUCHINH_DB_URL", raising=False)
    patch.chdir(root)
    edit(root / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2099-01-01")
    lines = "".join(f"{code};Người {number}\n" for number, code in enumerate(CODES))
    (root / "lop.csv").write_text(f"Mã;Họ tên\n{lines};Người mới\n", encoding="utf-8-sig")
    for command in ("roster", "release"):
        assert cli.run(COMMANDS[command]) == 0
    put_on_the_stick(root, CODES[:2])
    about = {"origin": "usb/bt90 khong ma.docx", "unit": UNIT, "code": "", "reason": "Tệp Word.", "notes": []}
    refused = root / "nop-bai" / "khong-nhan" / "20261125-100000-0123abcd"
    write_json(refused / "collected.json", about | {"collected_at": "2026-11-25T10:00:00+07:00", "format": 1})
    for command in ("collect", "grade", "feedback", "report", "backup"):
        assert cli.run(COMMANDS[command]) == 0
    (made,) = (root / "backup").glob("*.zip")
    made.rename(root / BACKUP)
    put_on_the_stick(root, CODES[1:])
    return root


def put_on_the_stick(root: Path, codes: list[str]) -> None:
    (root / "usb").mkdir(exist_ok=True)
    for code in codes:
        desk = root.parent / "desk" / code / UNIT
        if not desk.exists():
            shutil.copytree(root / "exercises" / UNIT, desk)
        for name, answer in quiz().items():
            Record(desk, UNIT, "1.0.0", code).put(name, answer)
        shutil.copy(pack.build(desk, UNIT, code, datetime.now().astimezone()).path, root / "usb")


@dataclass(frozen=True)
class Running:
    """A command in a child; ``ended`` waits for it and returns its exit code and all that it said."""

    child: int
    told: int

    def ended(self) -> tuple[int, str]:
        with os.fdopen(self.told, "rb") as pipe:
            said = pipe.read().decode("utf-8", "replace")
        _, status = os.waitpid(self.child, 0)
        return os.waitstatus_to_exitcode(status), said


def start(words: list[str], before: Callable[[], object] = lambda: None) -> Running:
    """Run a command in a child, after ``before``, which may spoil the child's world; a traceback is in what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return Running(child, reading)
    code = 99
    try:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        try:
            before()
            code = cli.run(words)
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def faults(root: Path) -> list[str]:
    """Say what is not whole in a class: a file that cannot be read, one half written, a gradebook that is damaged."""
    found = []
    for top in ("nop-bai", "submitted", "autograded", "so-cham", "feedback", "reports", "source", "exercises"):
        for path in sorted((root / top).rglob("*")):
            if path.name.startswith(".dang-ghi"):
                found.append(f"left: {path}")
            if path.suffix in {".json", ".ipynb"} and path.is_file() and not path.name.startswith("."):
                try:
                    json.loads(path.read_bytes())
                except ValueError:
                    found.append(f"not whole: {path}")
    if gradebook.rows("PRAGMA integrity_check") != [("ok",)]:
        found.append("gradebook damaged")
    return found


def scores() -> dict[str, float]:
    """Return the points of the machine in the gradebook, by code."""
    query = "SELECT s.student_id, SUM(g.auto_score) FROM submitted_assignment s"
    query += " JOIN submitted_notebook n ON n.assignment_id = s.id JOIN grade g ON g.notebook_id = n.id"
    return dict(gradebook.rows(f"{query} GROUP BY s.student_id"))

"""Points given on the page, in formgrader and by command are one gradebook, which plain nbgrader exports."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk_client import Client, put
from kit.marking import CODES, QUESTION, TEXTS, marked_class, marking_course, served

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.results.results import standings

__all__ = ["marked_class", "marking_course"]


def mark_by_page(client: Client, code: str, points: str) -> None:
    page = f"giang-vien/cham/{UNIT}/{QUESTION}"
    client.ask(page)
    people = client.ask(f"{page}/bai")[1]["people"]
    status, reply = put(client, next(one for one in people if one["text"] == TEXTS[CODES.index(code)]), typed=points)
    assert status == 200, reply


def mark_by_formgrader(client: Client, code: str, points: float) -> None:
    with gradebook.opened() as book:
        grade = book.find_grade(QUESTION, UNIT, UNIT, code).id
    status, reply, _ = client.ask(f"formgrader/api/grade/{grade}", {"manual_score": points}, "PUT")
    assert status == 200, reply


def exported(database: Path, folder: Path) -> dict[str, tuple[float, float]]:
    """Return (score, maximum) by code as ``nbgrader export`` writes them, in a folder without the course's settings."""
    folder.mkdir()
    command = [sys.executable, "-m", "nbgrader", "export", f"--db=sqlite:///{database}", "--to=diem.csv"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_NO_CONFIG": "1"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    with (folder / "diem.csv").open(encoding="utf-8", newline="") as file:
        rows = [one for one in csv.DictReader(file) if one["assignment"] == UNIT]
    return {one["student_id"]: (float(one["score"]), float(one["max_score"])) for one in rows}


def test_plain_nbgrader_exports_what_was_given_in_each_way(marking_course: Path, tmp_path: Path) -> None:
    database = marking_course / "gradebook.db"
    before = exported(database, tmp_path / "before")
    with served(marking_course, formgrader=True) as address:
        client = Client(address)
        mark_by_page(client, CODES[1], "2,5")
        mark_by_formgrader(client, CODES[2], 1.5)
    assert cli.run(["grade", UNIT]) == 0
    after = exported(database, tmp_path / "after")
    gained = {code: after[code][0] - before[code][0] for code in CODES}
    assert gained == pytest.approx(dict(zip(CODES, (0, 2.5, 1.5, 0), strict=True)))
    assert after == {one.code: pytest.approx((one.earned, one.most)) for one in standings(UNIT)}

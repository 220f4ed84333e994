"""A hand-in made on an earlier version of an exercise is taken and scored by the key of that version."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from kit.answering import right_answer
from kit.course import copy_course, run

from buuchinh import codes, course
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from buuchinh.questions.scoring import score
from buuchinh.release import versions

pytestmark = pytest.mark.journey

CODE = codes.make("GL0001")
AT = datetime(2026, 11, 20, 9, 0, 0).astimezone()
UNITS = ("bt02", "bt03", "bt05")
"""Three that were released again in 0.1.1, without code: every kind of question is among them."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand in the right answers of version 1.0.0, on the notebook of that version, beside the newest release."""
    root = copy_course(tmp_path_factory.mktemp("earlier") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        (root / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
        run(root, "buuchinh", "roster", "lop.csv")
        for unit in UNITS:
            old = versions.released(unit, "1.0.0")
            folder = root.parent / "desk" / unit
            folder.mkdir(parents=True)
            (folder / f"{unit}.ipynb").write_text(json.dumps(old.notebook, ensure_ascii=False), encoding="utf-8")
            (folder / course.SHEET).write_bytes(old.sheet)
            record = Record(folder, unit, "1.0.0", CODE)
            for question in old.obscured.values():
                record.put(question.id, right_answer(question, course.settings().reviewed_on) or "Đã báo và ghi lại.")
            stick = root.parent / "usb"
            stick.mkdir(exist_ok=True)
            shutil.copy(pack.build(folder, unit, CODE, AT).path, stick)
        run(root, "buuchinh", "collect", str(root.parent / "usb"))
        for unit in UNITS:
            run(root, "buuchinh", "release", unit)
            run(root, "buuchinh", "grade", unit)
            run(root, "buuchinh", "report", unit)
    return root


@pytest.mark.parametrize("unit", UNITS)
def test_the_points_are_those_of_the_earlier_key(graded: Path, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(graded))
    assert versions.latest(unit) != "1.0.0"
    old = versions.released(unit, "1.0.0")
    day = course.settings().reviewed_on
    expected = {
        question.id: score(question, right_answer(question, day), day).fraction * question.points
        for question in old.obscured.values()
        if right_answer(question, day) is not None
    }
    assert expected == {name: old.obscured[name].points for name in expected}, "right answers get all their points"
    texts = [path.read_text(encoding="utf-8-sig") for path in (graded / "reports" / unit).glob("*.csv")]
    (points,) = [text for text in texts if f"{unit}-q01" in text.partition("\n")[0]]
    (row,) = [row for row in csv.DictReader(io.StringIO(points)) if CODE in row.values()]
    by_id = {head.split(":")[0]: cell for head, cell in row.items()}
    assert {name: float(by_id[name]) for name in expected} == expected

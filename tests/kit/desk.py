"""A trainee's folder of the small course as the page writes it, handed in by the button and collected."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh.classroom import gradebook
from buuchinh.intake import collect, decide_submission
from buuchinh.notebook import pack as packing
from buuchinh.questions.answers import Record, cell_hash
from kit.classroom import UNIT
from kit.handin import GOOD_CODE, RIGHT_VALUE, answers

VALUE = "bt90-q4"
TEN = datetime.fromisoformat("2026-11-25T10:00:00+07:00")


def enrol(*those: str) -> None:
    with gradebook.opened() as book:
        for code in those:
            book.update_or_create_student(code)


def work(root: Path, code: str, source: str | None = GOOD_CODE, *, made_by: str = GOOD_CODE, value: Any = None) -> Path:
    """Write a trainee's folder as the page and ``submit`` write it: ``source`` stands in the cell afterwards."""
    folder = root / "bai-lam" / code / UNIT
    shutil.copytree(root / "exercises" / UNIT, folder)
    record = Record(folder, UNIT, "1.0.0", code)
    for name, answer in answers().items():
        if name != VALUE:
            record.put(name, answer)
    record.put(VALUE, {"tong": RIGHT_VALUE} if value is None else value, origin="code", cell=cell_hash(made_by))
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in list(notebook["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "bt90-q4-lam":
            if source is None:
                notebook["cells"].remove(cell)
            else:
                cell["source"] = source
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return folder


def brought(root: Path, code: str, at: datetime = TEN) -> list[decide_submission.Decision]:
    """Hand in by the button and collect."""
    enrol(code)
    folder = root / "bai-lam" / code / UNIT
    return collect.collect(packing.build(folder, UNIT, code, at).path)

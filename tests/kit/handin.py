"""Hand-ins for the small course of ``kit.classroom``, laid where ``collect`` would lay them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from buuchinh import codes
from buuchinh.classroom import gradebook
from buuchinh.course import SHEET
from buuchinh.execution import run_one
from buuchinh.grading import score
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import versions
from kit.classroom import UNIT

RIGHT_VALUE = 8817223
AT = "2026-11-25T10:00:00+07:00"
GOOD_CODE = f'submit("bt90-q4", {RIGHT_VALUE})'


def code_of(number: int) -> str:
    return codes.make(f"GL{number:04d}")


def opaque(text: str) -> str:
    """Return the opaque id of the option of question 1 that begins with ``text``."""
    question = versions.released(UNIT).obscured["bt90-q1"]
    assert isinstance(question, SingleQuestion)
    return next(option.id for option in question.options if option.text.startswith(text))


def first_step(text: str) -> list[dict[str, str]]:
    question = versions.released(UNIT).obscured["bt90-q2"]
    assert isinstance(question, ScenarioQuestion)
    node = question.nodes[question.start]
    choice = next(choice.id for choice in node.choices if choice.text.startswith(text))
    return [{"node": question.start, "choice": choice}]


def answers(*, right: bool = True, value: Any = RIGHT_VALUE) -> dict[str, Any]:
    return {
        "bt90-q1": opaque("Dừng" if right else "Lau"),
        "bt90-q2": first_step("Từ chối" if right else "Nhận"),
        "bt90-q3": "Dừng nhận, báo ngay.",
        "bt90-q4": {"tong": value},
    }


def hand_in(
    root: Path, code: str, given: dict[str, Any], work: str = GOOD_CODE, text: str | None = "Dừng nhận, báo ngay."
) -> Path:
    """Write ``submitted/<code>/bt90/``; ``text`` None leaves the manual answer as it was released."""
    folder = gradebook.folder("submitted") / code / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    notebook = json.loads((root / "exercises" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name == "bt90-q4-lam":
            cell["source"] = work
        if name == "bt90-q3" and text is not None:
            cell["source"] = text
    (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    record = {
        "format": 1,
        "unit": UNIT,
        "version": "1.0.0",
        "code": code,
        "answers": {name: {"answer": answer, "at": AT, "tries": 1} for name, answer in given.items()},
    }
    (folder / "answers.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return folder


def marked(code: str) -> score.Marking:
    """Run and score one hand-in without recording it."""
    handed = score.take(UNIT, code)
    files = {SHEET: handed.released.sheet.decode("utf-8")}
    notebook = score.notebook_of(UNIT, code)
    return score.mark(handed, run_one.run(notebook, UNIT, files=files), notebook)


def notebook(*sources: str) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

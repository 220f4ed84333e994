"""A small course in a folder of its own: one exercise with each kind of answer, canaries in every key field."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kit.use_course import use_course

ROOT = Path(__file__).parents[2]
UNIT = "bt90"
CANARY = "CANARY"

QUESTIONS = """\
unit: bt90
version: 1.0.0
title: Bài thử
seed: CANARY-seed
questions:
  - id: bt90-q1
    type: single
    stem: Thấy bưu gửi rỉ nước, anh/chị làm gì trước?
    points: 4
    options:
      - {id: canary-a, text: Dừng nhận và báo trưởng bưu cục}
      - {id: canary-b, text: Lau khô rồi chuyển tiếp}
    bloom: apply
    difficulty: 0.5
    intent: CANARY intent
    keys:
      - correct: canary-a
        provisions: [CANARY-2010/7.1]
        feedback: {canary-a: CANARY đúng, canary-b: CANARY sai}
  - id: bt90-q2
    type: scenario
    stem: Ca trực ở quầy
    role: Giao dịch viên
    points: 2
    start: canary-start
    nodes:
      canary-start:
        text: Khách không cho kiểm tra gói.
        choices:
          - {id: canary-stop, text: Từ chối nhận, next: canary-safe}
          - {id: canary-go, text: Nhận luôn, next: canary-bad}
    ends:
      canary-safe: {text: Khách mang gói về.}
      canary-bad: {text: Gói đã đi.}
    bloom: apply
    difficulty: 0.5
    intent: CANARY intent
    keys:
      - provisions: [CANARY-2010/29.3]
        correct: {canary-start: {canary-stop: 73.25, canary-go: 0}}
        feedback: {canary-start: {canary-stop: CANARY nên, canary-go: CANARY không nên}}
        ends:
          canary-safe: {kind: safe, feedback: CANARY an toàn}
          canary-bad: {kind: violation, back_to: canary-start, feedback: CANARY vi phạm}
  - id: bt90-q3
    type: text
    stem: Viết một câu báo cáo.
    points: 3
    manual: true
    lines: 4
    bloom: create
    difficulty: 0.5
    intent: CANARY intent
    keys:
      - sources: [CANARY-source]
        rubric: CANARY rubric
        model_answer: CANARY mẫu
  - id: bt90-q4
    type: code
    stem: Tính tổng 9 và 2.
    points: 5
    values:
      - {id: tong, label: Tổng, kind: integer}
    bloom: apply
    difficulty: 0.5
    intent: CANARY intent
    keys:
      - sources: [CANARY-source]
        correct: {tong: 8817223}
        feedback: {right: CANARY phải, wrong: CANARY trái}
"""


def cell(kind: str, source: str, name: str | None = None, **marks: bool) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if name:
        base = {
            "schema_version": 3,
            "grade_id": name,
            "grade": False,
            "solution": False,
            "locked": False,
            "task": False,
        }
        metadata["nbgrader"] = base | marks | ({"points": 1} if marks.get("grade") else {})
    made = {
        "cell_type": kind,
        "id": (name or str(abs(hash(source)) % 10**6)).replace(".", "-"),
        "metadata": metadata,
        "source": source,
    }
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook() -> dict[str, Any]:
    graded = {"grade": True, "locked": True}
    work = '### BEGIN SOLUTION\ntong = 8817223  # CANARY\nsubmit("bt90-q4", tong)\n### END SOLUTION'
    cells = [
        {"cell_type": "markdown", "id": "mo-dau", "metadata": {}, "source": "# Bài thử"},
        {**cell("code", "from buuchinh import ask, hand_in, submit"), "id": "nap"},
        cell("code", 'ask("bt90-q1")', "bt90-q1", **graded),
        cell("code", 'ask("bt90-q2")', "bt90-q2", **graded),
        cell("code", 'ask("bt90-q3")', "bt90-q3-hoi", locked=True),
        cell("markdown", "CANARY bài mẫu", "bt90-q3", grade=True, solution=True),
        cell("code", work, "bt90-q4-lam", solution=True),
        cell("code", 'ask("bt90-q4")', "bt90-q4", **graded),
        cell("code", "hand_in()", "bt90-nop", locked=True),
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def make_course(folder: Path, *, code: bool = True) -> Path:
    """Write the course, with or without its code exercise, and return its root; the caller sets BUUCHINH_COURSE."""
    root = folder / "course"
    source = root / "source" / UNIT
    source.mkdir(parents=True)
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    questions, made = QUESTIONS, notebook()
    if not code:
        questions = questions[: questions.index("  - id: bt90-q4")]
        made["cells"] = [cell for cell in made["cells"] if not cell["id"].startswith("bt90-q4")]
    (source / "questions.yml").write_text(questions, encoding="utf-8")
    (source / f"{UNIT}.ipynb").write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    return root


def own_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course of the test's own, a fixture where a module says ``course = pytest.fixture(own_course)``."""
    return use_course(make_course(tmp_path), monkeypatch)


def released_long_ago(root: Path, day: str = "2026-11-01") -> None:
    """Let all versions be of a day before the fixed hours at which tests hand in."""
    for record in root.glob("source/*/releases/*.toml"):
        lines = [line for line in record.read_text(encoding="utf-8").splitlines() if "released_on" not in line]
        record.write_text("\n".join([*lines, f"released_on = {day}", ""]), encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")

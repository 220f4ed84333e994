"""A small course to plant faults in: the real tables, one practice question, one lesson that asks it."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from buuchinh.authoring.check import check
from buuchinh.errors import Problem
from kit.use_course import use_course

ROOT = Path(__file__).parents[2]

QUESTIONS = """\
unit: l90
version: 1.0.0
title: Bài thử
seed: l90-thu
questions:
  - id: l90-q01
    type: single
    objective: m2-2
    bloom: apply
    difficulty: 0.5
    intent: Kiểm tra trước khi nhận.
    stem: Khách không cho xem gói. Anh/chị làm gì?
    options:
      - {id: moi, text: Mời khách mở gói}
      - {id: nhan, text: Nhận luôn}
    keys:
      - correct: moi
        from: 2024-01-01
        provisions: [LBC-2010/29.3]
        sources: [seed-cases-h1-2023]
        feedback:
          moi: Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận.
          nhan: Nhận luôn thì nhanh. Không ai biết trong gói có gì, mời khách mở.
"""


FOLDED = {"tags": ["giao-dien"], "jupyter": {"source_hidden": True}}
"""The marks of a cell whose code a trainee does not see."""


def notebook(*cells: tuple[str, str]) -> str:
    made: list[dict[str, object]] = [
        {"cell_type": kind, "id": f"o-{number}", "metadata": FOLDED if kind == "code" else {}, "source": text}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for number, (kind, text) in enumerate(cells, 1)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False)


LESSON = notebook(
    ("markdown", "# Bài thử\n\nXem [Điều 29 khoản 3](#LBC-2010/29.3)."),
    ("code", 'from buuchinh import ask\nask("l90-q01")'),
)


def make_course(folder: Path) -> Path:
    """Write the course and return its root; the caller points BUUCHINH_COURSE at it."""
    root = folder / "course"
    shutil.copytree(ROOT / "datasets", root / "datasets", ignore=shutil.ignore_patterns("*.yml"))
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "datasets" / "questions" / "l90.yml").write_text(QUESTIONS, encoding="utf-8")
    settings = root / "course.toml"  # what a course of one question lacks is no error
    text = settings.read_text(encoding="utf-8").replace("complete = true", "complete = false")
    settings.write_text(text, encoding="utf-8")
    corrections = root / "datasets" / "questions" / "corrections.csv"
    corrections.write_text(corrections.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    (root / "lessons").mkdir()
    (root / "lessons" / "90-thu.ipynb").write_text(LESSON, encoding="utf-8")
    return root


def own_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course of the test's own, a fixture where a module says ``course = pytest.fixture(own_course)``."""
    return use_course(make_course(tmp_path), monkeypatch)


def checked_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course as ``own_course`` does, in which ``check`` has run, as it has wherever somebody writes."""
    return use_course(Path(shutil.copytree(_checked(tmp_path.parent), tmp_path / "course")), monkeypatch)


@cache
def _checked(folder: Path) -> Path:
    """Return the course that ``checked_course`` copies, made in the folder of a process's tests once."""
    root = make_course(folder / "checked")
    with pytest.MonkeyPatch.context() as patch:
        use_course(root, patch)
        check()
    return root


def faults() -> list[Problem]:
    """What ``check`` says but for what the whole course lacks: a course of one question lacks much."""
    whole = {"datasets/questions", "datasets/coverage/sentences.csv", "lessons"}
    return [problem for problem in check() if problem.path not in whole]


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first ``old`` in a file and return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1

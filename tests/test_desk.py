"""Where a trainee works: copies laid out whole, and guest work that comes along once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buuchinh import course
from buuchinh.notebook.desk import lay_out
from buuchinh.questions.answers import Record


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    exercise = tmp_path / "exercises" / "bt95"
    exercise.mkdir(parents=True)
    sheet = {"unit": "bt95", "version": "1.0.0", "title": "Thử", "questions": []}
    (exercise / "questions.json").write_text(json.dumps(sheet), encoding="utf-8")
    (exercise / "bt95.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(root: Path, who: str) -> dict[str, object]:
    found = Record(root / "bai-lam" / who / "bt95", "bt95", "1.0.0", None).answers()
    return {name: entry["answer"] for name, entry in found.items()}


def test_guest_work_comes_along_once_and_stays_where_it_is_open(root: Path) -> None:
    lay_out("bt95")
    Record(root / "bai-lam" / "khach" / "bt95", "bt95", "1.0.0", None).put("bt95-q1", "a")
    course.set_current_code("gl0123q")
    assert lay_out("bt95") == root / "bai-lam" / "GL-0123-Q" / "bt95" / "bt95.ipynb"
    assert answers(root, "GL-0123-Q") == answers(root, "khach") == {"bt95-q1": "a"}
    course.set_current_code("GL-0001-9")
    lay_out("bt95")
    assert answers(root, "GL-0001-9") == {}


def test_what_was_done_is_never_laid_over(root: Path) -> None:
    course.set_current_code("GL-0123-Q")
    path = lay_out("bt95")
    path.write_text('{"của": "tôi"}', encoding="utf-8")
    (root / "exercises" / "bt95" / "bt95.ipynb").write_text('{"mới": 1}', encoding="utf-8")
    assert lay_out("bt95").read_text(encoding="utf-8") == '{"của": "tôi"}'


def test_a_lesson_comes_with_the_drawings_and_the_sheets_that_it_names(root: Path) -> None:
    lessons = root / "lessons"
    for name in ("hinh/07-a.svg", "hinh/02-b.svg", "hinh/07-khac.svg", "phu-luc/the.html", "phu-luc/08-khac.html"):
        (lessons / name).parent.mkdir(parents=True, exist_ok=True)
        (lessons / name).write_text("<svg/>", encoding="utf-8")
    text = "![a](hinh/07-a.svg) ![b](hinh/02-b.svg) [thẻ](phu-luc/the.html)"
    (lessons / "07-thu.ipynb").write_text(json.dumps({"cells": [{"source": text}]}), encoding="utf-8")
    folder = lay_out("l07").parent
    copied = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert copied == {"07-thu.ipynb", "hinh/07-a.svg", "hinh/02-b.svg", "phu-luc/the.html"}

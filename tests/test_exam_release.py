"""What is released of an exam: no key, no item's name, and nothing drawn again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from kit.classroom import CANARY, edit
from kit.exam import UNIT, tree

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder, record
from buuchinh.exam import item_pool as closed
from buuchinh.questions import question_bank
from buuchinh.release import bundle, release, source, versions


def test_forms_that_are_not_one_exam_are_not_released(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2)
    assert source.validate(UNIT) == []
    edit(exam_course / "source" / UNIT / "forms" / "b.yml", "points: 1.5", "points: 9")
    edit(exam_course / "source" / UNIT / "forms" / "b.yml", "version: 1.0.0", "version: 2.0.0")
    said_of = [(problem.path, problem.message) for problem in source.validate(UNIT)]
    assert {path for path, _ in said_of} == {"source/thi1/forms/b.yml"}
    assert len(said_of) == 2


def test_no_key_no_pool_and_no_name_of_an_item_leaves(exam_course: Path) -> None:
    for folder in ("lessons", "buuchinh"):
        shutil.copytree(Path(__file__).parents[1] / folder, exam_course / folder)
    exam_builder.build(UNIT, forms=2)
    release.release(UNIT)
    out = tree(exam_course / "exercises")
    assert set(out) == {"thi1/thi1.ipynb", "thi1/questions.json"}
    carried = bundle.make(exam_course / "dist").archive
    with zipfile.ZipFile(carried) as archive:
        out |= {name: archive.read(name) for name in archive.namelist()}
    assert any(name.endswith("exercises/thi1/questions.json") for name in out)
    asked = {name for form in record.read(UNIT).forms.values() for name in form}
    kept_back = {one.id for one in closed.load()} - asked
    assert kept_back
    for name, data in out.items():
        text = data.decode("utf-8", "replace")
        if "/buuchinh/" in name or "/datasets/" in name:
            assert CANARY not in text
            continue
        assert CANARY.lower() not in text.lower(), name
        assert not re.search(r"\b88\d{5}\b", text), name
        assert "canary" not in text.lower()
        assert not [one for one in kept_back if f"riêng {one} " in text], name
    sheet = question_bank.load_public(exam_course / "exercises" / UNIT / "questions.json")
    assert sheet.has_forms
    assert set(sheet.forms) == {"a", "b"}
    notebook = out["thi1/thi1.ipynb"].decode("utf-8")
    assert "Tình huống riêng" not in notebook


def test_plain_nbgrader_releases_the_same_and_lists_no_pool(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2)
    release.release(UNIT)
    first = tree(exam_course / "exercises")
    assert release.check() == []
    shutil.rmtree(exam_course / "exercises")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", UNIT]
    done = subprocess.run(command, cwd=exam_course, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(exam_course / "exercises") == first
    with gradebook.opened() as book:
        assert [one.name for one in book.assignments] == [UNIT]
        assert book.find_assignment(UNIT).max_score == 11


def test_a_released_exam_is_not_drawn_again_and_a_mended_key_needs_correct(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2, seed="hat-giong")
    release.release(UNIT)
    with pytest.raises(KitError, match="thi2"):
        exam_builder.build(UNIT, redraw=True)
    name = record.read(UNIT).forms["a"][0]
    pool_path = exam_course / "exam" / "pool" / "x02.yml"
    edit(pool_path, f"{CANARY} đúng {name}", f"{CANARY} đúng hơn {name}")
    assert exam_builder.build(UNIT).changed == ("forms/a.yml",)
    with pytest.raises(KitError, match="--correct"):
        release.release(UNIT)
    release.release(UNIT, correct=True)
    assert "đúng hơn" in str(versions.released(UNIT, form="a").questions)
    edit(pool_path, f"Tình huống riêng {name} ", f"Tình huống {name} viết lại ")
    exam_builder.build(UNIT)
    with pytest.raises(KitError, match=r"forms/exam\.toml"):
        release.release(UNIT)
    edit(exam_course / "source" / UNIT / "forms" / "exam.toml", '"1.0.0"', '"1.1.0"')
    exam_builder.build(UNIT)
    release.release(UNIT)
    assert versions.versions(UNIT) == ["1.0.0", "1.1.0"]
    assert "viết lại" not in str(versions.released(UNIT, "1.0.0", "a").questions)

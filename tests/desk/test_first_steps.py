"""The first steps of a class stay until the list is in, a deadline is set and the bundle is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.desk import enrol
from kit.handin import code_of

from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import first_steps


def at() -> int | None:
    steps = first_steps.payload(ClassReader().read())
    return steps["at"] if steps else None


def test_each_step_stays_until_it_is_done(course: Path) -> None:
    assert at() == 1
    enrol(code_of(1))
    assert at() == 2
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2099-11-25")
    assert at() == 3
    (course / "dist").mkdir(exist_ok=True)
    (course / "dist" / "goi.zip").write_bytes(b"PK")
    assert at() is None


def test_steps_that_were_put_off_are_not_shown(course: Path) -> None:
    assert course.is_dir()
    assert first_steps.payload(ClassReader().read(), {first_steps.ID}), (
        "a class without people has nothing else to show"
    )
    enrol(code_of(1))
    assert first_steps.payload(ClassReader().read(), {first_steps.ID}) is None


@pytest.mark.usefixtures("mixed")
def test_a_class_that_hands_work_in_has_begun() -> None:
    assert at() is None


def test_a_class_with_exams_is_told_that_they_are_not_in_the_bundle(course: Path) -> None:
    assert course.is_dir()
    enrol(code_of(1))
    state = ClassReader().read()
    steps = first_steps.payload(state)
    assert steps
    assert not steps["exams"]
    exams = replace(state, units=tuple(replace(unit, exam=True) for unit in state.units))
    steps = first_steps.payload(exams)
    assert steps
    assert steps["exams"]

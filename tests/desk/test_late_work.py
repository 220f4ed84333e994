"""Late work that needs a decision: asked about until time is given or it is left out, and again for a later hand-in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import TEN
from kit.desk_class import LATE

from buuchinh import course, personal_data
from buuchinh.attempts import trainee_deadline
from buuchinh.desk.arrivals import decisions, late_work
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.personal_data.names import Names

KEY = (UNIT, LATE)


@pytest.mark.usefixtures("mixed")
def test_what_was_left_out_is_asked_about_again_when_another_comes() -> None:
    at = late_work.undecided(ClassReader().read())[KEY]
    assert late_work.waits(*KEY, at)
    late_work.leave_out(*KEY, at)
    assert late_work.undecided(ClassReader().read()) == {}
    assert not late_work.waits(*KEY, at)
    assert late_work.waits(*KEY, at + timedelta(hours=1))


@pytest.mark.usefixtures("mixed")
def test_what_was_left_out_is_in_a_backup_and_goes_with_the_person() -> None:
    at = late_work.undecided(ClassReader().read())[KEY]
    late_work.leave_out(*KEY, at)
    file = course.root() / course.OUTCOMES / late_work.FILE
    made = personal_data.backup()
    file.unlink()
    personal_data.restore(made.path)
    assert not late_work.waits(*KEY, at)
    personal_data.forget(LATE)
    assert LATE not in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("mixed")
def test_time_that_was_given_is_a_decision_too() -> None:
    at = late_work.undecided(ClassReader().read())[KEY]
    trainee_deadline.give(*KEY, TEN + timedelta(hours=2))
    assert not late_work.waits(*KEY, at)


@pytest.mark.usefixtures("mixed")
def test_late_work_is_offered_with_its_file() -> None:
    (one,) = decisions.of_class(ClassReader().read(), Names.read())["late"]
    assert one["code"] == LATE
    assert [Path(path).suffix for path in one["files"]] == [".zip"]

"""The head says what changed since the newest backup, also after the server was started again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk_class import ABSENT, LATE

from buuchinh import course as the_course
from buuchinh import personal_data
from buuchinh.attempts import refusals
from buuchinh.desk.arrivals import late_work
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls, list_calls
from buuchinh.desk_payloads.desk_screens import DeskHead
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job


def head() -> DeskHead:
    """Return the head as a server shows it that has just been started."""
    return Desk().frame()["head"]


def backed_up() -> None:
    """Make a backup, a moment ago."""
    path = personal_data.backup().path
    at = (the_course.root() / path).stat().st_mtime - 5
    os.utime(the_course.root() / path, (at, at))
    assert head()["backup_about"] == ""


@pytest.mark.parametrize("decision", ["settled", "left out", "left", "deadline"])
def test_a_decision_is_told_by_a_server_that_was_started_again(mixed: Path, decision: str) -> None:
    backed_up()
    desk = Desk()
    match decision:
        case "settled":
            desk_calls.CALLS["giai-quyet"](desk, {"refusal": refusals.still_open()[0].folder.name})
        case "left out":
            (at,) = late_work.undecided(desk.state()).values()
            desk_calls.CALLS["khong-nhan"](desk, {"unit": UNIT, "code": LATE, "at": at.isoformat()})
        case "left":
            list_calls.CALLS["roi-lop"](desk, {"code": ABSENT})
        case _:
            desk_calls.CALLS["han"](desk, {"unit": UNIT, "until": "2026-11-25 11:00"})
    told = head()
    assert "sau đó có đổi" in told["backup"]
    assert "thay đổi do bấm ở trang này" in told["backup_about"]
    assert told == desk.frame()["head"]


@pytest.mark.parametrize(("action", "told"), [("regrade", True), ("report", False)])
def test_a_correction_of_a_key_is_told_and_a_report_is_not(mixed: Path, action: str, told: bool) -> None:
    backed_up()
    at = datetime.now().astimezone()
    job_state.write(Job("20261129-090000-abcdef", action, {"unit": UNIT}, "buuchinh", "done", at, ended_at=at))
    assert ("thay đổi" in head()["backup_about"]) == told

"""Time that is given after feedback has gone out is asked about first, and named afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.desk_class import ABSENT

from buuchinh import cli
from buuchinh.attempts import trainee_deadline
from buuchinh.desk.naming import projection
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls
from buuchinh.desk_payloads.desk_screens import CallReply, DeskTask
from buuchinh.grading import grade_class
from buuchinh.results import send_feedback, solution_pack


def call(name: str, **given: Any) -> CallReply:
    return desk_calls.CALLS[name](Desk(), {"unit": UNIT, **given})


def tasks() -> list[DeskTask]:
    found = Desk().desk()["now"]
    return [one for one in (found["first"], *found["then"]) if one and one["id"] == f"time:{UNIT}"]


def test_extra_time_after_feedback_is_asked_about_before_and_named_afterwards(mixed: Path) -> None:
    until = f"{datetime.now().astimezone() + timedelta(days=2):%Y-%m-%d} 17:00"
    assert "ask" not in call("gia-han", code=ABSENT, until=until), "nothing has gone out yet"
    assert tasks() == []
    call_back = trainee_deadline.take_back(UNIT, ABSENT)
    assert call_back
    grade_class.grade(UNIT)
    send_feedback.send(UNIT, anyway=True)
    doubt = call("gia-han", code=ABSENT, until=until)["ask"]
    assert f"{ABSENT} Nguyễn Thị E" in doubt
    assert "phản hồi của 2 người đã gói từ" in doubt
    assert trainee_deadline.extended_until(UNIT, ABSENT) is None, "asking gives nothing"
    assert tasks() == []
    assert "Đã gia hạn" in call("gia-han", code=ABSENT, until=until, anyway=True)["text"]
    (task,) = tasks()
    assert task["sentence"].startswith(f"{ABSENT} Nguyễn Thị E")
    assert "còn hạn bài tập 90 đến 17:00" in task["sentence"]
    assert "phản hồi của 2 người đã gói" in task["detail"]
    assert task["action"] == {"kind": "cell", "values": {"unit": UNIT, "code": ABSENT}}
    assert "Hạn này còn sau lúc phản hồi của 2 người" in Desk().cell(UNIT, ABSENT)["deadline"]
    projection.switch(to=True)
    assert "Nguyễn" not in tasks()[0]["sentence"]


def test_a_later_deadline_of_the_class_is_asked_about_too_and_an_earlier_one_is_not(mixed: Path) -> None:
    grade_class.grade(UNIT)
    send_feedback.send(UNIT, anyway=True)
    path = solution_pack.make(UNIT)
    earlier = call("han", until="2026-11-25 10:45")
    assert "ask" not in earlier, "later, but over before anything had gone out"
    assert earlier["text"].endswith("Hạn này đã qua.")
    until = f"{datetime.now().astimezone() + timedelta(days=2):%Y-%m-%d} 17:00"
    doubt = call("han", until=until)["ask"]
    assert "tệp lời giải đã làm lúc" in doubt
    assert ABSENT in doubt
    path.unlink()
    assert "tệp lời giải" not in call("han", until=until)["ask"]
    later = call("han", until=until, anyway=True)["text"]
    assert "Đã đặt hạn" in later
    assert "đã qua" not in later
    (task,) = tasks()
    assert "người còn hạn bài tập 90" in task["sentence"]
    assert task["action"]["kind"] == "unit"


def test_the_command_says_so_in_one_sentence(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    until = f"{datetime.now().astimezone() + timedelta(days=2):%Y-%m-%d} 17:00"
    assert cli.run(["extend", UNIT, ABSENT, until]) == 0
    assert "có thể đã xem" not in capsys.readouterr().out, "nothing has gone out yet"
    grade_class.grade(UNIT)
    send_feedback.send(UNIT, anyway=True)
    assert cli.run(["extend", UNIT, ABSENT, "2026-11-25 11:00"]) == 0
    assert "có thể đã xem" not in capsys.readouterr().out, "over before anything had gone out"
    assert cli.run(["extend", UNIT, ABSENT, until]) == 0
    assert f"Lời giải bài {UNIT} đã gửi đi từ" in capsys.readouterr().out
    assert cli.run(["extend", UNIT, ABSENT, "--cancel"]) == 0
    assert "Lời giải" not in capsys.readouterr().out

"""Feedback sent to a class: one zip, a file for its printer, when it was sent, and nothing while something waits."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kit.classroom import CANARY, UNIT, edit
from kit.desk import brought, work
from kit.desk_class import EXTENDED, PEOPLE, mixed_class
from kit.gradebook import mark_by_hand
from kit.handin import code_of

from buuchinh import cli, personal_data
from buuchinh.attempts import refusals, trainee_deadline
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.results import attendance, feedback_pages, feedback_sent, send_feedback, solution_pack

ONE, TWO = code_of(1), code_of(2)


@pytest.fixture
def graded_pair(small_course: Path) -> Path:
    """Return the small course with the graded work of two trainees, whose texts wait."""
    for code in (ONE, TWO):
        work(small_course, code)
        brought(small_course, code)
    grade_class.grade(UNIT)
    return small_course


def test_nothing_is_sent_while_a_text_waits_unless_asked(graded_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert send_feedback.waits(UNIT) == {"marking": (ONE, TWO)}
    assert cli.run(["feedback", UNIT, "--send"]) == 1
    assert "2 bài chờ chấm tay" in capsys.readouterr().err
    assert not send_feedback.place(UNIT).exists()
    assert feedback_sent.of_unit(UNIT) == {}
    assert cli.run(["feedback", UNIT, "--send", "--anyway"]) == 0
    assert "phản hồi của 2 người" in capsys.readouterr().out


def test_a_zip_has_a_folder_a_person_and_what_was_sent_is_stored(graded_pair: Path) -> None:
    for code in (ONE, TWO):
        mark_by_hand(code, 3)
    assert send_feedback.waits(UNIT) == {}
    before = datetime.now().astimezone()
    sent = send_feedback.send(UNIT)
    with zipfile.ZipFile(sent.path) as archive:
        assert archive.testzip() is None
        names = {code: f"{code}/phan-hoi_{UNIT}_{code}.html" for code in (ONE, TWO)}
        assert sorted(archive.namelist()) == sorted(names.values())
        for code, name in names.items():
            assert archive.read(name) == feedback_pages.place(UNIT, code).read_bytes()
    assert sent.of_class.is_file()
    assert set(feedback_sent.of_unit(UNIT)) == {ONE, TWO}
    assert before <= feedback_sent.of_unit(UNIT)[ONE] <= datetime.now().astimezone()
    assert send_feedback.words(feedback_sent.at(UNIT, ONE)) == f"đã gói {sent.at:%d-%m %H:%M}"


def test_forgetting_a_person_leaves_nothing_in_the_zip_and_in_what_was_sent(graded_pair: Path) -> None:
    send_feedback.send(UNIT, anyway=True)
    personal_data.forget(ONE)
    assert list(feedback_sent.of_unit(UNIT)) == [TWO]
    assert not send_feedback.place(UNIT).exists()


def test_what_is_refused_waits_too(small_course: Path) -> None:
    mixed_class(small_course)
    grade_class.grade(UNIT)
    found = send_feedback.waits(UNIT)
    assert len(found["refused"]) == len([one for one in attendance.unresolved_refusals() if one.unit == UNIT])
    for one in attendance.unresolved_refusals():
        refusals.settle(one.folder.name)
    assert "refused" not in send_feedback.waits(UNIT)


def test_solutions_wait_for_the_last_deadline_and_say_who_has_time(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["feedback", UNIT, "--pack"]) == 1
    assert "chưa đặt hạn" in capsys.readouterr().err
    now = datetime.now().astimezone()
    later = (now + timedelta(days=2)).replace(microsecond=0)
    edit(small_course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = {later.isoformat()}")
    assert cli.run(["feedback", UNIT, "--pack"]) == 1
    assert "cả lớp đến" in capsys.readouterr().err
    over = (now - timedelta(days=2)).replace(microsecond=0)
    edit(small_course / "course.toml", f"{UNIT} = {later.isoformat()}", f"{UNIT} = {over.isoformat()}")
    trainee_deadline.give(UNIT, ONE, now + timedelta(hours=1))
    assert solution_pack.still_open(UNIT, now) == {ONE: now + timedelta(hours=1)}
    assert cli.run(["feedback", UNIT, "--pack"]) == 1
    assert f"Còn người chưa hết hạn: {ONE} đến" in capsys.readouterr().err
    assert not solution_pack.place(UNIT).exists()
    trainee_deadline.take_back(UNIT, ONE)
    assert cli.run(["feedback", UNIT, "--pack"]) == 0
    assert f"loi-giai-{UNIT}.json" in capsys.readouterr().out


def test_solutions_have_no_code_no_name_and_never_those_of_an_exam(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed_class(small_course)
    trainee_deadline.take_back(UNIT, EXTENDED)
    text = solution_pack.make(UNIT).read_text(encoding="utf-8")
    for person in PEOPLE:
        assert person not in text
    assert "Nguyễn Thị" not in text
    found = json.loads(text)
    assert (found["unit"], list(found["versions"])) == (UNIT, ["1.0.0"])
    assert CANARY in text, "it is what the sheet does not have"
    with pytest.raises(KitError, match="Bài thi không có tệp lời giải"):
        solution_pack.make("thinv1")
    assert cli.run(["feedback", UNIT, "--pack", "--names"]) == 1
    assert "--pack một mình" in capsys.readouterr().err

"""What the machine does wrong is nobody's nought: it is told, nothing is recorded, and the next run tries again."""

from __future__ import annotations

import errno
import functools

import pytest
from kit.classroom import UNIT
from kit.handin import answers, code_of, hand_in

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.execution import cache, warm_executor
from buuchinh.execution.execution_report import pack
from buuchinh.execution.job import Limits, job_of
from buuchinh.execution.options import ExecutionOptions
from buuchinh.grading import grade_class, outcomes, stages

ONE, TWO = code_of(1), code_of(2)


BUSY = """
import os, time
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
for _ in range(40):
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
time.sleep(60)
"""
LONG = """
import os, time
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
time.sleep(1)
began = time.process_time()
while time.process_time() < began + 0.5:
    pass
submit("bt90-q4", 8817223)
"""
"""Right, and on the same processor as ``BUSY``, by which it would take twenty seconds."""


def recorded(code):
    return gradebook.rows("SELECT student_id FROM submitted_assignment WHERE student_id = :code", code=code)


@pytest.mark.parametrize("how", ["warm", "cold"])
def test_an_executor_that_was_ended_leaves_no_points(course, monkeypatch, how):
    hand_in(course, ONE, answers())
    with monkeypatch.context() as patch:
        patch.setattr(warm_executor.Warm, "run", lambda *_: pack("lost", 1.0, isolated=True, how=how))
        (result,) = grade_class.grade(UNIT)
    assert result.state == "failed"
    assert "không tính là 0 điểm" in result.notes[0]
    assert not recorded(ONE)
    assert [(one.state, one.points) for one in grade_class.grade(UNIT)] == [("graded", 11)]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "bad"), MemoryError()])
def test_a_full_disk_is_one_persons_line_and_the_next_run_grades(course, monkeypatch, error):
    for code in (ONE, TWO):
        hand_in(course, code, answers())
    write = cache.write

    def refused(path, key, run):
        if ONE in str(path):
            raise error
        write(path, key, run)

    with monkeypatch.context() as patch:
        patch.setattr(cache, "write", refused)
        results = grade_class.grade(UNIT)
    assert [one.state for one in results] == ["failed", "graded"]
    assert "Lỗi ở máy" in results[0].notes[0]
    assert "gõ lại lệnh này" in results[0].notes[0]
    assert not recorded(ONE)
    assert [(one.state, one.points) for one in grade_class.grade(UNIT)] == [("graded", 11), ("unchanged", 11)]


def test_points_of_an_earlier_hand_in_are_not_told_as_those_of_one_that_could_not_be_graded(
    course, monkeypatch, capsys
):
    for code in (ONE, TWO):
        hand_in(course, code, answers(right=False))
    grade_class.grade(UNIT)
    hand_in(course, ONE, answers(), 'submit("bt90-q4", tong=8817223)')
    with monkeypatch.context() as patch:
        patch.setattr(warm_executor.Warm, "run", lambda *_: pack("lost", 1.0, isolated=True, how="warm"))
        grade_class.grade(UNIT)
    assert outcomes.read(UNIT, ONE) is None
    capsys.readouterr()
    cli.run(["report", UNIT])
    assert f"1 bài chưa chấm: {ONE}" in capsys.readouterr().out


def test_a_cell_that_ended_well_is_not_called_failed_by_the_code_after_it(course):
    forged = """import os\nos.write(3, b'{"id": "nap", "outputs": [], "error": true}\\n')\n"""
    hand_in(course, ONE, answers(), forged + 'submit("bt90-q4", 8817223)')
    assert [(one.state, one.points) for one in grade_class.grade(UNIT)] == [("graded", 11)]


@pytest.mark.long  # forty busy processes would take the clocks of the tests beside it
def test_who_was_kept_waiting_by_anothers_processes_is_run_again_alone(course, monkeypatch):
    limits = Limits(seconds=20, cell_seconds=6)
    monkeypatch.setattr(stages, "job_of", functools.partial(job_of, limits=limits))
    hand_in(course, ONE, answers(), BUSY)
    hand_in(course, TWO, answers(), LONG)
    for _ in range(5):  # where others keep the machine busy, nobody is graded, and the next run tries again
        found = {one.code: one.points for one in grade_class.grade(UNIT, options=ExecutionOptions(workers=2))}
        if None not in found.values():
            break
    assert found[TWO] == 11
    assert found[ONE] == 6


@pytest.mark.parametrize(
    ("ended", "busy", "state"), [("timeout", True, "failed"), ("timeout", False, "graded"), ("died", True, "graded")]
)
def test_who_had_to_wait_alone_too_is_not_graded_where_the_machine_was_busy(course, monkeypatch, ended, busy, state):
    hand_in(course, ONE, answers())
    ran = []

    def run(*_):
        ran.append(1)
        return pack(ended, 1.0, isolated=True, how="warm", waited=True, busy=busy)

    with monkeypatch.context() as patch:
        patch.setattr(warm_executor.Warm, "run", run)
        (result,) = grade_class.grade(UNIT)
    assert result.state == state
    assert len(ran) == (2 if ended == "timeout" else 1)
    if state == "failed":
        assert "đợi máy rảnh" in result.notes[0]
        assert not recorded(ONE)
        assert [(one.state, one.points) for one in grade_class.grade(UNIT)] == [("graded", 11)]

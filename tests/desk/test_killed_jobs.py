"""A job of the desk that is killed before any of its writes, with its whole group, ends when resumed as if unbroken.

``make test`` takes a fixed sample of the moments, ``make long`` all of them.
"""

from __future__ import annotations

import math
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kit.bank import alike
from kit.classroom import UNIT
from kit.commands import CODES, COMMANDS, graded_class
from kit.course import copy_course
from kit.desk import enrol
from kit.killed_jobs import JOBS, everything, forked, fresh, unfinished
from kit.pace import sampled
from kit.short_tests import finished, take_in

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import call_parts, desk_calls
from buuchinh.questions.practice import assessment

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows"),
]
SHARES = [number / 40 for number in range(1, 41)]
"""Where in a job it dies, as a share of its writes."""
LAST = 0.9
"""Share from which on a run with fewer writes than the one that was counted may end unbroken."""
MOMENTS = [(action, share) for share in SHARES for action in JOBS]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        return graded_class(tmp_path_factory.mktemp("graded"), patch)


@pytest.fixture(scope="module")
def unbroken(graded: Path, tmp_path_factory: pytest.TempPathFactory):
    """Return what does a job to its end, once for each action: the number of its writes, and what then stands there."""

    @cache
    def done(action: str):
        root = fresh(graded, tmp_path_factory.mktemp("whole"), action)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BUUCHINH_COURSE", str(root))
            patch.delenv("BUUCHINH_EXCHANGE", raising=False)
            patch.chdir(root)
            ended = forked(action, JOBS[action])
            assert ended.job.state == "done", ended.job
            assert unfinished(root) == []
            return ended.writes, everything(root)

    return done


@pytest.mark.parametrize("moment", sampled(MOMENTS, 28), ids=lambda moment: f"{moment[0]}-{moment[1]}")
def test_killed_before_a_write_it_says_so_and_ends_as_unbroken(
    graded: Path, unbroken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: tuple[str, float]
) -> None:
    action, share = moment
    for name in ("BUUCHINH_DB_URL", "BUUCHINH_EXCHANGE"):
        monkeypatch.delenv(name, raising=False)
    writes, whole = unbroken(action)
    root = fresh(graded, tmp_path, action)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.chdir(root)
    killed = forked(action, JOBS[action], at=math.ceil(share * writes))
    if not killed.killed and share > LAST:  # how far a job is stands in a file by the clock: this run wrote less often
        assert (killed.job.state, everything(root)) == ("done", whole)
        return
    assert killed.killed
    assert killed.job.state == "interrupted"
    again = forked(action, JOBS[action], at=math.ceil(share * writes / 2), resumes=killed.job.id)
    resumed = forked(action, JOBS[action], resumes=killed.job.id)
    assert resumed.job.state == "done", (killed, again, resumed)
    assert everything(root) == whole
    assert unfinished(root) == []


def on_a_new_machine(graded: Path, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the class whose gradebook lists the people, and has no unit."""
    root = Path(shutil.copytree(graded, folder / "course"))
    patch.setenv("BUUCHINH_COURSE", str(root))
    patch.chdir(root)
    for path in root.glob("gradebook.db*"):
        path.unlink()
    assert cli.run(COMMANDS["roster"]) == 0
    assert not gradebook.has_unit(UNIT)
    return root


def test_a_press_starts_the_grading_of_a_unit_that_the_gradebook_lacks(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_new_machine(graded, tmp_path, monkeypatch)
    monkeypatch.setattr(call_parts, "started", lambda action, arguments: {"job": action, "command": arguments["unit"]})
    assert desk_calls.start(Desk(), {"action": "grade", "unit": UNIT}) == {"job": "grade", "command": UNIT}


@pytest.mark.parametrize("share", sampled(SHARES, 6))
def test_one_press_enters_a_unit_and_grades_it_and_killed_ends_as_unbroken(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    for name in ("BUUCHINH_DB_URL", "BUUCHINH_EXCHANGE"):
        monkeypatch.delenv(name, raising=False)
    root = on_a_new_machine(graded, tmp_path / "whole", monkeypatch)
    ended = forked("grade", JOBS["grade"])
    assert ended.job.state == "done", ended.job
    whole = everything(root)
    root = on_a_new_machine(graded, tmp_path / "killed", monkeypatch)
    killed = forked("grade", JOBS["grade"], at=math.ceil(share * ended.writes))
    assert (killed.killed, killed.job.state) == (True, "interrupted")
    resumed = forked("grade", JOBS["grade"], resumes=killed.job.id)
    assert resumed.job.state == "done", resumed.job
    assert everything(root) == whole
    assert unfinished(root) == []


DRAW = {"unit": "thi1", "forms": 2, "seed": "mua-thu"}


def drawn(root: Path) -> dict[str, bytes]:
    files = (path for top in ("source", "exam") for path in (root / top).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("share", sampled(SHARES, 3))
def test_a_draw_that_was_killed_ends_as_unbroken(
    exam_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    found = {}
    for way in ("whole", "killed"):
        root = Path(shutil.copytree(exam_course, tmp_path / way))
        monkeypatch.setenv("BUUCHINH_COURSE", str(root))
        monkeypatch.chdir(root)
        if way == "whole":
            writes = forked("exam_build", DRAW).writes
        else:
            killed = forked("exam_build", DRAW, at=math.ceil(share * writes))
            assert (killed.killed, killed.job.state) == (True, "interrupted")
            assert forked("exam_build", DRAW, resumes=killed.job.id).job.state == "done"
        found[way] = drawn(root)
    assert len(found["whole"]) > len(drawn(exam_course))
    assert found["killed"] == found["whole"]


OF_COURSE: dict[str, dict[str, Any]] = {
    "bundle": {"out": "ra", "without_exams": True},
    "site": {"out": "dist/hoc"},
    "report_tests": {},
}
"""Jobs over a whole course, with the folder into which they write."""
WRITTEN = {"bundle": "ra", "site": "dist/hoc", "report_tests": "reports"}


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course in which one person has taken both short tests."""
    root = copy_course(tmp_path_factory.mktemp("khoa") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        enrol(CODES[0])
        for unit in assessment.TESTS:
            (root / "datasets" / "questions" / f"{unit}.yml").write_text(alike(unit, 4), encoding="utf-8")
        for unit, right in zip(assessment.TESTS, (1, 3), strict=True):
            finished(unit, CODES[0], right, "2026-11-25T09:00:00+07:00")
        take_in(CODES[0])
    return root


@pytest.mark.parametrize("action", OF_COURSE)
@pytest.mark.parametrize("share", sampled(SHARES, 2))
def test_a_job_over_the_course_that_was_killed_ends_as_unbroken(
    tested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, share: float
) -> None:
    found = {}
    for way in ("whole", "killed"):
        root = Path(shutil.copytree(tested, tmp_path / way / "course"))
        monkeypatch.setenv("BUUCHINH_COURSE", str(root))
        monkeypatch.chdir(root)
        if way == "whole":
            ended = forked(action, OF_COURSE[action])
            assert ended.job.state == "done", ended.job
        else:
            killed = forked(action, OF_COURSE[action], at=math.ceil(share * ended.writes))
            assert (killed.killed, killed.job.state) == (True, "interrupted")
            assert forked(action, OF_COURSE[action], resumes=killed.job.id).job.state == "done"
        found[way] = everything(root / WRITTEN[action])
        assert unfinished(root) == []
    assert len(found["whole"]) > 1
    assert found["killed"] == found["whole"]

"""The grader is killed between any two writes, and at random moments: nothing is lost or half written."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sys
import time

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.gradebook import files_of, outcomes, stored
from kit.handin import answers, code_of, hand_in
from kit.killing import PLACES, PLACES_WITH_CODE, interrupted, killed

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import LOCK
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class
from buuchinh.locks import locked
from buuchinh.release import release

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows"),
]
KNOWN, CHANGED, NEW, BLANK = (code_of(number) for number in (1, 2, 3, 4))


class Undisturbed:
    """A course with something to grade, and what must stand there once all is graded."""

    def __init__(self, folder, monkeypatch, *, code):
        self.given = make_course(folder, code=code)
        monkeypatch.setenv("BUUCHINH_COURSE", str(self.given))
        release.release(UNIT)
        for trainee in (KNOWN, CHANGED):
            hand_in(self.given, trainee, answers() if code else quiz())
        grade_class.grade(UNIT)
        with gradebook.opened() as book:
            for trainee in (KNOWN, CHANGED):
                book.find_grade("bt90-q3", UNIT, UNIT, trainee).manual_score = 2.5
                book.find_comment("bt90-q3", UNIT, UNIT, trainee).manual_comment = "Tốt."
            book.db.commit()
        self.before = stored()
        hand_in(self.given, CHANGED, answers(right=False) if code else quiz(right=False))
        hand_in(self.given, NEW, answers() if code else quiz())
        hand_in(self.given, BLANK, {}, "", text=None)
        self.root = folder / "again" / "course"
        self.fresh()
        begun = time.monotonic()
        killed(self.grade)
        self.seconds = time.monotonic() - begun
        self.after, self.files, self.book = stored(), files_of(self.root / "autograded"), outcomes(self.root)
        assert {row[0] for row in self.after["grade"]} == {KNOWN, CHANGED, NEW, BLANK}

    def fresh(self):
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.given, self.root)
        pytest.MonkeyPatch().setenv("BUUCHINH_COURSE", str(self.root))

    def grade(self):
        grade_class.grade(UNIT)

    def is_whole(self):
        """Each hand-in's rows are the old ones or the new ones, and each file that is there can be read."""
        found = stored()
        for table, rows in found.items():
            for code in {row[0] for row in rows}:
                mine, old, new = (
                    [row for row in some[table] if row[0] == code] for some in (found, self.before, self.after)
                )
                assert mine in (old, new), (table, code)
        for path in [*self.root.glob("autograded/*/bt90/*"), *self.root.glob("so-cham/*/bt90/*.json")]:
            if path.suffix in {".ipynb", ".json"}:
                json.loads(path.read_text(encoding="utf-8"))
        for path in self.root.glob("autograded/*/bt90"):
            assert (path / f"{UNIT}.ipynb").is_file(), path
        assert files_of(self.root / "submitted") == files_of(self.given / "submitted")

    def is_completed(self):
        """The next run makes of it what an undisturbed one had made."""
        results = grade_class.grade(UNIT)
        assert [one.state for one in results if one.state not in {"graded", "unchanged"}] == []
        assert stored() == self.after
        assert files_of(self.root / "autograded") == self.files
        assert outcomes(self.root) == self.book
        assert {one.state for one in grade_class.grade(UNIT)} == {"unchanged"}


def quiz(*, right=True):
    return {name: answer for name, answer in answers(right=right).items() if name != "bt90-q4"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        yield Undisturbed(tmp_path_factory.mktemp("quiz"), patch, code=False)


@pytest.fixture(scope="module")
def run_with_code(tmp_path_factory):
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        yield Undisturbed(tmp_path_factory.mktemp("code"), patch, code=True)


@pytest.mark.parametrize("place", PLACES)
def test_killed_at(run, place):
    run.fresh()
    assert killed(run.grade, place), "this place was never reached"
    run.is_whole()
    killed(run.grade, place, nth=2)  # and once more where the first time was not enough
    run.is_whole()
    run.is_completed()


@pytest.mark.parametrize("place", PLACES_WITH_CODE)
def test_killed_with_code_at(run_with_code, place):
    run_with_code.fresh()
    assert killed(run_with_code.grade, place), "this place was never reached"
    run_with_code.is_whole()
    run_with_code.is_completed()


@pytest.mark.parametrize("place", ["scratch made", "rows half written", "rows committed", "outcome written"])
def test_ctrl_c_ends_with_one_sentence_and_nothing_half_written(run, place):
    run.fresh()

    def command():
        with (run.root / "stderr.txt").open("w", encoding="utf-8") as said, contextlib.redirect_stderr(said):
            return cli.run(["grade", UNIT])

    assert interrupted(command, place) == 130
    assert (run.root / "stderr.txt").read_text(encoding="utf-8") == "Đã dừng.\n"
    run.is_whole()
    run.is_completed()


def test_two_runs_never_write_at_once(run):
    run.fresh()
    with locked(run.root / "so-cham" / LOCK):
        child = os.fork()
        if child == 0:
            run.grade()
            os._exit(0)
        time.sleep(1.5)
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "it did not wait"
        assert stored() == run.before
    os.waitpid(child, 0)
    assert stored() == run.after


@pytest.mark.parametrize("times", [8, pytest.param(50, marks=pytest.mark.long)])
def test_killed_at_random_moments(run, times):
    luck = random.Random(2026)
    span, died = run.seconds, 0
    for _ in range(4 * times):
        run.fresh()
        in_time = killed(run.grade, after=luck.uniform(0, span))
        run.is_whole()
        if in_time:
            run.is_completed()
            died += 1
        else:
            span *= 0.8  # it was done before: the machine was busier when the span was measured
        if died == times:
            return
    pytest.fail(f"killed in time only {died} times")

"""A job of the desk that is killed before any of its writes, with its whole group, ends when resumed as if unbroken.

``make test`` takes a fixed sample of the moments, ``make long`` all of them.
"""

from __future__ import annotations

import math
import sys
from functools import cache
from pathlib import Path

import pytest
from kit.commands import graded_class
from kit.killed_jobs import JOBS, everything, forked, fresh, unfinished
from kit.pace import sampled

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows"),
]
SHARES = [number / 40 for number in range(1, 41)]
"""Where in a job it dies, as a share of its writes."""
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
            patch.chdir(root)
            ended = forked(action, JOBS[action])
            assert ended.job.state == "done", ended.job
            assert unfinished(root) == []
            return ended.writes, everything(root)

    return done


@pytest.mark.parametrize(("action", "share"), sampled(MOMENTS, 28))
def test_killed_before_a_write_it_says_so_and_ends_as_unbroken(
    graded: Path, unbroken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, share: float
) -> None:
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    writes, whole = unbroken(action)
    root = fresh(graded, tmp_path, action)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.chdir(root)
    killed = forked(action, JOBS[action], at=math.ceil(share * writes))
    assert killed.killed
    assert killed.job.state == "interrupted"
    again = forked(action, JOBS[action], at=math.ceil(share * writes / 2), resumes=killed.job.id)
    resumed = forked(action, JOBS[action], resumes=killed.job.id)
    assert resumed.job.state == "done", (killed, again, resumed)
    assert everything(root) == whole
    assert unfinished(root) == []

"""Do a job's work in its own process, record how far it is, and how it ended."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job
from buuchinh.jobs.process_identity import identity
from buuchinh.jobs.stop_requests import stop_requests
from buuchinh.messages import say

_PAUSE = 0.5
"""Seconds between two records of progress, since a page looks every two seconds."""


class Progress:
    """Progress of a running job, which an action reports and the job's state shows."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._written = 0.0
        self._mark = time.monotonic(), 0
        self.latest: dict[str, Any] = {}
        """The last report, which need not be in the state file yet."""

    @property
    def resumed(self) -> bool:
        """Whether this job continues another one, which may have done part of the work."""
        return bool(self._job.resumes)

    def update(self, done: int, total: int, sentence: str, *, took_time: bool = True) -> None:
        """Report that ``done`` of ``total`` parts are finished, with a sentence that names no person.

        ``took_time`` is False for a part that was finished before, which says nothing about the time left.
        """
        now = time.monotonic()
        if not took_time or done < self._mark[1]:
            self._mark = now, done
        begun, first = self._mark
        left = round((now - begun) / (done - first) * (total - done)) if done > first else None
        self.latest = {"done": done, "total": total, "sentence": sentence, "seconds_left": left}
        if now - self._written >= _PAUSE:
            self._written = now
            with suppress(OSError), job_state.exclusive():  # a full disk is for the work itself to report
                job_state.change(self._job, **self.latest)


Action = Callable[[dict[str, Any], Progress], Mapping[str, Any]]
"""Function that does the work: it receives the job's arguments, and returns a small result as JSON data."""


def run(job_id: str, actions: Mapping[str, Action]) -> int:
    """Do the job ``job_id`` in this process, record how it ended, and return the process's exit code.

    A request to stop interrupts the action as Ctrl+C would. Nothing is done if the job is not waiting to be run, or if
    another one runs.
    """
    with stop_requests(job_id) as requests:
        job = _begun(job_id)
        if job is None:
            return 1
        progress = Progress(job)
        try:
            end = _end(job, actions, progress)
        except KeyboardInterrupt:
            end = {"state": "stopped", "sentence": say("desk.jobs.stopped")}
        requests.over = True
        now = datetime.now().astimezone()
        with job_state.exclusive():
            job = job_state.change(job, **progress.latest | {"ended_at": now, "seconds_left": None} | end)
    return 0 if job.state == "done" else 1


def _begun(job_id: str) -> Job | None:
    """Record that this process does the job, and return it; return None if it must not."""
    pid = os.getpid()
    with job_state.exclusive():
        job = job_state.read(job_id)
        others = (one for one in job_state.all_jobs() if one.id != job_id)
        if job.started_at or job.stopping_at or not all(one.finished for one in others):
            return None
        now = datetime.now().astimezone()
        return job_state.change(job, state="running", started_at=now, pid=pid, identity=identity(pid))


def _end(job: Job, actions: Mapping[str, Action], progress: Progress) -> dict[str, Any]:
    """Do the work and return how it ended, as changes to the state."""
    try:
        result = actions[job.action](dict(job.arguments), progress)
        return {"state": "done", "sentence": say("desk.jobs.done"), "result": dict(result)}
    except KitError as error:
        return _failed(say("desk.jobs.failed"), error.problems)
    except OSError as error:
        traceback.print_exc()
        sys.stderr.flush()
        named = error.filename2 or error.filename
        where = str(named) if isinstance(named, str) else ""
        words = say("desk.jobs.refused", reason=reason(error))
        return _failed(say("desk.jobs.failed"), [Problem(where, 0, words, say("desk.jobs.refused_way_out"))])
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        log = job_state.log(job.id).name
        return _failed(say("desk.jobs.unexpected"), [Problem("", 0, say("desk.jobs.unexpected_way_out", log=log))])


def _failed(sentence: str, problems: list[Problem]) -> dict[str, Any]:
    return {"state": "failed", "sentence": sentence, "problems": tuple(asdict(one) for one in problems)}

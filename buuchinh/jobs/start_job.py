"""Start a job in a process of its own, unless the same job was just started or another one runs."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import remove_unfinished
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job
from buuchinh.jobs.process_identity import identity
from buuchinh.messages import say
from buuchinh.text import format_moment

AGAIN = timedelta(seconds=10)
"""Time within which the same request is a second press of the same button."""

_OF_A_LAB = frozenset({course.LAW_DAY, "BUUCHINH_LAB"})
"""Environment variables that a lab sets for its kernels; a command typed in a terminal does not have them."""


class Busy(KitError):
    """Another job runs; ``job`` is that job."""

    def __init__(self, job: Job) -> None:
        at = format_moment(job.created_at)
        words = say("desk.jobs.busy", command=job.command, at=at)
        super().__init__(words, say("desk.jobs.busy_way_out"))
        self.job = job


def start(action: str, arguments: Mapping[str, Any], command: str, runner: str, *, resumes: str = "") -> Job:
    """Start ``action`` with ``arguments`` (JSON data) in a detached process, and return the job.

    The process runs ``python -m <runner> <id>``, which must call ``run_job.run``. If the same action with the same
    arguments runs already, or was started a moment ago, that job is returned instead. ``resumes`` is the id of a job
    to continue. Raise ``Busy`` if another job runs.
    """
    given = json.loads(json.dumps(arguments))
    with job_state.exclusive():
        _remove_old()
        now = datetime.now().astimezone()
        for job in job_state.all_jobs():
            same = job.action == action and job.arguments == given
            if not job.finished and not same:
                raise Busy(job)
            if same and (not job.finished or (job.id != resumes and _just_now(job, now))):
                return job
        job_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        own = os.getpid()  # until the process has its number, the job stands and falls with this one
        made = Job(job_id, action, given, command, "waiting", now, pid=own, identity=identity(own), resumes=resumes)
        job_state.write(made)
        try:
            pid = _started(runner, job_id)
        except BaseException:
            job_state.place(job_id).unlink()
            raise
        made = job_state.change(made, pid=pid, identity=identity(pid), sentence=say("desk.jobs.starting"))
        if resumes:
            with suppress(KitError):
                job_state.change(job_state.read(resumes), resumed_as=job_id)
    return made


def _just_now(job: Job, now: datetime) -> bool:
    """Whether a job was started a moment ago and ended by itself, so that the same request is a double press."""
    return job.state in {"done", "failed"} and timedelta() <= now - job.created_at < AGAIN


def _started(runner: str, job_id: str) -> int:
    """Start the job's process, which neither this process's end nor its terminal stops, and return its number."""
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_LAB} | {
        course.ROOT_VARIABLE: str(course.root()),
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),  # a bundle runs without being installed
        "PYTHONUTF8": "1",
    }
    with job_state.log(job_id).open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", runner, job_id],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=course.root(),
            env=environment,
            start_new_session=True,
            creationflags=_detached(),
        )
    # somebody must ask how it ended, or a long-lived server collects dead processes
    threading.Thread(target=process.wait, daemon=True).start()
    return process.pid


def _detached() -> int:
    """Return Windows' flags for a process without this one's console and Ctrl+C; 0 elsewhere."""
    if sys.platform == "win32":
        return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


def _remove_old() -> None:
    """Remove jobs past their time, outputs without a job, and what killed processes left; the lock must be held."""
    folder = job_state.folder()
    remove_unfinished(folder, below=True)
    jobs = {job.id: job for job in job_state.all_jobs()}
    oldest = datetime.now().astimezone() - job_state.KEPT
    for path in folder.glob("[0-9]*.*"):
        job = jobs.get(path.stem)
        with suppress(OSError):
            at = job.created_at if job else datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            if at < oldest and (job is None or job.finished):
                path.unlink()

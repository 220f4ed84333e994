"""Stop a job as Ctrl+C stops a command, and continue one that did not come to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import datetime, timedelta

from buuchinh.jobs import job_state, start_job
from buuchinh.jobs.job_state import Job
from buuchinh.jobs.process_identity import runs

PATIENCE = timedelta(seconds=10)
"""Time that a job has to stop by itself; a second request after that ends its process."""


def stop(job_id: str) -> Job:
    """Ask a job to stop, and return its state; what it has finished stays.

    The job stops a moment later. A second request is ignored at first; once the job has had time to stop, the request
    ends its processes, which every action survives. Nothing happens if the job has ended already. Raise ``KitError``
    if there is no such job.
    """
    with job_state.exclusive():
        job = job_state.read(job_id)
        now = datetime.now().astimezone()
        if job.finished or (job.stopping_at and now - job.stopping_at < PATIENCE):
            return job
        forced = job.stopping_at is not None
        job = job_state.change(job, stopping_at=now)
        if job.pid and runs(job.pid, job.identity):
            _end(job.pid) if forced else _ask(job.pid)
    return job


def resume(job_id: str, runner: str) -> Job:
    """Do a job's action again with the same arguments, and return the new job; what was finished is not done again.

    Raise ``KitError`` if there is no such job, and ``start_job.Busy`` if another one runs.
    """
    job = job_state.read(job_id)
    return start_job.start(job.action, job.arguments, job.command, runner, resumes=job_id)


def _ask(pid: int) -> None:
    if sys.platform != "win32":  # there, the process looks into its state file
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def _end(pid: int) -> None:
    """End a job's process at once, with all processes that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/PID", str(pid), "/T", "/F"], capture_output=True, check=False)
        return
    with suppress(ProcessLookupError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)

"""Store the state of each job as a file, and read it, so that any process sees what runs and what has ended.

The files are ``so-cham/viec/<id>.json``, with the process's output beside them in ``<id>.log``. Every change is made
under one lock and written whole. A process cannot record that it was killed, so a job whose process is gone without
an end is read as interrupted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.jobs.process_identity import runs
from buuchinh.locks import locked
from buuchinh.messages import say

State = Literal["waiting", "running", "done", "failed", "stopped", "interrupted"]
UNFINISHED_STATES = frozenset({"waiting", "running"})
KEPT = timedelta(days=30)
"""Time for which the state of a finished job is kept."""
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_LOCK = ".khoa"
_PATIENCE = 10.0
"""Seconds to wait for the lock, which is held for one write."""
_MOMENTS = ("created_at", "started_at", "ended_at", "stopping_at")

_known: dict[Path, tuple[tuple[int, int, int], Job]] = {}
"""States as last read, by file, with the file's time, size and inode."""


@dataclass(frozen=True)
class Job:
    """A job's state.

    ``action`` and ``arguments`` say what is done, and ``command`` is the command that does the same. ``pid`` and
    ``identity`` name its process. ``done`` of ``total`` parts are finished (``total`` is 0 while it is unknown), and
    ``seconds_left`` is an estimate. ``sentence`` says in words how the job stands. ``result`` is what the action
    returned, and ``problems`` are the arguments of ``Problem`` for each reason why it failed. ``stopping_at`` is when
    somebody asked it to stop. ``resumes`` is the id of the job that this one continues, ``resumed_as`` that of the job
    that continues this one.
    """

    id: str
    action: str
    arguments: Mapping[str, Any]
    command: str
    state: State
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    stopping_at: datetime | None = None
    pid: int | None = None
    identity: str = ""
    done: int = 0
    total: int = 0
    seconds_left: int | None = None
    sentence: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Mapping[str, Any], ...] = ()
    resumes: str = ""
    resumed_as: str = ""

    @property
    def finished(self) -> bool:
        """Whether the job has ended, in whatever way."""
        return self.state not in UNFINISHED_STATES

    def as_json(self) -> dict[str, Any]:
        """Return the state as JSON data, with moments in ISO format."""
        moments = {name: at.isoformat() for name in _MOMENTS if (at := getattr(self, name))}
        return asdict(self) | {"problems": list(self.problems)} | dict.fromkeys(_MOMENTS) | moments


def folder() -> Path:
    """Return the folder of all jobs' states."""
    return course.root() / course.OUTCOMES / course.JOBS


def place(job_id: str) -> Path:
    """Return the path of a job's state; raise ``KitError`` if ``job_id`` is not in the form of an id."""
    if not _ID.fullmatch(job_id):
        raise _unknown()
    return folder() / f"{job_id}.json"


def log(job_id: str) -> Path:
    """Return the path of the file that receives the output of a job's process."""
    return place(job_id).with_suffix(".log")


def read(job_id: str) -> Job:
    """Return a job's state; raise ``KitError`` if there is no such job or if its file is damaged."""
    path = place(job_id)
    if not path.is_file():
        raise _unknown()
    return _as_seen(path, _loaded(path))


def all_jobs() -> list[Job]:
    """Return all jobs, newest first; files that cannot be read are left out."""
    found = []
    for path in folder().glob("*.json"):
        if _ID.fullmatch(path.stem):
            with suppress(KitError):
                found.append(_as_seen(path, _loaded(path)))
    return sorted(found, key=lambda job: (job.created_at, job.id), reverse=True)


def running() -> Job | None:
    """Return the job that waits for its process or runs, or None."""
    return next((job for job in all_jobs() if not job.finished), None)


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold the lock of all jobs' states during the ``with`` block; raise ``TimeoutError`` if it stays taken."""
    with locked(folder() / _LOCK, most=_PATIENCE):
        yield


def write(job: Job) -> None:
    """Store a job's state as it is; the caller must hold the lock (``exclusive``)."""
    write_json(place(job.id), job.as_json())


def change(job: Job, **changes: Any) -> Job:
    """Store changes to a job's state and return it; the caller must hold the lock (``exclusive``).

    Anything that others have changed in the file meanwhile stays, as when a person's data was erased from it. If the
    file cannot be read, it is written again from ``job``.
    """
    with suppress(KitError):
        job = _loaded(place(job.id))
    job = replace(job, **changes)
    write(job)
    return job


def _unknown() -> KitError:
    return KitError(say("desk.jobs.unknown", days=KEPT.days))


def _as_seen(path: Path, job: Job) -> Job:
    """Return a job's state as it is now: without its process, an unfinished job is stopped or interrupted."""
    if job.finished or runs(job.pid, job.identity):
        return job
    job = _loaded(path)  # its last words, written between the first look and its end
    if job.finished or runs(job.pid, job.identity):
        return job
    state: State = "stopped" if job.stopping_at else "interrupted"
    try:
        last = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        last = job.created_at
    return replace(job, state=state, ended_at=last, seconds_left=None, sentence=say(f"desk.jobs.{state}"))


def _loaded(path: Path) -> Job:
    """Return the state in a file; a file that has not changed since it was read is not read again."""
    try:
        about = path.stat()
    except OSError as error:
        raise _unknown() from error
    stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
    if (seen := _known.get(path)) and seen[0] == stamp:
        return seen[1]
    job = _parsed(path)
    _known[path] = stamp, job
    return job


def _parsed(path: Path) -> Job:
    record = read_record(path)
    try:
        values = {one.name: record[one.name] for one in fields(Job) if one.name in record}
        values |= {name: datetime.fromisoformat(record[name]).astimezone() for name in _MOMENTS if record.get(name)}
        values |= {"id": path.stem, "arguments": dict(record["arguments"]), "problems": tuple(record["problems"])}
        job = Job(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    if not record.get("created_at"):
        raise _damaged(path)
    return job


def _damaged(path: Path) -> KitError:
    return KitError(say("files.not_json"), say("files.kept_way_out"), path=path.name)

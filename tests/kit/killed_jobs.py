"""A job of the desk in a fork of the test's process, which may die with its whole group before any of its writes.

A write is what changes something below the course: a file opened to write, a rename, a removal, a folder made, a
statement to the database that is no question. The job knows nothing of it, and neither does the package.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import traceback
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from buuchinh.desk.actions.job_actions import ACTIONS
from buuchinh.exchange import fill_exchange, instructors_settings, laid_pages
from buuchinh.jobs import job_state, run_job
from buuchinh.jobs.job_state import Job
from buuchinh.jobs.process_identity import identity
from buuchinh.results import feedback_pages, feedback_sent, results
from kit.classroom import UNIT, edit
from kit.commands import BACKUP
from kit.gradebook import stored

JOBS: dict[str, dict[str, Any]] = {
    "collect": {"folder": "usb"},
    "grade": {"unit": UNIT, "again": True},
    "feedback": {"unit": UNIT},
    "send_feedback": {"unit": UNIT, "anyway": True},
    "report": {"unit": UNIT},
    "report_course": {},
    "regrade": {"unit": UNIT, "reason": "Gõ nhầm đáp án.", "backup": True},
    "backup": {},
    "restore": {"file": BACKUP},
    "release": {"unit": UNIT},
}
"""Each job over a class, with arguments that do something in a copy that ``fresh`` makes of a graded class."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
_MOMENT = re.compile(
    rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)|20\d\d-\d\d-\d\d \d\d:\d\d:\d\d"
    rb"|\d\d:\d\d \d\d-\d\d-20\d\d"
)
_SECONDS = re.compile(rb'("seconds": )[\d.]+')
_STAMP = re.compile(r"20\d{6}-\d{6}")
_LOG = "nhat-ky.tsv"


@dataclass(frozen=True)
class Forked:
    """How a job in a fork went: whether it was killed, how many writes it had begun, and its state afterwards."""

    killed: bool
    writes: int
    job: Job


def fresh(graded: Path, folder: Path, action: str) -> Path:
    """Copy the class of ``kit.commands.graded_class``, and give the job something to do."""
    root = Path(shutil.copytree(graded, folder / "course"))
    questions = root / "source" / UNIT / "questions.yml"
    if action == "regrade":
        lay_feedback(root)
        edit(questions, "correct: canary-a", "correct: canary-b")
    if action == "release":
        edit(questions, "version: 1.0.0", "version: 1.1.0")
    if action == "restore":
        shutil.rmtree(root / "autograded")
    return root


def lay_feedback(root: Path) -> None:
    """Put the class's feedback into an exchange below the course, as trainees of a hub would find it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_EXCHANGE", raising=False)
        for standing in results.standings(UNIT):
            page = feedback_pages.place(UNIT, standing.code).read_bytes()
            name = fill_exchange.page_name(UNIT, standing.code)
            laid_pages.lay(instructors_settings.exchange(), UNIT, standing.code, [name], page)
            feedback_sent.keep(standing, datetime.now().astimezone())


def forked(action: str, arguments: Mapping[str, Any], *, at: int | None = None, resumes: str = "") -> Forked:
    """Do a job of the desk in a fork with a session of its own, which dies before its write number ``at``."""
    now = datetime.now().astimezone()
    job_id = f"{now:%Y%m%d-%H%M%S}-{os.urandom(3).hex()}"
    reading, writing = os.pipe()
    gate, open_gate = os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.close(reading)
            os.close(open_gate)
            os.setsid()
            os.read(gate, 1)
            _count(at, lambda: os.write(writing, b"."))
            code = run_job.run(job_id, ACTIONS)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    os.close(gate)
    job = Job(job_id, action, dict(arguments), "", "waiting", now, pid=child, identity=identity(child), resumes=resumes)
    with job_state.exclusive():
        job_state.write(job)
    os.close(open_gate)
    with os.fdopen(reading, "rb") as told:
        writes = len(told.read())
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) != 99
    return Forked(os.WIFSIGNALED(status), writes, job_state.read(job_id))


def _count(at: int | None, tell: Callable[[], object]) -> None:
    """Count this process's writes below the course, and kill its group before number ``at``."""
    top, own, left = os.environ["BUUCHINH_COURSE"], os.getpid(), [at]

    def write() -> None:
        if os.getpid() != own:  # a reader or an executor
            return
        tell()
        if left[0] is not None:
            left[0] -= 1
            if left[0] == 0:
                os.killpg(0, signal.SIGKILL)

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            writes = bool(set(mode or "") & set("wax+")) or bool(flags and flags & _WRITES)
        else:
            path, writes = args[0] if args else None, event in _CHANGES
        if writes and isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(top):
            write()

    class Watched(sqlite3.Connection):
        def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
            if not query.lstrip().upper().startswith(("SELECT", "PRAGMA")):
                write()
            return super().execute(query, *values)

        def executemany(self, query: str, *values: Any) -> sqlite3.Cursor:
            write()
            return super().executemany(query, *values)

    connect = sqlite3.connect

    def connecting(*args: Any, **more: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*args, **{"factory": Watched} | more)
        return made

    sqlite3.connect = connecting  # type: ignore[assignment]
    sys.addaudithook(heard)


def everything(root: Path) -> dict[str, Any]:
    """Return all that a class holds, for two runs at different moments to be compared by.

    Moments and seconds are blanked, also within workbooks, and so are sizes and times of files in the grader's cache.
    Left out are jobs, locks, the log of runs, in which a killed run stands too, and backups, of which a killed restore
    makes one more.
    """
    found: dict[str, Any] = {}
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if not path.is_file() or parts[0] == "backup" or parts[:2] == ("so-cham", "viec"):
            continue
        if any(part.startswith(".") for part in parts) or parts[0].startswith("gradebook.db") or parts[-1] == _LOG:
            continue
        data: Any = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                data = {name: _timeless(book.read(name)) for name in book.namelist()}
        elif parts[0] == "so-cham" and len(parts) == 2 and b'"fingerprint"' in data:
            looks = json.loads(data)["value"]
            data = {code: look["fingerprint"] for code, look in looks.items()}
        else:
            data = _timeless(data)
        found[_STAMP.sub("T", "/".join(parts))] = data
    return found | {"gradebook": stored()}


def _timeless(data: bytes) -> bytes:
    return _SECONDS.sub(rb"\1T", _MOMENT.sub(b"T", data))


def unfinished(root: Path) -> list[str]:
    """Return what a killed process left that nobody has cleared away; the cache removes its oldest files by itself."""
    names = ("so-cham/.dang-chay", "so-cham/.dang-khoi-phuc")
    left = [name for name in names if (root / name).exists()]
    kept = {"viec", ".buuchinh-cache"}
    hidden = [path for path in root.rglob(".*") if path.is_file() and path.parent.name not in kept]
    left += [str(path) for path in hidden if re.fullmatch(r"\..+\.\w+\.[a-z0-9_]{8}", path.name)]
    return left + [str(path) for path in root.rglob(".dang-ghi-*")]

"""Grades in a child process and kills it with SIGKILL: at a named place, or after some time.

The places stand between any two writes. They are found by what a run does to files and to the
database, so that no line of the package knows of them. The child is a fork of the test's process,
which has the libraries loaded: what is tested is the writing, a hundred times.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

PLACES = [
    "before the look at what is unchanged", "diary begun", "diary line torn", "scratch made",
    "half of the folder written", "folder whole, old one still there", "old folder away", "folder in place",
    "rows not written", "rows half written", "rows not committed", "rows committed", "outcome not yet written",
    "outcome written", "index not yet written", "index written",
]  # fmt: skip
PLACES_WITH_CODE = ["execution not yet kept", "execution kept"]


def killed(work: Callable[[], Any], place: str = "", nth: int = 1, after: float | None = None) -> bool:
    """Do ``work`` in a child that dies the ``nth`` time at ``place``, or ``after`` seconds; False where it was done."""
    return os.WIFSIGNALED(_child(work, place, nth, after, signal.SIGKILL))


def interrupted(work: Callable[[], int], place: str) -> int:
    """Do ``work`` in a child that gets Ctrl-C at ``place``; return what it returned."""
    return os.waitstatus_to_exitcode(_child(work, place, 1, None, signal.SIGINT))


def _child(work: Callable[[], Any], place: str, nth: int, after: float | None, sent: signal.Signals) -> int:
    child = os.fork()
    if child == 0:
        left, code = [nth], 99

        def reached(here: str) -> None:
            if here == place:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), sent)

        try:
            if place:
                _watch_files(reached)
                _watch_database(reached)
                _watch_diary(reached)
            code = work() or 0
        finally:
            os._exit(code)
    if after is not None:
        time.sleep(after)
        os.kill(child, sent)  # a child that has ended waits for us, so its number is still its own
    _, status = os.waitpid(child, 0)
    return status


def _watch_files(reached: Any) -> None:
    from pathlib import Path

    replace, mkdir, write = os.replace, Path.mkdir, Path.write_bytes

    def replacing(source: Any, target: Any, **more: Any) -> None:
        name = Path(target).name
        kind = {"outcome.json": "outcome", "execution.json": "execution"}.get(name)
        kind = kind or ("index" if name == "bt90.json" else "")
        fresh = Path(source).name == "moi"
        if kind:
            reached(f"{kind} not yet {'kept' if kind == 'execution' else 'written'}")
        elif fresh or Path(target).parent.name == "truoc":
            reached("old folder away" if fresh else "folder whole, old one still there")
        replace(source, target, **more)
        if fresh:
            reached("folder in place")
        if kind:
            reached(f"{kind} {'kept' if kind == 'execution' else 'written'}")

    def making(self: Any, *args: Any, **more: Any) -> None:
        mkdir(self, *args, **more)
        if self.name == "moi":
            reached("scratch made")

    def writing(self: Any, data: bytes) -> int:
        if self.parent.name == "moi":
            with self.open("wb") as file:
                file.write(data[: len(data) // 2])
            reached("half of the folder written")
        return write(self, data)

    os.replace = replacing  # type: ignore[assignment]
    Path.mkdir = making  # type: ignore[method-assign]
    Path.write_bytes = writing  # type: ignore[method-assign, assignment]


def _watch_database(reached: Any) -> None:
    import sqlite3

    connect = sqlite3.connect

    class Watched(sqlite3.Connection):
        def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
            if query.lstrip().startswith(("INSERT INTO submitted_assignment", "UPDATE submitted_assignment")):
                reached("rows not written")
            if query != "COMMIT":
                return super().execute(query, *values)
            reached("rows not committed")
            done = super().execute(query)
            reached("rows committed")
            return done

        def executemany(self, query: str, *values: Any) -> sqlite3.Cursor:
            if query.startswith("UPDATE comment"):
                reached("rows half written")
            return super().executemany(query, *values)

    sqlite3.connect = lambda *args, **more: connect(*args, factory=Watched, **more)  # type: ignore[assignment]


def _watch_diary(reached: Any) -> None:
    from buuchinh.classroom import run_log
    from buuchinh.grading import outcomes

    note, load = run_log.note, outcomes.Memory.__init__

    def noting(unit: str, code: str, stage: str, result: str, how: str = "") -> None:
        if code:
            with run_log.place().open("ab") as file:
                file.write(b"2026-11-25 1")
            reached("diary line torn")
            with run_log.place().open("rb+") as file:
                file.truncate(file.seek(0, os.SEEK_END) - len("2026-11-25 1"))
        note(unit, code, stage, result, how)
        reached("diary begun")

    def loading(self: Any, unit: str) -> None:
        reached("before the look at what is unchanged")
        load(self, unit)

    run_log.note = noting
    outcomes.Memory.__init__ = loading  # type: ignore[method-assign]

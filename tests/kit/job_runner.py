"""Actions that tests start as jobs, by ``python -m kit.job_runner ID``: each waits, fails or leaves a trace."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.jobs import run_job
from buuchinh.jobs.run_job import Progress

RUNNER = "kit.job_runner"
GO = "go"
"""File in the course for which a job waits, so that a test says when it goes on."""


def until(true: Callable[[], Any]) -> Any:
    """Wait until ``true()`` is true and return it; a machine that does much else takes its time."""
    for _ in range(6000):
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def _wait(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a line, wait for the file, and write another line."""
    effects = course.root() / "effects.txt"
    with effects.open("a", encoding="utf-8") as file:
        file.write("begun\n")
    progress.update(1, 2, "Đang chờ.")
    until((course.root() / GO).exists)
    with effects.open("a", encoding="utf-8") as file:
        file.write("ended\n")
    return {"resumed": progress.resumed, "folder": str(Path.cwd())}


def _once(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    with (course.root() / "effects.txt").open("a", encoding="utf-8") as file:
        file.write("once\n")
    return arguments


def _refuse(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    raise KitError([Problem("lop.csv", 3, "Mã này sai.", "Sửa mã."), Problem("", 0, "Còn một lỗi.")])


def _break(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    raise ValueError("of nobody's concern")


def _miss(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {"text": (course.root() / "not-there.txt").read_text(encoding="utf-8")}


def _deaf(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Go on whatever is asked, as work in a library that swallows Ctrl+C."""
    while True:
        try:
            (course.root() / "deaf").touch()
            until((course.root() / GO).exists)
        except KeyboardInterrupt:
            (course.root() / "asked").touch()


def _environment(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {name: value for name, value in sorted(os.environ.items()) if name.startswith("BUUCHINH_")}


ACTIONS = {
    "wait": _wait,
    "once": _once,
    "refuse": _refuse,
    "break": _break,
    "miss": _miss,
    "deaf": _deaf,
    "environment": _environment,
}

if __name__ == "__main__":
    sys.exit(run_job.run(sys.argv[1], ACTIONS))

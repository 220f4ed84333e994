"""The desk's jobs, but grading waits after its first hand-in for the test, ``python -m kit.held_desk ID``."""

from __future__ import annotations

import sys
from typing import Any

from buuchinh import course
from buuchinh.desk.actions.job_actions import ACTIONS
from buuchinh.jobs import run_job
from buuchinh.jobs.run_job import Progress
from kit.job_runner import GO, until

RUNNER = "kit.held_desk"
HELD = "held"
"""File in the course that is there once a hand-in is graded and the job waits."""


def _grade(arguments: dict[str, Any], progress: Progress) -> Any:
    update = progress.update

    def holding(done: int, total: int, sentence: str, *, took_time: bool = True) -> None:
        update(done, total, sentence, took_time=took_time)
        if done == 1:
            (course.root() / HELD).touch()
            until((course.root() / GO).exists)

    progress.update = holding  # type: ignore[method-assign]
    return ACTIONS["grade"](arguments, progress)


if __name__ == "__main__":
    sys.exit(run_job.run(sys.argv[1], {**ACTIONS, "grade": _grade}))

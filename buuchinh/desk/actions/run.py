"""Run one job of the desk in this process: ``python -m buuchinh.desk.actions.run ID``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from buuchinh.desk.actions.job_actions import ACTIONS
from buuchinh.jobs import run_job


def main(arguments: Sequence[str]) -> int:
    """Run the job whose id is in ``arguments``, and return the process's exit code."""
    return run_job.run(arguments[0], ACTIONS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

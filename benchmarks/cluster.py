"""The execution stage on a real Dask cluster: a scheduler and workers in processes of their own, on this machine."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import test_cluster  # noqa: E402  # the tests' way to start a cluster

from buuchinh import execution  # noqa: E402
from buuchinh.execution import course_files  # noqa: E402
from buuchinh.execution.job import Job, job_of  # noqa: E402
from buuchinh.files import read_json  # noqa: E402


def seconds(root: Path, unit: str, *, workers: int) -> float:
    """Return the seconds in which ``workers`` run the code of all hand-ins of ``unit``; warm servers stand before."""
    jobs = [_job(path, unit) for path in sorted((root / "submitted").glob(f"*/{unit}/{unit}.ipynb"))]
    with (
        tempfile.TemporaryDirectory() as folder,
        test_cluster.cluster(Path(folder), workers) as (address, _),
        execution.opened(course_files.pack(unit), scheduler=address) as executors,
    ):
        for _ in executors.run(jobs[: 2 * workers]):
            pass
        begun = time.perf_counter()
        ended = [run.ended for _, run in executors.run(jobs)]
        taken = time.perf_counter() - begun
    assert ended == ["done"] * len(jobs), ended
    return taken


def _job(path: Path, unit: str) -> Job:
    sheet = (path.parents[3] / "exercises" / unit / "questions.json").read_text(encoding="utf-8")
    return job_of(path.parents[1].name, unit, read_json(path, at_most=50_000_000), files={"questions.json": sheet})

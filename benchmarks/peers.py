"""What the same hand-ins take elsewhere: stock nbgrader, Otter, and the bare limit of forking and running."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from buuchinh.execution.job import job_of

STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "buuchinh"
c.CourseDirectory.root = {root!r}
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.db_url = "sqlite:///" + {root!r} + "/gradebook.db"
"""
OTTER_TEST = """\
test = {{"name": "{name}", "points": 1, "suites": [{{"cases": [
    {{"code": ">>> len(bang) > 0\\nTrue"}}, {{"code": ">>> so_vu > 0\\nTrue", "hidden": True}}]}}]}}
"""


def stock_course(ours: Path, root: Path, unit: str, count: int) -> None:
    """Lay out the first ``count`` hand-ins of a course for nbgrader as it is, its own ``Execute`` included."""
    for name in ("datasets", "exercises", "source"):
        shutil.copytree(ours / name, root / name, dirs_exist_ok=True)
    for name in ("course.toml", "gradebook.db"):
        shutil.copy(ours / name, root / name)
    (root / "nbgrader_config.py").write_text(STOCK_CONFIG.format(root=root.as_posix()), encoding="utf-8")
    people = sorted(path.parent for path in (ours / "submitted").glob(f"*/{unit}"))[:count]
    for person in people:
        shutil.copytree(person / unit, root / "submitted" / person.name / unit)


def stock(root: Path, app: str, unit: str) -> float:
    """Return the seconds that `nbgrader <app> <unit>` takes."""
    return timed([sys.executable, "-m", "nbgrader", app, unit, "--force"], root)


def nbgrader_starts() -> float:
    """Return the seconds until nbgrader's command line can begin: it is paid once a class."""
    return timed([sys.executable, "-c", "import nbgrader.apps"], Path.cwd())


def otter(python: Path, hand_ins: list[Path], place: Path, course: Path) -> float | None:
    """Return the seconds of `otter run`, one notebook after the other; None where that Python has no Otter."""
    program = python.parent / "otter"
    if not program.exists():
        return None
    (place / "tests").mkdir(parents=True)
    for name in ("q1", "q2"):
        (place / "tests" / f"{name}.py").write_text(OTTER_TEST.format(name=name), encoding="utf-8")
    (place / "requirements.txt").touch()
    made = [str(program), "generate", "-t", "tests", "-r", "requirements.txt"]
    subprocess.run(made, cwd=place, check=True, capture_output=True)
    (archive,) = place.glob("*.zip")
    seconds = 0.0
    for number, path in enumerate(hand_ins):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        target = place / f"{number}.ipynb"
        target.write_text(json.dumps(notebook), encoding="utf-8")
        seconds += timed([str(program), "run", "-a", archive.name, target.name], place, BUUCHINH_COURSE=str(course))
    return seconds


def timed(command: list[str], place: Path, **variables: str) -> float:
    """Run a command to its end and return its seconds; it must succeed."""
    environment = {**os.environ, "BUUCHINH_COURSE": str(place), "PYTHONUTF8": "1", **variables}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return seconds


def bare(jobs: list[list[str]], root: Path, at_once: int) -> float:
    """Return the seconds to fork for each hand-in, run its cells and draw its charts, ``at_once`` at a time.

    No isolation, no scoring, nothing kept: what no grader that runs this code can go below.
    """
    program = Path(__file__).with_name("bare.py")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8", delete=False) as file:
        json.dump(jobs, file)
    environment = {**os.environ, "BUUCHINH_COURSE": str(root), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(program), file.name, str(at_once)],
        cwd=root, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    Path(file.name).unlink()
    return float(json.loads(done.stdout)["seconds"])


def cells_of(notebook: dict[str, Any], unit: str) -> list[str]:
    """Return the sources of the code cells that do something."""
    return [source for _, source in job_of("", unit, notebook).cells]

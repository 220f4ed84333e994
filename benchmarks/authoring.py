"""How long authors, trainees and collect wait, as ratios to doing the bare minimum.

    python benchmarks/authoring.py [--runs 5] [--people 1000] [--course FOLDER]

All is measured in one run, each figure the best of several, taken in turns with what it is compared with: a shared
machine is fast one minute and slow the next. ``--people 0`` leaves collect out. The course is a copy, without a cache.
It writes its section of ``docs/performance.md``, but not where ``--runs`` is below 3 or collect is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from table import HEAD, Row, write_section

ROOT = Path(__file__).resolve().parents[1]
TITLE = "## Where authors and trainees wait"
CACHE = ".buuchinh-cache"
_CARRIED = (
    "buuchinh",
    "datasets",
    "docs",
    "exam",
    "exercises",
    "lessons",
    "source",
    "course.toml",
    "nbgrader_config.py",
)
CHANGED = "datasets/questions/l05.yml"

BARE = """\
import json, sys
from pathlib import Path
import pandas as pd, yaml
from yaml import CSafeLoader
import pydantic
from buuchinh.questions import variants
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.dated_keys import FOLDERS
root = Path(sys.argv[1])
folders = ("datasets/questions", "exam/pool", "source")
for path in (path for folder in folders for path in root.joinpath(folder).rglob("*.yml")):
    data, _, _ = variants.expand(yaml.load(path.read_text(encoding="utf-8"), CSafeLoader))
    QuestionFile.model_validate(data, context={FOLDERS: (path.parent, root / "lessons")})
for path in root.glob("datasets/**/*.csv"):
    pd.read_csv(path)
for path in [*root.glob("lessons/*.ipynb"), *root.glob("source/**/*.ipynb")]:
    json.loads(path.read_text(encoding="utf-8"))
"""
"""Reads and validates the same files with C parsers, in a process that imports pandas and pydantic."""
RUN = "import sys; from buuchinh.cli import run; sys.exit(run(sys.argv[1:]))"
ASK = 'from buuchinh import ask; ask("l02-q01")'
_IMPORTS = {
    "check": "import buuchinh.cli.author, buuchinh.authoring.check",
    "audit": "import buuchinh.cli.author, buuchinh.authoring.audit",
    "derive --check": "import buuchinh.cli.author, buuchinh.authoring.derive",
}


def main() -> None:
    """Measure everything and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--course", type=Path, default=ROOT)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="buuchinh-authoring-") as name:
        course = copied(chosen.course, Path(name) / "course")
        rows = authors(course, chosen.runs) + trainees(course, chosen.runs)
        if chosen.people:
            rows += collecting(Path(name) / "class", chosen.people, min(chosen.runs, 3))
    note = f"- Each figure is the best of {chosen.runs} runs (collect: at most 3), in turns; {os.cpu_count()} cores."
    lines = [
        TITLE,
        "",
        "Written by `python benchmarks/authoring.py`.",
        "",
        *HEAD,
        *(row.line() for row in rows),
        "",
        note,
    ]
    sys.stdout.write("\n".join([*lines, ""]))
    if chosen.runs >= 3 and chosen.people:
        write_section(lines)


def copied(course: Path, to: Path) -> Path:
    """Copy a course, the package beside it included (``derive`` compares a file of it), and return the copy."""
    to.mkdir(parents=True)
    for name in _CARRIED:
        if (course / name).is_dir():
            shutil.copytree(course / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "*.html.tmp"))
        else:
            shutil.copy(course / name, to / name)
    return to


def authors(course: Path, runs: int) -> list[Row]:
    """Measure check, audit and derive --check: with no cache, and after one question has changed."""
    rows: list[Row] = []
    for command, imports in _IMPORTS.items():
        words = command.split()
        bare, first, changed, own = best(
            runs,
            lambda: python(course, BARE, str(course)),
            partial(python, course, RUN, *words, before=partial(forget, course)),
            partial(python, course, RUN, *words, before=partial(change, course)),
            partial(python, course, imports),
        )
        bound = max(0.5 * first, 1.5 * own)
        rows += [
            Row(
                f"`{command}` without a cache, against reading and validating the same files", "≤", 2,
                first / bare, f"{first:.2f} s; {bare:.2f} s",
            ),
            Row(
                f"`{command}` after one changed question, against the larger of half of that and 1.5 of its imports",
                "≤", 1, changed / bound, f"{changed:.2f} s; {bound:.2f} s (imports {own:.2f} s)",
            ),
        ]  # fmt: skip
    return rows


def trainees(course: Path, runs: int) -> list[Row]:
    """Measure the first question of a fresh process, the bank beside it as JSON, against importing anywidget."""
    os.environ["BUUCHINH_COURSE"] = str(course)
    from buuchinh.questions import question_bank

    for path in question_bank.practice_files():
        question_bank.json_path(path).write_bytes(question_bank.as_json(path))
    asked, alone = best(runs, lambda: python(course, ASK), lambda: python(course, "import anywidget"))
    how = f"{asked:.2f} s; {alone:.2f} s"
    return [
        Row("`ask()` of a first question in a fresh process, against `import anywidget`", "≤", 2, asked / alone, how)
    ]


def collecting(place: Path, people: int, runs: int) -> list[Row]:
    """Measure collect of one zip a person against unzipping, parsing and writing the same files with fsync.

    Then again with one zip of twenty hostile, against ten minutes.
    """
    import hand_ins

    root = place / "course"
    os.environ["BUUCHINH_COURSE"] = str(root)
    hand_ins.make_course(root, {"bt02": people})
    stick = place / "usb-bt02"

    def empty() -> None:
        for name in ("nop-bai", "submitted", "bare", "so-cham"):
            shutil.rmtree(root / name, ignore_errors=True)

    def bare() -> float:
        empty()
        begun = time.perf_counter()
        unpack(stick, root / "bare")
        return time.perf_counter() - begun

    ours, theirs = best(runs, lambda: python(root, RUN, "collect", str(stick), before=empty), bare)
    how = f"{ours:.1f} s; {theirs:.1f} s"
    good = Row(f"`collect` of {people} zips, against unzip, parse, write with fsync", "≤", 6, ours / theirs, how)
    spoilt = hand_ins.spoil(stick)
    (mixed,) = best(1, lambda: python(root, RUN, "collect", str(stick), before=empty, fails=True))
    told = f"{mixed:.1f} s, {spoilt} of {people} hostile"
    return [
        good,
        Row(f"`collect` of {people} zips, one of twenty hostile, against 10 minutes", "≤", 1, mixed / 600, told),
    ]


def unpack(stick: Path, to: Path) -> None:
    """Write what the zips of a folder hold, each file parsed where it is JSON and flushed to the disk."""
    for path in sorted(stick.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                data = archive.read(member)
                if member.endswith((".json", ".ipynb")):
                    json.loads(data)
                target = to / path.stem / Path(member).name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())


def best(runs: int, *measures: Callable[[], float]) -> list[float]:
    """Return the least seconds of each measure, taken in turns ``runs`` times."""
    taken = [[measure() for measure in measures] for _ in range(runs)]
    return [min(times) for times in zip(*taken, strict=True)]


def python(
    course: Path, code: str, *words: str, before: Callable[[], None] = lambda: None, fails: bool = False
) -> float:
    """Run code in a fresh process that stands in a course, and return its seconds; it must not fail, unless it may.

    An author may measure ``derive`` before he derives; collect that refuses something ends with a code of its own.
    """
    before()
    environment = {**os.environ, "BUUCHINH_COURSE": str(course), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=course, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode and "derive" not in words and not (fails and not done.stderr):
        raise SystemExit(f"{code} {words}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds


def forget(course: Path) -> None:
    """Take away what earlier runs kept."""
    shutil.rmtree(course / CACHE, ignore_errors=True)


def change(course: Path) -> None:
    """Change the intent of one question."""
    path = course / CHANGED
    head, _, rest = path.read_text(encoding="utf-8").partition("intent: ")
    path.write_text(f"{head}intent: {time.time_ns()} {rest}", encoding="utf-8")


if __name__ == "__main__":
    main()

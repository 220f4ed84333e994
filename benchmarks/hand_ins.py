"""Makes a course with a class that has handed in: every hand-in another's, with values of its own."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from kit.answering import right_answer, wrong_answers  # noqa: E402  # the tests' kits lie beside the tests

from buuchinh import codes, course  # noqa: E402
from buuchinh.classroom import gradebook  # noqa: E402
from buuchinh.files import write_json  # noqa: E402
from buuchinh.notebook import pack  # noqa: E402
from buuchinh.release import versions  # noqa: E402
from buuchinh.release.versions import Released  # noqa: E402

START = datetime(2026, 11, 20, 9).astimezone()
_SOLUTION = re.compile(r"### (BEGIN|END) SOLUTION\n?")
_CARRIED = ("datasets", "exercises", "source", "course.toml", "nbgrader_config.py")


def make_course(root: Path, units: dict[str, int]) -> None:
    """Copy the course to ``root``, release each unit, enrol a class and collect as many hand-ins as ``units`` says."""
    root.mkdir(parents=True)
    for name in _CARRIED:
        kept = ROOT / name
        if kept.is_dir():
            shutil.copytree(kept, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(kept, root / name)
    people = [codes.make(f"GL{number:04d}") for number in range(1, max(units.values()) + 1)]
    with gradebook.opened() as book:
        for code in people:
            book.update_or_create_student(code)
    for unit, count in units.items():
        command(root, "buuchinh", "release", unit)
        stick = root.parent / f"usb-{unit}"
        stick.mkdir()
        for number, code in enumerate(people[:count]):
            shutil.copy(_handed_in(root, unit, code, number), stick)
        command(root, "buuchinh", "collect", str(stick))


def spoil(stick: Path) -> int:
    """Put something hostile into one zip of twenty of a folder, and return how many.

    In turns: answers of 300 MB of zeros, answers nested 400,000 deep, a text of a million combining marks, half a zip.
    """
    spoilt = sorted(stick.glob("*.zip"))[::20]
    for number, path in enumerate(spoilt):
        if number % 4 == 3:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            continue
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        record = json.loads(members["answers.json"])
        first = next(iter(record["answers"].values()))
        first["answer"] = "a" + "\u0301" * 1_000_000
        marks = json.dumps(record).encode()
        members["answers.json"] = (b"0" * 300_000_000, b"[" * 400_000, marks)[number % 4]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    return len(spoilt)


def command(root: Path, *words: str) -> None:
    """Run a command in a course; what it says is shown where it fails."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")


def _handed_in(root: Path, unit: str, code: str, number: int) -> Path:
    """Build the hand-in of one person: answers drawn by number, code that computes something of its own."""
    desk = root.parent / "desks" / code / unit
    shutil.copytree(root / "exercises" / unit, desk)
    released = versions.released_for(unit, versions.latest(unit), code)
    path = desk / f"{unit}.ipynb"
    path.write_text(json.dumps(_solved(root, unit, path, number), ensure_ascii=False), encoding="utf-8")
    entries = {
        name: {"answer": answer, "at": START.isoformat(), "tries": 1}
        for name, answer in _answers(released, random.Random(number)).items()
    }
    head = {"format": 1, "unit": unit, "version": released.version, "code": code}
    write_json(desk / "answers.json", head | {"answers": entries})
    return pack.build(desk, unit, code, START + timedelta(seconds=number)).path


def _answers(released: Released, luck: random.Random) -> dict[str, Any]:
    """Draw the answers of one person to their own form: most right, some wrong, none for what code hands in."""
    day = course.settings().reviewed_on
    given: dict[str, Any] = {}
    for name, shown in released.obscured.items():
        if shown.type == "code":
            continue
        right, wrong = right_answer(shown, day), list(wrong_answers(shown, day))
        if right is None:
            given[name] = f"Đã dừng phát, báo trưởng bưu cục lúc 10 giờ {luck.randrange(60)}."
        else:
            given[name] = right if luck.random() < 0.7 or not wrong else luck.choice(wrong)
    return given


def _solved(root: Path, unit: str, path: Path, number: int) -> dict[str, Any]:
    """Put the author's own solutions into the cells that a person fills, each with a value of this person's."""
    source = json.loads((root / "source" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    solutions = {
        _name(cell): _SOLUTION.sub("", "".join(cell["source"]))
        for cell in source["cells"]
        if "### BEGIN SOLUTION" in "".join(cell["source"])
    }
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if _name(cell) in solutions:
            cell["source"] = f"{solutions[_name(cell)]}\nprint({number} + len(bang))\n"
    return notebook


def _name(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))

"""What a trainee installs, before and after the extras: megabytes, and seconds out of uv's warm cache.

    python benchmarks/weight.py [--before COMMIT] [--rounds N]

Each lock is installed into an environment of its own, in turns, without the network; the median of the rounds counts.
It writes its section of ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import write_section

ROOT = Path(__file__).resolve().parents[1]
TITLE = "## What a trainee installs"
UV = (sys.executable, "-m", "uv", "-q")


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", default="ad81075", help="the commit whose requirements.lock held nbgrader too")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="buuchinh-weight-") as name:
        place = Path(name)
        locks = {
            f"before ({chosen.before})": _before(place, chosen.before),
            "base: `requirements.lock`": ROOT / "requirements.lock",
            "`requirements-instructor.lock`": ROOT / "requirements-instructor.lock",
        }
        for lock in locks.values():
            install(lock, place / "warm-up", offline=False)
        rounds = [{what: install(lock, place / "venv") for what, lock in locks.items()} for _ in range(chosen.rounds)]
        packages = {
            what: len(re.findall(r"^[\w.-]+==", lock.read_text("utf-8"), re.MULTILINE)) for what, lock in locks.items()
        }
    rows = [
        (what, packages[what], rounds[-1][what][1], statistics.median(measured[what][0] for measured in rounds))
        for what in packages
    ]
    _write(rows, chosen.rounds)


def _before(place: Path, commit: str) -> Path:
    lock = place / "before.lock"
    shown = subprocess.run(["git", "show", f"{commit}:requirements.lock"], cwd=ROOT, capture_output=True, check=True)
    lock.write_bytes(shown.stdout)
    return lock


def install(lock: Path, venv: Path, *, offline: bool = True) -> tuple[float, float]:
    """Install ``lock`` into a new environment; return the seconds that it took and its size in MB (10⁶ bytes)."""
    subprocess.run([*UV, "venv", "--python", sys.executable, venv], check=True)
    begun = time.perf_counter()
    pip: list[str | Path] = [
        *UV,
        "pip",
        "install",
        *(["--offline"] if offline else []),
        "--python",
        venv / "bin" / "python",
    ]
    subprocess.run([*pip, "-r", lock], check=True)
    took = time.perf_counter() - begun
    size = sum(path.lstat().st_size for path in (venv / "lib").rglob("*") if path.is_file() and not path.is_symlink())
    shutil.rmtree(venv)
    return took, size / 1e6


def _write(rows: list[tuple[str, int, float, float]], rounds: int) -> None:
    lines = [
        TITLE, "",
        f"Written by `python benchmarks/weight.py`: median of {rounds} rounds in turns, from uv's warm cache, offline.",
        "", "| lock | packages named | MB installed | s |", "|---|---|---|---|",
        *(f"| {what} | {packages} | {size:.0f} | {seconds:.1f} |" for what, packages, size, seconds in rows),
    ]  # fmt: skip
    sys.stdout.write("\n".join([*lines, ""]))
    write_section(lines)


if __name__ == "__main__":
    main()

"""How long a class takes, beside its peers, in one run; writes the first section of ``docs/performance.md``.

    python benchmarks/grading.py [--otter PYTHON] [--quick]

Only ratios count, since a shared machine is fast one minute and slow the next. ``--otter`` names
the Python of an environment that has this project and otter-grader; without it that peer is left
out. ``--quick`` takes small classes, to try the script itself, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import cluster
import hand_ins
import peers
from table import Row, Took, opening, write_section

WATCHED = """\
import resource, sys
from buuchinh.cli import run
code = run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True)
class Sizes:
    """How many hand-ins each figure is measured on."""

    ours: int = 200
    few: int = 24
    stock: int = 20
    otter: int = 5
    small: int = 100
    large: int = 1000


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--otter", type=Path, default=None)
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    sizes = Sizes(8, 3, 2, 1, 4, 8) if chosen.quick else Sizes()
    with tempfile.TemporaryDirectory(prefix="buuchinh-benchmark-") as name:
        rows, notes = against_peers(Path(name), sizes, chosen.otter)
        rows += scale(Path(name), sizes)
    lines = opening(rows, notes)
    sys.stdout.write("\n".join([*lines, ""]))
    if not chosen.quick:
        write_section(lines)


def against_peers(place: Path, sizes: Sizes, otter: Path | None) -> tuple[list[Row], list[str]]:
    """Measure grading and feedback beside stock nbgrader, Otter and the bare limit."""
    root_of_few = a_class(place / "class-of-few", {"bt06": sizes.few, "bt02": sizes.few})
    root = a_class(place / "class", {"bt06": sizes.ours, "bt02": sizes.ours})
    stock = {unit: place / "stock" / unit for unit in ("bt06", "bt02")}
    for unit, folder in stock.items():
        peers.stock_course(root, folder, unit, sizes.stock)
    starts = peers.nbgrader_starts()
    autograde = {unit: Took(peers.stock(folder, "autograde", unit), sizes.stock) for unit, folder in stock.items()}
    pages = Took(peers.stock(stock["bt02"], "generate_feedback", "bt02"), sizes.stock)

    def beside_stock(figure: str, bound: float, ours: Took, theirs: Took) -> Row:
        whole = starts + (theirs.seconds - starts) * ours.count / theirs.count
        return Row(figure, "≥", bound, whole / ours.seconds, f"{ours}; {theirs}")

    code, quiz = (watched(root, sizes.ours, "grade", unit, "--workers", "2") for unit in ("bt06", "bt02"))
    few_code, few_quiz = (watched(root_of_few, sizes.few, "grade", unit, "--workers", "2") for unit in ("bt06", "bt02"))
    feedback = watched(root, sizes.ours, "feedback", "bt02")
    notebooks = sorted((root / "submitted").glob("*/bt06/bt06.ipynb"))
    jobs = [peers.cells_of(json.loads(path.read_text(encoding="utf-8")), "bt06") for path in notebooks]
    limit = Took(peers.bare(jobs, root, at_once=2), sizes.ours)
    one, two = (Took(cluster.seconds(root, "bt06", workers=count), sizes.ours) for count in (1, 2))
    rows = [
        beside_stock("with code, against stock nbgrader", 40, code, autograde["bt06"]),
        Row(
            "with code, against the bare limit with two processes", "≤", 3, code.seconds / limit.seconds,
            f"{code}; {limit}",
        ),
        beside_stock("quiz only, against stock nbgrader", 100, quiz, autograde["bt02"]),
        beside_stock("a class of 24 with code, against stock nbgrader", 20, few_code, autograde["bt06"]),
        beside_stock("a class of 24, quiz only, against stock nbgrader", 20, few_quiz, autograde["bt02"]),
        beside_stock("feedback, against `nbgrader generate_feedback`", 5, feedback, pages),
        Row("Dask, execution stage, 2 workers against 1", "≥", 1.8, one.seconds / two.seconds, f"{two}; {one}"),
    ]  # fmt: skip
    rest = sizes.ours // sizes.stock
    counted = f"its start-up (`import nbgrader.apps`, {starts:.1f} s) once and the rest {rest} times"
    stock_note = f"Stock nbgrader runs {sizes.stock} of the same hand-ins with its own `Execute`, one after the other."
    bound = (starts + (autograde["bt06"].seconds - starts) * rest) / limit.seconds
    limit_note = (
        "The bare limit forks from a process that has the libraries, runs cells, draws charts, keeps nothing: it is "
        f"{bound:.3g} times as fast as stock nbgrader, and no grader that runs this code can go far beyond."
    )
    notes = [
        stock_note,
        f"Its time grows with their number: for {sizes.ours} it is counted as {counted}, for {sizes.few} likewise.",
        limit_note,
    ]
    run = peers.otter(otter, notebooks[: sizes.otter], place / "otter", root) if otter else None
    if run:
        each = run / sizes.otter
        times = each / (code.seconds / code.count)
        notes.append(f"Otter's `run` takes {each:.1f} s a notebook on {sizes.otter} of the same, {times:.0f}× ours.")
    return rows, notes


def scale(place: Path, sizes: Sizes) -> list[Row]:
    """Measure a large class against a small one, and a second run with nothing changed against the first."""
    roots = {count: a_class(place / f"class-{count}", {"bt06": count}) for count in (sizes.small, sizes.large)}
    small, large = (watched(root, count, "grade", "bt06", "--workers", "2") for count, root in roots.items())
    again = watched(roots[sizes.large], sizes.large, "grade", "bt06", "--workers", "2")
    each, each_of_few = (1000 * took.seconds / took.count for took in (large, small))
    classes = f"{sizes.large} hand-ins against {sizes.small}"
    return [
        Row(
            f"{sizes.large} hand-ins: the second run with nothing changed, against the first", "≤", 0.02,
            again.seconds / large.seconds, f"{again.seconds:.2f} s; {large.seconds:.1f} s",
        ),
        Row(f"{classes}: time a hand-in", "≤", 1.1, each / each_of_few, f"{each:.0f} ms; {each_of_few:.0f} ms"),
        Row(
            f"{classes}: peak memory of the parent", "≤", 1.2, large.memory / small.memory,
            f"{large.memory:.0f} MB; {small.memory:.0f} MB",
        ),
    ]  # fmt: skip


def a_class(place: Path, units: dict[str, int]) -> Path:
    """Make a course in which a class has handed in, and return its folder."""
    root = place / "course"
    os.environ["BUUCHINH_COURSE"] = str(root)
    hand_ins.make_course(root, units)
    return root


def watched(root: Path, count: int, *words: str) -> Took:
    """Run a command of the course and measure it; a hand-in that could not be graded is a failure here."""
    environment = {**os.environ, "BUUCHINH_COURSE": str(root), "PYTHONUTF8": "1"}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return Took(seconds, count, int(done.stderr.split()[-1]) / 1000)


if __name__ == "__main__":
    main()

"""The pages for any browser: bytes that travel, seconds until a question can be answered, seconds to build.

    python benchmarks/site.py [--rounds N] [--lighthouse]

Beside nbconvert and Sphinx (myst-nb, furo) with the same lessons, and JupyterLab with the same page, in the same run.
The browser is the machine's Chromium, slowed four times, on a line of 1.6 Mbit/s with 150 ms. It writes its section
of ``docs/performance.md``. Sphinx, and Lighthouse when asked for, are fetched when it runs.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from site_browser import LIGHTHOUSE, first_question, keys, late, lighthouse, served, taps, weight
from site_peers import ROOT, SPHINX, lessons, nbconvert, packed, sphinx, travelled
from table import HEAD, Row, write_section

from buuchinh.site import build

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from kit.course import copy_course, start_lab  # noqa: E402

TITLE = "## Pages for any browser"
FIRST = ("index.html", "hoc.js", "cu.js", "truoc.js")
"""What a first visit asks for, drawings aside."""
LESSON = "lessons/05-buu-gui-nghi-van.ipynb"
ALIVE = ".bc-option input"
SAID = "tep rong kho gui cho con o sai gon voi hai hop thuoc"
"""What a customer says, typed into the look-up letter by letter (a key each: no tone marks)."""
_DRAWN = re.compile(rb"<svg.*?</svg>", re.DOTALL)


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--lighthouse", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="buuchinh-site-") as name:
        place = Path(name)
        files = build.contents(public=False)
        rows = [*_bytes(files, place), *_building(place), *_memory(files, place)]
        with served(files) as address:
            rows += _opening(address, asked.rounds)
            scores = {page: lighthouse(f"{address}{page}", place, 5) for page in _PAGES} if asked.lighthouse else {}
    peers = ", ".join(SPHINX).replace("==", " ")
    said = f"Written by `python benchmarks/site.py`; {peers}. Charts are files of their own, loaded when seen."
    lines = [TITLE, "", said, "", *HEAD, *(row.line() for row in rows)]
    if scores:
        lines += ["", f"Lighthouse ({LIGHTHOUSE.partition('@')[2]}, telephone, median of 5; goal 95 in each):", ""]
        lines += [f"- {_PAGES[page]}: {_told(found)}" for page, found in scores.items()]
    sys.stdout.write("\n".join([*lines, ""]))
    write_section(lines)


_PAGES = {"": "start", "#/l05/2": "lesson", "#/bt05": "exercise"}


def _told(scores: dict[str, float]) -> str:
    return ", ".join(f"{name} {score:.0f}" for name, score in scores.items())


def _bytes(files: dict[str, bytes], place: Path) -> list[Row]:
    first = sum(packed(files[one]) for one in FIRST)
    each = {one: packed(data) for one, data in files.items() if re.fullmatch(r"bai/l\d\d\.js", one)}
    text = {one: packed(_DRAWN.sub(b"", files[one])) for one in each}
    largest, whole_lesson = max(text.values()), max(each.values())
    whole = first + sum(each.values()) + sum(len(data) for one, data in files.items() if one.endswith(".png"))
    names = [f"{path.stem}.html" for path in lessons()]
    theirs = travelled(sphinx(place / "sphinx"), names)
    travel = f"{_kilo(whole)}; {_kilo(theirs)}"
    return [
        Row("first visit, gzipped, against 60 KB", "≤", 1, first / 60_000, _kilo(first)),
        Row(
            "largest lesson with its law, gzipped, drawings aside, against 52 KB",
            "≤",
            1,
            largest / 52_000,
            f"{_kilo(largest)}; with its drawings {_kilo(whole_lesson)}",
        ),
        Row("eight lessons with charts, gzipped, against Sphinx's", "≤", 0.5, whole / theirs, travel),
    ]  # fmt: skip


def _building(place: Path) -> list[Row]:
    course = copy_course(place / "course")
    cold = [_site(course, place / "hoc", cold=True) for _ in range(3)]
    theirs = [nbconvert(place / "nbconvert") for _ in range(2)]
    changed = []
    for number in range(3):
        bank = course / "datasets" / "questions" / "l05.yml"
        text = bank.read_text(encoding="utf-8")
        bank.write_text(text.replace("Đoán trước khi học", f"Đoán trước {number}", 1), encoding="utf-8")
        changed.append(_site(course, place / "hoc", cold=False))
    peer = min(theirs)
    figures = (
        ("whole site built, against nbconvert of its lessons", 1, min(cold)),
        ("site after one changed question, against the same", 0.3, min(changed)),
    )
    return [Row(figure, "≤", goal, ours / peer, f"{ours:.1f} s; {peer:.1f} s") for figure, goal, ours in figures]


def _site(course: Path, out: Path, *, cold: bool) -> float:
    if cold:
        subprocess.run(["rm", "-rf", str(course / ".buuchinh-cache"), str(out)], check=True)
    environment = os.environ | {"BUUCHINH_COURSE": str(course)}
    command = [sys.executable, "-m", "buuchinh", "site", "--out", str(out)]
    begun = time.perf_counter()
    subprocess.run(command, cwd=course, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _opening(address: str, rounds: int) -> list[Row]:
    opened = statistics.median(first_question(address) for _ in range(rounds))
    tapped = taps(address)
    typed = keys(address, SAID)
    late_ones = f"{late(tapped):.0f} ms of {len(tapped)} taps"
    late_keys = f"{late(typed):.0f} ms of {len(typed)} keys"
    slowed = "CPU 4 times slower, 150 ms, 1.6 Mbit/s"
    return [
        Row("a first question can be answered, against 1.5 s", "≤", 1, opened / 1.5, f"{opened:.2f} s, {slowed}"),
        Row("a tap is answered, 95 of 100, against 100 ms", "≤", 1, late(tapped) / 100, late_ones),
        Row("a key typed in the look-up is answered, likewise", "≤", 1, late(typed) / 100, late_keys),
    ]  # fmt: skip


def _memory(files: dict[str, bytes], place: Path) -> list[Row]:
    with served(files) as address:
        ours = weight(f"{address}#/l05/2", ALIVE)
    with served({"index.html": b"<!doctype html><p>.</p>"}) as address:
        empty = weight(address, "p")
    for lab in start_lab(copy_course(place / "lab")):
        theirs = weight(lab.page(LESSON), "[data-question]:visible input")
    return [
        Row(
            "a lesson's page in the browser, against JupyterLab's",
            "≤",
            1 / 3,
            ours / theirs,
            f"{ours:.0f} MB; {theirs:.0f} MB; an empty page {empty:.0f} MB",
        )
    ]


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} KB"


if __name__ == "__main__":
    main()

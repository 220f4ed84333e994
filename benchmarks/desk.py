"""How long an instructor waits at the desk: opening it and its pages, marking, a job beside its command, the report.

    python benchmarks/desk.py [--quick]

Chromium opens the desk of a class of 24 and of 200 again and again on a server that has read the class once. 15 units
are given out, of which four are handed in and graded; marks are given by keys, as a person gives them. It writes its
section of ``docs/performance.md``; ``--quick`` takes small classes, to try the script itself, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hand_ins
from kit.course import start_lab
from playwright.sync_api import Browser, Page, sync_playwright
from table import Row, write_section

from buuchinh import course
from buuchinh.desk.actions import clicks
from buuchinh.desk.naming import unit_names
from buuchinh.desk.server import call_parts
from buuchinh.jobs import job_state, start_job

TITLE = "## At the instructor's desk"
UNITS = ("bt02", "bt03", "bt04", "bt05")
"""The units that are handed in; the first has texts that a person marks."""
GIVEN_OUT = 15
ROUNDS = 40
MARKED = 20
PAGES = 10
SHOWN = "tbody tr[data-row]"
HEAD = f'tr[data-row="#names"] th[data-unit="{UNITS[0]}"]'
LISTED = "tbody a[href*='/formgrader/submissions/']"
PANDAS = """\
import json, sys
import pandas as pd
head, *rows = json.load(open(sys.argv[1], encoding="utf-8"))
frame = pd.DataFrame(rows, columns=head)
frame.to_excel(sys.argv[2] + ".xlsx", index=False)
frame.to_html(sys.argv[2] + ".html", index=False)
"""
"""Writes the rows of the report as a workbook and as a page."""
ROWS = """\
import json, sys
from openpyxl import load_workbook
sheet = load_workbook(sys.argv[1], read_only=True).worksheets[0]
rows = [[None if cell is None else cell if isinstance(cell, (int, float)) else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)]
json.dump(rows, open(sys.argv[2], "w", encoding="utf-8"))
"""
NEXT = """() => new Promise((done) => {
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  });
  seen.observe(document.getElementById("which"), { childList: true, characterData: true, subtree: true });
  document.getElementById("next").click();
})"""
"""Goes to the next person, and returns the milliseconds until the screen shows that person."""
SAVES = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/diem/")).map((one) => one.duration)"""
WEIGHED = """() => performance.getEntries().reduce((sum, one) => sum + (one.decodedBodySize ?? 0), 0)"""


@dataclass(frozen=True)
class Figure:
    """One figure with its unit, and the bound that it is not to pass."""

    name: str
    bound: float
    found: float
    unit: str
    how: str

    def line(self) -> str:
        """Return the row as Markdown."""
        met = "yes" if self.found <= self.bound else "**no**"
        return f"| {self.name} | ≤ {self.bound:g} {self.unit} | {self.found:.3g} {self.unit} | {met} | {self.how} |"


def main() -> None:
    """Measure everything and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    few, many = (3, 6) if quick else (24, 200)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what was compiled is kept, as on anybody's machine
    with tempfile.TemporaryDirectory(prefix="buuchinh-desk-") as name, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        figures = opening(browser, a_class(Path(name) / "few", few), few, 0.5)
        root = a_class(Path(name) / "many", many)
        figures += opening(browser, root, many, 1.0)
        figures += marking(browser, root, min(MARKED, few - 1), many)
        ratios = beside_formgrader(browser, root, many)
        browser.close()
        figures.append(beside_its_command(root))
        ratios.append(course_report(root, Path(name), many))
    machine = f"{os.cpu_count()} cores, load average {os.getloadavg()[2]:.1f} meanwhile"
    lines = [
        TITLE, "",
        f"Written by `python benchmarks/desk.py`: {machine}; server and Chromium on one machine.", "",
        "| figure | goal | measured | met | how |", "|---|---|---|---|---|",
        *(one.line() for one in figures), *(one.line() for one in ratios),
    ]  # fmt: skip
    sys.stdout.write("\n".join([*lines, ""]))
    if not quick:
        write_section(lines)


def a_class(place: Path, count: int) -> Path:
    """Make a class with names that was given 15 units and handed four of them in, graded."""
    root = place / "course"
    os.environ["BUUCHINH_COURSE"] = str(root)
    hand_ins.make_course(root, dict.fromkeys(UNITS, count))
    given = [*UNITS, *(unit for unit in unit_names.in_order() if unit not in UNITS)][:GIVEN_OUT]
    config = root / "course.toml"
    deadlines = "".join(f"{unit} = 2099-12-31\n" for unit in given)
    config.write_text(config.read_text(encoding="utf-8").replace("[deadlines]\n", f"[deadlines]\n{deadlines}"), "utf-8")
    codes = sorted(path.parent.name for path in root.glob(f"submitted/*/{UNITS[0]}"))
    people = "".join(f"{code};Nguyễn Thị Ngọc Ánh {n};Bưu cục số {n % 9}\n" for n, code in enumerate(codes))
    (root / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{people}", encoding="utf-8")
    for unit in UNITS:
        hand_ins.command(root, "buuchinh", "grade", unit, "--workers", "2")
    return root


def opening(browser: Browser, root: Path, count: int, bound: float) -> list[Figure]:
    """Measure the desk from the request until its rows are on the screen, and what the browser then holds of it."""
    took: list[float] = []
    weight = 0.0
    for lab in start_lab(root, "--instructor"):
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(lab.address)
        page.wait_for_selector(SHOWN)
        page.wait_for_timeout(3000)  # the server has looked at everything once
        took += [_opened(page, lab.address, SHOWN) for _ in range(ROUNDS)]
        weight = page.evaluate(WEIGHED) / 1000
        page.close()
    how = f"{ROUNDS} times, median {statistics.median(took):.2f} s; {GIVEN_OUT} units, {len(UNITS)} of them graded"
    return [
        Figure(f"desk of {count} open, 95 of 100", bound, late(took), "s", how),
        Figure(f"desk of {count}: page, styles and scripts, unpacked", 150, weight, "kB", "whatever it has loaded"),
    ]


def marking(browser: Browser, root: Path, count: int, people: int) -> list[Figure]:
    """Mark texts by keys: measure until the next person is on the screen, and until a mark is in the gradebook."""
    shown: list[float] = []
    saved: list[float] = []
    for lab in start_lab(root, "--instructor"):
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(lab.address)
        page.goto(lab.address.replace("/giang-vien?", f"/giang-vien/cham/{UNITS[0]}?"))
        page.locator("#work").wait_for()
        for _ in range(count):
            with page.expect_response(lambda answer: "/diem/" in answer.url):
                page.keyboard.press("1")
            _until_saved(page)
            shown.append(page.evaluate(NEXT))
        saved = page.evaluate(SAVES)
        page.close()
    about = f"{len(shown)} texts of {people}"
    return [
        Figure("next person on the screen, 95 of 100", 100, late(shown), "ms", about),
        Figure("a mark saved, written through to the disk, 95 of 100", 150, late(saved), "ms", f"{len(saved)} marks"),
    ]


def beside_formgrader(browser: Browser, root: Path, people: int) -> list[Row]:
    """Open the sheet of a unit and its marking page, in turns with formgrader's list of the same hand-ins."""
    sheets, texts, lists = [], [], []
    for lab in start_lab(root, "--instructor"):
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        desk, marked, listed = (
            lab.address.replace("/giang-vien?", f"/{path}?")
            for path in ("giang-vien", f"giang-vien/cham/{UNITS[0]}", f"formgrader/gradebook/{UNITS[0]}/{UNITS[0]}")
        )
        page.goto(lab.address.replace("/giang-vien?", "/api?"))  # where a person logs in decides how far a cookie goes
        for _ in range(PAGES):
            _opened(page, desk, SHOWN)
            begun = time.perf_counter()
            page.click(HEAD)
            page.wait_for_selector("dialog.side")
            sheets.append(time.perf_counter() - begun)
            texts.append(_opened(page, marked, "#work"))
            lists.append(_opened(page, listed, LISTED))
        page.close()
    peer = f"formgrader's list of {people} hand-ins"
    return [
        Row(f"{what}, against {peer}", "≤", 1, statistics.median(ours) / statistics.median(lists),
            f"{statistics.median(ours):.2f} s; {statistics.median(lists):.2f} s; medians of {PAGES} in turns, "
            f"longest {max(ours):.2f} s; {max(lists):.2f} s")
        for what, ours in (("sheet of a unit from its column's head", sheets), ("marking page of a unit", texts))
    ]  # fmt: skip


def _opened(page: Page, address: str, selector: str) -> float:
    """Open an address, and return the seconds until the page shows ``selector``."""
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector)
    return time.perf_counter() - begun


def _until_saved(page: Page) -> None:
    page.locator("#saved", has_text="Đã lưu").wait_for()


def beside_its_command(root: Path) -> Figure:
    """Measure reports as jobs of the desk, each beside the command that does the same."""
    more = []
    hand_ins.command(root, "buuchinh", "report", UNITS[0])
    for unit in UNITS:
        begun = time.perf_counter()
        hand_ins.command(root, "buuchinh", "report", unit)
        command = time.perf_counter() - begun
        arguments: dict[str, Any] = {"unit": unit}
        begun = time.perf_counter()
        job = start_job.start("report", arguments, clicks.command_line("report", arguments), call_parts.RUNNER)
        while not job_state.read(job.id).finished:
            time.sleep(0.01)
        more.append(time.perf_counter() - begun - command)
        ended = job_state.read(job.id)
        if ended.state != "done":
            raise SystemExit(f"report of {unit}: {ended.state} {ended.problems}")
    return Figure(
        "a job, over its command", 0.3, statistics.median(more), "s", f"median of {len(more)} reports, in turns"
    )


def course_report(root: Path, place: Path, count: int) -> Row:
    """Measure the report on the whole course beside pandas, which writes the same rows."""
    ours, theirs = [], []
    rows = place / "rows.json"
    for _ in range(3):
        begun = time.perf_counter()
        hand_ins.command(root, "buuchinh", "report", "course")
        ours.append(time.perf_counter() - begun)
        if not rows.exists():
            workbook = next((root / course.REPORTS / "course").glob("*.xlsx"))
            subprocess.run([sys.executable, "-c", ROWS, str(workbook), str(rows)], check=True)
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", PANDAS, str(rows), str(place / "pandas")], check=True)
        theirs.append(time.perf_counter() - begun)
    found = json.loads(rows.read_text(encoding="utf-8"))
    how = f"{min(ours):.2f} s; {min(theirs):.2f} s; {len(found) - 1} rows of {len(found[0])} columns, best of 3"
    figure = f"`report course` of {count} × {GIVEN_OUT}, against pandas writing the same rows"
    return Row(figure, "≤", 3, min(ours) / min(theirs), how)


def late(values: list[float]) -> float:
    """Return the 95th percentile (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


if __name__ == "__main__":
    main()

"""How soon a page is alive, and what ten pages weigh: the course's lab against the same JupyterLab without it.

    python benchmarks/lab.py [--rounds N]

In turns: a lab without our extensions shows lesson 5 until its first question can be read; ours shows it until the
first question can be answered. Cold is the first page of a fresh server and a fresh browser, warm the next. It writes
its section of ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from first_seen import seconds_until
from memory import family, megabytes
from playwright.sync_api import Browser, sync_playwright
from table import Row, write_section

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from kit.course import Lab, copy_course, start_lab, wait_for  # noqa: E402

from buuchinh.files import write_text  # noqa: E402
from buuchinh.lab import launch  # noqa: E402

TITLE = "## How soon a page is alive"
LESSON = "lessons/05-buu-gui-nghi-van.ipynb"
READ, ANSWERED = ".bc-standin", "[data-question] input"
TO_LESSON = 'a[href="#/l05"]:visible'
OURS = {"page": "buuchinh-learner", "server": "buuchinh.learner.server.extension"}
"""What an installed kit adds to any JupyterLab."""
PATIENCE = 120_000
GOALS = {"cold": 1.25, "warm": 1.15}
PAGES = 10
SECOND_DAY, WEIGHT = 10.0, 400.0


@contextmanager
def plain(course: Path) -> Iterator[Lab]:
    """Serve ``course`` by JupyterLab with the trainee's settings, without our extensions."""
    port, token = launch.free_port(0, course), secrets.token_urlsafe(12)
    environment = os.environ | launch.environment(course, instructor=False)
    settings = course.parent / "without"
    environment["JUPYTER_CONFIG_DIR"] = str(settings)
    disabled = {"disabledExtensions": {OURS["page"]: True}}
    write_text(settings / "labconfig" / "page_config.json", json.dumps(disabled))
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--Application.log_level=ERROR",
        f"--ServerApp.port={port}", f"--ServerApp.root_dir={course}", f"--IdentityProvider.token={token}",
        f"--ServerApp.jpserver_extensions={OURS['server']}=False",
    ]  # fmt: skip
    with subprocess.Popen(command, env=environment, cwd=course, stderr=subprocess.DEVNULL) as server:
        address = f"http://{launch.ADDRESS}:{port}/doc/tree/{LESSON}?token={token}"
        try:
            wait_for(address)
            yield Lab(address, course)
        finally:
            server.kill()  # told to stop, JupyterLab alone may wait for threads of its own for ever


def cold_and_warm(browser: Browser, lab: Lab, what: str) -> tuple[float, float]:
    """Return the seconds of the first page and of the next."""
    page = browser.new_page()
    cold = seconds_until(page, lab.page(LESSON), what)
    page.goto("about:blank")
    warm = seconds_until(page, lab.page(LESSON), what)
    page.close()
    return cold, warm


def second_day(browser: Browser, course: Path) -> float:
    """Return the seconds from the double click to the first question, by way of the start page."""
    begun = time.perf_counter()
    for lab in start_lab(course):
        page = browser.new_page()
        page.goto(lab.address)
        page.locator(TO_LESSON).first.click(timeout=PATIENCE)
        page.wait_for_url("**/bai-lam/**", timeout=PATIENCE)
        page.locator(f"{ANSWERED}:visible").first.wait_for(timeout=PATIENCE)
        took = time.perf_counter() - begun
        page.close()
    return took


def weight(browser: Browser, course: Path) -> float:
    """Return the megabytes (proportional set size) of server and kernels after ten pages."""
    names = sorted(path.relative_to(course).as_posix() for path in course.glob("lessons/0[1-578]-*.ipynb"))
    for lab in start_lab(course):
        page = browser.new_page()
        for place in range(PAGES):
            seconds_until(page, lab.page(names[place % len(names)]), ANSWERED)
        page.close()
        port = re.findall(r":(\d+)/", lab.address)[0]
        found = subprocess.run(["ss", "-ltnpH", f"sport = :{port}"], capture_output=True, text=True, check=True).stdout
        return megabytes(family(int(re.findall(r"pid=(\d+)", found)[0])))
    return 0.0


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    floor: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    days: list[float] = []
    with tempfile.TemporaryDirectory(prefix="buuchinh-lab-") as name, sync_playwright() as driver:
        course = copy_course(Path(name) / "course")
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        for _ in range(rounds):
            browser = driver.chromium.launch(executable_path=found, args=options)
            with plain(course) as lab:
                floor.append(cold_and_warm(browser, lab, READ))
            browser.close()
            browser = driver.chromium.launch(executable_path=found, args=options)
            ours.extend(cold_and_warm(browser, lab, ANSWERED) for lab in start_lab(course))
            days.append(second_day(browser, course))
            browser.close()
        browser = driver.chromium.launch(executable_path=found, args=options)
        heavy = weight(browser, course)
        browser.close()
    rows = [_against(floor, ours, place, which) for place, which in enumerate(("cold", "warm"))]
    _write(rows, statistics.median(days), heavy, rounds)


def _against(floor: list[tuple[float, float]], ours: list[tuple[float, float]], place: int, which: str) -> Row:
    without, with_it = (statistics.median(one[place] for one in some) for some in (floor, ours))
    figure = f"first question can be answered, {which}, against the same page without our extensions"
    return Row(figure, "≤", GOALS[which], with_it / without, f"{with_it:.1f} s; {without:.1f} s")


def _write(rows: list[Row], day: float, heavy: float, rounds: int) -> None:
    def line(figure: str, goal: float, found: float, unit: str, how: str) -> str:
        return f"| {figure} | ≤ {goal:g} {unit} | {found:.3g} {unit} | {'yes' if found <= goal else '**no**'} | {how} |"

    load = f"load average {os.getloadavg()[2]:.1f} on {os.cpu_count()} cores meanwhile"
    lines = [
        TITLE, "", f"Written by `python benchmarks/lab.py`: medians of {rounds} rounds, in turns; {load}.", "",
        "| figure | goal | measured | met | how |", "|---|---|---|---|---|",
        *(row.line() for row in rows),
        line("double click to the first question, second day", SECOND_DAY, day, "s", "by the start page, one click"),
        line(f"{PAGES} pages one after another, server and kernels", WEIGHT, heavy, "MB", "proportional set size"),
    ]  # fmt: skip
    sys.stdout.write("\n".join([*lines, ""]))
    write_section(lines)


if __name__ == "__main__":
    main()

"""Twelve trainees at once on a JupyterHub: answers lost, seconds to "Đã lưu", and what each weighs above a bare server.

    python benchmarks/hub.py [--hub 6.1.1] [--quick]

As root, with real accounts that are made and removed: all twelve log in at the same moment and answer one sheet without
a pause, ten by the requests that the screens send, two in Chromium; then all hand in, their servers are killed, and
what lies on the disk and in the exchange is compared with every answer that was confirmed. Bare servers of the same
environment run beside them. It writes its section of ``docs/performance.md``; ``--quick`` takes three people, to try
the script itself, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hub_trainee import Trainee
from memory import family, megabytes, of_owner, processor_seconds
from playwright.sync_api import Browser, Page, expect, sync_playwright
from table import HEAD, write_section

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from kit import hub as hubs  # noqa: E402
from kit import hub_class  # noqa: E402
from kit.hub_class import PATIENCE, HubClass, entered  # noqa: E402
from kit.trainee import open_unit  # noqa: E402
from kit.unix_users import Account, end_processes, machine  # noqa: E402

TITLE = "## Twelve on a hub"
UNIT = "bt05"
BY_REQUESTS, IN_BROWSERS, BARE = 10, 2, 4
ROUNDS = 5
"""How often each answers the whole sheet by requests, at least; they go on while a browser still answers."""
SAVED, ABOVE = 1.0, 30.0
PLACES = (50, 500)
"""Numbers of trainees that are counted from what is measured here."""
EVERY = 20
"""Seconds from one answer to the next of somebody who reads, for that count."""
BARE_NAME = "tran-"
SETTINGS = f"""
given = c.Spawner.pre_spawn_hook
def bare_or_given(spawner):
    given(spawner)
    if spawner.user.name.startswith({BARE_NAME!r}):
        spawner.cmd = [spawner.cmd[0], "-m", "jupyterhub.singleuser"]
c.Spawner.pre_spawn_hook = bare_or_given
"""
CALM = 1000
"""Milliseconds for which "Nộp luôn" takes no press, so that a double click does not hand in."""
CHOOSE = """async (id) => {
  const asked = document.querySelector(`[data-question="${id}"]`);
  const begun = performance.now();
  asked.querySelector("input[type=radio]").click();
  while (!/Đã lưu lúc/u.test(asked.querySelector(".bc-saved")?.textContent ?? "")) {
    if (performance.now() - begun > 60000) throw new Error(`not saved: ${id}`);
    await new Promise(requestAnimationFrame);
  }
  return (performance.now() - begun) / 1000;
}"""
"""Presses an option, and returns the seconds until the page says that it is saved."""


@dataclass
class Found:
    """What was measured; memory in MB, times in seconds."""

    ready: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    in_browsers: list[float] = field(default_factory=list)
    confirmed: dict[str, Counter[str]] = field(default_factory=dict)
    lost: int = 0
    handed_in: int = 0
    ours: list[float] = field(default_factory=list)
    ours_in_browsers: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    hub: float = 0.0
    answer: float = 0.0
    start: float = 0.0
    load: float = 0.0


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", default="6.1.1")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    version, found = given.hub, Found()
    by_requests, in_browsers, bare_ones = (2, 1, 1) if given.quick else (BY_REQUESTS, IN_BROWSERS, BARE)
    with (
        machine() as made,
        hub_class.running(made, version, UNIT, trainees=by_requests + in_browsers, settings=SETTINGS) as of_class,
        chromium() as browser,
    ):
        bare = [made.account(f"{BARE_NAME}{os.getpid()}-{number}") for number in range(bare_ones)]
        run(of_class, bare, browser, found, in_browsers)
    write(version, found, kept=not given.quick)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the machine's Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def run(of_class: HubClass, bare: list[Account], browser: Browser, found: Found, in_browsers: int) -> None:
    """Let everybody work, the last in browsers, and measure."""
    hub, people = of_class.hub, of_class.trainees
    by_requests = len(people) - in_browsers
    trainees = [Trainee(hub.address, one.name, hubs.PASSWORD) for one in people[:by_requests]]
    others = [Trainee(hub.address, one.name, hubs.PASSWORD) for one in bare]
    with ThreadPoolExecutor(by_requests) as pool:
        coming = [pool.submit(one.enter) for one in trainees]
        pages = [entered(browser, hub, one.name, []) for one in people[by_requests:]]
        found.ready = [one.result() for one in coming]
        found.start = statistics.median(processor_seconds(of_owner(one.uid)) for one in people[:by_requests])
        for other in others:
            other.enter()
        for page in pages:
            open_unit(page, UNIT)
        for one in trainees:
            one.open(UNIT)
        begun = _used(people, hub.pid)
        browsers_done = threading.Event()
        coming_answers = [pool.submit(answer_all, one, browsers_done.is_set) for one in trainees]
        in_pages = answer_in_pages(pages, trainees[0], found)
        browsers_done.set()
        for one, answers in zip(trainees, (coming.result() for coming in coming_answers), strict=True):
            found.saved += [seconds for _, _, seconds in answers]
            found.confirmed[one.name] = Counter(_line(name, given) for name, given, _ in answers)
        count = len(found.saved) + len(found.in_browsers)
        found.answer = (_used(people, hub.pid) - begun) / count
        found.load = os.getloadavg()[0]
        weigh(people, by_requests, bare, found)
        found.hub = megabytes(family_of_hub(of_class))
        receipts = [pool.submit(one.hand_in, UNIT) for one in trainees]
        for page in pages:
            hand_in(page)
        assert all(one.result()["in_exchange"] for one in receipts)
    end_processes({one.uid for one in people})
    compare(of_class, in_pages, found)


def answer_all(one: Trainee, may_end: Callable[[], bool]) -> list[tuple[str, Any, float]]:
    """Answer the whole sheet again and again without a pause; return each answer with its seconds."""
    given: list[tuple[str, Any, float]] = []
    number = 0
    while number < ROUNDS or not may_end():
        for name, asked in one.questions.items():
            answer = _any_answer(asked, number)
            given.append((name, answer, one.answer(UNIT, name, answer)))
        number += 1
    return given


def _any_answer(asked: dict[str, Any], number: int) -> Any:
    options = [one["id"] for one in asked.get("options", ())]
    if asked["type"] == "single":
        return options[number % len(options)]
    return [options[number % len(options)]] if options else f"Tôi dừng nhận và báo trưởng bưu cục, lần {number}."


def answer_in_pages(pages: list[Page], like: Trainee, found: Found) -> list[str]:
    """Choose an option of each question that has one, in each page in turn; return the questions."""
    names = [name for name, asked in like.questions.items() if asked["type"] == "single"]
    for name in names:
        for page in pages:
            page.locator(f'[data-question="{name}"] input[type=radio]').first.wait_for(timeout=PATIENCE)
            found.in_browsers.append(page.evaluate(CHOOSE, name))
    return names


def hand_in(page: Page) -> None:
    """Press "Nộp bài", also with questions open, and wait for the receipt."""
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Nộp luôn").click(timeout=PATIENCE)
    expect(page.locator(".hoc-receipt")).to_contain_text("đã vào hòm nộp bài của lớp", timeout=PATIENCE)


def weigh(people: tuple[Account, ...], by_requests: int, bare: list[Account], found: Found) -> None:
    """Weigh all servers while all of them run."""
    weights = [megabytes(of_owner(one.uid)) for one in people]
    found.ours, found.ours_in_browsers = weights[:by_requests], weights[by_requests:]
    found.bare = [megabytes(of_owner(one.uid)) for one in bare]


def family_of_hub(of_class: HubClass) -> list[int]:
    """Return the hub's process and its proxy's, without the servers of people."""
    return [pid for pid in family(of_class.hub.pid) if Path(f"/proc/{pid}").stat().st_uid == os.geteuid()]


def compare(of_class: HubClass, in_pages: list[str], found: Found) -> None:
    """Count the confirmed answers that are not on the disk, and the hand-ins that are taken."""
    for one in of_class.trainees:
        path = one.home / "khoa-hoc" / "bai-lam" / one.code / UNIT / "answers.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        kept = Counter(_line(line["id"], line["answer"]) for line in lines)
        names = Counter(line["id"] for line in lines)
        confirmed = found.confirmed.get(one.name)
        found.lost += (Counter(in_pages) - names if confirmed is None else confirmed - kept).total()
    said = of_class.buuchinh("collect", "--exchange")
    found.handed_in = sum((of_class.course / "submitted" / one.code / UNIT).is_dir() for one in of_class.trainees)
    assert f"Nhận {found.handed_in}," in said, said


def _line(name: str, answer: Any) -> str:
    return json.dumps([name, answer], ensure_ascii=False)


def _used(people: tuple[Account, ...], hub: int) -> float:
    servers = [pid for one in people for pid in of_owner(one.uid)]
    return processor_seconds({*servers, *family(hub)})


def late(values: list[float]) -> float:
    """Return the 95th percentile (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def write(version: str, found: Found, *, kept: bool) -> None:
    """Print the section, and write it if it is to be ``kept``, with what is calculated apart from what is measured."""
    every = [*found.saved, *found.in_browsers]
    ours, bare = [*found.ours, *found.ours_in_browsers], statistics.median(found.bare)
    above = statistics.median(ours) - bare
    by_requests, in_browsers = len(found.ours), len(found.ours_in_browsers)
    people = by_requests + in_browsers

    def line(figure: str, sign: str, goal: float, unit: str, measured: float, how: str) -> str:
        met = "yes" if (measured <= goal if sign == "≤" else measured == goal) else "**no**"
        return f"| {figure} | {sign} {goal:g}{unit} | {measured:.3g}{unit} | {met} | {how} |"

    how_saved = (
        f"median {statistics.median(every):.2f} s, longest {max(every):.2f} s; in Chromium "
        f"{max(found.in_browsers):.2f} s at most of {len(found.in_browsers)}"
    )
    how_heavy = (
        f"proportional set size, medians: {statistics.median(ours):.0f} MB, {max(ours):.0f} MB at most; "
        f"bare {bare:.0f} MB of {len(found.bare)}"
    )
    cores, first_page = os.cpu_count(), f"{statistics.median(found.ready):.0f} s"
    lines = [
        TITLE,
        "",
        f"Written by `python benchmarks/hub.py`: JupyterHub {version}, {people} accounts of Linux on {cores} cores,",
        f"load average {found.load:.1f} meanwhile; no pause between answers, {by_requests} by the requests that the",
        f"screens send, {in_browsers} in Chromium on the same machine.",
        "",
        *HEAD,
        line("answers lost, servers killed after the last", "=", 0, "", found.lost, f"of {len(every)} confirmed"),
        line("hand-ins in the class, all handed in at once", "=", people, "", found.handed_in, "`collect --exchange`"),
        line("“Đã lưu”, 95 of 100", "≤", SAVED, " s", late(every), how_saved),
        line("a trainee above a bare `jupyterhub-singleuser`", "≤", ABOVE, " MB", above, how_heavy),
        "",
        f"- All {people} began at once: the first page after {first_page} (median; the last after",
        f"  {max(found.ready):.0f} s); {found.start:.1f} s of processor a server.",
        f"- Hub and proxy: {found.hub:.0f} MB; an answer takes {found.answer * 1000:.0f} ms of processor, server,",
        "  proxy and hub together.",
        *(f"- {count(number, found)}" for number in PLACES),
    ]
    sys.stdout.write("\n".join([*lines, ""]))
    if kept:
        write_section(lines)


def count(number: int, found: Found) -> str:
    """Return what so many trainees would take, calculated and said so."""
    memory = number * statistics.median([*found.ours, *found.ours_in_browsers]) + found.hub
    cores = number / EVERY * found.answer
    starts = number * found.start / 60
    return (
        f"**Calculated, not measured:** {number} at once take {memory / 1000:.0f} GB without kernels;\n"
        f"  with an answer of each in {EVERY} s {cores:.1f} cores; if all begin in one minute {starts:.0f} cores."
    )


if __name__ == "__main__":
    main()

"""What Chromium tells of the pages: seconds to a first question, how soon a tap is answered, memory, Lighthouse."""

from __future__ import annotations

import gzip
import json
import math
import re
import shutil
import statistics
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from first_seen import seconds_until
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PHONE = ViewportSize(width=390, height=844)
SLOWER = 4
"""How many times the processor is slowed."""
_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
_TYPES = {".html": "text/html; charset=utf-8", ".js": "application/javascript", ".svg": "image/svg+xml"}
_TYPES |= {".webmanifest": "application/manifest+json"}
_SHORTEST = 16.0
"""Milliseconds below which a browser does not report an interaction (Event Timing, W3C)."""
_ANSWER = re.compile("^(Trả lời|Quyết định)$")
_GUARD = 700.0
"""Milliseconds after which a button that has just appeared takes a press."""
_WATCH = """() => {
  window.slowest = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) slowest.set(interactionId, Math.max(duration, slowest.get(interactionId) ?? 0));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""
LIGHTHOUSE = "lighthouse@12.8.2"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium as nobody has used it before."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def first_question(address: str) -> float:
    """Return the seconds from nothing to a question that takes an answer, in a browser that has never been there."""
    with chromium() as browser:
        page = _slow(browser, line=True)
        return seconds_until(page, f"{address}#/l05/2", ".bc-option input")


def taps(address: str) -> list[float]:
    """Return the milliseconds until the screen showed what each tap did, over the choices of a whole lesson.

    The browser's own measure (Event Timing), on a processor four times slower: pick the first option, then answer.
    """
    with chromium() as browser:
        page = _slow(browser, line=False)
        page.goto(f"{address}#/l05/1")
        page.evaluate(_WATCH)
        tapped = 0
        page.locator(".hoc-step").first.wait_for(state="attached")
        screens = page.locator(".hoc-step").count()
        for screen in range(1, screens + 1):
            page.evaluate("to => { location.hash = to }", f"#/l05/{screen}")
            page.wait_for_function(
                "route => document.getElementById('hoc-main').dataset.route === route", arg=f"#/l05/{screen}"
            )
            for question in page.locator(".bc-question:has(.bc-option input[type=radio]):visible").all():
                question.locator(".bc-option").first.click()
                page.wait_for_timeout(_GUARD)
                page.get_by_role("button", name=_ANSWER).first.click()
                tapped += 2
        page.wait_for_timeout(500)
        told = page.evaluate("() => [...slowest.values()]")
    return sorted([*told, *[_SHORTEST] * (tapped - len(told))])


def keys(address: str, said: str) -> list[float]:
    """Return the milliseconds until the screen showed what each key did, as ``said`` is typed into the look-up."""
    with chromium() as browser:
        page = _slow(browser, line=False)
        page.goto(f"{address}#/mon-nay")
        page.get_by_role("searchbox").wait_for()
        page.evaluate(_WATCH)
        page.get_by_role("searchbox").press_sequentially(said, delay=150)
        page.wait_for_timeout(500)
        told = page.evaluate("() => [...slowest.values()]")
    return sorted([*told, *[_SHORTEST] * (len(said) - len(told))])


def late(milliseconds: list[float]) -> float:
    """Return the 95th percentile (nearest rank) of sorted values."""
    return milliseconds[math.ceil(0.95 * len(milliseconds)) - 1]


def weight(address: str, ready: str) -> float:
    """Return the megabytes (proportional set size) of the page at ``address`` once ``ready`` is on it."""
    with chromium() as browser:
        earlier = _renderers()
        page = browser.new_page()
        page.goto(address)
        page.locator(ready).first.wait_for(timeout=120_000)
        page.wait_for_timeout(1000)
        return sum(map(_held, _renderers() - earlier)) / 1e3


def lighthouse(address: str, place: Path, rounds: int) -> dict[str, float]:
    """Return the median score (0 to 100) of each category, as a telephone on a slow line; npm fetches the program."""
    program = shutil.which("chromium") or ""
    seen: dict[str, list[float]] = {name: [] for name in _CATEGORIES}
    for number in range(rounds):
        report = place / f"lighthouse-{number}.json"
        command = [
            "npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}",
            f"--only-categories={','.join(_CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox",
        ]  # fmt: skip
        subprocess.run(["env", f"CHROME_PATH={program}", *command], check=True, capture_output=True)
        for name, category in json.loads(report.read_text(encoding="utf-8"))["categories"].items():
            seen[name].append(category["score"] * 100)
    return {name: statistics.median(scores) for name, scores in seen.items()}


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """Serve ``files`` gzipped, as any web server does."""
    packed = {name: gzip.compress(data, mtime=0) for name, data in files.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/") or "index.html"
            self.send_response(200 if name in packed else 404)
            self.send_header("Content-Type", _TYPES.get(Path(name).suffix, "application/octet-stream"))
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(packed.get(name, gzip.compress(b"")))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def _slow(browser: Browser, *, line: bool) -> Page:
    page = browser.new_page(viewport=PHONE)
    slow = page.context.new_cdp_session(page)
    if line:
        slow.send("Network.enable")
        slow.send("Network.emulateNetworkConditions", _LINE)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _renderers() -> set[int]:
    """Return the processes of any Chromium here that show a page."""
    found = set()
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                command = (place / "cmdline").read_bytes()
            except OSError:
                continue
            if b"--type=renderer" in command:
                found.add(int(place.name))
    return found


def _held(process: int) -> int:
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0])

"""The pages for any browser: bytes that travel, seconds until a question can be answered, seconds to build.

    python benchmarks/site.py [--rounds N]

Beside ``nbconvert --to html`` of the same lessons, in the same run. The browser is the machine's Chromium, slowed
four times, on a line of 1.6 Mbit/s with 150 ms. It writes its section of ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright
from table import HEAD, Row, write_section

from buuchinh.site import build

ROOT = Path(__file__).resolve().parents[1]
TITLE = "## Pages for any browser"
FIRST = ("index.html", "hoc.js", "cu.js")
"""What a first visit asks for, drawings aside."""
_TYPES = {".html": "text/html; charset=utf-8", ".js": "application/javascript", ".svg": "image/svg+xml"}


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="buuchinh-site-") as name:
        place = Path(name)
        ours = [_seconds(lambda: _run("buuchinh", "site", "--out", place / "hoc")) for _ in range(3)]
        theirs = [_seconds(lambda: _nbconvert(place / "nbconvert")) for _ in range(2)]
        files = build.contents(public=False)
        first = sum(_packed(files[one]) for one in FIRST)
        lessons = {one: _packed(data) for one, data in files.items() if one.startswith("bai/l")}
        peer = sum(_packed(path.read_bytes()) for path in (place / "nbconvert").glob("*.html"))
        with served(files) as address:
            opened = [first_question(address) for _ in range(rounds)]
    charts = sum(len(data) for one, data in files.items() if one.endswith(".png"))
    largest = max(lessons, key=lambda one: lessons[one])
    whole = first + sum(lessons.values()) + charts
    median = statistics.median(opened)
    slowed = "CPU 4 times slower, 150 ms, 1.6 Mbit/s"
    travelled = f"{_kilo(whole)}; {_kilo(peer)}"
    built = f"{min(ours):.1f} s; {min(theirs):.1f} s"
    rows = [
        Row("first visit, gzipped, against 60 KB", "≤", 1, first / 60_000, _kilo(first)),
        Row("largest lesson, gzipped, against 40 KB", "≤", 1, lessons[largest] / 40_000, _kilo(lessons[largest])),
        Row("lessons and charts, gzipped, against nbconvert's", "≤", 0.5, whole / peer, travelled),
        Row("a first question can be answered, against 1.5 s", "≤", 1, median / 1.5, f"{median:.2f} s, {slowed}"),
        Row("whole site built, against nbconvert of its lessons", "≤", 1, min(ours) / min(theirs), built),
    ]  # fmt: skip
    said = "Written by `python benchmarks/site.py`. Charts are files of their own, loaded when seen."
    lines = [TITLE, "", said, "", *HEAD, *(row.line() for row in rows)]
    sys.stdout.write("\n".join([*lines, ""]))
    write_section(lines)


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} KB"


def first_question(address: str) -> float:
    """Return the seconds from nothing to a question that takes an answer, in a browser that has never been there."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        slow = page.context.new_cdp_session(page)
        line = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
        slow.send("Network.enable")
        slow.send("Network.emulateNetworkConditions", line)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        begun = time.perf_counter()
        page.goto(f"{address}#/l05/2", wait_until="commit")
        page.locator(".bc-option input").first.wait_for()
        took = time.perf_counter() - begun
        browser.close()
    return took


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


def _nbconvert(out: Path) -> None:
    lessons = sorted(path for path in (ROOT / "lessons").glob("*.ipynb") if not path.name.startswith("00"))
    _run("nbconvert", "--to", "html", "--log-level", "ERROR", "--output-dir", out, *lessons)


def _run(module: str, *arguments: object) -> None:
    subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def _seconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main()

"""A Chromium with a profile of its own that is killed as it stands, and started again on the same profile."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Playwright

from kit.course import missing

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium(playwright: Playwright, profile: Path) -> Iterator[Page]:
    """Yield a page of a Chromium that was started on ``profile``; at the end it is killed as it stands."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        missing("a browser: chromium")
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    process = subprocess.Popen(
        [str(found), *options, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    browser: Browser | None = None
    try:
        until = time.monotonic() + 60
        while not (port.is_file() and "\n" in port.read_text(encoding="utf-8")):
            assert process.poll() is None, "Chromium ended"
            assert time.monotonic() < until, "Chromium did not start"
            time.sleep(0.02)
        number = port.read_text(encoding="utf-8").split()[0]
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{number}")
        yield browser.contexts[0].pages[0]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        until = time.monotonic() + 20
        while _lives(process.pid):  # who still dies holds the store's lock, and the next one would begin without it
            assert time.monotonic() < until, "Chromium lives on"
            time.sleep(0.01)
        with contextlib.suppress(Error):
            if browser is not None:
                browser.close()


def _lives(group: int) -> bool:
    """Tell whether any process of a group still runs; one that is dead and not yet fetched does not."""
    told = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return any(int(pgid) == group and stat[0] != "Z" for pgid, stat in map(str.split, told.splitlines()))

"""Being on the course's pages in a browser: going to an address, giving a code, a web server for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, expect


def at(page: Page, route: str) -> None:
    """Go to an address of the pages and wait until it is shown."""
    page.evaluate("route => { location.hash = route; }", route)
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)


def steps_of(page: Page, unit: str, *, extra: bool = False) -> list[str]:
    """Return the addresses of the steps of a lesson: those on the way, or with those beside it."""
    at(page, f"#/{unit}/1")
    steps = page.locator(".hoc-contents .hoc-step" if extra else ".hoc-contents .hoc-step:not(.hoc-extra)")
    return [one.get_attribute("href") or "" for one in steps.all()]


def press_on(page: Page, word: str) -> None:
    """Press the one blue button below a step, once it says ``word``."""
    blue = page.locator(".hoc-act")
    expect(blue).to_have_text(word)
    page.wait_for_timeout(650)  # it takes no press at once after its word changed
    blue.click()


def give_code(page: Page, code: str) -> None:
    """Enter the code on the first page, as it is typed by people."""
    at(page, "#/")
    page.get_by_role("button", name="Ghi mã").click()
    page.get_by_label("Mã học viên").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Ghi mã").click()
    expect(page.locator(".hoc-who")).to_contain_text(code)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server does, and count what is asked of it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()

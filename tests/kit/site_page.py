"""Being on the course's pages in a browser: going to an address, giving a code, a web server for them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Error, Page, expect


def at(page: Page, route: str) -> None:
    """Go to an address of the pages and wait until it is shown."""
    page.evaluate("route => { location.hash = route; }", route)
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", route)


def until(page: Page, holds: str) -> None:
    """Wait until an asynchronous function of the page is true (``wait_for_function`` takes a promise for true)."""
    for _ in range(1200):
        try:
            if page.evaluate(holds):
                return
        except Error:  # the page is being loaded again
            pass
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {holds}")


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


def questions_of(page: Page, sheet: str) -> list[str]:
    """Return the addresses of the questions of a graded sheet that its page can ask, as its map has them."""
    at(page, f"#/{sheet}/1")
    return [one.get_attribute("href") or "" for one in page.locator(".hoc-map a").all()]


def at_hand_in(page: Page, sheet: str) -> None:
    """Go to where a graded sheet is handed in: an address beyond its end is its end."""
    at(page, f"#/{sheet}/99")


def hand_in_anyway(page: Page) -> None:
    """Press the button to hand in, for the first time or anew, and say that what is open stays open."""
    page.get_by_role("button", name=re.compile("^Nộp (bài|lại)$")).click()
    anyway = page.get_by_role("button", name="Nộp luôn")
    anyway.wait_for()
    page.wait_for_timeout(650)  # it takes no press at once, which may be the second one of a double click
    anyway.click()


def give_code(page: Page, code: str) -> None:
    """Enter the code on the first page, as it is typed by people."""
    at(page, "#/")
    page.get_by_role("button", name="Ghi mã").click()
    page.get_by_label("Mã học viên").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Ghi mã").click()
    expect(page.locator(".hoc-who")).to_contain_text(code)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server does; yields its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()

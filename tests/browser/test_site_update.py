"""A newer version of the pages on a web server: all of it or nothing, at a press, and every answer is still there.

The old pages are those that 0.1.1 and 0.2.0 built (``tests/older/``). The worker of 0.1.1 took over at once and let the
browser's own cache fill it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from kit import older
from kit.site_page import at, until
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buuchinh.site import build

pytestmark = pytest.mark.browser

FOREVER = "max-age=600"
UNIT = "kt1"
ASKED_BY_ALL = "kt1-q02"
"""A question of it that all versions ask."""
CACHES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        found[name] = (await (await caches.open(name)).keys()).map((one) => one.url);
    }
    return found;
}"""
TITLES = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const kept = await caches.open(name);
        for (const request of await kept.keys()) {
            const text = await (await kept.match(request)).text();
            found.push(text.includes("bản-hai") ? 2 : text.includes("bản-một") ? 1 : 0);
        }
    }
    return found;
}"""


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Return the files of the course's pages."""
    return build.contents(public=False)


def version(made: dict[str, bytes], name: str) -> dict[str, bytes]:
    """Return the pages as a build of its own, every script and the document marked by ``name``."""
    marked = {
        path: data + (f"\n// {name}\n" if path.endswith(".js") else f"\n<!-- {name} -->\n").encode()
        for path, data in made.items()
        if path.endswith((".js", ".html")) and path != "offline.js"
    }
    files = {path: data for path, data in made.items() if path != "offline.js"} | marked
    stamp = build._version(files)
    files[build.INDEX] = re.sub(rb'data-build="\w*"', f'data-build="{stamp}"'.encode(), files[build.INDEX], count=1)
    return files | {"offline.js": build._offline(stamp, files)}


def lay(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


class Cached(SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: whoever asked may believe what came for ten minutes."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", FOREVER)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Yield a folder and the address at which it is served."""
    folder = tmp_path / "web"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Cached, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


def visit(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#hoc-main h1")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return page


def reopened(page: Page, address: str, done: Callable[[Page], bool]) -> Page:
    """Close the last page of the old version and open another, until the browser knows that none is open any more."""
    for _ in range(20):
        page.close()
        page = visit(page.context, address)
        if done(page):
            break
    return page


def waiting(page: Page) -> None:
    """Wait until a newer worker has fetched all and waits."""
    page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration.update();
            for (let n = 0; !registration.waiting; n += 1) {
                if (n > 1500) throw new Error("no worker waits");
                await new Promise((go) => setTimeout(go, 20));
            }
        }"""
    )


def answer_first(page: Page, question: str = "") -> None:
    """Answer the first question of the short test, or the one of this id."""
    at(page, f"#/{UNIT}")
    asked = page.locator(f'[data-question="{question}"]') if question else page
    asked.locator(".bc-option").first.click()
    expect(asked.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")


def shown(page: Page) -> str:
    """Return which version the document and its scripts are of."""
    found = page.evaluate(
        """async () => {
            const names = ["hoc.js", "bai/kt1.js", "index.html"];
            const texts = await Promise.all(names.map(async (name) => (await fetch(name)).text()));
            return texts.map((text) => (text.includes("bản-hai") ? "2" : "1")).join("");
        }"""
    )
    return str(found)


@pytest.mark.parametrize("before", older.VERSIONS)
def test_pages_of_an_older_kit_become_the_newer_ones_whole_and_keep_the_answers(
    context: BrowserContext, web: tuple[Path, str], made: dict[str, bytes], before: str
) -> None:
    folder, address = web
    older.unpacked(before, "site", folder)
    page = visit(context, address)
    page.reload()
    answer_first(page, ASKED_BY_ALL)
    lay(folder, version(made, "bản-hai"))
    waiting(page)
    assert shown(page) == "111", "an open page stays what it is"
    page = reopened(page, address, lambda now: shown(now) != "111")
    assert shown(page) == "222"
    assert set(page.evaluate(TITLES)) == {0, 2}, "what browsers kept of the version before was believed"
    (kept,) = page.evaluate(CACHES)
    assert kept.startswith("buuchinh / ")
    at(page, f"#/{UNIT}")
    expect(page.locator(f'[data-question="{ASKED_BY_ALL}"] .bc-option input').first).to_be_checked()


def test_a_newer_version_waits_for_a_press_keeps_what_is_typed_and_takes_every_window_along_once(
    context: BrowserContext, web: tuple[Path, str], made: dict[str, bytes]
) -> None:
    folder, address = web
    lay(folder, version(made, "bản-một"))
    page, other = visit(context, address), visit(context, address)
    answer_first(page)
    at(other, "#/bt06/11")
    typed = other.locator("textarea").first
    loads: list[str] = []
    other.on("load", lambda one: loads.append(one.url))
    lay(folder, version(made, "bản-hai"))
    waiting(page)
    bar = page.locator("#hoc-newer")
    expect(bar).to_contain_text("Có bản mới")
    expect(other.locator("#hoc-newer")).to_be_visible()
    assert (shown(page), shown(other)) == ("111", "111")
    typed.press_sequentially("Lùi ra xa")
    bar.get_by_role("button").click()
    for one in (page, other):
        expect(one.locator("#hoc-newer")).to_have_count(0)
        expect(one.locator("#hoc-main h1")).to_be_visible()
        until(one, "async () => (await (await fetch('hoc.js')).text()).includes('bản-hai')")
        assert shown(one) == "222"
    expect(page.locator(".bc-option input").first).to_be_checked()
    expect(other.locator("textarea").first).to_have_value("Lùi ra xa")
    other.wait_for_timeout(500)
    assert len(loads) == 1
    assert set(page.evaluate(TITLES)) == {0, 2}


def test_files_of_two_versions_on_the_server_are_not_kept(
    context: BrowserContext, web: tuple[Path, str], made: dict[str, bytes]
) -> None:
    """Whoever comes while the site is being copied keeps what he has, and gets the rest at another visit."""
    folder, address = web
    first, second = version(made, "bản-một"), version(made, "bản-hai")
    lay(folder, first)
    page = visit(context, address)
    lay(folder, second | {"bai/l05.js": first["bai/l05.js"]})
    failed = page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration.update();
            const worker = registration.installing;
            while (worker.state === "installing") await new Promise((go) => setTimeout(go, 20));
            return [worker.state, Boolean(registration.waiting)];
        }"""
    )
    assert failed == ["redundant", False]
    assert set(page.evaluate(TITLES)) == {0, 1}
    lay(folder, second)
    waiting(page)
    expect(page.locator("#hoc-newer")).to_be_visible()


def test_a_page_needs_no_server_from_its_first_visit_on(
    browser: Browser, tmp_path: Path, made: dict[str, bytes]
) -> None:
    """Its network goes while the first page is still open."""
    lay(tmp_path, version(made, "bản-một"))
    context = browser.new_context()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Cached, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = visit(context, f"http://localhost:{server.server_port}/")
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        server.shutdown()
    at(page, "#/l02/2")
    expect(page.locator(".hoc-step[aria-current]")).to_have_attribute("href", "#/l02/2")
    context.close()


@pytest.mark.parametrize("before", [*older.VERSIONS, ""], ids=[*older.VERSIONS, "both new"])
def test_two_sites_on_one_host_keep_a_copy_each(
    context: BrowserContext, web: tuple[Path, str], made: dict[str, bytes], before: str
) -> None:
    folder, address = web
    lay(folder / "noi-bo", version(made, "bản-một"))
    visit(context, f"{address}noi-bo/").close()
    if before:
        older.unpacked(before, "site", folder / "cong-khai")
    else:
        lay(folder / "cong-khai", version(made, "bản-hai"))
    page = visit(context, f"{address}cong-khai/")
    until(page, "async () => (await caches.keys()).length === 2")
    lay(folder / "noi-bo", version(made, "bản-hai"))
    page = visit(context, f"{address}noi-bo/")
    until(page, "async () => (await navigator.serviceWorker.ready).waiting !== null")
    page = reopened(page, f"{address}noi-bo/", lambda now: len(now.evaluate(CACHES)) == 2)
    places = [{url.split("/")[3] for url in urls} for urls in page.evaluate(CACHES).values()]
    assert sorted(places, key=sorted) == [{"cong-khai"}, {"noi-bo"}]

"""A browser that is killed while somebody answers on the pages loses no answer that was told as saved.

Real Chromium with a profile of its own, its processes killed with SIGKILL at a random moment, then started again on
the same profile. Two hundred times in ``make long``.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit.course import missing
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, expect

from buuchinh.site import build

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="kills a group of processes"),
]
UNIT = "kt1"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ANSWERING = """() => {
    const question = document.querySelector("[data-question]");
    const line = question.querySelector(".bc-saved");
    const options = [...question.querySelectorAll(".bc-option input")];
    (async () => {
        for (let n = 0; ; n += 1) {
            const picked = options.find((one) => !one.checked && one !== options[n % 2]) ?? options[0];
            line.textContent = "";
            picked.click();
            while (!line.textContent.startsWith("Đã lưu lúc")) await new Promise((go) => setTimeout(go, 1));
            console.log(`saved ${question.dataset.question} ${picked.value}`);
        }
    })();
}"""
DURABILITIES = """() => {
    const open = IDBDatabase.prototype.transaction;
    window.durabilities = [];
    IDBDatabase.prototype.transaction = function (...given) {
        const made = open.apply(this, given);
        if (made.mode === "readwrite") window.durabilities.push(made.durability);
        return made;
    };
}"""
LINES = """async () => {
    const open = indexedDB.open("buuchinh " + document.querySelector(".hoc-head").textContent);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const all = base.transaction("lines").objectStore("lines").getAll();
    return new Promise((done) => { all.onsuccess = () => done(all.result.map((one) => one.line)); });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the course's pages on this disk."""
    return (build.build(tmp_path_factory.mktemp("trang") / "hoc").folder / build.INDEX).as_uri()


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


def opened(page: Page, site: str) -> list[dict[str, Any]]:
    """Open the short test and return the answers that are kept."""
    page.goto(f"{site}#/{UNIT}")
    expect(page.locator("[data-question]").first).to_be_visible()
    lines: list[dict[str, Any]] = page.evaluate(LINES)
    return [one for one in lines if one["id"].startswith(UNIT)]


def kill_while_answering(playwright: Playwright, site: str, profile: Path, times: int) -> int:
    """Kill so many times; each time what was told as saved must be there. Return how many answers were told."""
    chance = random.Random(23)
    told: list[list[str]] = []
    total = 0
    for _ in range(times + 1):
        with chromium(playwright, profile) as page:
            lines = opened(page, site)
            kept = [[one["id"], one["answer"]] for one in lines]
            assert kept[total : total + len(told)] == told
            if kept:
                shown = page.locator(f'[data-question="{kept[-1][0]}"] .bc-option input:checked')
                expect(shown).to_have_value(kept[-1][1])
            total, told = len(kept), []
            page.on("console", partial(_note, told))
            page.evaluate(ANSWERING)
            page.wait_for_timeout(60 + chance.random() * 200)
    return total


def _note(told: list[list[str]], said: ConsoleMessage) -> None:
    if said.text.startswith("saved "):
        told.append(said.text.split()[1:])


def test_what_was_told_as_saved_is_there_after_a_kill(playwright: Playwright, site: str, tmp_path: Path) -> None:
    assert kill_while_answering(playwright, site, tmp_path / "ho-so", 8) > 24


def test_who_types_without_a_pause_has_the_text_after_a_kill(playwright: Playwright, site: str, tmp_path: Path) -> None:
    """All but what was typed in the last two seconds, at the least."""
    with chromium(playwright, tmp_path / "ho-so") as page:
        page.goto(f"{site}#/bt06")
        page.get_by_role("link", name="Tiếp tục").click()
        page.locator("textarea").first.press_sequentially("khói " * 10, delay=100)
        at = page.url
    with chromium(playwright, tmp_path / "ho-so") as page:
        page.goto(at)
        expect(page.locator("textarea").first).to_have_value(re.compile("^(khói ){4}"))


@pytest.mark.long
def test_of_two_hundred_kills_none_loses_an_answer(playwright: Playwright, site: str, tmp_path: Path) -> None:
    assert kill_while_answering(playwright, site, tmp_path / "ho-so", 200) > 600


def test_each_write_is_on_the_disk_before_it_is_told(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({DURABILITIES})()")
    opened(page, site)
    page.locator(".bc-option").first.click()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu")
    assert set(page.evaluate("window.durabilities")) == {"strict"}
    page.close()


CANNOT_OPEN = """(times) => {
    const open = IDBFactory.prototype.open;
    let left = times;
    IDBFactory.prototype.open = function (...given) {
        if (left-- <= 0) return open.apply(this, given);
        const request = { error: new DOMException("Internal error opening backing store", "UnknownError") };
        setTimeout(() => request.onerror?.(new Event("error")));
        return request;
    };
}"""


def test_a_store_that_is_not_free_at_once_is_waited_for(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({CANNOT_OPEN})(3)")
    page.goto(f"{site}#/{UNIT}")
    page.locator(".bc-option").first.click()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu")
    expect(page.locator(".hoc-alarm", has_text="không giữ được")).to_have_count(0)
    assert page.evaluate(LINES)
    page.close()


def test_an_answer_that_lies_in_the_window_alone_is_not_told_as_saved(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({CANNOT_OPEN})(1000)")
    page.goto(f"{site}#/{UNIT}")
    expect(page.locator(".hoc-alarm", has_text="không giữ được")).to_be_visible()
    page.locator(".bc-option").first.click()
    expect(page.locator(".bc-saved").first).to_contain_text("đóng là mất")
    expect(page.locator(".bc-saved").first).not_to_contain_text("Đã lưu")
    page.close()


NO_STORE = """() => {
    window.asked = 0;
    IDBFactory.prototype.open = () => { window.asked += 1; throw new DOMException("no", "InvalidStateError"); };
}"""


def test_where_a_browser_has_no_store_nobody_waits_for_one(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({NO_STORE})()")
    page.goto(f"{site}#/{UNIT}")
    expect(page.locator(".hoc-alarm", has_text="không giữ được")).to_be_visible()
    assert page.evaluate("window.asked") == 1
    page.close()

"""A browser that is killed while somebody answers on the pages loses no answer that was told as saved.

Real Chromium with a profile of its own, its processes killed with SIGKILL at a random moment, then started again on
the same profile. Two hundred times in ``make long``.
"""

from __future__ import annotations

import os
import random
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit.killed_browser import chromium
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="kills a group of processes"),
]
UNIT = "kt1"
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
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const all = base.transaction("lines").objectStore("lines").getAll();
    return new Promise((done) => { all.onsuccess = () => done(all.result.map((one) => one.line)); });
}"""


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
    """All that was there when the page last said that it is saved, at the least."""
    with chromium(playwright, tmp_path / "ho-so") as page:
        page.goto(f"{site}#/bt06")
        begin = page.get_by_role("link", name="Bắt đầu làm")
        begin.wait_for()
        page.wait_for_timeout(650)  # it takes no press at once after it has come
        begin.click()
        box, saved = page.locator("textarea").first, page.locator(".bc-saved", has_text="Đã lưu lúc").first
        for _ in range(60):  # two seconds at the least; more where the disk is slow
            box.press_sequentially("khói ", delay=100)
            if saved.count():
                break
        at = page.url
    with chromium(playwright, tmp_path / "ho-so") as page:
        page.goto(at)
        expect(page.locator("textarea").first).to_have_value(re.compile("^(khói ){2}"))


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

"""What a browser keeps of answers is there twice: it brings back what the browser threw away, never what was erased."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.killed_browser import chromium
from kit.site_page import at, give_code
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from buuchinh.site import build

pytestmark = pytest.mark.browser

UNIT, CODE = "kt1", "GL-0123-Q"
TORN = b"\x12\x34\x56\x78\x60\x00\x01"
"""The head of a record of LevelDB's log (checksum, length 96, whole) that its process did not live to follow."""
BOTH = """async () => {
    const name = "buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title;
    const contents = async (factory) => {
        const open = factory.open(name);
        const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
        const at = base.transaction(["lines", "state"]);
        const [lines, keys] = [at.objectStore("lines").getAll(), at.objectStore("state").getAllKeys()];
        await new Promise((done) => { at.oncomplete = done; });
        base.close();
        return { lines: lines.result, keys: keys.result };
    };
    const bucket = await navigator.storageBuckets.open("buuchinh-copy");
    return [await contents(indexedDB), await contents(bucket.indexedDB)];
}"""
HOLD = """async (title) => {
    window.bucket = await navigator.storageBuckets.open("buuchinh-copy");
    const open = window.bucket.indexedDB.open(`buuchinh ${title}`);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const lines = base.transaction(["lines", "state"], "readwrite").objectStore("lines");
    const again = () => { lines.count().onsuccess = again; };
    again();
}"""
"""Writes to the copy for as long as the window is open, so that nobody else does."""
THROW_AWAY = """async (title) => {
    const gone = indexedDB.deleteDatabase(`buuchinh ${title}`);
    await new Promise((done, failed) => { gone.onsuccess = done; gone.onerror = failed; });
}"""
COPIED_LINES = "() => Object.keys(localStorage).filter((key) => key.includes(' copy:'))"
NO_BUCKETS = "delete Navigator.prototype.storageBuckets;"


@pytest.fixture(params=["bucket", "localStorage"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Yield a window in which the copy lies in a storage bucket, or in localStorage as where there are no buckets."""
    opened = browser.new_context(accept_downloads=True)
    if request.param == "localStorage":
        opened.add_init_script(NO_BUCKETS)
    yield opened
    opened.close()


def opened(context: BrowserContext, site: str) -> Page:
    page = context.new_page()
    page.goto(site)
    expect(page.locator("#hoc-main h1")).to_be_visible()
    return page


def answer(page: Page, option: int) -> str:
    """Choose an option of the short test's first question and return its id once it is told as saved."""
    at(page, f"#/{UNIT}")
    chosen = page.locator("[data-question]").first.locator(".bc-option input").nth(option)
    chosen.check()
    expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu")
    return chosen.get_attribute("value") or ""


def be(page: Page, code: str) -> None:
    """Give a code and wait until what a guest did is its own."""
    give_code(page, code)
    expect(page.get_by_role("button", name="Đổi mã")).to_be_visible()


def erase(page: Page) -> None:
    at(page, "#/ket-qua")
    page.get_by_role("button", name="Xóa hết trên máy này").click()
    page.get_by_label("gõ XÓA").fill("xóa")
    page.get_by_role("button", name="Xóa hết", exact=True).click()
    expect(page.locator("#hoc-live")).to_contain_text("Đã xóa")


def throw_away(page: Page, site: str) -> None:
    """Throw the first store away while nobody is at the pages, as the browser does, and open them again."""
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", re.compile("^(#/)?$"))
    title = page.evaluate("JSON.parse(document.getElementById('hoc-course').textContent).title")
    page.goto(site.replace(build.INDEX, "icon.svg"))
    page.evaluate(THROW_AWAY, title)
    page.goto(site)
    expect(page.locator("#hoc-main h1")).to_be_visible()


def both(page: Page) -> list[dict[str, Any]]:
    """Return what the store and what its copy in a bucket hold: lines, and keys of states."""
    found: list[dict[str, Any]] = page.evaluate(BOTH)
    return found


@pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")
def test_a_store_that_the_browser_throws_away_after_a_torn_write_comes_back_whole(
    playwright: Playwright, site: str, tmp_path: Path
) -> None:
    profile = tmp_path / "ho-so"
    lines: list[Any] = []
    for start in range(3):
        with chromium(playwright, profile) as page:
            page.goto(site)
            expect(page.locator("#hoc-main h1")).to_be_visible()
            assert both(page)[0]["lines"] == lines
            answer(page, start)
            lines = both(page)[0]["lines"]
            assert len(lines) == start + 1
        (store,) = profile.glob("Default/IndexedDB/file_*.leveldb")
        if start == 0:
            with next(store.glob("*.log")).open("ab") as log:
                log.write(TORN)
    assert "since it was missing" in (store / "LOG").read_text(encoding="utf-8"), "nothing was thrown away"


def test_what_a_thrown_away_store_held_is_there_at_the_next_start_with_whose_it_was(
    context: BrowserContext, site: str
) -> None:
    page = opened(context, site)
    be(page, CODE)
    answer(page, 0)
    last = answer(page, 1)
    at(page, "#/")
    throw_away(page, site)
    expect(page.locator(".hoc-who")).to_contain_text(CODE)
    at(page, f"#/{UNIT}")
    expect(page.locator(".bc-option input:checked")).to_have_value(last)


def test_what_a_guest_answered_comes_back_as_the_work_of_the_code_that_took_it(
    context: BrowserContext, site: str
) -> None:
    page = opened(context, site)
    last = answer(page, 2)
    be(page, CODE)
    throw_away(page, site)
    expect(page.locator(".hoc-who")).to_contain_text(CODE)
    at(page, f"#/{UNIT}")
    expect(page.locator(".bc-option input:checked")).to_have_value(last)


def test_what_is_erased_never_comes_back(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    be(page, CODE)
    answer(page, 0)
    erase(page)
    at(page, "#/")
    throw_away(page, site)
    expect(page.locator(".hoc-who")).to_contain_text("không mã")
    at(page, f"#/{UNIT}")
    expect(page.locator(".bc-option").first).to_be_visible()
    expect(page.locator(".bc-option input:checked")).to_have_count(0)
    assert not page.evaluate(COPIED_LINES)


def test_the_copy_follows_each_answer_the_taking_over_and_the_erasing(browser: Browser, site: str) -> None:
    with browser.new_context(accept_downloads=True) as context:
        page = opened(context, site)
        for act in (
            lambda: answer(page, 0),
            lambda: answer(page, 1),
            lambda: give_code(page, CODE),
            lambda: erase(page),
        ):
            act()
            store, copy = both(page)
            assert copy["lines"] == store["lines"]
            assert set(copy["keys"]) - {"copied"} == set(store["keys"]) - {"copied"}
        assert store["lines"] == []


def test_a_line_that_only_the_store_has_is_copied_at_the_next_start_and_none_comes_twice(
    browser: Browser, site: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("navigator.storageBuckets.open = () => Promise.reject(new Error('no'));")
        page.goto(site)
        answer(page, 0)
        page.close()
        page = opened(context, site)
        answer(page, 1)
        store, copy = both(page)
        assert len(store["lines"]) == 2
        assert copy["lines"] == store["lines"]


def test_what_is_erased_stays_gone_where_the_copy_had_no_room_any_more(browser: Browser, site: str) -> None:
    with browser.new_context(accept_downloads=True) as context:
        context.add_init_script(NO_BUCKETS)
        page = opened(context, site)
        answer(page, 0)
        page.close()
        page = context.new_page()
        page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
        page.goto(site)
        erase(page)
        page.close()
        page = opened(context, site)
        assert not page.evaluate(COPIED_LINES)
        at(page, f"#/{UNIT}")
        expect(page.locator(".bc-option").first).to_be_visible()
        expect(page.locator(".bc-option input:checked")).to_have_count(0)


def test_answers_are_saved_and_copied_however_long_the_page_is_open(browser: Browser, site: str) -> None:
    """A browser that tidies its memory up lets go of what nobody holds: a bucket's store then answers no write."""
    with browser.new_context() as context:
        page = opened(context, site)
        answer(page, 0)
        context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(500)
        answer(page, 1)
        at(page, "#/")
        at(page, f"#/{UNIT}")
        expect(page.locator(".bc-option input").nth(1)).to_be_checked()
        store, copy = both(page)
        assert len(store["lines"]) == len(copy["lines"]) == 2


def test_a_copy_that_gives_no_answer_holds_no_answer_up_and_catches_up_at_the_next_start(
    browser: Browser, site: str
) -> None:
    with browser.new_context(accept_downloads=True) as context:
        page = opened(context, site)
        answer(page, 0)
        other = context.new_page()
        other.goto(site.replace(build.INDEX, "icon.svg"))
        other.evaluate(HOLD, page.evaluate("JSON.parse(document.getElementById('hoc-course').textContent).title"))
        for option in (1, 0):
            answer(page, option)
        page.wait_for_timeout(4500)  # a page waits four seconds before it says that something was not saved
        expect(page.locator(".bc-saved").first).to_contain_text("Đã lưu lúc")
        other.close()
        page.close()
        page = opened(context, site)
        page.wait_for_timeout(500)
        store, copy = both(page)
        assert len(store["lines"]) == 3
        assert store == copy

"""The class to practise on is removed from its own page: the page says so, and its server ends."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from kit.marking import marked_class, marking_course, served
from playwright.sync_api import Browser, expect

from buuchinh.practice_class import practice_folder

__all__ = ["marked_class", "marking_course"]
pytestmark = pytest.mark.browser


def test_the_page_says_that_the_class_is_gone_and_the_server_ends(browser: Browser, marking_course: Path) -> None:
    practice_folder.mark(marking_course, marking_course.with_name("that"), ready=True)
    with served(marking_course) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 641})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda reply: faults.append(reply.url) if reply.status == 500 else None)
        page.goto(f"{address}giang-vien?token=thu")
        page.get_by_text("Thêm", exact=True).click()
        page.get_by_role("button", name="Xóa lớp thử").click()
        page.get_by_role("dialog").get_by_role("button", name="Xóa lớp thử").click()
        expect(page.locator("main")).to_have_text("Đã xóa lớp thử. Đóng trang này được rồi.")
        expect(page.locator("main p")).to_be_focused()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("#gone")).to_be_hidden()
        assert not marking_course.exists()
        for _ in range(40):
            page.wait_for_timeout(250)
            try:
                urllib.request.urlopen(f"{address}api", timeout=5)  # our own server
            except urllib.error.HTTPError:
                continue
            except OSError:
                break
        else:
            pytest.fail("the server of a class that is gone goes on")
        page.close()
    assert faults == []

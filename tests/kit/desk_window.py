"""The desk of a class in which everybody is somewhere else, and its windows of several sizes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kit.course import Lab, start_lab
from kit.desk_class import mixed_class


def mixed_lab(released_course: Path, folder: Path, then: Callable[[], object] = lambda: None) -> Iterator[Lab]:
    """Yield an instructor's lab over a copy of the course in ``folder``, with its class; ``then`` does more to it."""
    root = Path(shutil.copytree(released_course, folder / "lop-12"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        mixed_class(root)
        then()
        yield from start_lab(root, "--instructor")


@contextmanager
def opened(browser: Browser, lab: Lab, size: tuple[int, int] = (1366, 768)) -> Iterator[Page]:
    """Open the desk; ``AssertionError`` names each error, and each request to another server, at the end."""
    copies = ["clipboard-write"]  # Chromium lets a press copy; its headless shell asks for the permission
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN", permissions=copies)
    page = context.new_page()
    own = lab.address.partition("/giang-vien")[0]
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda sent: None if sent.url.startswith((own, "data:", "blob:")) else faults.append(sent.url))
    page.goto(lab.address)
    page.wait_for_selector("tbody tr, .steps")
    yield page
    context.close()
    assert not faults, faults


def fits_window(page: Page, size: tuple[int, int]) -> None:
    """Show a page in a window of this size, and wait until it is exactly as wide and high."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function(
        "([w, h]) => document.documentElement.scrollWidth === w && document.documentElement.scrollHeight === h",
        arg=list(size),
    )

"""What the tests of the pages share: the course's pages, built once a process, and a window on them in two sizes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.faultless import faultless
from playwright.sync_api import Browser, Page

from buuchinh.site import build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the course's pages on this disk; a test that changes them builds its own."""
    return (build.build(tmp_path_factory.mktemp("trang") / "hoc").folder / build.INDEX).as_uri()


@pytest.fixture(params=[(1366, 657), (390, 664)], ids=["desk", "phone"])
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the first page, in a window that is as low as a browser with its bars leaves it."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    with faultless(context) as opened:
        opened.goto(site)
        yield opened
    context.close()

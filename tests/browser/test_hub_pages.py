"""A trainee's pages on a hub, in a browser that did not hand in: what was delivered, the feedback, logging out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.course import Lab, copy_course, start_lab
from kit.trainee import CODE, PATIENCE, card, press_start
from playwright.sync_api import Browser, FloatRect, Page, expect

from buuchinh.exchange import fill_exchange, hand_in, places
from buuchinh.learner.server import api

pytestmark = pytest.mark.browser

UNIT = "bt02"
START = "lessons/00-bat-dau.ipynb"
PREFIX = "/user/gl-0123-q"
WIDTHS = (390, 1366, 1920)
SOMEBODY = 64_321
"""The number of an account that is not this process's: the instructor, to whom the exchange belongs."""


def _exchange(root: Path) -> places.Exchange:
    exchange = places.Exchange(root)
    for path, mode in (
        (root, places.ROOT_MODE),
        (exchange.folder, places.OPEN_MODE),
        (exchange.inbound, places.INBOUND_MODE),
        (exchange.feedback, places.FEEDBACK_MODE),
    ):
        path.mkdir()
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(mode)
    return exchange


@pytest.fixture(scope="module")
def on_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield a lab with a hub's settings, in which an exercise was handed in and has feedback."""
    if os.name != "posix" or os.geteuid():
        pytest.skip("needs root: the exchange belongs to another account")
    root = tmp_path_factory.mktemp("máy chủ")
    copied = copy_course(root / "nha")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTERHUB_SERVICE_PREFIX", f"{PREFIX}/")
        patch.setenv("BUUCHINH_EXCHANGE", str(root / "hom"))
        patch.setenv("JUPYTER_DATA_DIR", str(root / "data"))
        patch.setenv("BUUCHINH_COURSE", str(copied))
        patch.chdir(copied)
        exchange = _exchange(root / "hom")
        api.call("PUT", "person", {"notebook": START, "code": CODE})
        notebook = api.call("POST", "workspace", {"notebook": START, "unit": UNIT})["path"]
        receipt = api.call("POST", "submissions", {"notebook": notebook, "unit": UNIT})
        assert (receipt["in_exchange"], receipt["warning"]) == (True, "")
        (remembered,) = hand_in.cache(exchange).iterdir()
        secret = (remembered / places.SECRET).read_text(encoding="ascii")
        page = "<!doctype html><meta charset=utf-8><p>Bài của mình làm tốt</p>".encode()
        (exchange.feedback / f"{fill_exchange.page_name(UNIT, secret)}.html").write_bytes(page)
        yield from start_lab(copied)


@pytest.fixture
def fresh(browser: Browser, on_hub: Lab) -> Iterator[Page]:
    """Open the start page in a browser that knows nothing of the hand-in."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="vi-VN")
    page = context.new_page()
    page.goto(on_hub.address)
    page.locator(".hoc-home:visible").first.wait_for(timeout=PATIENCE)
    yield page
    context.close()


def test_the_link_to_the_feedback_is_pressed_at_every_width(fresh: Page) -> None:
    for width in WIDTHS:
        fresh.set_viewport_size({"width": width, "height": 900})
        link = fresh.get_by_role("link", name="Đọc phản hồi của người phụ trách lớp").locator("visible=true")
        with fresh.context.expect_page() as opening:
            link.click(timeout=10_000)
        expect(opening.value.locator("body")).to_contain_text("Bài của mình làm tốt")
        opening.value.close()
        cards = fresh.locator(".hoc-cards > li:visible")
        boxes = [box for one in cards.all() if (box := one.bounding_box())]
        place = link.bounding_box()
        assert place
        (around,) = [box for box in boxes if box["y"] < place["y"] < box["y"] + box["height"] and _beside(box, place)]
        assert place["y"] + place["height"] <= around["y"] + around["height"], width


def _beside(box: FloatRect, place: FloatRect) -> bool:
    return box["x"] <= place["x"] < box["x"] + box["width"]


def test_what_the_exchange_took_is_known_in_every_browser_and_is_not_asked_for(fresh: Page, on_hub: Lab) -> None:
    expect(card(fresh, UNIT)).to_contain_text("Đã vào hòm nộp bài lúc")
    for words in ("nhớ gửi", "Không cần tài khoản", "không cần mạng", "Người khác học", "gửi tệp cho"):
        expect(fresh.locator(".jp-Notebook")).not_to_contain_text(words)
    handed = next((on_hub.course / "bai-lam" / CODE / UNIT / "da-nop").glob("*.zip"))
    assert handed.name in (on_hub.course / "bai-lam" / CODE / UNIT / "vao-hom.json").read_text(encoding="utf-8")
    fresh.goto(on_hub.page(f"bai-lam/{CODE}/{UNIT}/{UNIT}.ipynb"))
    press_start(fresh)
    end = fresh.locator(".hoc-hand-in:visible")
    expect(end).to_contain_text("Đã vào hòm nộp bài lúc", timeout=PATIENCE)
    expect(fresh.locator(".bc-handed-notice")).to_contain_text("Đã vào hòm nộp bài lúc")
    for words in ("Tôi đã gửi rồi", "Chưa gửi, bấm nhầm", "chưa gửi", "gửi tệp ấy", "gửi lại cho"):
        expect(end).not_to_contain_text(words)
    end.locator(".hoc-pack").click()
    fresh.wait_for_timeout(1000)
    end.get_by_role("button", name="Nộp luôn").click()
    receipt = end.locator(".hoc-receipt")
    expect(receipt).to_contain_text("đã vào hòm nộp bài của lớp", timeout=PATIENCE)
    for words in ("Tôi đã gửi rồi", "Chưa gửi, bấm nhầm", "gửi lại cho", "Còn một việc"):
        expect(receipt).not_to_contain_text(words)


def test_one_logs_out_on_the_start_page(fresh: Page) -> None:
    asked: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.route(f"**{PREFIX}/logout", lambda route: route.fulfill(body="ra"))
    fresh.get_by_role("link", name="Đăng xuất").click()
    fresh.wait_for_url(f"**{PREFIX}/logout")
    assert any(address.endswith(f"{PREFIX}/logout") for address in asked)


@pytest.mark.parametrize("address", ["giang-vien", "giang-vien/ket-qua", "formgrader"])
def test_the_desks_address_is_a_plain_page(fresh: Page, on_hub: Lab, address: str) -> None:
    got = fresh.goto(on_hub.page("").replace("/doc/tree/", f"/{address}"))
    assert got
    assert got.status == 404
    expect(fresh.locator("h1")).to_have_text("Tài khoản này không có trang ấy")
    expect(fresh.locator("body")).not_to_contain_text("Not Found")
    fresh.get_by_role("link", name="Về trang mở đầu").click()
    fresh.locator(".hoc-home:visible").first.wait_for(timeout=PATIENCE)

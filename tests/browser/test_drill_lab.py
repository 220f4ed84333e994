"""A burst of pictures in a real JupyterLab: by keyboard, with the clock, as wide as a phone; axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from kit import keyboard as keys
from kit.course import Lab, copy_course, start_lab
from kit.trainee import PATIENCE
from playwright.sync_api import Browser, Page, expect

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
FOLDER = "bai-lam/khach/l05"
pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root = copy_course(tmp_path_factory.mktemp("drill") / "course")
    (root / FOLDER).mkdir(parents=True)
    for name in ("rong", "hep"):
        cells = [
            nbformat.v4.new_markdown_cell("# Tập mắt"),
            nbformat.v4.new_code_cell(
                f"from buuchinh import drill\n\ndrill('{name}')", metadata={"jupyter": {"source_hidden": True}}
            ),
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / FOLDER / f"{name}.ipynb")
    yield from start_lab(root)


def opened(browser: Browser, lab: Lab, name: str, width: int, scheme: str) -> Page:
    page = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # "light" or "dark"
        locale="vi-VN",
    ).new_page()
    page.goto(lab.page(f"{FOLDER}/{name}.ipynb"))
    expect(page.locator(".bc-drill")).to_be_visible(timeout=PATIENCE)
    return page


def shot(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"drill-{name}.png")


def test_a_burst_by_keyboard_alone(browser: Browser, lab: Lab) -> None:
    page = opened(browser, lab, "rong", 1366, "light")
    drill = page.locator(".bc-drill")
    drill.get_by_role("button", name="Bắt đầu, mười giây một hình").focus()
    page.keyboard.press("Enter")
    verdicts = re.compile("Đúng|Sót|Báo nhầm")
    for number in range(1, 41):
        expect(drill.get_by_role("img", name=f"Hình {number} trong 40.")).to_be_focused()
        if number == 2:
            shot(page, "1366-picture")
            assert keys.axe_findings(page, ".bc-drill") == []
        page.keyboard.press("1" if number % 2 else "2")
        expect(drill.locator(".bc-drill-verdict")).to_have_text(verdicts)
        if number == 3:
            shot(page, "1366-told")
            assert keys.axe_findings(page, ".bc-drill") == []
        expect(drill.locator(".bc-drill-next button:not([aria-disabled])")).to_be_focused()
        page.keyboard.press("Enter")
    expect(drill.get_by_role("heading", name="Xong 40 hình")).to_be_focused()
    expect(drill).to_contain_text(re.compile(r"Thấy \d+ trong 20 kiện có dấu hiệu\. *Báo nhầm \d+ trong 20 kiện"))
    assert "%" not in drill.inner_text()
    assert keys.axe_findings(page, ".bc-drill") == []
    shot(page, "1366-end")
    page.context.close()


def test_on_a_phone_the_clock_runs_out_or_is_turned_off_and_nothing_is_wider_than_the_screen(
    browser: Browser, lab: Lab
) -> None:
    page = opened(browser, lab, "hep", 390, "dark")
    drill = page.locator(".bc-drill")
    drill.get_by_role("button", name="Bắt đầu, mười giây một hình").click()
    expect(drill.locator(".bc-drill-verdict")).to_have_text(re.compile("^✗ Hết giờ"), timeout=20_000)
    drill.get_by_role("button", name="Hình tiếp").click()
    drill.get_by_role("button", name="Tắt đồng hồ").click()
    expect(drill.get_by_role("button", name="Bật đồng hồ")).to_be_visible()
    page.wait_for_timeout(10_500)
    expect(drill.get_by_role("button", name="Có dấu hiệu")).to_be_visible()
    for one in drill.locator("button, summary").all():
        box = one.bounding_box()
        assert box, one.inner_text()
        assert box["height"] >= 44, one.inner_text()
        assert 0 <= box["x"] <= 390 - box["width"], one.inner_text()
    shot(page, "390-dark-picture")
    drill.get_by_role("button", name="Không thấy gì lạ").click()
    expect(drill.get_by_role("button", name="Hình tiếp")).to_be_visible()
    shot(page, "390-dark-told")
    page.context.close()

"""An explorer in the trainees' JupyterLab: a picture without a kernel, lists after one press, code for officers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from kit.course import ROOT, Lab, copy_course, start_lab
from kit.keyboard import axe_findings
from kit.trainee import PATIENCE, no_code_is_seen, press_start, unfold
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.journey]
LESSON = "lessons/07-phoi-hop-lien-nganh.ipynb"
PRESS = "Đổi giá trị trong hình"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Serve a copy of the course."""
    yield from start_lab(copy_course(tmp_path_factory.mktemp("explorers") / "course"))


def opened(browser: Browser, lab: Lab, noise: list[str], *, width: int = 390) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.goto(lab.page(LESSON))
    press_start(page)
    unfold(page)
    return page


def test_a_picture_stands_there_and_one_press_brings_its_lists_which_draw_another(browser: Browser, lab: Lab) -> None:
    noise: list[str] = []
    page = opened(browser, lab, noise)
    cell = page.locator(".jp-CodeCell").filter(has=page.get_by_role("button", name=PRESS))
    expect(cell.locator("img:visible")).to_have_count(1)
    expect(cell).to_contain_text("Báo trong mấy phút = 60")
    no_code_is_seen(page)
    cell.get_by_role("button", name=PRESS).click()
    minutes = page.get_by_label("Báo trong mấy phút")
    expect(minutes).to_be_visible(timeout=2 * PATIENCE)
    expect(page.get_by_role("button", name=PRESS)).to_have_count(0)
    picture = page.locator(".bc-picture img")
    expect(page.locator("img[alt*='MÔ PHỎNG, báo trong']:visible")).to_have_count(1)
    before = picture.get_attribute("src")
    minutes.select_option("30")
    expect(page.locator(".bc-picture").get_by_role("status")).to_contain_text("báo trong 30 phút", timeout=PATIENCE)
    assert picture.get_attribute("src") != before
    assert page.locator(".bc-picture").evaluate("one => one.scrollWidth <= one.clientWidth")
    expect(page.locator(".bc-picture")).to_contain_text("MÔ PHỎNG, máy tạo ra")
    assert axe_findings(page, ".bc-picture") == []
    no_code_is_seen(page)
    assert noise == []
    page.context.close()


def test_an_officer_sees_the_code_and_runs_it_after_a_change(browser: Browser, lab: Lab) -> None:
    file = lab.course / "bai-lam/khach/duong-hoc/vai.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"role": "officer", "seen": []}), encoding="utf-8")
    page = opened(browser, lab, [], width=1366)
    code = page.locator(".jp-CodeCell .jp-InputArea-editor:visible")
    expect(code).to_have_count(1, timeout=PATIENCE)
    expect(code).to_contain_text("from buuchinh import explore, load")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_label("Báo trong mấy phút")).to_be_visible(timeout=2 * PATIENCE)
    expect(page.locator("img[alt*='MÔ PHỎNG, báo trong']:visible")).to_have_count(1)
    page.context.close()


def test_a_converted_lesson_shows_its_picture_where_no_script_runs(browser: Browser) -> None:
    html, _ = HTMLExporter().from_filename(str(ROOT / LESSON))
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.set_content(html, wait_until="domcontentloaded")
    picture = page.locator(".bc-explored img")
    expect(picture).to_have_count(1)
    expect(picture).to_be_visible()
    expect(picture).to_have_attribute("alt", re.compile("MÔ PHỎNG, báo trong 60 phút"))
    expect(page.locator(".bc-explored")).to_contain_text("máy tạo ra, không có vụ việc thật nào")
    context.close()

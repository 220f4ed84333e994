"""A real JupyterHub with real accounts: from a lesson to the feedback, and what another account of it can reach."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from kit import hub_class
from kit.hub_class import PATIENCE, HubClass, entered
from kit.trainee import open_unit
from kit.unix_users import machine
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.long

UNIT = "bt06"
VERSIONS = ("6.1.1", "5.5.4")
VALUE = 'submit("bt06-q1", so_dong=len(bang), so_dong_lap=2, so_vu=500)'
FIRST = "l05-q19"
BACKUP = """async (address) => {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": document.cookie.match(/_xsrf=([^;]*)/)[1] };
  return (await fetch(address, { method: "POST", headers, body: JSON.stringify({ action: "backup" }) })).status;
}"""
"""Presses what makes a backup, with the sign against forgery that the hub gives this server's pages."""


@pytest.fixture(scope="module", params=VERSIONS)
def class_on_hub(request: pytest.FixtureRequest) -> Iterator[HubClass]:
    """Yield a class of two on a hub of each version, one exercise released."""
    with machine() as made, hub_class.running(made, request.param, UNIT, trainees=2) as of_class:
        yield of_class


def test_from_a_lesson_to_the_feedback(class_on_hub: HubClass, browser: Browser) -> None:
    of_class, one, faults = class_on_hub, class_on_hub.trainees[0], list[str]()
    page = entered(browser, of_class.hub, one.name, faults)
    page.wait_for_url("**/doc/tree/lessons/00-bat-dau.ipynb", timeout=PATIENCE)
    open_unit(page, "l05")
    first = page.locator(f'[data-question^="{FIRST}"]:visible').first
    first.locator("input").first.check(timeout=PATIENCE)
    first.get_by_role("button", name="Trả lời").click()
    expect(first.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    assert (one.home / "khoa-hoc" / "bai-lam" / one.code / "l05" / "answers.json").is_file()
    page.get_by_role("button", name="Trang mở đầu").click()
    open_unit(page, UNIT)
    page.wait_for_url(f"**/bai-lam/{one.code}/{UNIT}/**", timeout=PATIENCE)  # the code is the hub's name
    page.locator(".jp-CodeCell:has(.jp-InputArea-editor:visible) .cm-content").nth(1).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(VALUE)
    page.keyboard.press("Shift+Enter")
    asked = page.locator('[data-question^="bt06-q1"]:visible').first
    expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Nộp luôn").click(timeout=PATIENCE)
    expect(page.locator(".hoc-receipt")).to_contain_text("đã vào hòm nộp bài của lớp", timeout=PATIENCE)

    said = of_class.buuchinh("collect", "--exchange")
    assert "Nhận 1, đã có từ trước 0, không nhận 0" in said
    of_class.buuchinh("grade", UNIT)
    assert "Đã đặt phản hồi của 1 người" in of_class.buuchinh("feedback", UNIT, "--exchange", "--anyway")

    desk = entered(browser, of_class.hub, of_class.instructor.name, faults)
    desk.wait_for_url("**/giang-vien", timeout=PATIENCE)
    expect(desk.locator("tbody tr", has_text=one.code)).to_be_visible(timeout=PATIENCE)
    for name in ("Kết quả", "Danh sách", "Bàn"):
        desk.get_by_role("link", name=name, exact=True).first.click()
        expect(desk.locator("h1, main").first).to_be_visible(timeout=PATIENCE)

    assert desk.evaluate(BACKUP, f"/user/{of_class.instructor.name}/giang-vien/lam/viec") == 200
    for _ in range(60):
        if list((of_class.course / "backup").glob("buuchinh_*.zip")):
            break
        desk.wait_for_timeout(1000)
    assert list((of_class.course / "backup").glob("buuchinh_*.zip"))

    page.reload()
    link = page.locator(".bc-handed-notice").get_by_role("link", name="Đọc phản hồi của người phụ trách lớp")
    expect(link).to_be_visible(timeout=PATIENCE)
    with page.context.expect_page() as opening:
        link.click()
    expect(opening.value.locator("body")).to_contain_text(one.code, timeout=PATIENCE)
    assert faults == []
    page.context.close()
    desk.context.close()


def test_another_account_reads_no_work_no_keys_and_no_marks(class_on_hub: HubClass, browser: Browser) -> None:
    of_class, (one, two) = class_on_hub, class_on_hub.trainees
    for path in (
        one.home,
        one.home / "khoa-hoc" / "bai-lam",
        of_class.inbound,
        of_class.exchange / "buuchinh" / "feedback",
        of_class.course / "source" / UNIT / "questions.yml",
        of_class.course / "gradebook.db",
        of_class.machine.folder / "jupyterhub",
    ):
        words = f"import os, pathlib; p = pathlib.Path({str(path)!r}); os.listdir(p) if p.is_dir() else p.read_bytes()"
        assert "PermissionError" in two.python("-c", words, ends=1), path
    given = of_class.exchange / "buuchinh" / "outbound" / UNIT
    assert "source" not in {path.name for path in given.iterdir()}
    page = entered(browser, of_class.hub, two.name, [])
    for address in (
        f"{of_class.hub.server(one.name)}/",
        f"{of_class.hub.server(of_class.instructor.name)}/giang-vien",
    ):
        got = page.goto(address)
        assert got is not None
        assert got.status in {403, 404}, address
    for name in ("giang-vien", "formgrader"):
        got = page.goto(f"{of_class.hub.server(two.name)}/{name}")
        assert got is not None
        assert got.status == 404, name
    page.context.close()
    shutil.rmtree(two.home / "khoa-hoc", ignore_errors=True)

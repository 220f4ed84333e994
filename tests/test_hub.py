"""A real JupyterHub with real accounts: from a lesson to the feedback, and what another account of it can reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit import hub as hubs
from kit.course import ROOT, copy_course
from kit.trainee import open_unit
from kit.unix_users import Account, Machine, machine
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.long

PATIENCE = 120_000
UNIT = "bt06"
VERSIONS = ("6.1.1", "5.5.4")
VALUE = 'submit("bt06-q1", so_dong=len(bang), so_dong_lap=2, so_vu=500)'
FIRST = "l05-q19"
BACKUP = """async (address) => {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": document.cookie.match(/_xsrf=([^;]*)/)[1] };
  return (await fetch(address, { method: "POST", headers, body: JSON.stringify({ action: "backup" }) })).status;
}"""
"""Presses what makes a backup, with the sign against forgery that the hub gives this server's pages."""


@dataclass(frozen=True)
class Class:
    """A running hub, its people, and where the class lies."""

    hub: hubs.Hub
    python: str
    machine: Machine
    instructor: Account
    one: Account
    two: Account
    course: Path
    exchange: Path

    def buuchinh(self, *words: str, ends: int = 0) -> str:
        more = {"BUUCHINH_EXCHANGE": str(self.exchange), "PYTHONPATH": ""}
        return self.instructor.run(self.python, "-m", "buuchinh", *words, cwd=self.course, ends=ends, more=more)


@pytest.fixture(scope="module", params=VERSIONS)
def class_on_hub(request: pytest.FixtureRequest) -> Iterator[Class]:
    """Yield a class of two on a hub of each version, one exercise released."""
    with machine() as made:
        python = hubs.environment(made, request.param)
        instructor, one, two = made.account(f"gv-{os.getpid()}"), made.account(), made.account()
        out, exchange = made.folder / "goi", made.folder / "exchange"
        subprocess.run([sys.executable, "-m", "buuchinh", "bundle", "--out", str(out)], cwd=ROOT, check=True)
        subprocess.run(["chmod", "-R", "a+rX", str(out)], check=True)
        course = copy_course(instructor.home / "lop")
        (course / "lop.csv").write_text(f"Mã\n{one.code}\n{two.code}\n", encoding="utf-8-sig")
        exchange.mkdir()
        subprocess.run(["chown", "-R", f"{instructor.uid}:{instructor.gid}", str(course), str(exchange)], check=True)
        more = {
            "BUUCHINH_BUNDLE": str(next(out.glob("buuchinh-*/lab"))),
            "BUUCHINH_EXCHANGE": str(exchange),
            "BUUCHINH_CLASS": str(course),
            "BUUCHINH_INSTRUCTORS": instructor.name,
        }
        with hubs.running(made, python, more) as hub:
            of_class = Class(hub, python, made, instructor, one, two, course, exchange)
            of_class.buuchinh("roster", "lop.csv")
            of_class.buuchinh("release", UNIT, "--exchange")
            yield of_class


def entered(browser: Browser, hub: hubs.Hub, name: str, faults: list[str]) -> Page:
    """Log in as a person does, and wait for the person's own server; each error of its pages is noted."""
    page = browser.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900}).new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.goto(f"{hub.address}/hub/login")
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill(hubs.PASSWORD)
    page.locator("#login_submit").click()
    page.wait_for_url(f"{hub.server(name)}/**", timeout=PATIENCE)
    return page


def test_from_a_lesson_to_the_feedback(class_on_hub: Class, browser: Browser) -> None:
    of_class, one, faults = class_on_hub, class_on_hub.one, list[str]()
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


def test_another_account_reads_no_work_no_keys_and_no_marks(class_on_hub: Class, browser: Browser) -> None:
    of_class = class_on_hub
    for path in (
        of_class.one.home,
        of_class.one.home / "khoa-hoc" / "bai-lam",
        of_class.exchange / "buuchinh" / "inbound",
        of_class.exchange / "buuchinh" / "feedback",
        of_class.course / "source" / UNIT / "questions.yml",
        of_class.course / "gradebook.db",
        of_class.machine.folder / "jupyterhub",
    ):
        words = f"import os, pathlib; p = pathlib.Path({str(path)!r}); os.listdir(p) if p.is_dir() else p.read_bytes()"
        assert "PermissionError" in of_class.two.python("-c", words, ends=1), path
    given = of_class.exchange / "buuchinh" / "outbound" / UNIT
    assert "source" not in {path.name for path in given.iterdir()}
    page = entered(browser, of_class.hub, of_class.two.name, [])
    for address in (
        f"{of_class.hub.server(of_class.one.name)}/",
        f"{of_class.hub.server(of_class.instructor.name)}/giang-vien",
    ):
        got = page.goto(address)
        assert got is not None
        assert got.status in {403, 404}, address
    for name in ("giang-vien", "formgrader"):
        got = page.goto(f"{of_class.hub.server(of_class.two.name)}/{name}")
        assert got is not None
        assert got.status == 404, name
    page.context.close()
    shutil.rmtree(of_class.two.home / "khoa-hoc", ignore_errors=True)

"""One who has never programmed, in the browser alone: start page, code, lesson 2, bt02, receipt."""

from __future__ import annotations

import json
import re
from typing import Any

import clicking_kit as clicking
import pytest
from course_kit import ROOT, Lab
from playwright.sync_api import Browser, Error, Page, Request, expect
from playwright.sync_api import TimeoutError as NotInTime
from ruamel.yaml import YAML

from buuchinh.grading import handin

pytestmark = [pytest.mark.browser, pytest.mark.journey]
CODE = "GL-0123-Q"
PATIENCE = 60_000
"""Milliseconds: a kernel on a loaded machine takes its time."""


def press_start(page: Page) -> None:
    """Press the one button of a notebook, as the page advises again where nothing happens."""
    live = page.locator(".bc-question:visible, .bc-part:visible").first
    for _ in range(3):
        button = page.get_by_role("button", name="Bắt đầu bài học")
        expect(button).to_be_visible(timeout=PATIENCE)
        button.click()
        try:
            live.wait_for(timeout=20_000)
        except NotInTime:
            continue
        return
    raise AssertionError("nothing answers the button")


def open_unit(page: Page, title: str) -> None:
    page.get_by_role("button", name=re.compile(f"^Mở: {title}")).click()
    page.wait_for_url("**/bai-lam/**", timeout=PATIENCE)
    press_start(page)


def no_code_is_seen(page: Page) -> None:
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)
    text = page.locator(".jp-Notebook:visible").inner_text()
    for noise in ("ask(", "import ", "Error displaying widget", "Loading widget", "[*]"):
        assert noise not in text


def key_feedback() -> list[str]:
    """Return texts that only the key of bt02 holds."""
    authored = YAML(typ="safe").load((ROOT / "source/bt02/questions.yml").read_text(encoding="utf-8"))
    found = [
        text
        for question in authored["questions"]
        for key in question.get("keys", ())
        for text in _texts(key.get("feedback"))
    ]
    assert len(found) > 20
    return [" ".join(text.split())[:60] for text in found]


def _texts(feedback: Any) -> list[str]:
    if isinstance(feedback, dict):
        return [text for one in feedback.values() for text in _texts(one)]
    return [feedback] if isinstance(feedback, str) else []


def test_from_the_start_page_to_the_receipt(browser: Browser, lab_server: Lab) -> None:
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    errors: list[str] = []
    received: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(_readable(frame))))
    page.on("requestfinished", lambda request: received.append(_body(request)))

    page.goto(lab_server.address)
    press_start(page)
    field = page.get_by_label("Mã học viên của anh/chị")
    expect(field).to_be_visible(timeout=PATIENCE)
    field.fill("GL-0123-A")
    page.keyboard.press("Enter")
    start = page.locator(".bc-start")
    expect(start).to_contain_text("ký tự kiểm tra", timeout=PATIENCE)
    field.fill("gl 0123 q")
    page.keyboard.press("Enter")
    expect(start).to_contain_text(f"Đang học với mã {CODE}", timeout=PATIENCE)
    no_code_is_seen(page)

    open_unit(page, "Bài 2")
    guess = clicking.question(page, "l02-q01")
    guess.locator("input").first.check(timeout=PATIENCE)
    guess.get_by_role("button", name="Kiểm tra").click()
    expect(guess.locator(".bc-feedback")).to_contain_text("Căn cứ")
    expect(page.locator("dialog.bc-law")).to_have_count(1, timeout=PATIENCE)  # the last cell has run
    page.locator(".jp-MarkdownCell a[href*='#LBC-2010/']").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Luật Bưu chính")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    for figure in page.locator(".jp-MarkdownCell img").all():
        assert figure.evaluate("image => image.complete && image.naturalWidth > 0")
    no_code_is_seen(page)

    page.get_by_role("button", name="Trang mở đầu").click()
    page.wait_for_url("**/lessons/00-bat-dau.ipynb", timeout=PATIENCE)
    press_start(page)
    expect(start).to_contain_text("đã trả lời 1/", timeout=PATIENCE)
    received.clear()  # what follows is graded: no key may arrive from here on

    open_unit(page, "Bài tập 2")
    sheet = json.loads((lab_server.course / "exercises/bt02/questions.json").read_text(encoding="utf-8"))
    asked = sheet["questions"]
    expect(page.locator(".bc-question")).to_have_count(len(asked), timeout=PATIENCE)
    for question in asked:
        clicking.answer(page, question)
    no_code_is_seen(page)
    page.get_by_role("button", name="Nộp bài").click()
    receipt = page.locator(".bc-receipt")
    expect(receipt).to_contain_text(f"{len(asked)} câu", timeout=PATIENCE)
    expect(receipt).to_contain_text("không có câu nào")
    expect(receipt).to_contain_text(CODE)

    (packed,) = (lab_server.course / "bai-lam" / CODE / "bt02" / "da-nop").glob("bt02_*.zip")
    ids = {question["id"] for question in asked}
    assert set(handin.receipt(packed).answered) == ids
    assert not handin.receipt(packed).unanswered
    assert set(handin.read(packed).answers) == ids
    payload = "\n".join(received)
    assert asked[0]["title"] in payload  # it was listened to
    for secret in key_feedback():
        assert secret not in payload + page.content()
    assert errors == []
    page.context.close()


def _readable(frame: str | bytes) -> str:
    """Return a message of the kernel as it reads, with its \\u escapes undone."""
    text = frame if isinstance(frame, str) else frame.decode("utf-8", errors="replace")
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _body(request: Request) -> str:
    """Return what an answer of the server's files and contents holds; its own scripts are not read."""
    if "/api/" not in request.url and "/files/" not in request.url:
        return ""
    answer = request.response()
    try:
        return _readable(answer.body()) if answer and answer.ok else ""
    except Error as error:
        if "navigated away" not in str(error):
            raise
        return ""  # the page went on before its answer was read: nothing of it was shown either

"""One who has never programmed, in the browser alone: start page, code, lesson 2, bt02, receipt."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit import clicking
from kit.course import ROOT, Lab
from kit.trainee import CODE, PATIENCE, card, listen, no_code_is_seen, open_unit
from playwright.sync_api import Browser, expect

from buuchinh.intake import walk
from buuchinh.questions import bank
from buuchinh.questions.test_forms import pick

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def key_feedback() -> list[str]:
    """Return texts that only the key of bt02 holds."""
    file = bank.load(ROOT / "source/bt02/questions.yml")
    found = [
        text
        for question in file.model_dump(mode="json")["questions"]
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
    page.on("pageerror", lambda error: errors.append(str(error)))
    received = listen(page)

    page.goto(lab_server.address)
    page.get_by_role("button", name="Ghi mã").click(timeout=PATIENCE)
    field = page.get_by_label("Mã học viên")
    field.fill("GL-0123-A")
    page.keyboard.press("Enter")
    who = page.locator(".hoc-who")
    expect(who).to_contain_text("ký tự kiểm tra", timeout=PATIENCE)
    field.fill("gl 0123 q")
    page.keyboard.press("Enter")
    expect(who).to_contain_text(f"Mã của anh/chị: {CODE}", timeout=PATIENCE)
    no_code_is_seen(page)

    open_unit(page, "l02")
    guess = clicking.question(page, "l02-q01")
    guess.locator("input").first.check(timeout=PATIENCE)
    guess.get_by_role("button", name="Kiểm tra").click()
    expect(guess.locator(".bc-feedback")).to_contain_text("Căn cứ")
    page.locator(".jp-MarkdownCell a[href*='#LBC-2010/']").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Luật Bưu chính")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    for figure in page.locator(".jp-MarkdownCell img").all():
        assert figure.evaluate("image => image.complete && image.naturalWidth > 0")
    no_code_is_seen(page)

    page.get_by_role("button", name="Trang mở đầu").click()
    page.wait_for_url("**/lessons/00-bat-dau.ipynb", timeout=PATIENCE)
    expect(card(page, "l02")).to_contain_text("1 trên", timeout=PATIENCE)
    received.clear()  # what follows is graded: no key may arrive from here on

    open_unit(page, "bt02")
    sheet = json.loads((lab_server.course / "exercises/bt02/questions.json").read_text(encoding="utf-8"))
    asked = sheet["forms"][pick("bt02", sheet["forms"], CODE)]
    expect(page.locator(".bc-question")).to_have_count(len(asked), timeout=PATIENCE)
    for question in asked:
        clicking.answer(page, question)
    no_code_is_seen(page)
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    receipt = page.locator(".hoc-receipt")
    expect(receipt).to_contain_text(f"{len(asked)} trên {len(asked)} câu", timeout=PATIENCE)
    expect(receipt).to_contain_text("không có câu nào")
    expect(receipt).to_contain_text(CODE)

    (packed,) = (lab_server.course / "bai-lam" / CODE / "bt02" / "da-nop").glob("bt02_*.zip")
    ids = {question["id"] for question in asked}
    slip = walk.read(packed).receipt
    assert slip
    assert set(slip.answered) == ids
    assert not slip.unanswered
    assert set(walk.read(packed).answers) == ids
    payload = "\n".join(received)
    assert asked[0]["title"] in payload  # it was listened to
    for secret in key_feedback():
        assert secret not in payload + page.content()
    assert errors == []
    page.context.close()

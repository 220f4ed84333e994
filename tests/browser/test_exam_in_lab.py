"""An exam in JupyterLab: it opens with a code alone, shows one form, and no key or other form's words arrive."""

from __future__ import annotations

import pytest
from kit import clicking
from kit.classroom import CANARY
from kit.course import Lab
from kit.exam import write_exam
from kit.trainee import CODE, PATIENCE, card, listen, no_code_is_seen
from playwright.sync_api import Browser, expect

from buuchinh.exam import exam_builder, record
from buuchinh.intake import find_submissions
from buuchinh.questions import exam_forms, question_bank
from buuchinh.release import release

pytestmark = [pytest.mark.browser, pytest.mark.journey]
UNIT = "thi9"


def test_an_exam_from_the_start_page_to_the_receipt(browser: Browser, lab_server: Lab) -> None:
    write_exam(lab_server.course)
    exam_builder.build(UNIT, forms=2, seed="hat-giong")
    release.release(UNIT)
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    received = listen(page)

    page.goto(lab_server.address)
    shelf = page.locator("details", has=page.locator(f'a[href="#/{UNIT}"]'))  # an exam on no role's way
    shelf.locator("summary").click(timeout=PATIENCE)
    card(page, UNIT).click(timeout=PATIENCE)
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("cần mã học viên trước khi mở", timeout=PATIENCE)
    asking.get_by_label("Mã học viên").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/bai-lam/{CODE}/{UNIT}/**", timeout=PATIENCE)

    sheet = question_bank.load_public(lab_server.course / "exercises" / UNIT / "questions.json")
    assert sheet.has_forms
    asked = [question.model_dump(mode="json") for question in sheet.of(CODE).questions]
    expect(page.locator(".bc-question")).to_have_count(len(asked), timeout=PATIENCE)
    for question in asked:
        expect(clicking.question(page, question["id"])).to_contain_text(question["stem"])
        clicking.answer(page, question)
    no_code_is_seen(page)
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    expect(page.locator(".hoc-receipt")).to_contain_text(f"{len(asked)} trên {len(asked)} câu", timeout=PATIENCE)
    (packed,) = (lab_server.course / "bai-lam" / CODE / UNIT / "da-nop").glob(f"{UNIT}_*.zip")
    receipt = find_submissions.read(packed).receipt
    assert receipt
    assert len(receipt.answered) == len(asked)

    payload = "\n".join(received) + page.content()
    assert asked[0]["stem"] in payload  # it was listened to
    assert CANARY not in payload
    drawn = record.read(UNIT).forms
    own = exam_forms.pick(UNIT, drawn, CODE)
    other = {item for form, items in drawn.items() if form != own for item in items} - set(drawn[own])
    assert other
    assert not [item for item in other if f"riêng {item} " in payload]
    page.context.close()

"""One who has never programmed, in the browser alone: start page, code, lesson 2, bt02, receipt."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit import clicking
from kit.course import ROOT, Lab
from kit.trainee import CODE, PATIENCE, listen, no_code_is_seen, open_unit, press_start, unfold
from playwright.sync_api import Browser, expect

from buuchinh.intake import find_submissions
from buuchinh.questions import question_bank
from buuchinh.questions.exam_forms import pick

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def key_feedback() -> list[str]:
    """Return texts that only the key of bt02 holds."""
    file = question_bank.load(ROOT / "source/bt02/questions.yml")
    found = [
        text
        for question in file.model_dump(mode="json")["questions"]
        for key in question.get("keys", ())
        for text in _texts(key.get("feedback"))
    ]
    told = " ".join(
        (ROOT / "datasets/questions/l02.yml").read_text(encoding="utf-8").split()
    )  # to practise: in the page
    secret = [begins for text in found if (begins := " ".join(text.split())[:60]) not in told]
    assert len(secret) > 20
    return secret


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
    guess = clicking.question(page, "l02-q13")
    guess.locator("input").first.check(timeout=PATIENCE)
    guess.get_by_role("button", name="Trả lời").click()
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
    expect(page.locator(".hoc-now:visible")).to_contain_text("Xong 1 trên", timeout=PATIENCE)
    packs = page.locator('[data-part="follow_up"] .bc-follow-up li')
    # it has asked for lesson 2 then, whose practice says some of the same
    expect(packs.first).to_be_visible(timeout=PATIENCE)
    received.clear()  # what follows is graded: no key may arrive from here on

    open_unit(page, "bt02")
    sheet = json.loads((lab_server.course / "exercises/bt02/questions.json").read_text(encoding="utf-8"))
    asked = sheet["forms"][pick("bt02", sheet["forms"], CODE)]
    expect(page.locator('[data-question^="bt02-"]')).to_have_count(len(asked), timeout=PATIENCE)
    tries = page.locator('[data-question^="t02-"]')
    expect(tries).to_have_count(4, timeout=PATIENCE)  # one a part, told at once, and no answer of the sheet
    expect(page.locator('.bc-live:has([data-question="t02-q01"])')).to_contain_text("Làm thử, không tính điểm")
    tries.first.locator("input").first.check()
    tries.first.get_by_role("button", name="Trả lời").click()
    expect(tries.first.locator(".bc-feedback")).to_contain_text("Căn cứ")
    for question in asked:
        clicking.answer(page, question)
    no_code_is_seen(page)
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    receipt = page.locator(".hoc-receipt")
    expect(receipt).to_contain_text(f"{len(asked)} trên {len(asked)} câu", timeout=PATIENCE)
    expect(receipt).to_contain_text("không câu nào")
    expect(receipt).to_contain_text(CODE)

    (packed,) = (lab_server.course / "bai-lam" / CODE / "bt02" / "da-nop").glob("bt02_*.zip")
    ids = {question["id"] for question in asked}
    slip = find_submissions.read(packed).receipt
    assert slip
    assert set(slip.answered) == ids
    assert not slip.unanswered
    assert set(find_submissions.read(packed).answers) == ids
    payload = "\n".join(received)
    assert asked[0]["title"] in payload  # it was listened to
    for secret in key_feedback():
        assert secret not in payload + page.content()
    assert errors == []
    page.context.close()


def test_the_start_page_leads_along_a_role_and_to_the_next_open_question(browser: Browser, lab_server: Lab) -> None:
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(lab_server.address)
    page.get_by_role("button", name="Giao dịch viên").click(timeout=PATIENCE)
    go = page.locator("a.hoc-go")
    expect(page.locator(".hoc-now")).to_contain_text("Thẻ khẩn cấp", timeout=PATIENCE)
    with page.context.expect_page(timeout=PATIENCE) as opened:
        go.click()
    expect(opened.value.get_by_role("heading", name="Thẻ khẩn cấp")).to_be_visible(timeout=PATIENCE)
    opened.value.close()
    expect(page.locator(".hoc-now")).to_contain_text("Bài 5", timeout=PATIENCE)
    expect(page.locator("a.hoc-stamp").filter(has_text="Tờ để in")).to_contain_text("✓")
    page.get_by_role("button", name="Đổi công việc").click()
    page.get_by_role("button", name="Trưởng bưu cục").press("Enter", timeout=PATIENCE)
    expect(page.locator("a.hoc-stamp").filter(has_text="Tờ để in")).to_contain_text("✓", timeout=PATIENCE)
    expect(page.locator("h1.hoc-greeting")).to_be_focused()

    go.click()
    page.wait_for_url("**/bai-lam/khach/l05/**", timeout=PATIENCE)
    top, end = page.locator(".bc-lesson-top"), page.locator(".bc-lesson-end")
    expect(top).to_contain_text("0 trên 5 câu", timeout=PATIENCE)
    top.get_by_text("Trong bài này").click()
    heading = top.get_by_role("button").nth(2)
    name = heading.inner_text()
    heading.click()
    expect(page.locator(".jp-RenderedMarkdown h2").filter(has_text=name)).to_be_focused()
    end.get_by_role("link").first.click()  # the first question that is open
    asked = page.locator("[data-question]:has(:focus)")
    expect(asked).to_have_count(1, timeout=PATIENCE)
    kind = str(asked.get_attribute("data-question"))
    asked.locator("input").first.check()
    asked.get_by_role("button", name="Trả lời").click()
    expect(top).to_contain_text("1 trên 5 câu", timeout=PATIENCE)

    page.get_by_role("button", name="Trang mở đầu").click()
    expect(go).to_contain_text("Học tiếp", timeout=PATIENCE)
    go.click()
    page.wait_for_url("**/bai-lam/khach/l05/**", timeout=PATIENCE)
    expect(asked).to_have_count(1, timeout=PATIENCE)  # the next that is open
    expect(asked).not_to_have_attribute("data-question", kind)
    page.locator(".bc-lesson-end a.hoc-button").click()
    expect(page.get_by_role("dialog")).to_contain_text("cần mã học viên trước khi mở", timeout=PATIENCE)
    page.get_by_role("dialog").get_by_label("Mã học viên").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/bai-lam/{CODE}/bt05/**", timeout=PATIENCE)
    assert errors == []
    page.context.close()


def test_lesson_1_asks_the_test_that_the_code_begins_with_and_a_notebook_of_a_test_asks_that_test(
    browser: Browser, lab_server: Lab
) -> None:
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    lab_server.begun("l01", "GL-0124-O")
    page.goto(lab_server.page("lessons/01-boi-canh.ipynb"))
    press_start(page)
    unfold(page)
    page.locator('[data-question^="kt2-"]').first.wait_for(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Bài kiểm tra đầu khóa", exact=True)).to_have_count(1)
    expect(page.locator('[data-question^="kt1-"]')).to_have_count(0)
    page.goto(lab_server.address)
    page.locator(".hoc-role").first.click(timeout=PATIENCE)
    open_unit(page, "kt1")  # at the end of the path
    page.locator('[data-question^="kt1-"]').first.wait_for(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Bài kiểm tra cuối khóa", exact=True)).to_have_count(1)
    page.context.close()


def test_a_short_test_is_ended_once_and_keeps_its_result(browser: Browser, lab_server: Lab) -> None:
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    page.goto(lab_server.page("lessons/01-boi-canh.ipynb"))
    press_start(page)
    unfold(page)
    first = page.locator('[data-question^="kt1-"]').first
    first.wait_for(timeout=PATIENCE)
    expect(first.locator(".bc-feedback")).to_be_empty()
    finish = page.get_by_role("button", name="Kết thúc và xem kết quả")
    finish.click()
    expect(page.get_by_text("Còn trống câu 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.")).to_be_visible()
    finish.click()
    expect(page.get_by_text("Đúng 0 trên 10 câu.")).to_be_visible(timeout=PATIENCE)
    page.reload()
    press_start(page)
    unfold(page)
    expect(page.get_by_text("Đúng 0 trên 10 câu.")).to_be_visible(timeout=PATIENCE)
    expect(finish).to_have_count(0)
    page.context.close()


def test_the_follow_up_is_one_press_away_and_deadlines_stand_on_the_start_page(
    browser: Browser, lab_server: Lab
) -> None:
    settings = lab_server.course / "course.toml"
    text = settings.read_text(encoding="utf-8")
    assert "[deadlines]" in text
    kept = "\nbt05 = 2027-05-01T17:00:00+07:00\nbt02 = 2026-01-05T17:00:00+07:00"
    settings.write_text(text.replace("[deadlines]", f"[deadlines]{kept}"), encoding="utf-8")
    page = browser.new_context(viewport={"width": 1100, "height": 700}).new_page()
    page.goto(lab_server.address)
    page.get_by_role("button", name="Giao dịch viên").click(timeout=PATIENCE)  # a first visit asks for that alone
    now = page.locator(".hoc-now:visible")
    expect(now).to_contain_text("Bài tập 2", timeout=PATIENCE)
    expect(now).to_contain_text("đã quá hạn")
    expect(page.locator(".hoc-today")).to_contain_text("nộp trước 17:00:00 01-05-2027")
    page.locator('a.hoc-card[href="#/on-tap"]').click()
    expect(page.get_by_role("heading", name="Ôn tập theo lịch").last).to_be_in_viewport(timeout=PATIENCE)
    page.context.close()

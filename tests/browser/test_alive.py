"""Pages that are alive when they open: two clicks, no kernel, and an answer that outlives program, window and port."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import clicking
from kit.course import Lab, copy_course, start_lab
from kit.trainee import CODE, PATIENCE, alive, card, give_code, no_code_is_seen
from playwright.sync_api import Browser, Dialog, Error, Locator, Page, Response, Route, expect

from buuchinh.questions import question_bank

pytestmark = [pytest.mark.browser, pytest.mark.journey]
START = "Bắt đầu bài học"
L05 = "bai-lam/khach/l05/05-buu-gui-nghi-van.ipynb"
FIRST = "l05-q19"
"""The first question of lesson 5 with options that stands open; its id may end on a variant."""
_TOO_LONG = {"message": "Chưa lưu được: câu trả lời dài quá. Viết ngắn lại.", "kind": "refused"}
_SLOW_SAVES = """() => {
  const ask = window.fetch;
  window.fetch = async (request, ...rest) => {
    const answer = await ask(request, ...rest);
    const saves = request.method === "PUT" && request.url.includes("/api/contents/");
    if (saves) await new Promise((done) => setTimeout(done, 2000));
    return answer;
  };
}"""
"""A disk on which a save takes its time, so that the next one is asked for while it runs."""
_LATE_ANSWERS = """() => {
  const ask = window.fetch;
  window.fetch = async (address, settings) => {
    const answers = settings?.method === "POST" && String(address).includes("journal");
    if (answers) await new Promise((done) => setTimeout(done, 700));
    return ask(address, settings);
  };
}"""
"""A machine that is busy while an answer is sent."""
_WITH_LOG = ("sh", "-c", 'exec "$0" -m buuchinh lab "$@" 2>>"$BUUCHINH_COURSE/loi.txt"', sys.executable)


@pytest.fixture(scope="module")
def running_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return a JupyterLab that writes what it complains of to a file; started once, since it takes seconds."""
    yield from start_lab(copy_course(tmp_path_factory.mktemp("lab") / "course"), command=_WITH_LOG)


@pytest.fixture
def lab(running_lab: Lab) -> Lab:
    """Return the JupyterLab with nobody's work in it and no complaint yet."""
    running_lab.empty()
    (running_lab.course / "loi.txt").write_text("", encoding="utf-8")
    return running_lab


def new_page(browser: Browser, **options: object) -> Page:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN", **options)  # type: ignore[arg-type]
    return context.new_page()


def kernels(lab: Lab) -> int:
    with urllib.request.urlopen(re.sub(r"/doc/tree/.*\?", "/api/kernels?", lab.address), timeout=30) as answer:
        return len(json.load(answer))


def kept(lab: Lab, name: str, folder: str = "khach/l05") -> object:
    answers = json.loads((lab.course / "bai-lam" / folder / "answers.json").read_text(encoding="utf-8"))["answers"]
    return next((entry.get("answer") for key, entry in answers.items() if key.startswith(name)), None)


def question(page: Page, name: str) -> Locator:
    return page.locator(f'[data-question^="{name}"]:visible')


def choose(page: Page, name: str, place: int) -> Locator:
    """Choose an option of a practice question and check it."""
    asked = question(page, name)
    option = asked.locator("input").nth(place)
    with contextlib.suppress(Error):  # JupyterLab may draw a cell anew under the first press
        option.check(timeout=PATIENCE)
    option.check()
    asked.get_by_role("button", name="Trả lời").click()
    return asked


def to_lesson(page: Page, lab: Lab) -> None:
    page.goto(lab.begun("l05"))
    question(page, FIRST).wait_for(timeout=PATIENCE)


def test_a_lesson_asks_for_its_page_before_the_notebook_has_come(browser: Browser, lab: Lab) -> None:
    """JupyterLab takes seconds to start; the server builds the lesson's page meanwhile."""
    page = new_page(browser)
    page.route("**/api/contents/lessons/05-*", lambda _: None)  # JupyterLab waits for it
    with page.expect_response("**/buuchinh/api/pages/l05?*", timeout=PATIENCE) as coming:
        page.goto(lab.page("lessons/05-buu-gui-nghi-van.ipynb"))
    assert coming.value.ok
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    question(page, FIRST).wait_for(timeout=PATIENCE)
    page.context.close()


def test_two_clicks_to_the_first_answer_without_a_kernel_or_a_word_on_the_console(browser: Browser, lab: Lab) -> None:
    page = new_page(browser)
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.goto(lab.address)
    card(page, "l05").click(timeout=PATIENCE)  # the first click
    question(page, FIRST).locator("input").first.check(timeout=PATIENCE)  # the second
    question(page, FIRST).get_by_role("button", name="Trả lời").click()
    expect(question(page, FIRST).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert kept(lab, FIRST)
    expect(alive(page)).to_be_visible()
    expect(page.get_by_role("button", name=START)).to_have_count(0)
    expect(page.locator(".bc-standin:visible, .jp-Dialog")).to_have_count(0)
    no_code_is_seen(page)
    page.get_by_role("button", name="Trang mở đầu").click()
    expect(page.locator(".hoc-now:visible")).to_contain_text("Xong 1 trên 5 việc", timeout=PATIENCE)
    assert kernels(lab) == 0
    assert noise == []
    assert (lab.course / "loi.txt").read_text(encoding="utf-8") == ""
    page.context.close()


def test_nobody_is_asked_whether_to_leave_a_page_whose_answers_are_saved(browser: Browser, lab: Lab) -> None:
    page = new_page(browser)
    to_lesson(page, lab)
    expect(choose(page, FIRST, 0).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    page.wait_for_timeout(2000)  # JupyterLab marks a page as changed a moment after it was drawn
    asked: list[str] = []

    def told(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", told)
    page.reload()
    question(page, FIRST).wait_for(timeout=PATIENCE)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []
    page.context.close()


@contextlib.contextmanager
def opening(page: Page, method: str) -> Iterator[None]:
    """Wait for JupyterLab's checkpoint of the page opened inside: if the server goes before, it closes the page."""
    with page.expect_response(lambda answer: asks_for_checkpoint(answer, method), timeout=PATIENCE):
        yield
    page.locator(".bc-alive").wait_for()


def asks_for_checkpoint(answer: Response, method: str) -> bool:
    return answer.request.method == method and answer.url.split("?")[0].endswith("/checkpoints")


def test_an_answer_and_a_start_page_outlive_the_program_and_an_answer_outlives_its_port(
    browser: Browser, course_copy: Path
) -> None:
    """Closed while pages are open and started again: what was not saved is sent then, at last from another port."""
    first = start_lab(course_copy)
    lab = next(first)
    port = int(re.findall(r":(\d+)/", lab.address)[0])
    page = new_page(browser)
    with opening(page, "POST"):
        to_lesson(page, lab)
    expect(choose(page, FIRST, 0).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    before = kept(lab, FIRST)
    start = new_page(browser)
    with opening(start, "GET"):  # a start page is read alone: no checkpoint is made of it
        start.goto(lab.address)
        card(start, "l05").wait_for(timeout=PATIENCE)
    first.close()
    asked = choose(page, FIRST, 1)
    expect(asked.locator(".bc-saved")).to_contain_text("Chưa lưu được", timeout=8000)
    expect(page.locator(".bc-closed")).to_contain_text("Mở lại bằng tệp bat-dau")
    assert kept(lab, FIRST) == before
    second = start_lab(course_copy, "--port", str(port))
    lab = next(second)
    expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    expect(page.locator(".bc-closed")).to_have_count(0, timeout=PATIENCE)
    assert kept(lab, FIRST) not in {None, before}
    card(start, "l05").click(timeout=PATIENCE)  # the start page goes on too, and another browser shows the answer
    expect(question(start, FIRST).locator("input").nth(1)).to_be_checked(timeout=PATIENCE)
    start.context.close()
    second.close()
    asked = choose(page, FIRST, 2)
    expect(asked.locator(".bc-saved")).to_contain_text("vẫn được giữ trong trình duyệt này", timeout=8000)
    page.close()
    with socket.socket() as foreign:
        foreign.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        foreign.bind(("127.0.0.1", port))
        foreign.listen()
        third = start_lab(course_copy)
        lab = next(third)
        assert f":{port}/" not in lab.address
        earlier = kept(lab, FIRST)
        again = page.context.new_page()
        again.goto(lab.page(L05))
        expect(question(again, FIRST).locator("input").nth(2)).to_be_checked(timeout=PATIENCE)
        expect(question(again, FIRST).locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
        assert kept(lab, FIRST) not in {None, before, earlier}
        assert not [one for one in page.context.cookies() if str(one.get("name")).startswith("bc-left-")]
        third.close()
    page.context.close()


def test_two_windows_agree(browser: Browser, lab: Lab) -> None:
    """Two tabs at once; another browser on this machine when it is looked at again."""
    page, stranger = new_page(browser), new_page(browser)
    to_lesson(page, lab)
    tab = page.context.new_page()
    for other in (tab, stranger):
        other.goto(lab.page(L05))
        question(other, FIRST).wait_for(timeout=PATIENCE)
    expect(choose(page, FIRST, 1).locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    expect(question(tab, FIRST).locator("input").nth(1)).to_be_checked(timeout=PATIENCE)
    expect(question(stranger, FIRST).locator("input").nth(1)).not_to_be_checked()
    stranger.wait_for_timeout(2000)
    stranger.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(question(stranger, FIRST).locator("input").nth(1)).to_be_checked(timeout=PATIENCE)
    expect(question(stranger, FIRST).locator(".bc-saved")).to_contain_text("Anh/chị trả lời lúc")
    page.context.close()
    stranger.context.close()


def test_an_exercise_is_answered_and_handed_in_without_a_kernel(browser: Browser, lab: Lab) -> None:
    page = new_page(browser)
    page.goto(lab.address)
    card(page, "bt01").click(timeout=PATIENCE)
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("cần mã học viên trước khi mở", timeout=PATIENCE)
    asking.get_by_label("Mã học viên").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/bai-lam/{CODE}/bt01/**", timeout=PATIENCE)
    expect(page.get_by_text("Bấm Bắt đầu bài học")).to_have_count(0)  # there is no such button here
    asked = question_bank.load_public(lab.course / "exercises/bt01/questions.json").of(CODE).questions
    expect(page.locator('.bc-question[data-question^="bt01-"]')).to_have_count(len(asked), timeout=PATIENCE)
    clicking.answer(page, asked[0].model_dump(mode="json"))
    press = page.get_by_role("button", name="Nộp bài", exact=True)
    written = next(n for n, one in enumerate(asked) if one.type == "text")
    page.evaluate(_LATE_ANSWERS)
    press.scroll_into_view_if_needed()
    question(page, asked[written].id).locator("textarea").fill("Báo Gia Lai, 16-8; năm là do em hiểu.")
    press.dispatch_event("mousedown")
    press.focus()  # which ends the typing, so that its answer is on its way when the press comes
    press.dispatch_event("click")
    rest = ", ".join(str(n + 1) for n in range(1, len(asked)) if n != written)
    expect(page.locator(".hoc-hand-in .hoc-asked")).to_contain_text(
        f"Còn trống: câu {' và '.join(rest.rsplit(', ', 1))}."
    )
    expect(page.locator(".hoc-receipt")).to_have_count(0)
    page.wait_for_timeout(1000)  # nothing that is saved late takes the question away
    page.get_by_role("button", name="Nộp luôn").click()
    receipt = page.locator(".hoc-receipt")
    expect(receipt).to_contain_text(CODE, timeout=PATIENCE)
    expect(receipt).to_contain_text(f"câu {' và '.join(rest.rsplit(', ', 1))}")
    expect(receipt).not_to_contain_text("bt01-q")
    expect(receipt.locator("dl").first).to_have_css("display", "grid")
    expect(receipt.locator("dt").first).to_have_css("float", "none")
    expect(receipt.locator("dd").first).to_have_css("float", "none")
    assert kept(lab, asked[0].id, f"{CODE}/bt01")
    assert kernels(lab) == 0
    assert list((lab.course / "bai-lam" / CODE).rglob("bt01_*.zip"))
    clicking.answer(page, asked[1].model_dump(mode="json"))
    page.reload()
    handed = page.locator(".hoc-hand-in")
    expect(handed).to_contain_text("Từ lần nộp ấy đã đổi câu 2;", timeout=PATIENCE)
    notice = page.locator(".bc-handed-notice")
    expect(notice).to_contain_text("Đã đóng gói")
    handed.get_by_role("button", name="Tôi đã gửi rồi").click()
    expect(notice).to_contain_text("Đã gửi")  # as its person has said, and no longer "to be sent"
    expect(notice).not_to_contain_text("nhớ gửi")
    handed.get_by_text("Các lần nộp (1)").click()
    with page.expect_download() as loaded:
        handed.locator("details a[download]").click()
    assert loaded.value.suggested_filename.startswith("bt01_")
    page.context.close()


def test_an_officers_page_has_its_kernel_its_button_and_questions_alive_before_it_runs_which_keep_half_typed_words(
    browser: Browser, lab: Lab
) -> None:
    page = new_page(browser)
    page.add_init_script(f"({_SLOW_SAVES})()")
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(lab.address)
    give_code(page)
    card(page, "bt06").click(timeout=PATIENCE)
    page.wait_for_url("**/bai-lam/**", timeout=PATIENCE)
    written = question(page, "bt06-q40")
    written.locator("textarea").fill("Chưa đủ số để so hai kỳ.", timeout=PATIENCE)
    written.locator("textarea").blur()
    expect(written.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    expect(alive(page)).to_have_count(0)
    expect(page.locator(".jp-CodeCell .cm-content:visible").first).to_be_visible()
    written.locator("textarea").fill("Nửa câu")  # half-typed words stay when their cell runs again
    page.get_by_role("button", name=START).click()
    expect(page.get_by_role("button", name="✓ Đã bắt đầu")).to_be_visible(timeout=2 * PATIENCE)
    expect(question(page, "bt06-q40")).to_have_count(1)  # its cell has run: still one question, with its answer
    expect(written.locator("textarea")).to_have_value("Nửa câu")
    expect(written.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    card_of_code = question(page, "bt06-q1")
    cell = page.locator(".jp-CodeCell:has(.jp-InputArea-editor:visible) .cm-content").nth(1)

    def run(code: str) -> None:
        cell.click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(code)
        page.keyboard.press("Shift+Enter")

    run("so_dong = len(bang)")
    reminder = card_of_code.locator(".bc-alarm")
    expect(reminder).to_contain_text("submit", timeout=PATIENCE)
    run('submit("bt06-q1", so_dong=len(bang), so_dong_lap=2, so_vu=500)')
    expect(card_of_code.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    expect(reminder).to_be_hidden()
    expect(card_of_code).to_contain_text("đọc được là một số nguyên")
    expect(page.locator('.hoc-map a[aria-label^="Câu 1:"]')).to_have_class("hoc-done")
    code = page.locator(".jp-CodeCell:has(.jp-InputArea-editor:visible) .cm-content")
    expect(code.nth(2)).to_be_focused()  # past the card and the next task
    page.locator('.hoc-map a[aria-label^="Câu 2:"]').click()
    expect(page.get_by_role("heading", name=re.compile("^Câu 2"))).to_be_in_viewport()
    run("print(bangg)")
    expect(page.locator(".bc-explained:not(.bc-unfilled)")).to_contain_text("bangg", timeout=PATIENCE)
    expect(page.locator("pre:visible", has_text="NameError")).to_have_count(0)  # folded, and not once more in the open
    run('submit("bt06-q1", so_dong=len(bang), so_dong_lap=2, so_vu=501)')
    expect(page.locator(".bc-explained:not(.bc-unfilled)")).to_have_count(0, timeout=PATIENCE)
    page.wait_for_timeout(650)  # the answer has just drawn the card anew, and a button takes no press at once
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    expect(page.get_by_role("button", name="Nộp luôn")).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(2500)
    code.nth(3).click()
    page.keyboard.insert_text("  ")
    page.keyboard.press("ControlOrMeta+s")  # as JupyterLab saves by itself
    page.get_by_role("button", name="Nộp luôn").click()
    expect(page.locator(".hoc-receipt")).to_contain_text(CODE, timeout=PATIENCE)
    expect(page.locator(".jp-Dialog")).to_have_count(0)  # the two saves went one after the other
    assert kernels(lab) == 1
    assert noise == []
    assert (lab.course / "loi.txt").read_text(encoding="utf-8") == ""  # a kernel that dies may leave words of its own
    run("import os; os._exit(1)")
    died = page.get_by_role("dialog")
    expect(died).to_contain_text(START, timeout=PATIENCE)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    died.get_by_role("button").click()
    expect(died).to_have_count(0)
    page.context.close()


def test_a_page_of_another_version_or_an_answer_that_is_too_long_is_told_as_that(browser: Browser, lab: Lab) -> None:
    """The program was updated and started again while the page stood open: what was answered stays in the browser."""
    page = new_page(browser)
    to_lesson(page, lab)

    def older(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"x-buuchinh-version": "0.0.1"})

    page.route("**/buuchinh/api/**", older)
    asked = choose(page, FIRST, 1)
    expect(asked.locator(".bc-saved")).to_contain_text("đã có bản mới hơn trang này. Tải lại trang")
    expect(asked.locator(".bc-saved")).to_contain_text("vẫn được giữ trong trình duyệt này")
    assert not (lab.course / "bai-lam/khach/l05/answers.json").exists()
    page.unroute("**/buuchinh/api/**")
    page.reload()
    expect(question(page, FIRST).locator("input").nth(1)).to_be_checked(timeout=PATIENCE)
    expect(question(page, FIRST).locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    assert kept(lab, FIRST)
    page.route("**/buuchinh/api/journal?*", lambda route: route.fulfill(status=413, json=_TOO_LONG))
    expect(choose(page, FIRST, 0).locator(".bc-saved")).to_contain_text("câu trả lời dài quá")
    page.context.close()

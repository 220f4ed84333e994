"""What a trainee does in the browser: start, open, and what arrives from the server while it is done."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Locator, Page, Request, expect

from kit.course import Lab

CODE = "GL-0123-Q"
PATIENCE = 120_000
"""Milliseconds: a kernel on a loaded machine takes its time."""
HEADINGS_READY = """() => {
    const cells = [...document.querySelectorAll(".jp-MarkdownCell")];
    const texts = cells.map((cell) => cell.querySelector(".jp-RenderedMarkdown > :first-child"));
    if (!cells.length || texts.some((text) => !text)) return false;
    const headings = cells.filter((_, n) => /^H[1-6]$/u.test(texts[n].tagName));
    return headings.every((cell) => cell.querySelector(".jp-collapseHeadingButton"));
}"""


def listen(page: Page) -> list[str]:
    """Return the list to which all that the page is told of notebooks and files is added as it arrives."""
    received: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(_readable(frame))))
    page.on("requestfinished", lambda request: received.append(_body(request)))
    return received


def press_start(page: Page) -> None:
    """Wait until a notebook is alive, pressing its one button where it has one, and for its first question or part."""
    button = page.get_by_role("button", name="Bắt đầu bài học")
    alive(page).or_(button).first.wait_for(timeout=PATIENCE)
    if not alive(page).count():
        button.click()
        page.get_by_role("button", name="Đã bắt đầu").wait_for(timeout=2 * PATIENCE)
    page.locator(".bc-live > *:visible").first.wait_for(timeout=2 * PATIENCE)


def alive(page: Page) -> Locator:
    """Return the page that is alive without a kernel, if it is one."""
    return page.locator(".bc-alive:visible")


def unfold(page: Page) -> None:
    """Open all that a lesson has folded, once JupyterLab has given each heading its button, and a moment after that."""
    page.wait_for_function(HEADINGS_READY, timeout=PATIENCE)
    folded = page.locator(".jp-MarkdownHeadingCollapsed .jp-collapseHeadingButton:visible")
    looks = 0
    while looks < 3:
        looks = 0 if folded.count() else looks + 1
        if looks:
            page.wait_for_timeout(200)
        else:
            folded.first.click()


def card(page: Page, unit: str) -> Locator:
    """Return the card of a unit on the start page."""
    return page.locator(f'a:is(.hoc-card, .hoc-stamp)[href="#/{unit}"]:visible')


def give_code(page: Page, code: str = CODE) -> None:
    """Give a code on the start page and wait until it is said."""
    page.get_by_role("button", name="Ghi mã").click(timeout=PATIENCE)
    page.get_by_label("Mã học viên").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator(".hoc-who")).to_contain_text(f"Mã của anh/chị: {CODE}", timeout=PATIENCE)


def open_unit(page: Page, unit: str) -> None:
    page.locator(".hoc-home:visible").first.wait_for(timeout=PATIENCE)
    page.locator("details.hoc-off-path").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    card(page, unit).click(timeout=PATIENCE)
    page.wait_for_url("**/bai-lam/**", timeout=PATIENCE)
    press_start(page)
    unfold(page)


def begin(page: Page, lab: Lab, unit: str, code: str | None = None) -> None:
    """Open a unit as ``give_code`` and ``open_unit`` do, but for the start page: JupyterLab is loaded once."""
    page.goto(lab.begun(unit, code))
    press_start(page)
    unfold(page)


def no_code_is_seen(page: Page) -> None:
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)
    text = page.locator(".jp-Notebook:visible").inner_text()
    for noise in ("ask(", "import ", "Error displaying widget", "Loading widget", "[*]"):
        assert noise not in text


def _readable(frame: str | bytes) -> str:
    """Return a message of the kernel as it reads, with its \\u escapes undone."""
    text = frame if isinstance(frame, str) else frame.decode("utf-8", errors="replace")
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _body(request: Request) -> str:
    """Return what an answer of the server's files and contents holds; its own scripts are not read."""
    if not any(part in request.url for part in ("/api/", "/files/", "/buuchinh/api/")):
        return ""
    answer = request.response()
    try:
        return _readable(answer.body()) if answer and answer.ok else ""
    except Error as error:
        if "navigated away" not in str(error):
            raise
        return ""  # the page went on before its answer was read: nothing of it was shown either

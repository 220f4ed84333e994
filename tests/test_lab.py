"""The trainee's JupyterLab: a page without code, menus or strangers' buttons; the instructor's has them."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from kit.course import Lab, start_lab
from playwright.sync_api import Browser, Page, Route, expect

from buuchinh.cli import run
from buuchinh.lab import launch, running

STAFF = {"jupyter": {"source_hidden": True}, "tags": ["giao-dien"]}
ARTEFACTS = Path(__file__).parent / "artefacts"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
START = "Bắt đầu bài học"
WORKING = "Đang mở bài, xin chờ…"
STARTED = "✓ Đã bắt đầu"
AGAIN = "Chạy lại từ đầu"


def notebook(path: Path, title: str, *, officers: bool = False, below: bool = False) -> None:
    cell, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    cells = [
        text(f"# {title}\n\nSang [Bài hai](90-hai.ipynb).\n\n| Cột | Giá trị |\n|---|---|\n| một | 1.234,5 |"),
        cell("import sys, os", metadata=STAFF),
        cell("print('giá trị', 6 * 7, sys.flags.utf8_mode)", metadata=STAFF),
    ]
    if officers:
        cells.append(cell("print('cán bộ', 6 * 9)", metadata={"tags": ["can-bo"]}))
    if below:
        cells += [text("## Câu một"), cell("", metadata={"tags": ["can-bo"]})]
        cells += [text("## Câu hai"), cell("print('bên dưới', 6 * 9)", metadata=STAFF)]
        guessed = {"jupyter": {"outputs_hidden": True}, "tags": ["can-bo"]}
        cells.append(cell("print('đoán trước', 7 * 9)", metadata=guessed))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)


END_KERNELS = """async () => {
  const { baseUrl, token } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const xsrf = document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? "";
  const headers = { Authorization: `token ${token}`, "X-XSRFToken": xsrf };
  const found = await (await fetch(`${baseUrl}api/sessions`, { headers })).json();
  for (const { id } of found) await fetch(`${baseUrl}api/sessions/${id}`, { method: "DELETE", headers });
}"""
"""Ends what runs behind the page, as its server does."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Serve a small course of its own, so that these tests say nothing about real lessons."""
    folder = tmp_path_factory.mktemp("course")
    source = Path(__file__).resolve().parents[1] / "course.toml"
    (folder / "course.toml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    notebook(folder / "lessons/00-bat-dau.ipynb", "Trang đầu")
    notebook(folder / "lessons/90-hai.ipynb", "Bài hai", officers=True)
    notebook(folder / "bai-lam/GL/bt90/bt90.ipynb", "Bài tập")
    for unit in ("bt91", "bt92"):
        notebook(folder / f"bai-lam/GL/{unit}/{unit}.ipynb", "Bài tập có mã", below=True)
    yield from start_lab(folder)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    yield context.new_page()
    context.close()


def open_notebook(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".jp-NotebookPanel .jp-RenderedMarkdown h1").first.wait_for(timeout=60_000)


def write_code(page: Page, code: str) -> None:
    """Write into the first cell that shows its code, whatever stands in it."""
    page.locator(".jp-CodeCell .cm-content:visible").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(code)


@pytest.mark.browser
def test_one_button_opens_the_lesson_no_code_is_seen_and_links_and_the_way_back_ask_nothing(lab, page):
    before = (lab.course / "lessons/00-bat-dau.ipynb").read_bytes()
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if "127.0.0.1" not in request.url else None)
    open_notebook(page, lab.address)
    page.get_by_role("button", name=START).click()
    expect(page.get_by_text("giá trị 42 1")).to_be_visible(timeout=60_000)  # 1: the kernel is in UTF-8 mode
    assert not page.get_by_text("6 * 7").locator("visible=true").count()
    buttons = page.locator(".jp-NotebookPanel-toolbar button:visible, .jp-NotebookPanel-toolbar jp-button:visible")
    assert [text.strip() for text in buttons.all_inner_texts() if text.strip()] == [START, "Về trang mở đầu"]
    for hidden in (".jp-SideBar", "#jp-MainMenu", ".jp-InputPrompt", ".jp-Dialog", "#jp-main-statusbar", ".jp-toast"):
        assert not page.locator(hidden).locator("visible=true").count(), hidden
    for word in ("Validate", "Create Assignment", "Notebook", "debugger"):
        assert not page.get_by_text(word, exact=True).locator("visible=true").count(), word
    page.locator("a:visible", has_text="Bài hai").click()
    expect(page.locator("h1:visible", has_text="Bài hai")).to_be_visible(timeout=30_000)
    page.locator("button:visible, jp-button:visible").get_by_text("Trang mở đầu").last.click()
    expect(page.locator("h1:visible", has_text="Trang đầu")).to_be_visible(timeout=30_000)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert (lab.course / "lessons/00-bat-dau.ipynb").read_bytes() == before, "a lesson is never written"
    assert foreign == [], "the course asks nobody outside this machine"
    page.evaluate(END_KERNELS)  # the next tests open these pages before there is one


@pytest.mark.browser
@pytest.mark.parametrize("name", [START, AGAIN])
def test_a_click_before_there_is_a_kernel_is_answered_and_not_lost(lab, page, name):
    held: list[Route] = []
    page.route(re.compile(r"/api/sessions\b"), lambda route: _hold_or_let_go(route, held))
    open_notebook(page, lab.page("lessons/90-hai.ipynb"))
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name=WORKING)).to_be_visible(timeout=2000)
    for _ in range(100):
        page.wait_for_timeout(100)
        if held:
            break
    expect(page.get_by_role("button", name=WORKING)).to_be_visible()
    held.pop().continue_()
    expect(page.get_by_text("giá trị 42")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=STARTED)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("cán bộ 54")).to_be_visible()
    page.evaluate(END_KERNELS)
    expect(page.get_by_role("button", name=START)).to_be_visible(timeout=60_000)


def _hold_or_let_go(route: Route, held: list[Route]) -> None:
    """Keep the request that starts a kernel; let the others go on."""
    if route.request.method == "POST":
        held.append(route)
    else:
        route.continue_()


@pytest.mark.browser
def test_a_stray_key_or_a_double_click_changes_nothing_and_a_trainees_own_work_is_saved(lab, page):
    path = lab.course / "bai-lam/GL/bt90/bt90.ipynb"
    open_notebook(page, lab.page("bai-lam/GL/bt90/bt90.ipynb"))
    button = page.get_by_role("button", name=START)
    button.click()
    expect(page.get_by_text("giá trị 42")).to_be_visible(timeout=60_000)
    cells = page.locator(".jp-NotebookPanel .jp-Cell")
    before = cells.count()
    page.locator(".jp-MarkdownCell p").first.dblclick()
    for key in ("b", "x", "d", "d", "m", "0", "0", "Enter", "v", "Control+Shift+c", "Control+b", "Control+Shift+h"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    expect(cells).to_have_count(before)
    expect(page.get_by_text("giá trị 42")).to_be_visible()
    for nothing in (".jp-Dialog", ".lm-CommandPalette", ".jp-MarkdownCell .cm-content", ".jp-SideBar"):
        expect(page.locator(nothing).locator("visible=true")).to_have_count(0)
    page.locator("h1:visible").first.click()
    page.keyboard.press("Control+s")
    for _ in range(300):
        if "giá trị 42" in path.read_text(encoding="utf-8"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("never saved")


@pytest.mark.browser
def test_the_keyboard_begins_at_the_button_and_a_page_with_code_says_that_it_has_started_and_starts_again(lab, page):
    open_notebook(page, lab.page("lessons/90-hai.ipynb"))
    heard = page.locator("[role=status].bc-spoken")
    expect(heard).to_have_text("")
    expect(page.get_by_role("button", name=START)).to_be_focused(timeout=10_000)
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name=STARTED)
    expect(again).to_be_focused(timeout=60_000)
    expect(page.get_by_text("giá trị 42")).to_be_visible()
    expect(page.get_by_role("button", name=START)).to_have_count(0)
    expect(heard).to_contain_text("Bài đã bắt đầu")
    page.mouse.move(0, 400)
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / "lab-started.png")
    ran = page.locator(".jp-CodeCell .jp-InputPrompt").last
    before = ran.text_content()
    again.click()
    expect(ran).not_to_have_text(before or "", timeout=60_000)
    expect(again).to_be_visible(timeout=60_000)
    page.evaluate(END_KERNELS)
    expect(page.get_by_role("button", name=START)).to_be_visible(timeout=60_000)


@pytest.mark.browser
@pytest.mark.parametrize("name", [START, AGAIN])
def test_what_stands_below_a_cell_with_an_error_runs_and_the_cell_is_named(lab, page, name):
    open_notebook(page, lab.page("bai-lam/GL/bt91/bt91.ipynb"))
    write_code(page, "print(bangg)")
    page.get_by_role("button", name=name).click()
    told = page.locator(".bc-failed")
    expect(told).to_contain_text("Có 1 ô báo lỗi, ở phần “Câu một”", timeout=60_000)
    expect(page.get_by_text("bên dưới 54")).to_be_visible()
    expect(page.get_by_role("button", name=STARTED)).to_be_visible()
    told.get_by_role("button", name="Đến ô báo lỗi").click()
    expect(told).to_have_count(0)
    expect(page.locator(".jp-CodeCell .cm-content:visible").first).to_be_focused()
    write_code(page, "print('sửa', 6 * 6)")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("sửa 36")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=STARTED).click()
    expect(page.get_by_text("bên dưới 54")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=STARTED)).to_be_visible(timeout=60_000)
    expect(told).to_have_count(0)


@pytest.mark.browser
def test_a_result_to_be_guessed_first_opens_where_its_own_cell_is_run_and_is_cleared(lab, page):
    open_notebook(page, lab.page("bai-lam/GL/bt91/bt91.ipynb"))
    write_code(page, "print(str(6).isdigit)")
    page.get_by_role("button", name=START).click()
    expect(page.get_by_role("button", name=STARTED)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("“isdigit” mới là tên lệnh")).to_be_visible()
    guessed = page.get_by_text("đoán trước 63")
    expect(guessed).to_be_hidden()
    page.locator(".jp-CodeCell .cm-content:visible").last.click()
    page.keyboard.press("Shift+Enter")
    expect(guessed).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Xóa kết quả").click()
    expect(guessed).to_have_count(0)
    expect(page.get_by_text("bên dưới 54")).to_be_visible()  # what the kit shows stays
    page.wait_for_timeout(1500)
    left = (lab.course / "bai-lam/GL/bt91/bt91.ipynb").read_text(encoding="utf-8")
    assert "đoán trước 63" not in left
    assert "bên dưới 54" in left


@pytest.mark.browser
def test_stopping_a_cell_stops_the_run_of_all(lab, page):
    open_notebook(page, lab.page("bai-lam/GL/bt92/bt92.ipynb"))
    write_code(page, "while True: pass")
    page.get_by_role("button", name=START).click()
    stop = page.get_by_role("button", name="Dừng")
    expect(stop).to_be_visible(timeout=60_000)
    page.locator(".jp-InputPrompt", has_text="[*]").first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(500)
    stop.click()
    expect(page.locator(".bc-explained")).to_contain_text("đã được dừng giữa chừng", timeout=60_000)
    expect(page.get_by_role("button", name=START)).to_be_enabled(timeout=60_000)
    expect(page.get_by_text("bên dưới 54")).to_have_count(0)
    expect(page.locator(".bc-failed")).to_have_count(0)


@pytest.mark.browser
def test_officers_see_and_run_their_code_and_an_endless_loop_does_not_hold_back_running_again(lab, page):
    open_notebook(page, lab.page("lessons/90-hai.ipynb"))
    expect(page.locator(".jp-CodeCell .cm-content:visible")).to_have_count(1)
    expect(page.get_by_role("button", name="Chạy ô đang chọn")).to_be_visible()
    expect(page.get_by_role("button", name=AGAIN)).to_be_visible()
    page.get_by_role("button", name=START).click()
    expect(page.get_by_text("cán bộ 54")).to_be_visible(timeout=60_000)
    write_code(page, "print('dd', 6 * 8)")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("dd 48")).to_be_visible(timeout=60_000)
    write_code(page, "while True: pass")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("dd 48")).to_have_count(0)
    write_code(page, "print('lại', 7 * 9)")
    page.get_by_role("button", name=AGAIN).click()
    expect(page.get_by_text("lại 63")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=STARTED)).to_be_visible(timeout=60_000)


@pytest.mark.browser
def test_a_phone_shows_the_page_without_scrolling_sideways_in_both_colours(lab, page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_notebook(page, lab.address)
    expect(page.get_by_role("button", name=START)).to_be_visible()
    page.wait_for_timeout(1000)
    ARTEFACTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector(f"body[data-jp-theme-light='{str(scheme == 'light').lower()}']", state="attached")
        page.wait_for_timeout(300)
        page.screenshot(path=ARTEFACTS / f"lab-phone-{scheme}.png")
        box = page.locator(".jp-RenderedMarkdown:visible").first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["width"] > 330, "no side bar takes the phone's width"
        ground = page.locator(".jp-Notebook").first.evaluate("e => getComputedStyle(e).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark")


def _put(lab: Lab, path: str) -> int:
    address = re.sub(r"/doc/tree/.*\?", f"/api/contents/{path}?", lab.address)
    body = json.dumps({"type": "file", "format": "text", "content": "x"}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=body, method="PUT"), timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_only_the_trainees_own_folder_can_be_written(lab):
    assert _put(lab, "lessons/x.txt") == 403
    assert _put(lab, "exercises/x.txt") == 403
    assert _put(lab, "bai-lam/../lessons/x.txt") in {403, 404}
    assert not (lab.course / "lessons/x.txt").exists()
    assert _put(lab, "bai-lam/GL/x.txt") == 201


def _contents(lab: Lab, method: str, path: str, body: object = None) -> int:
    address = re.sub(r"/doc/tree/.*\?", f"/api/contents/{path}?", lab.address)
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=data, method=method), timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_no_folder_is_copied_into_the_course_and_no_checkpoint_is_written_there(lab):
    _put(lab, "bai-lam/GL/x.txt")
    assert _contents(lab, "POST", "lessons", {"copy_from": "bai-lam/GL"}) == 403
    assert _contents(lab, "POST", "", {"copy_from": "bai-lam"}) == 403
    lesson = "lessons/00-bat-dau.ipynb"
    assert _contents(lab, "POST", f"{lesson}/checkpoints") == 403
    assert _contents(lab, "POST", f"{lesson}/checkpoints/checkpoint") == 403
    assert _contents(lab, "DELETE", f"{lesson}/checkpoints/checkpoint") == 403
    assert not (lab.course / "lessons/GL").exists()
    assert not [path for path in (lab.course / "lessons").rglob(".ipynb_checkpoints/*") if path.is_file()]
    assert _contents(lab, "POST", "bai-lam/GL/x.txt/checkpoints") == 201


def test_all_work_at_once_is_neither_deleted_nor_moved(lab):
    _put(lab, "bai-lam/GL/x.txt")
    for path in ("bai-lam", "bai-lam/", "bai-lam/."):
        assert _contents(lab, "DELETE", path) in {403, 404}
        assert _contents(lab, "PATCH", path, {"path": "bai-lam/GL/cu"}) in {403, 404}
    assert (lab.course / "bai-lam/GL/x.txt").is_file()
    assert _contents(lab, "DELETE", "bai-lam/GL/x.txt") == 204


def test_the_token_is_asked_for(lab):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(re.sub(r"/doc/tree/.*", "/api/contents", lab.address), timeout=30)


def test_a_trainees_server_has_no_formgrader(lab):
    address = re.sub(r"/doc/tree/.*\?", "/formgrader?", lab.address)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address, timeout=30)


@pytest.mark.journey
@pytest.mark.browser
def test_an_instructor_finds_formgrader_without_a_warning(course_copy, browser):
    for lab in start_lab(course_copy, "--instructor"):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(lab.address.replace("/giang-vien?", "/formgrader?"))
        expect(page.get_by_text("bt02").first).to_be_visible(timeout=60_000)
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / "formgrader.png")
        assert not page.locator(".alert-warning:visible").count()
        context.close()
        found = running.instructors_address(course_copy)
        assert found
        assert found.replace("localhost", launch.ADDRESS) == lab.address, "a second start shows this one"


def test_a_port_in_use_is_said(lab, capsys, monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab.course))
    port = lab.address.split(":")[2].split("/")[0]
    kept = dict(os.environ)
    assert run(["lab", "--no-browser", "--port", port]) == 1
    assert port in capsys.readouterr().err
    assert dict(os.environ) == kept, "nothing was set before the fault was found"


def test_a_second_start_shows_the_course_that_is_open(lab, monkeypatch, capsys):
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab.course))
    assert run(["lab", "--no-browser"]) == 0
    said = capsys.readouterr().out
    assert "đang mở sẵn" in said
    assert lab.address in said.replace("localhost", launch.ADDRESS)
    assert running.address(lab.course / "lessons") is None
    assert running.instructors_address(lab.course) is None, "a trainee's server has no such page"


def test_two_profiles_share_nothing(tmp_path):
    trainee, instructor = (launch.environment(tmp_path, instructor=who) for who in (False, True))
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        assert trainee[name] != instructor[name]
    assert trainee["PYTHONUTF8"] == "1"

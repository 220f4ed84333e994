"""The bundle as it is handed out: unzipped, started, a question, an exercise, and its hand-in is collected."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from kit import bundle as bundle_kit
from kit import clicking, site_page
from kit.course import ROOT, Lab, run
from kit.faultless import faultless
from kit.trainee import CODE, PATIENCE, give_code, no_code_is_seen, open_unit
from playwright.sync_api import Browser, Page, expect

from buuchinh.questions.exam_forms import pick

pytestmark = [pytest.mark.browser, pytest.mark.journey]

UNIT, EXAM = "bt05", "thinv1"
GIVEN = "BUUCHINH_TEST_BUNDLE"
"""Names a zip that is tried in place of one made here."""
_WHOSE = "import buuchinh, json, sys; print(json.dumps([buuchinh.__file__, sys.prefix, *sys.path]))"
_ASK_KERNEL = """async code => {
    const { baseUrl, token } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
    const headers = { Authorization: `token ${token}` };
    const made = await fetch(`${baseUrl}api/kernels`, { method: 'POST', headers, body: '{"name": "python3"}' });
    const { id } = await made.json();
    const socket = new WebSocket(`ws://${location.host}${baseUrl}api/kernels/${id}/channels?token=${token}`);
    const said = new Promise((done) => {
        let text = '';
        socket.onmessage = ({ data }) => {
            const { msg_type, content } = JSON.parse(data);
            if (msg_type === 'stream') text += content.text;
            if (msg_type === 'execute_reply') setTimeout(() => done(text), 500);
        };
    });
    await new Promise((opened) => (socket.onopen = opened));
    const header = { msg_id: 'hoi', msg_type: 'execute_request', session: 'hoi', version: '5.3' };
    const content = { code, silent: false, store_history: false, allow_stdin: false, stop_on_error: true };
    socket.send(JSON.stringify({ channel: 'shell', header, parent_header: {}, metadata: {}, content, buffers: [] }));
    const found = await said;
    socket.close();
    await fetch(`${baseUrl}api/kernels/${id}`, { method: 'DELETE', headers });
    return found;
}"""


def asked_of(course: Path, unit: str = UNIT) -> list[dict[str, Any]]:
    """Return what the trainee of these tests is asked in a unit."""
    forms = json.loads((course / f"exercises/{unit}/questions.json").read_text(encoding="utf-8"))["forms"]
    found: list[dict[str, Any]] = forms[pick(unit, forms, CODE)]
    return found


def test_the_bundle_that_is_handed_out_serves_from_the_start_to_the_hand_in(
    browser: Browser, course_copy: Path, tmp_path: Path
) -> None:
    bundle = bundle_kit.unzipped(_archive(course_copy, tmp_path), tmp_path / "Tài liệu của Hương")
    assert "sh bat-dau.sh" in (bundle / "DOC-TOI-TRUOC.txt").read_text(encoding="utf-8-sig")
    if not (bundle / "lab/wheels").is_dir():
        bundle_kit.install(bundle / "lab")
    with bundle_kit.started(bundle / "lab", tmp_path / "home") as lab:
        page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
        packed = _work_through(page, lab)
        page.context.close()
    stick = tmp_path / "usb"
    stick.mkdir()
    packed.rename(stick / packed.name)
    _is_collected(course_copy, stick)


def test_the_exam_of_the_day_lies_beside_the_course_or_over_it_and_no_answer_is_lost(
    browser: Browser, course_copy: Path, tmp_path: Path
) -> None:
    archives, folders = {}, {}
    for name, options in {"course": ("--without-exams",), "exam": ("--only", EXAM)}.items():
        run(course_copy, "buuchinh", "bundle", "--out", str(tmp_path / name), *options)
        (archives[name],) = (tmp_path / name).glob("*.zip")
        folders[name] = bundle_kit.unzipped(archives[name], tmp_path / "Tài liệu" / name)
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    with faultless(context) as page:
        _opens(page, folders["course"], "Mở khóa học")
        site_page.give_code(page, CODE)
        page.get_by_role("button", name="Giao dịch viên").click()
        expect(page.get_by_text("Bài thi cuối khóa sẽ được phát vào ngày thi.")).to_be_visible()
        site_page.at(page, f"#/{UNIT}/1")
        _answer_all(page, course_copy, UNIT)
        _opens(page, folders["exam"], "Mở bài")
        expect(page.locator(".hoc-who")).to_contain_text(CODE)
        expect(page.locator(".hoc-go")).to_have_attribute("href", f"#/{EXAM}")
        _hands_in_on_the_page(page, course_copy, EXAM, tmp_path)
        _opens(page, folders["course"], "Mở khóa học")
        _hands_in_on_the_page(page, course_copy, UNIT, tmp_path)

        shutil.copytree(folders["exam"], folders["course"], dirs_exist_ok=True)  # by mistake, over the course
        _opens(page, folders["course"], "Mở bài")
        expect(page.locator(f'a[href="#/{EXAM}"]').last).to_contain_text("✓")
        shutil.copytree(
            bundle_kit.unzipped(archives["course"], tmp_path / "lại"), folders["course"], dirs_exist_ok=True
        )
        _opens(page, folders["course"], "Mở khóa học")
        expect(page.locator(f'a.hoc-card[href="#/{UNIT}"]')).to_contain_text("✓")
    context.close()
    for unit in (EXAM, UNIT):
        _is_collected(course_copy, tmp_path / "usb", unit)


def _opens(page: Page, folder: Path, press: str) -> None:
    page.goto((folder / "BAT-DAU.html").as_uri())
    page.get_by_role("link", name=press).click()
    expect(page.locator("#hoc-main h1")).to_be_visible()


def _answer_all(page: Page, course: Path, unit: str) -> None:
    """Answer every question of a unit on its page."""
    asked = {question["id"]: question for question in asked_of(course, unit)}
    for way in site_page.questions_of(page, unit):
        site_page.at(page, way)
        expect(page.locator(".hoc-map [aria-current]")).to_have_attribute("href", way)
        for shown in page.locator("[data-question]").all():
            clicking.answer(page, asked[str(shown.get_attribute("data-question"))])
    expect(page.locator(".hoc-map .hoc-done")).to_have_count(len(asked))


def _hands_in_on_the_page(page: Page, course: Path, unit: str, folder: Path) -> None:
    """Hand a unit in on its page and put the file that the browser kept on a stick."""
    if unit == EXAM:
        _answer_all(page, course, unit)
    site_page.at_hand_in(page, unit)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Nộp bài").click()
    kept.value.save_as(folder / "usb" / kept.value.suggested_filename)


def _archive(course: Path, folder: Path) -> Path:
    """Return the bundle to try: one made now, or the one that ``test_offline_journey`` names."""
    if GIVEN in os.environ:
        return Path(os.environ[GIVEN])
    run(course, "buuchinh", "bundle", "--out", str(folder / "out"))
    (archive,) = (folder / "out").glob("*.zip")
    return archive


def _work_through(page: Page, lab: Lab) -> Path:
    """Give the code, answer a question of lesson 5, do an exercise, hand it in; return the zip."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(lab.address)
    give_code(page)

    open_unit(page, "l05")
    guess = clicking.question(page, "l05-q01")
    guess.locator("input").first.check(timeout=PATIENCE)
    guess.get_by_role("button", name="Trả lời").click()
    expect(guess.locator(".bc-feedback")).to_contain_text("Căn cứ")
    no_code_is_seen(page)
    page.get_by_role("button", name="Trang mở đầu").click()
    page.wait_for_url("**/lessons/00-bat-dau.ipynb", timeout=PATIENCE)

    open_unit(page, UNIT)
    asked = asked_of(lab.course)
    expect(page.locator(f'[data-question^="{UNIT}-"]')).to_have_count(len(asked), timeout=PATIENCE)
    for question in asked:
        clicking.answer(page, question)
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    expect(page.locator(".hoc-receipt")).to_contain_text(f"{len(asked)} trên {len(asked)} câu", timeout=PATIENCE)
    _runs_what_the_bundle_holds(page, lab)
    assert errors == []
    (packed,) = (lab.course / "bai-lam" / CODE / UNIT / "da-nop").glob(f"{UNIT}_*.zip")
    return packed


def _runs_what_the_bundle_holds(page: Page, lab: Lab) -> None:
    """Kernel and server run the unzipped folder's own code, and the clone is on neither's path."""
    file, prefix, *path = json.loads(page.evaluate(_ASK_KERNEL, _WHOSE))
    assert Path(file) == lab.course / "buuchinh/__init__.py"
    assert Path(prefix) == lab.course / ("python" if (lab.course / "python").is_dir() else ".venv")
    assert not [one for one in path if Path(one).is_relative_to(ROOT)]
    for folder, name in (("lab", "launch"), ("learner/server", "contents")):
        compiled = (lab.course / "buuchinh" / folder / "__pycache__").glob(f"{name}.*")
        assert list(compiled), "Python compiles beside the file that it runs"


def _is_collected(course: Path, stick: Path, unit: str = UNIT) -> None:
    (course / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(course, "buuchinh", "roster", "lop.csv")
    run(course, "buuchinh", "collect", str(stick))
    handed_in = course / "submitted" / CODE / unit
    assert (handed_in / f"{unit}.ipynb").is_file()
    answers = json.loads((handed_in / "answers.json").read_text(encoding="utf-8"))["answers"]
    asked = asked_of(course, unit)
    assert set(answers) == {question["id"] for question in asked}

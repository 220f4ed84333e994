"""The bundle as it is handed out: unzipped, started, a question, an exercise, and its hand-in is collected."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from kit import bundle as bundle_kit
from kit import clicking
from kit.course import ROOT, Lab, run
from kit.trainee import CODE, PATIENCE, no_code_is_seen, open_unit, press_start
from playwright.sync_api import Browser, Page, expect

from buuchinh.questions.test_forms import pick

pytestmark = [pytest.mark.browser, pytest.mark.journey]

UNIT = "bt05"
GIVEN = "BUUCHINH_TEST_BUNDLE"
"""Names a zip that is tried in place of one made here."""
_WHOSE = "import buuchinh, json, sys; print(json.dumps([buuchinh.__file__, sys.prefix, *sys.path]))"
_ASK_KERNEL = """async code => {
    const services = window.jupyterapp.serviceManager;
    const kernel = await services.kernels.startNew({name: 'python3'});
    let said = '';
    const asked = kernel.requestExecute({code});
    asked.onIOPub = message => { said += message.content.text ?? ''; };
    await asked.done;
    await kernel.shutdown();
    kernel.dispose();
    return said;
}"""


def asked_of(course: Path) -> list[dict[str, Any]]:
    """Return what the trainee of these tests is asked in the exercise."""
    forms = json.loads((course / f"exercises/{UNIT}/questions.json").read_text(encoding="utf-8"))["forms"]
    found: list[dict[str, Any]] = forms[pick(UNIT, forms, CODE)]
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
    press_start(page)
    page.get_by_label("Mã học viên của anh/chị").fill(CODE)
    page.keyboard.press("Enter")
    expect(page.locator(".bc-start")).to_contain_text(f"Đang học với mã {CODE}", timeout=PATIENCE)

    open_unit(page, "Bài 5")
    guess = clicking.question(page, "l05-q01")
    guess.locator("input").first.check(timeout=PATIENCE)
    guess.get_by_role("button", name="Kiểm tra").click()
    expect(guess.locator(".bc-feedback")).to_contain_text("Căn cứ")
    expect(page.locator("dialog.bc-law")).to_have_count(1, timeout=PATIENCE)  # the last cell has run
    no_code_is_seen(page)
    page.get_by_role("button", name="Trang mở đầu").click()
    page.wait_for_url("**/lessons/00-bat-dau.ipynb", timeout=PATIENCE)
    press_start(page)

    open_unit(page, f"Bài tập {int(UNIT[2:])}")
    asked = asked_of(lab.course)
    expect(page.locator(".bc-question")).to_have_count(len(asked), timeout=PATIENCE)
    for question in asked:
        clicking.answer(page, question)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator(".bc-receipt")).to_contain_text(f"{len(asked)} câu", timeout=PATIENCE)
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
    compiled = {one.name.partition(".")[0] for one in (lab.course / "buuchinh/lab/__pycache__").iterdir()}
    assert {"launch", "contents"} <= compiled, "Python compiles beside the file that it runs"


def _is_collected(course: Path, stick: Path) -> None:
    (course / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(course, "buuchinh", "roster", "lop.csv")
    run(course, "buuchinh", "collect", str(stick))
    handed_in = course / "submitted" / CODE / UNIT
    assert (handed_in / f"{UNIT}.ipynb").is_file()
    answers = json.loads((handed_in / "answers.json").read_text(encoding="utf-8"))["answers"]
    asked = asked_of(course)
    assert set(answers) == {question["id"] for question in asked}

"""Solutions of an exercise, opened on a trainee's device: marks as Python gives them, on pages and in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit import keyboard
from kit.course import Lab, copy_course, start_lab
from kit.faultless import faultless
from kit.site_page import at, at_hand_in, give_code
from kit.solutions import CODE, UNIT, answers, solved
from kit.trainee import PATIENCE, press_start
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh.release import bundle_files, versions
from buuchinh.site import build

pytestmark = pytest.mark.browser
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
WORDS = {
    "right": "đúng",
    "partly": "đúng một phần",
    "wrong": "chưa đúng",
    "empty": "chưa trả lời",
    "person": "người chấm",
}
KEEP = """async ([place, lines]) => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const at = base.transaction("lines", "readwrite");
    for (const line of lines) at.objectStore("lines").add({ place: JSON.stringify(place), line });
    return new Promise((done) => { at.oncomplete = () => { base.close(); done(true); }; });
}"""
LINES = """async () => {
    const open = indexedDB.open("buuchinh " + JSON.parse(document.getElementById("hoc-course").textContent).title);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const all = base.transaction("lines").objectStore("lines").getAll();
    return new Promise((done) => { all.onsuccess = () => { base.close(); done(JSON.stringify(all.result)); }; });
}"""


PUT = """async ([unit, version, notebook, given]) => {
    const { token } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    const headers = {
        "Content-Type": "application/json",
        "X-XSRFToken": document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1],
        Authorization: `token ${token}`,
    };
    for (const [id, answer] of Object.entries(given)) {
        const body = JSON.stringify({ notebook, unit, version, id, answer });
        await fetch("/buuchinh/api/journal", { method: "POST", headers, body });
    }
}"""


class Solved(NamedTuple):
    """Pages of a course, the solutions of one exercise, and a person's answers with their marks."""

    course: Path
    start: str
    pack: Path
    given: dict[str, Any]
    marks: dict[str, str]


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    root = copy_course(tmp_path_factory.mktemp("giai") / "course")
    pack = solved(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        made = build.build(root.parent / "hoc").folder
    return Solved(root, (made / build.INDEX).as_uri(), pack, *answers(root))


@pytest.fixture(params=[(1366, 657), (390, 664)], ids=["desk", "phone"])
def page(browser: Browser, after: Solved, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the first page of somebody who has answered the exercise."""
    context = browser.new_context(viewport={"width": request.param[0], "height": request.param[1]})
    with faultless(context) as opened:
        opened.goto(after.start)
        give_code(opened, CODE)
        version = versions.latest(UNIT)
        lines = [
            {"id": name, "answer": one, "at": "2026-11-25T09:00:00+07:00", "origin": "choice"}
            for name, one in after.given.items()
        ]
        assert opened.evaluate(KEEP, [[CODE, UNIT, version], lines])
        yield opened
    context.close()


def shown_marks(place: Locator) -> dict[str, str]:
    """Return the word of each question on a map, by its address."""
    return {
        (one.get_attribute("href") or "").split("/")[-1]: (one.get_attribute("aria-label") or "").split(": ")[1]
        for one in place.locator(".hoc-map a").all()
    }


def opened(page: Page, file: Path | str) -> None:
    """Choose a file of solutions, or one with this text, by the button of the page that is open."""
    button = page.locator(".hoc-solutions input[type=file]").last
    if isinstance(file, Path):
        button.set_input_files(file)
    else:
        button.set_input_files({"name": "loi-giai.json", "mimeType": "application/json", "buffer": file.encode()})


def test_solutions_mark_the_stored_answers_as_python_does_and_change_none(page: Page, after: Solved) -> None:
    at(page, "#/")
    before = page.evaluate(LINES)
    opened(page, after.pack)
    expect(page.locator("#hoc-live")).to_contain_text("Đã mở lời giải", timeout=20_000)
    expect(page.locator("#hoc-main")).to_have_attribute("data-route", f"#/{UNIT}/1")
    expected = {name: WORDS[mark] for name, mark in after.marks.items()}
    assert shown_marks(page.locator(".hoc-sheet-map").first) == expected
    assert {"right", "wrong", "empty", "person"} <= set(after.marks.values())

    for address in [one.get_attribute("href") or "" for one in page.locator(".hoc-map a").all()]:
        at(page, address)
        name = address.split("/")[-1]
        question = page.locator(".hoc-marked")
        for field in question.locator("input, select, textarea, .bc-sheet button").all():
            assert field.is_disabled()
        card = question.locator(".bc-feedback").last
        mark = after.marks[name]
        if mark == "person":
            expect(card).to_contain_text("Câu này người chấm")
        else:
            expect(card.locator(".bc-basis")).not_to_have_count(0)
            if mark == "empty":
                expect(card).to_contain_text("Chưa có câu trả lời")
            else:
                expect(card.locator(".bc-card")).to_have_class(f"bc-card bc-is-{mark}")
    at_hand_in(page, UNIT)
    right = sum(mark == "right" for mark in after.marks.values())
    total = sum(mark != "person" for mark in after.marks.values())
    expect(page.locator(".hoc-solutions-told")).to_contain_text(f"Đúng {right} trên {total} câu")
    assert json.loads(page.evaluate(LINES)) == json.loads(before)

    page.reload()
    expect(page.locator(".hoc-solutions-told")).to_contain_text(f"Đúng {right} trên {total} câu")
    page.get_by_role("button", name="Cất lời giải").click()
    expect(page.locator(".hoc-solutions-told")).to_have_count(0)
    at(page, f"#/{UNIT}/1")
    assert set(shown_marks(page.locator(".hoc-sheet-map").first).values()) == {
        "đã làm",
        "chưa làm",
        "đã làm, có người chấm",
    }
    assert json.loads(page.evaluate(LINES)) == json.loads(before)


def test_solutions_go_neither_onto_a_site_nor_into_a_bundle(after: Solved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(after.course))
    site = [path for path in Path(after.start.removeprefix("file://")).parent.rglob("*") if path.is_file()]
    given = [after.course / name for name in bundle_files.list_files().paths]
    keys = json.loads(after.pack.read_text(encoding="utf-8"))["keys"]
    every = [key for one in reversed(keys) for key in one.get("keys", ())]
    secret = max(_texts(every[0]["feedback"]), key=len)
    assert secret in after.pack.read_text(encoding="utf-8")
    for path in (*site, *given):
        assert "loi-giai-bt" not in path.name
        assert secret not in path.read_bytes().decode("utf-8", "replace"), path


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(one)


def test_opened_solutions_can_be_read_by_all_eyes(page: Page, after: Solved) -> None:
    at_hand_in(page, UNIT)
    opened(page, after.pack)
    expect(page.locator(".hoc-solutions-told")).to_be_visible(timeout=20_000)
    wrong = next(name for name, mark in after.marks.items() if mark == "wrong")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for place in (f"#/{UNIT}/99", f"#/{UNIT}/1/{wrong}"):
            at(page, place)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            ARTEFACTS.mkdir(exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=ARTEFACTS / f"solutions-{width}-{scheme}-{len(place)}.png")


def test_a_file_dropped_anywhere_is_opened_and_a_guest_is_asked_for_a_code(browser: Browser, after: Solved) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 657})
    drop = """(text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], "loi-giai-bt05.json", { type: "application/json" }));
        const dropped = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector("h1").dispatchEvent(dropped);
    }"""
    with faultless(context) as sheet:
        sheet.goto(after.start)
        at(sheet, "#/")
        sheet.evaluate(drop, after.pack.read_text(encoding="utf-8"))
        expect(sheet.locator("#hoc-live")).to_contain_text("Nhập mã học viên trước")
        opened(sheet, after.pack)
        sheet.locator(".hoc-solutions").get_by_label("Mã học viên").fill(CODE)
        sheet.keyboard.press("Enter")
        expect(sheet.locator("#hoc-live")).to_contain_text("Đã mở lời giải", timeout=20_000)
        at(sheet, "#/")
        sheet.evaluate(drop, after.pack.read_text(encoding="utf-8"))
        expect(sheet).to_have_url(f"{after.start}#/{UNIT}/1")
    context.close()


def hostile(after: Solved) -> dict[str, tuple[str, str]]:
    """Return texts of files that are no solutions for this device, and the words that refuse each."""
    good = json.loads(after.pack.read_text(encoding="utf-8"))
    not_one = "không phải tệp lời giải"
    latest = versions.latest(UNIT)
    return {
        "no JSON": ("<script>alert(1)</script>", not_one),
        "empty": ("", not_one),
        "deep": ("[" * 300_000, not_one),
        "huge": (json.dumps(good | {"title": "x" * 2_000_000}), "lớn hơn mọi tệp"),
        "another kind": (json.dumps({"format": 1, "lines": []}), not_one),
        "another format": (json.dumps(good | {"format": 2}), not_one),
        "another unit": (json.dumps(good | {"unit": "bt99"}), "bài bt99, máy này không có"),
        "an exam": (json.dumps(good | {"unit": "thinv1"}), "bài thinv1, máy này không có"),
        "no such version": (
            json.dumps(good | {"versions": {k: v for k, v in good["versions"].items() if k != latest}}),
            f"không có bản {latest}",
        ),
        "keys of another shape": (json.dumps(good | {"keys": [7]}), not_one),
    }


def test_a_hostile_file_runs_nothing_loses_nothing_and_gets_one_sentence(page: Page, after: Solved) -> None:
    before = page.evaluate(LINES)
    at_hand_in(page, UNIT)
    for name, (text, words) in hostile(after).items():
        opened(page, text)
        expect(page.locator(".hoc-solutions [role=status]").last).to_contain_text(words)
        assert page.locator(".hoc-solutions-told").count() == 0, name
    assert json.loads(page.evaluate(LINES)) == json.loads(before)


def test_markup_in_solutions_is_text_and_broken_keys_stop_no_page(browser: Browser, after: Solved) -> None:
    markup = "<img src=x onerror=\"document.title='run'\"><b>đậm</b> [x](javascript:alert(1))"
    text = after.pack.read_text(encoding="utf-8")
    pack = json.loads(text)

    def poisoned(value: Any) -> Any:
        if isinstance(value, dict):
            parts = {"text", "believed", "why", "do", "right", "wrong", "feedback", "quote", "note"}
            return {
                key: markup if key in parts and isinstance(one, str) else poisoned(one) for key, one in value.items()
            }
        return [poisoned(one) for one in value] if isinstance(value, list) else value

    broken = json.loads(text)
    for one in broken["keys"]:
        for key in one.get("keys", []) + [key for keys in one.get("parts", {}).values() for key in keys]:
            key["feedback"], key["correct"], key["provisions"] = 5, {"a": {"b": "c"}}, "x"
    context = browser.new_context(viewport={"width": 1366, "height": 657})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(after.start)
    give_code(page, CODE)
    lines = [{"id": k, "answer": v, "at": "2026-11-25T09:00:00+07:00"} for k, v in after.given.items()]
    page.evaluate(KEEP, [[CODE, UNIT, versions.latest(UNIT)], lines])
    for bad in (poisoned(pack), broken):
        at(page, "#/")
        text = json.dumps(bad)
        opened(page, text)
        expect(page.locator("#hoc-live")).to_contain_text("Đã mở lời giải", timeout=20_000)
        expect(page.locator("#hoc-main")).to_have_attribute("data-route", f"#/{UNIT}/1")
        for address in [one.get_attribute("href") or "" for one in page.locator(".hoc-map a").all()]:
            at(page, address)
            expect(page.locator(".hoc-marked .bc-feedback").last).not_to_be_empty()
            assert page.locator(".hoc-marked img[src=x], .hoc-marked b:text-is('đậm')").count() == 0
            assert page.locator("a[href^=javascript]").count() == 0
        assert "run" not in page.title().split()
        at_hand_in(page, UNIT)
        page.get_by_role("button", name="Cất lời giải").click()
        expect(page.locator(".hoc-solutions-told")).to_have_count(0)
    assert not errors
    context.close()


@pytest.mark.journey
def test_in_jupyterlab_the_same_screen_marks_the_answers_on_the_disk(browser: Browser, after: Solved) -> None:
    root = copy_course(after.course.parent / "lab")
    place = root / "bai-lam" / CODE / UNIT
    for lab in start_lab(root):
        _in_lab(browser, lab, place, after)


def _in_lab(browser: Browser, lab: Lab, place: Path, after: Solved) -> None:
    page = browser.new_context(viewport={"width": 1100, "height": 900}, locale="vi-VN").new_page()
    page.goto(lab.page("lessons/00-bat-dau.ipynb"))
    page.get_by_role("button", name="Ghi mã").click(timeout=PATIENCE)
    page.get_by_label("Mã học viên").fill(CODE)
    page.keyboard.press("Enter")
    expect(page.locator(".hoc-who")).to_contain_text(CODE, timeout=PATIENCE)
    page.locator("details.hoc-off-path").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator(f'a:is(.hoc-card, .hoc-stamp)[href="#/{UNIT}"]:visible').click(timeout=PATIENCE)
    page.wait_for_url(f"**/bai-lam/{CODE}/{UNIT}/**", timeout=PATIENCE)
    press_start(page)
    page.evaluate(PUT, [UNIT, versions.latest(UNIT), f"bai-lam/{CODE}/{UNIT}/{UNIT}.ipynb", after.given])
    page.reload()
    press_start(page)
    journal = place / "answers.jsonl"
    before = journal.read_bytes()
    page.locator(".hoc-solutions").first.wait_for(timeout=PATIENCE)
    for text, words in list(hostile(after).values())[:8]:
        opened(page, text)
        expect(page.locator(".hoc-solutions [role=status]").last).to_contain_text(words, timeout=PATIENCE)
    opened(page, after.pack)
    expect(page.locator(".hoc-solutions-told")).to_be_visible(timeout=PATIENCE)
    assert shown_marks(page.locator(".hoc-hand-in")) == {name: WORDS[mark] for name, mark in after.marks.items()}
    expect(page.locator(".hoc-marked")).to_have_count(len(after.marks))
    assert keyboard.axe_findings(page, ".bc-live") == []
    assert journal.read_bytes() == before
    stored = place.parent / "loi-giai" / f"{UNIT}.json"
    assert json.loads(stored.read_text(encoding="utf-8"))["unit"] == UNIT
    page.locator(".hoc-marked").nth(1).scroll_into_view_if_needed()
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / "solutions-lab.png")
    page.reload()
    expect(page.locator(".hoc-solutions-told")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Cất lời giải").click()
    expect(page.locator(".hoc-marked")).to_have_count(0, timeout=PATIENCE)
    assert not stored.exists()
    assert journal.read_bytes() == before
    page.context.close()

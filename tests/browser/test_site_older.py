"""Who comes back to the pages, or to JupyterLab, with what an older kit kept in this browser finds all of it.

What browsers kept was written by those kits (``tests/older/make.py``); here it is laid into a fresh browser before the
pages of today start.
"""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kit import older
from kit.course import copy_course, start_lab
from kit.faultless import faultless
from kit.older import CODE, VERSIONS
from kit.site_page import at, at_hand_in, hand_in_anyway, questions_of, steps_of
from kit.trainee import PATIENCE, press_start, unfold
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buuchinh import course
from buuchinh.questions import question_bank
from buuchinh.release import versions
from buuchinh.site import build, earlier_sheets

pytestmark = pytest.mark.browser

LAY = """async (kept) => {
    const asked = (request) => new Promise((done, not) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => not(request.error);
    });
    const write = async (factory, { name, version, stores }) => {
        const request = factory.open(name, version);
        request.onupgradeneeded = () => {
            for (const [store, { auto, indexes }] of Object.entries(stores)) {
                const made = request.result.createObjectStore(store, auto ? { autoIncrement: true } : undefined);
                indexes.forEach(([index, path]) => made.createIndex(index, path));
            }
        };
        const base = await asked(request);
        const at = base.transaction(Object.keys(stores), "readwrite");
        for (const [store, { entries }] of Object.entries(stores)) {
            for (const [key, value] of entries) at.objectStore(store).put(value, key);
        }
        await new Promise((done) => { at.oncomplete = done; });
        base.close();
    };
    await write(indexedDB, kept.database);
    if (kept.copy) {
        window.bucket = await navigator.storageBuckets.open("buuchinh-copy", { durability: "strict" });
        await write(window.bucket.indexedDB, kept.copy);
    }
    Object.entries(kept.localStorage).forEach(([key, value]) => localStorage.setItem(key, value));
}"""
L05 = question_bank.load(course.bank_path("l05")).version
CHOSEN = """(name) => [...document.querySelectorAll(`[data-question="${name}"] input`)]
    .filter((one) => one.checked).map((one) => one.value)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the first page of the course as it is today."""
    return build.build(tmp_path_factory.mktemp("trang") / "hoc").folder / build.INDEX


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, site: Path, version: str) -> Any:
    """Yield today's pages in a browser that keeps what an older kit left there."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    laid(context, site, version)
    with faultless(context) as opened:
        opened.goto(site.as_uri())
        expect(opened.locator("#hoc-main h1")).to_be_visible()
        yield opened
    context.close()


def laid(context: BrowserContext, site: Path, version: str) -> None:
    before = context.new_page()
    before.goto(site.with_name("icon.svg").as_uri())
    kept = older.told(version, "browser")
    drafts = kept["localStorage"].items()  # of a lesson that has another version since
    kept["localStorage"] = {key.replace(f'"l05","{L05}"', '"l05","0.9.0"'): value for key, value in drafts}
    before.evaluate(LAY, kept)
    before.close()


def stores(version: str) -> dict[str, Any]:
    found: dict[str, Any] = older.told(version, "browser")["database"]["stores"]
    return found


def lines(version: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the last answer to each question by unit and version of a unit: ``{(unit, version): {id: answer}}``."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for _, kept in stores(version)["lines"]["entries"]:
        _, unit, of = json.loads(kept["place"])
        found.setdefault((unit, of), {})[kept["line"]["id"]] = kept["line"]["answer"]
    return found


def saved(page: Page) -> dict[str, Any]:
    """Return what "Lưu vào tệp" gives."""
    at(page, "#/ket-qua")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Lưu vào tệp").click()
    read: dict[str, Any] = json.loads(kept.value.path().read_text(encoding="utf-8"))
    return read


def screens(page: Page, unit: str) -> list[str]:
    """Return the addresses of the steps of a lesson, or of a sheet's first page and its questions."""
    return steps_of(page, unit, extra=True) if unit.startswith("l") else [f"#/{unit}/1", *questions_of(page, unit)]


def test_every_line_and_state_is_still_kept_and_shown_and_sheets_go_on_in_their_version(
    page: Page, version: str
) -> None:
    assert CODE in (page.locator(".hoc-who").text_content() or "")
    expect(page.get_by_role("heading", name="Lộ trình của bưu tá")).to_be_visible()
    expect(page.locator(".hoc-go")).to_have_text(re.compile("Học tiếp|^Ôn"))  # from two days after it was begun on
    given = lines(version)
    for unit in ("bt05", "thinv1", "l05"):
        (begun,) = [of for name, of in given if name == unit]
        answers = given[unit, begun]
        seen = set()
        for route in screens(page, unit):
            at(page, route)
            if unit != "l05" and route.endswith("/1") and begun != versions.latest(unit):
                told = (
                    f"Anh/chị đang làm bản {begun}" if begun in earlier_sheets.included_versions(unit) else "bản trước"
                )
                expect(page.locator("#hoc-main")).to_contain_text(told)
            for one in page.locator("[data-question]").all():
                name = one.get_attribute("data-question") or ""
                chosen = page.evaluate(CHOSEN, name)
                if name in answers and chosen:
                    assert sorted(chosen) == sorted(_choices(answers[name]))
                    seen.add(name)
        choices = {name for name, answer in answers.items() if isinstance(answer, str) and _opaque(answer)}
        assert choices <= seen
    file = saved(page)
    kept = [json.dumps(one, sort_keys=True) for one in file["lines"]]
    assert {json.dumps(one, sort_keys=True) for _, one in stores(version)["lines"]["entries"]} <= set(kept)
    states = dict(file["state"])
    for key, value in stores(version)["state"]["entries"]:
        if key.split()[0] in {"role", "finished", "handed", "remarks", "drill"}:
            assert states[key] == value


def _choices(answer: Any) -> list[str]:
    """Return what is chosen in an answer of one choice, of several, or in pairs."""
    if isinstance(answer, dict):
        return list(answer.values())
    return answer if isinstance(answer, list) else [answer]


def _opaque(answer: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9-]*", answer) is not None


def test_what_was_ended_and_handed_in_is_told_as_before(page: Page, version: str) -> None:
    states = dict(stores(version)["state"]["entries"])
    at_hand_in(page, "bt01")
    expect(page.locator(".hoc-receipt")).to_contain_text("Lần nộp gần nhất")
    expect(page.locator(".hoc-receipt dd").last).to_have_text(states[f"handed {CODE} bt01"]["check"])
    at(page, "#/kt1")
    expect(page.locator("#hoc-main")).to_contain_text(re.compile("trên 10 câu|Kết quả của bản trước"))
    at(page, "#/khan-cap")
    expect(page.locator(".hoc-ours")).to_contain_text(states["office"]["head_phone"])
    at(page, "#/xem-kien")
    expect(page.get_by_role("button", name=re.compile("^Làm tiếp, còn 37 hình"))).to_be_visible()


def test_a_sheet_that_was_begun_is_handed_in_with_all_its_answers(page: Page, version: str) -> None:
    ((begun, answers),) = [(of, given) for (unit, of), given in lines(version).items() if unit == "bt05"]
    at_hand_in(page, "bt05")
    with page.expect_download() as kept:
        hand_in_anyway(page)
    with zipfile.ZipFile(kept.value.path()) as packed:
        handed = json.loads(packed.read("answers.json"))
    assert (handed["version"], handed["code"]) == (begun, CODE)
    assert {name: entry["answer"] for name, entry in handed["answers"].items()} == answers
    assert [one["text"] for one in handed["remarks"]] == ["Hình mờ, không thấy chữ"]


def test_a_file_that_was_saved_goes_on_in_another_browser(browser: Browser, site: Path, version: str) -> None:
    (file,) = older.files(version, "hoc-buu-chinh_*.json")
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(site.as_uri() + "#/ket-qua")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#hoc-live")).to_contain_text("câu")
    loaded = {json.dumps(one, sort_keys=True) for one in saved(page)["lines"]}
    assert {json.dumps(one, sort_keys=True) for one in json.loads(file.read_text(encoding="utf-8"))["lines"]} <= loaded
    context.close()


def test_what_was_typed_and_not_kept_is_sent_and_what_was_chosen_is_there(
    page: Page, request: pytest.FixtureRequest, version: str
) -> None:
    drafts = older.told(version, "browser")["localStorage"]
    if version == "0.1.1":
        assert drafts == {}, "its pages kept no drafts"
        return
    for key, value in drafts.items():
        found = re.fullmatch(r'[^:]*:(\["[^"]*","([^"]*)","[^"]*"\]):([^:~]*)(~?)', key)
        assert found
        place, unit, name, unchecked = found.groups()
        question = page.locator(f'[data-question="{name}"]')
        for route in screens(page, unit):
            at(page, route)
            if question.count():
                break
        answer = json.loads(value)["answer"]
        if unchecked:
            assert page.evaluate(CHOSEN, name) == [answer]
        else:
            expect(question.locator("textarea")).to_have_value(answer)
            expect(question.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
            assert {"place": place, "answer": answer} in [
                {"place": one["place"], "answer": one["line"]["answer"]} for one in saved(page)["lines"]
            ]


def test_addresses_that_were_printed_sent_or_put_on_a_first_screen_resolve(
    browser: Browser, site: Path, version: str, tmp_path: Path
) -> None:
    known = older.told(version, "addresses")
    pages_then = {path.stem for path in (older.unpacked(version, "site", tmp_path) / "bai").glob("*.js")}
    routes = {one.partition("#")[2] for one in known["printed"]}
    routes |= {f"/{name}" for name in pages_then if not name.endswith(("-nop", "-truoc")) and name != "luat"}
    routes |= {"/bt05/3", "/l05/2", "/ket-qua", "/giay-ghi-nhan", "/luat-theo-ngay"}
    context = browser.new_context()
    with faultless(context) as page:
        page.goto(site.with_name(known["start_url"]).as_uri())
        for route in sorted(routes):
            address = f"#{route}" if route else ""
            at(page, address)
            expect(page.locator("main h1, main h2").first).to_be_visible()
            expect(page.locator("main h1", has_text="Không có trang này")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(("version", "by"), [("0.1.1", "cookies"), ("0.2.0", "localStorage")], indirect=["version"])
def test_an_answer_that_the_lab_had_not_saved_is_sent_by_the_lab_of_today(
    browser: Browser, tmp_path: Path, version: str, by: str
) -> None:
    """By cookie from another port, by ``localStorage`` from the same one."""
    root = older.unpacked(version, "course", copy_course(tmp_path / "course"))
    bank_of_lesson = root / "datasets/questions/l05.yml"
    text = bank_of_lesson.read_text(encoding="utf-8")
    bank_of_lesson.write_text(text.replace(f"version: {L05}", "version: 9.0.0", 1), encoding="utf-8")
    left = older.told(version, "lab")
    (lesson,) = (root / "bai-lam" / CODE / "l05").glob("*.ipynb")
    (value,) = left["localStorage"].values()
    context = browser.new_context()
    with closing(start_lab(root)) as running:
        lab = next(running)
        if by == "cookies":
            server = lab.address.partition("/lab")[0].partition("/doc")[0]
            context.add_cookies([{"name": n, "value": v, "url": server} for n, v in left["cookies"].items()])
        else:
            context.add_init_script(
                f"if (!sessionStorage.laid) {{ Object.assign(localStorage, {json.dumps(left['localStorage'])});"
                " sessionStorage.laid = 1; }"
            )
        page = context.new_page()
        page.goto(lab.page(lesson.relative_to(root).as_posix()))
        press_start(page)
        unfold(page)
        asked = page.locator(f'[data-question="{left["unsent"]}"]:visible')
        expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
        entries = json.loads((lesson.parent / "answers.json").read_text(encoding="utf-8"))["answers"]
        assert entries[left["unsent"]]["answer"] == json.loads(value)["answer"]
    context.close()

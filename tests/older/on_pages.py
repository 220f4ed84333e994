"""Works on an older kit's pages, and in its JupyterLab, as a trainee does; returns what the browser keeps of it.

Run by ``make.py`` alone. What is pressed here is what both kits have.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kit import clicking
from kit.site_page import at, give_code
from kit.trainee import press_start, unfold
from playwright.sync_api import Browser, Page, expect

CODE = "GL-0123-Q"
SAYS = "Gọi 113, lùi ra xa, không ai đụng vào."
OFFICE = {"head": "Chị Hạnh", "head_phone": "0987 654 321"}

DUMP = """async (course) => {
    const asked = (request) => new Promise((done, not) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => not(request.error);
    });
    const read = async (factory) => {
        const base = await asked(factory.open("buuchinh " + course));
        const at = base.transaction([...base.objectStoreNames]);
        const stores = {};
        for (const name of base.objectStoreNames) {
            const store = at.objectStore(name);
            const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
            const indexes = [...store.indexNames].map((one) => [one, store.index(one).keyPath]);
            stores[name] = {
                auto: store.autoIncrement, indexes, entries: keys.map((key, n) => [key, values[n]]),
            };
        }
        const found = { name: base.name, version: base.version, stores };
        base.close();
        return found;
    };
    const found = { database: await read(indexedDB), localStorage: { ...localStorage } };
    if ((await navigator.storageBuckets.keys()).includes("buuchinh-copy")) {
        found.copy = await read((await navigator.storageBuckets.open("buuchinh-copy")).indexedDB);
    }
    return found;
}"""

HOLD = """(() => {
    const manager = globalThis.StorageBucketManager?.prototype;
    if (!manager) return;
    const open = manager.open;
    const held = [];
    manager.open = async function (...given) {
        const bucket = await open.apply(this, given);
        held.push(bucket);
        return bucket;
    };
})()"""
"""Pages of 0.2.0 did not hold the bucket of their copy, which saved nothing any more once it was collected."""


def on_pages(browser: Browser, address: str, exercises: Path, out: Path) -> dict[str, Any]:
    """Answer as a guest, give a code, go on in everything; hand one in; leave a draft that could not be kept.

    Writes the file of "Lưu vào tệp" and the hand-in into ``out`` and returns the dump of the browser's stores.
    """
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    context.add_init_script(HOLD)
    page = context.new_page()
    page.goto(address)
    title = str(json.loads(page.locator("#hoc-course").text_content() or "")["title"])
    page.get_by_role("button", name="Bưu tá").click()
    _practise(page, "l05", 3)
    give_code(page, CODE)
    _practise(page, "l05", 6)
    _practise(page, "l03", 2)
    _answer(page, exercises, "bt01", 99)
    _kept(page, "Nộp bài", out)
    for unit, most in (("bt05", 8), ("bt06", 1), ("thinv1", 4)):
        _answer(page, exercises, unit, most)
    at(page, "#/bt05/2")
    _remark(page)
    _test(page, "kt1", 10)
    _test(page, "kt2", 3)
    _pictures(page)
    at(page, "#/on-tap")
    _office(page)
    at(page, "#/bt05/3")
    at(page, "#/ket-qua")
    _kept(page, "Lưu vào tệp", out)
    at(page, "#/l05/1")
    _to_open(page, "l05").locator(".bc-option").first.click()  # chosen, and not checked
    at(page, "#/bt05/3")
    at(page, "#/bt06/1")
    steps = page.locator(".hoc-step").count()
    for step in range(1, 1 + steps):
        at(page, f"#/bt06/{step}")
        if page.locator("textarea").count():
            break
    page.evaluate("() => { IDBDatabase.prototype.transaction = () => { throw new Error('full'); }; }")
    page.locator("textarea").first.fill(SAYS)
    expect(page.locator(".bc-saved").first).to_contain_text("Chưa lưu được", timeout=15_000)
    reader = context.new_page()
    reader.goto(f"{address}giay-phep.txt")
    found: dict[str, Any] = reader.evaluate(DUMP, title)
    context.close()
    return found


def _practise(page: Page, unit: str, most: int) -> None:
    """Check the first choice of ``most`` questions of a lesson that have no answer yet."""
    at(page, f"#/{unit}/1")
    for _ in range(most):
        asked = _to_open(page, unit)
        asked.locator(".bc-option").first.click()
        asked.locator(".bc-actions button").click()
        expect(asked.locator(".bc-saved")).to_contain_text("Đã lưu lúc")


def _to_open(page: Page, unit: str) -> Any:
    """Go to the first question with one choice that nobody answered, from the screen that is open on."""
    one_choice = ".bc-question:has(.bc-actions):has(.bc-option input[type=radio]):not(:has(input:checked))"
    first = int((page.locator("#hoc-main").get_attribute("data-route") or "").split("/")[2])
    for step in range(first, 1 + page.locator(".hoc-step").count()):
        at(page, f"#/{unit}/{step}")
        found = page.locator(one_choice).filter(has_not=page.locator(".bc-story"))
        if found.count():
            return page.locator(f'[data-question="{found.first.get_attribute("data-question")}"]')
    raise AssertionError(unit)


def _answer(page: Page, exercises: Path, unit: str, most: int) -> None:
    text = (exercises / unit / "questions.json").read_text(encoding="utf-8")
    sheet = json.loads(text)
    sheets = sheet["forms"].values() if "forms" in sheet else [sheet]
    lists = [one if isinstance(one, list) else one["questions"] for one in sheets]
    at(page, f"#/{unit}/1")
    left = most
    for step in range(1, 1 + page.locator(".hoc-step").count()):
        at(page, f"#/{unit}/{step}")
        for one in page.locator("[data-question]").all():
            stem = " ".join((one.text_content() or "").split())
            name = one.get_attribute("data-question")
            asked = [q for each in lists for q in each if q["id"] == name]
            question = next(
                (q for q in asked if " ".join(q.get("stem", "").split())[:30].strip("*_` ") in stem), asked[0]
            )
            if left and question["type"] != "code":
                clicking.answer(page, question)
                left -= 1


def _kept(page: Page, button: str, out: Path) -> None:
    with page.expect_download() as kept:
        page.get_by_role("button", name=button).click()
    kept.value.save_as(out / kept.value.suggested_filename)


def _remark(page: Page) -> None:
    shown = page.locator("[data-question]").first
    shown.get_by_text("Câu này sai hoặc khó hiểu?").click()
    shown.get_by_label("Viết một dòng").fill("Hình mờ, không thấy chữ")
    shown.get_by_role("button", name="Ghi lại").click()
    expect(shown.locator(".bc-remark")).to_contain_text("Đã ghi lúc")


def _test(page: Page, unit: str, most: int) -> None:
    at(page, f"#/{unit}")
    for question in page.locator("[data-question]").all()[:most]:
        _any(question)
        expect(question.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    if most >= page.locator("[data-question]").count():
        page.get_by_role("button", name="Kết thúc và xem kết quả").click()
        expect(page.locator(".hoc-big")).to_contain_text("trên 10 câu")


def _any(question: Any) -> None:
    """Answer a question by what it has to choose or to write in."""
    if (choice := question.locator("input[type=radio], input[type=checkbox]")).count():
        choice.first.check(force=True)
    elif (pairs := question.locator("select")).count():
        for one in pairs.all():
            one.select_option(index=1)
    elif (down := question.get_by_role("button", name="Đưa xuống")).count():
        down.first.click()
    else:
        question.locator("input, textarea").first.fill("12")
        question.locator("input, textarea").first.blur()


def _pictures(page: Page) -> None:
    at(page, "#/xem-kien")
    page.get_by_role("button", name="Bắt đầu, không bấm giờ").click()
    for _ in range(3):
        page.get_by_role("button", name=re.compile("^Không thấy|^Không có")).first.click()
        page.get_by_role("button", name=re.compile("^Hình tiếp")).click()


def _office(page: Page) -> None:
    at(page, "#/don-vi")
    for name, text in OFFICE.items():
        page.locator(f"#hoc-office-{name}").fill(text)
    page.get_by_role("button", name="Giữ trên máy này").click()
    expect(page.locator(".hoc-told")).to_have_text("Đã giữ trên máy này.")


def in_the_lab(browser: Browser, address: str, lesson: str) -> dict[str, Any]:
    """Answer a question of a lesson in JupyterLab, then another that the server does not take any more.

    Returns the cookies and the ``localStorage`` that hold it.
    """
    context = browser.new_context()
    page = context.new_page()
    server, token = re.match(r"(http://[^/]+)/.*(\?token=.*)", address).groups()  # type: ignore[union-attr]
    page.goto(f"{server}/doc/tree/{lesson}{token}")
    press_start(page)
    unfold(page)
    one_choice = page.locator("[data-question]:visible:has(.bc-actions):has(input[type=radio])")
    names = [one.get_attribute("data-question") for one in one_choice.all()]
    first, second = (page.locator(f'[data-question="{name}"]:visible') for name in names[:2])
    _check(first, 1)
    expect(first.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=10_000)
    page.route("**/buuchinh/live/**", lambda route: route.abort())
    _check(second, 1)
    expect(second.locator(".bc-saved")).to_contain_text("Chưa lưu được", timeout=15_000)
    found = {
        "cookies": {
            one.get("name"): one.get("value")
            for one in context.cookies()
            if str(one.get("name")).startswith("bc-left-")
        },
        "localStorage": page.evaluate(
            "() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('buuchinh')))"
        ),
        "unsent": names[1],
    }
    context.close()
    return found


def _check(asked: Any, place: int) -> None:
    asked.locator("input").nth(place).check()
    asked.locator(".bc-actions button").click()

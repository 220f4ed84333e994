"""Lessons in the trainees' JupyterLab: one press, and each question is live, without code, errors or noise.

A page of JupyterLab costs seconds, so two lessons are opened in Chromium: the one with code for a kernel, and one that
asks a test and marks words in a text. Of every lesson the server is asked what its page would show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nbformat
import pytest
from kit.course import ROOT, Lab, copy_course, start_lab
from kit.keyboard import axe_findings
from kit.trainee import PATIENCE, alive, no_code_is_seen, press_start, unfold
from playwright.sync_api import Browser, Page, expect

from buuchinh.learner.server import api
from buuchinh.notebook.workspace import lay_out
from buuchinh.questions import question_bank

pytestmark = [pytest.mark.browser, pytest.mark.journey]
LESSONS = [path.name for path in sorted((ROOT / "lessons").glob("0[1-9]-*.ipynb"))]
OPENED = ["06-thong-ke-vu-viec.ipynb", "08-tuyen-truyen.ipynb"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Serve one copy of the course for all lessons."""
    yield from start_lab(copy_course(tmp_path_factory.mktemp("lessons") / "course"))


def asked_by(lesson: str) -> list[str]:
    """Return the ids that a lesson's cells ask, in order; a test (``kt1``) asks all of its file."""
    found: list[str] = []
    for cell in nbformat.read(ROOT / "lessons" / lesson, as_version=4).cells:
        if cell.cell_type == "code":
            for unit, name in re.findall(r'\btest\("(\w+)"\)|\bask\("([\w-]+)"\)', cell.source):
                found += _all_of(unit) if unit else [name]
    return found


def _all_of(unit: str) -> list[str]:
    return [question.id for question in question_bank.load(ROOT / "datasets" / "questions" / f"{unit}.yml").questions]


def test_every_lesson_is_here() -> None:
    assert len(LESSONS) == 8


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_page_of_a_lesson_has_each_question_that_its_cells_ask_and_each_picture(lesson: str) -> None:
    given = {"notebook": f"lessons/{lesson}"}
    page = api.call("GET", f"pages/l{lesson[:2]}", given)
    shown: dict[str, object] = {}
    for part in (part for screen in page["screens"] for part in screen["parts"]):
        if "ask" in part:
            shown[part["ask"]] = page["questions"][part["ask"]]
        elif "test" in part:
            test = api.call("GET", f"pages/{part['test']}", given)
            shown |= {one["id"]: test["told"][one["id"]] for one in test["shown"]}
    assert list(shown) == asked_by(lesson)
    assert all(shown.values())
    cells = nbformat.read(ROOT / "lessons" / lesson, as_version=4).cells
    words = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    pictures = re.findall(r"!\[[^]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)", words)
    assert [one for one in map("".join, pictures) if not (ROOT / "lessons" / one).is_file()] == []


@pytest.mark.parametrize("lesson", OPENED)
def test_each_question_of_a_lesson_is_live_and_an_explorer_follows_what_is_chosen(
    browser: Browser, lab: Lab, lesson: str
) -> None:
    asked = asked_by(lesson)
    assert len(asked) >= 18
    page = browser.new_context(viewport={"width": 1200, "height": 900}, locale="vi-VN").new_page()
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.goto(lab.page(f"lessons/{lesson}"))
    press_start(page)
    button = page.get_by_role("button", name="✓ Đã bắt đầu")
    expect(alive(page).or_(button)).to_be_visible(timeout=2 * PATIENCE)  # all cells ran
    assert bool(alive(page).count()) != _shows_code(lesson), "only a page with code needs a kernel, and a button"

    unfold(page)
    live = page.locator("[data-question]:visible")
    expect(live).to_have_count(len(asked), timeout=PATIENCE)
    shown = live.evaluate_all("all => all.map(one => one.dataset.question)")
    assert [re.sub(r"-v\d+$", "", name) for name in shown] == asked  # a variant stands for its question
    expect(page.locator(".bc-standin:visible")).to_have_count(0)
    expect(page.locator("[data-mime-type*=error], [data-mime-type*=stderr]")).to_have_count(0)
    if not _shows_code(lesson):
        no_code_is_seen(page)
    for picture in page.locator(".jp-Notebook img:visible").all():
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth > 0")
    if lesson == OPENED[0]:
        explorer_changes(page)
    assert noise == []
    page.context.close()


def explorer_changes(page: Page) -> None:
    """What is chosen in an explorer of lesson 6 changes its sentence, bars and table, and fits a telephone."""
    page.set_viewport_size({"width": 390, "height": 800})
    explorer = page.locator(".bc-part").filter(has_text="Hai nơi, chia cho mẫu số.").filter(has=page.locator("select"))
    explorer.scroll_into_view_if_needed()
    expect(explorer).to_contain_text("MÔ PHỎNG: máy tạo ra, không có vụ việc thật nào.")
    expect(explorer.get_by_role("status")).to_contain_text("Thứ tự đã đổi")
    explorer.get_by_label("Chia cho").select_option("không chia")
    expect(explorer.get_by_role("status")).to_contain_text("chưa so được hai nơi")
    table = explorer.get_by_role("region", name="Hai nơi, trước và sau khi chia (mô phỏng)")
    expect(table.get_by_role("columnheader")).to_have_text(["Nơi", "Vụ ghi nhận"])
    assert explorer.evaluate("element => element.scrollWidth <= element.clientWidth"), "nothing is cut on a telephone"
    assert axe_findings(page, ".bc-told-counts") == []


def _shows_code(lesson: str) -> bool:
    """Tell whether some code of a lesson is meant to be seen, as in the officers' part of lesson 6."""
    cells = nbformat.read(ROOT / "lessons" / lesson, as_version=4).cells
    return any(not cell.metadata.get("jupyter", {}).get("source_hidden") for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", ["lessons/00-bat-dau.ipynb", "bai-lam/khach/l05/05-buu-gui-nghi-van.ipynb"])
def test_the_wall_card_opens_whole_in_a_tab_of_its_own(browser: Browser, lab: Lab, path: str) -> None:
    """From the start page and from a trainee's copy of lesson 5; on paper it is one whole sheet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(lab.course))
        patch.chdir(lab.course)
        lay_out("l05")
    page = browser.new_context(viewport={"width": 1200, "height": 900}, locale="vi-VN").new_page()
    page.goto(lab.page(path))
    link = page.get_by_role("link", name=re.compile("thẻ khẩn cấp")).first
    link.wait_for(timeout=PATIENCE)
    link.scroll_into_view_if_needed()
    with page.context.expect_page(timeout=PATIENCE) as opened:
        link.click()
    card = opened.value
    expect(card.get_by_role("heading", name="Thẻ khẩn cấp")).to_be_visible(timeout=PATIENCE)
    expect(card.locator("th.number")).to_have_text(["114", "115", "113"])
    assert len(re.findall(rb"/Type\s*/Page[^s]", card.pdf(format="A4", prefer_css_page_size=True))) == 1
    expect(alive(page)).to_be_visible()  # the lesson stayed where it was

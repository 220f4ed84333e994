"""The explorers of the simulated table: what they tell, what stands without a kernel, a real kernel that answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kit.kernel import Kernel, Message, opened
from kit.keyboard import axe_findings
from kit.plain_page import inline_module
from playwright.sync_api import Browser, Page

from buuchinh import frontend, load
from buuchinh.notebook import explorers
from buuchinh.notebook import incident_counts as counts
from buuchinh.notebook.count_bars import Bars, CountSummary
from buuchinh.notebook.incident_counts import Half

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "lessons" / "06-thong-ke-vu-viec.ipynb"


@pytest.fixture(scope="module")
def table() -> counts.Cases:
    return counts.cases()


def by_hand() -> pd.DataFrame:
    """Clean the table another way: with pandas, as the lesson's officers do."""
    rows: pd.DataFrame = load("statistics/incidents-simulated").drop_duplicates().copy()
    first = pd.to_datetime(rows["date"], format="%Y-%m-%d", errors="coerce")
    rows["day"] = first.fillna(pd.to_datetime(rows["date"], format="%d/%m/%Y", errors="coerce"))
    return rows


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def told_in(told: CountSummary) -> str:
    return words_of(told.html())


def test_counts_are_those_of_a_cleaning_by_hand(table):
    rows = by_hand()
    assert len(table.all) == len(rows)
    for half in table.halves:
        months = (1, 6) if half.number == 1 else (7, 12)
        inside = rows[(rows["day"].dt.year == half.year) & rows["day"].dt.month.between(*months)]
        assert table.count(half) == len(inside)
        assert table.count(half, province="Hà Nội") == (inside["province"] == "Hà Nội").sum()
        assert sum(table.count(half, stage=key) for key in counts.stages()) == len(inside)
    delivered = rows["stage"].str.casefold().isin({"phát", "phat"}).sum()
    assert sum(table.count(half, stage="delivery") for half in table.halves) == delivered


def test_a_small_base_another_half_and_the_same_half_are_said(table):
    first = Half(2024, 1)
    small = told_in(explorers.summarise_periods(table, Half(2025, 1), first, "delivery"))
    assert "MÔ PHỎNG" in small
    assert "18 vụ" in small
    assert "5,6 điểm phần trăm" in small
    whole = told_in(explorers.summarise_periods(table, Half(2025, 1), first, None))
    assert "211" in whole
    assert "159" in whole
    assert "Nhiều hơn 52 vụ" in whole
    assert "điểm phần trăm" not in whole
    assert "chưa phải cùng kỳ" in told_in(explorers.summarise_periods(table, Half(2025, 2), first, None))
    assert "với chính nó" in told_in(explorers.summarise_periods(table, first, first, None))


def test_a_denominator_can_turn_the_order_and_that_is_said(table):
    places, half = ("Hà Nội", "Nghệ An"), Half(2026, 1)
    divided = told_in(explorers.summarise_rates(table, half, None, places, (900, 150)))
    assert "1,9" in divided
    assert "4,0" in divided
    assert "Thứ tự đã đổi" in divided
    assert "không phải số thật" in divided
    alike = told_in(explorers.summarise_rates(table, half, None, places, (900, 900)))
    assert "Thứ tự chưa đổi" in alike
    undivided = told_in(explorers.summarise_rates(table, half, None, places, None))
    assert "chưa so được hai nơi" in undivided
    assert "Sau khi chia" not in undivided
    monthly = told_in(explorers.summarise_rates(table, half, None, places, (6, 6), months=True))
    assert "2,8" in monthly
    assert "1,0" in monthly


def test_what_is_for_the_eye_alone_is_told_in_words_too(table):
    html = explorers.summarise_periods(table, Half(2025, 1), Half(2024, 1), None).html()
    bars = re.search(r'<div aria-hidden="true".*?</div></div>', html)
    assert bars
    heard = words_of(html.replace(bars[0], ""))
    assert "159" in heard
    assert "211" in heard
    assert "nửa đầu 2024" in heard


def test_the_committed_lesson_reads_without_a_kernel():
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    explored = ["".join(cell["source"]) for cell in cells if "explore_" in "".join(cell["source"])]
    assert len(explored) == 2
    for cell in cells:
        if "explore_" in "".join(cell["source"]):
            shown = ["".join(one["data"].get("text/html", "")) for one in cell["outputs"]]
            assert "MÔ PHỎNG" in shown[0]
            assert "<table>" in shown[0]
            assert "bc-standin" in shown[0]
            assert "vụ ghi nhận" in "".join(cell["outputs"][0]["data"]["text/plain"])


@pytest.fixture(scope="module")
def kernel():
    made = Kernel()
    yield made
    made.stop()


def answers(messages: list[Message]) -> list[str]:
    """Return what widgets were told to show anew: a sentence and, where it changed, the table."""
    states = (one["content"]["data"].get("state", {}) for one in messages if one["msg_type"] == "comm_msg")
    told = ((state["sentence"], state.get("rows", [])) for state in states if "sentence" in state)
    return [" ".join([sentence, *(cell for row in rows for cell in row)]) for sentence, rows in told]


SHOWN = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Số vụ</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ background: #fff; color: var(--jp-content-font-color1); --jp-content-font-color1: #222; }}
body[data-jp-theme-light="false"] {{ background: #111; --jp-content-font-color1: #eee; }} {css}</style>
<body data-jp-theme-light="{light}"><main><h1>Số vụ</h1><div id="place"></div></main><script type="module">
{module}
const heard = [];
window.state = {state};
const off = (_change, call) => heard.splice(heard.indexOf(call), 1);
window.model = {{ get: (name) => state[name], on: (_change, call) => heard.push(call), off }};
window.become = (told) => {{ Object.assign(state, told); heard.forEach((call) => call()); }};
window.taken = kit.default.render({{ model, el: document.getElementById("place") }});
window.listening = () => heard.length;
</script></body></html>"""


def state_of(told: CountSummary) -> dict[str, Any]:
    widget = Bars()
    widget.tell(told)
    return {name: getattr(widget, name) for name in ("sentence", "bars", "caption", "head", "rows")}


def shown_live(browser: Browser, told: CountSummary, *, light: bool = True) -> Page:
    """Return a page that shows what the widget shows, over a model without a kernel."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(
        SHOWN.format(
            css=frontend.bundle("bars.css"), light=str(light).lower(),
            module=inline_module(frontend.bundle("notebook-bars.js")),
            state=json.dumps(state_of(told)),
        )
    )  # fmt: skip
    page.wait_for_function("() => window.taken")
    return page


@pytest.mark.browser
def test_what_is_live_shows_each_word_and_figure_that_stands_without_a_kernel(browser, table):
    for told in (
        explorers.summarise_periods(table, Half(2025, 1), Half(2024, 1), "delivery"),
        explorers.summarise_rates(table, Half(2026, 1), None, ("Hà Nội", "Nghệ An"), (900, 150)),
    ):
        page = shown_live(browser, told)
        live = page.locator("#place")
        assert words_of(live.inner_html()).split() == words_of(told.html()).split()
        assert "mô phỏng" in live.locator("caption").inner_text()
        lengths = live.locator("[style]").evaluate_all("all => all.map((one) => one.style.width)")
        assert [float(length[:-1]) for length in lengths] == [
            float(length) for length in re.findall(r"width:([0-9.]+)%;background", told.html())
        ]
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
def test_live_counts_fit_a_telephone_and_paper_and_axe_finds_nothing(browser, table, light):
    page = shown_live(browser, explorers.summarise_periods(table, Half(2025, 1), Half(2024, 1), None), light=light)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_findings(page, "main") == []
    page.emulate_media(media="print")
    bars = page.locator("[aria-hidden] [style]")
    thickness = bars.evaluate_all("all => all.map((one) => getComputedStyle(one).borderTopWidth)")
    assert thickness == ["16px", "16px"], "a background would not be printed"
    page.close()


@pytest.mark.browser
def test_a_change_is_spoken_by_the_same_element_and_none_is_heard_after_the_view_is_gone(browser, table):
    page = shown_live(browser, explorers.summarise_periods(table, Half(2025, 1), Half(2024, 1), None))
    page.evaluate("window.before = document.querySelector('[role=status]')")
    told = explorers.summarise_periods(table, Half(2026, 1), Half(2025, 1), "delivery")
    page.evaluate("(told) => window.become(told)", state_of(told))
    assert page.get_by_role("status").inner_text() == told.sentence
    assert page.evaluate("window.before === document.querySelector('[role=status]')")
    assert page.get_by_role("region", name=told.table.caption).get_by_role("row").count() == 7
    page.evaluate("() => window.taken()")
    assert page.evaluate("() => window.listening()") == 0
    page.close()


def test_in_a_real_kernel_a_chosen_period_and_stage_change_sentence_and_table(kernel, table):
    messages = kernel.run("from buuchinh import explore_periods\nexplore_periods()")
    shown = [one["content"]["data"] for one in messages if one["msg_type"] == "display_data"]
    assert "bc-standin" in shown[0]["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in shown[1]
    lists = {state["description"]: (name, state) for name, state in opened(messages) if "_options_labels" in state}
    assert set(lists) == {"Kỳ xem", "So với kỳ", "Khâu"}
    name, state = lists["Khâu"]
    place = state["_options_labels"].index("khai thác")
    said = answers(kernel.set(name, {"index": place}))
    now, before = table.count(Half(2025, 1), stage="sorting"), table.count(Half(2024, 1), stage="sorting")
    assert said
    assert f"khai thác: nửa đầu 2025 có {now} vụ ghi nhận, nửa đầu 2024 có {before} vụ" in said[-1]


def test_in_a_real_kernel_a_volume_that_is_set_turns_the_order(kernel):
    messages = kernel.run("from buuchinh import explore_rates\nexplore_rates()")
    numbers = {state["description"]: name for name, state in opened(messages) if "step" in state}
    assert len(numbers) == 2
    said = answers(kernel.set(numbers["Nghìn bưu gửi, nơi B"], {"value": 900}))
    assert said
    assert "Thứ tự chưa đổi" in said[-1]
    said = answers(kernel.set(numbers["Nghìn bưu gửi, nơi B"], {"value": 100}))
    assert said
    assert "Thứ tự đã đổi" in said[-1]
    assert "6,0" in said[-1]

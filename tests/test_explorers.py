"""The explorers of the simulated table: what they tell, what stands without a kernel, a real kernel that answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from queue import Empty
from typing import Any

import pandas as pd
import pytest
from jupyter_client.manager import start_new_kernel

from buuchinh import load
from buuchinh.notebook import explorers
from buuchinh.simulation import counts
from buuchinh.simulation.counts import Half

Message = dict[str, Any]
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
    small = words_of(explorers.periods_told(table, Half(2025, 1), first, "delivery"))
    assert "MÔ PHỎNG" in small
    assert "18 vụ" in small
    assert "5,6 điểm phần trăm" in small
    whole = words_of(explorers.periods_told(table, Half(2025, 1), first, None))
    assert "211" in whole
    assert "159" in whole
    assert "Nhiều hơn 52 vụ" in whole
    assert "điểm phần trăm" not in whole
    assert "chưa phải cùng kỳ" in words_of(explorers.periods_told(table, Half(2025, 2), first, None))
    assert "với chính nó" in words_of(explorers.periods_told(table, first, first, None))


def test_a_denominator_can_turn_the_order_and_that_is_said(table):
    places, half = ("Hà Nội", "Nghệ An"), Half(2026, 1)
    divided = words_of(explorers.rates_told(table, half, None, places, (900, 150)))
    assert "1,9" in divided
    assert "4,0" in divided
    assert "Thứ tự đã đổi" in divided
    assert "không phải số thật" in divided
    alike = words_of(explorers.rates_told(table, half, None, places, (900, 900)))
    assert "Thứ tự chưa đổi" in alike
    undivided = words_of(explorers.rates_told(table, half, None, places, None))
    assert "chưa so được hai nơi" in undivided
    assert "Sau khi chia" not in undivided
    monthly = words_of(explorers.rates_told(table, half, None, places, (6, 6), months=True))
    assert "2,8" in monthly
    assert "1,0" in monthly


def test_what_is_for_the_eye_alone_is_told_in_words_too(table):
    html = explorers.periods_told(table, Half(2025, 1), Half(2024, 1), None)
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


class Kernel:
    """A real kernel, spoken to as a browser speaks to it: cells, and messages of widgets."""

    def __init__(self) -> None:
        self.manager, self.client = start_new_kernel(cwd=str(ROOT))

    def run(self, code: str) -> list[Message]:
        name = self.client.execute(code)
        return self._until_idle(name)

    def set(self, widget: str, state: dict[str, Any]) -> list[Message]:
        content = {"comm_id": widget, "data": {"method": "update", "state": state, "buffer_paths": []}}
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        return self._until_idle(message["header"]["msg_id"])

    def _until_idle(self, parent: str) -> list[Message]:
        heard = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=60)
            except Empty:
                raise AssertionError("the kernel says nothing") from None
            if message["parent_header"].get("msg_id") != parent:
                continue
            heard.append(message)
            if message["msg_type"] == "error":
                raise AssertionError("\n".join(message["content"]["traceback"]))
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return heard

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel():
    made = Kernel()
    yield made
    made.stop()


def opened(messages: list[Message]) -> list[tuple[str, dict[str, Any]]]:
    """Return each widget that was opened with its state."""
    return [
        (one["content"]["comm_id"], one["content"]["data"]["state"])
        for one in messages
        if one["msg_type"] == "comm_open"
    ]


def answers(messages: list[Message]) -> list[str]:
    """Return what widgets were told to show anew."""
    told = (one["content"]["data"] for one in messages if one["msg_type"] == "comm_msg")
    return [words_of(one["state"]["value"]) for one in told if isinstance(one.get("state", {}).get("value"), str)]


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

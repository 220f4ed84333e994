"""What no edit may lose, where no rule of ``check`` can see it: keys that turn with the law, ways that harm people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kit.answering import end_of, paths, right_answer

from buuchinh.questions import question_bank
from buuchinh.questions.scoring import score

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 25)
BEFORE = date(2026, 6, 30)
"""The day before the law that these keys name changed, on 1-7-2026."""


def question(name: str) -> Any:
    unit = name.partition("-")[0]
    folders = {"b": f"source/{unit}/questions.yml", "l": f"datasets/questions/{unit}.yml", "x": f"exam/pool/{unit}.yml"}
    return next(asked for asked in question_bank.load(ROOT / folders[unit[0]]).questions if asked.id == name)


@pytest.mark.parametrize("name", ["l02-q03", "l02-q15"])
def test_what_is_right_turns_on_the_day(name: str) -> None:
    asked = question(name)
    old, new = right_answer(asked, BEFORE), right_answer(asked, TODAY)
    assert score(asked, old, BEFORE).fraction == score(asked, new, TODAY).fraction == 1
    assert score(asked, old, TODAY).fraction < 1


@pytest.mark.parametrize(
    ("name", "call", "head"),
    [("l02-q10", "goi-114", "goi-truong-ca"), ("x02-q09", "goi-so", "bao-phu-trach")],
)
def test_who_calls_114_first_has_the_law_on_fire_as_basis(name: str, call: str, head: str) -> None:
    asked = question(name)
    order = right_answer(asked, TODAY)
    assert order.index(call) < order.index(head)
    assert {"L55-2024/6.1", "L55-2024/6.2"} <= set(asked.key_on(TODAY).provisions)


def test_a_driver_who_waits_for_the_shift_head_before_114_earns_nothing_by_it() -> None:
    key = question("bt05-q39").key_on(TODAY)
    assert key.correct["sau-tuong"]["goi-114"] > key.correct["sau-tuong"]["cho-truong"] == 0
    assert {"L55-2024/6.1", "L55-2024/6.2"} <= set(key.provisions)


def test_a_parcel_that_shows_a_sign_is_opened_by_nobody_whatever_side_of_the_line_it_lies() -> None:
    asked = question("l02-q09")
    assert right_answer(asked, TODAY) == "tu-choi-bao"
    assert "mở" not in next(option.text for option in asked.options if option.id == "tu-choi-bao")


@pytest.mark.parametrize(
    ("name", "ask"), [("l03-q11-v5", "hoi"), ("bt03-q31-b", "hoi-truong"), ("x03-q90-v2", "cho-hoi")]
)
def test_an_old_weapon_said_to_be_an_heirloom_or_an_exhibit_is_neither_taken_nor_sent_away(name: str, ask: str) -> None:
    key = question(name).key_on(TODAY)
    assert key.correct == ask
    assert "L42-2024/4.9.b" in key.provisions


HARMFUL = {
    "bt02-q44": "tieng-keu/rach-xem tieng-keu/len-bang mep-rach/dan-mep tren-bang/nhac-lai ong-thep/dung-canh "
    "ong-thep/day-ra-bai may-reo/noi-not nguong-cua/nho-phu",
    "bt03-q11": "cua-nha/dua-ky cua-nha/nhat-lai trong-bep/be-ra-san tren-xe/ra-bai ngo/nho-trong ngo/chup-hoi "
    "tre-ngoi/giang-ong lan-ra/nhat-ho",
    "bt05-q39": "qua-cau/chay-not qua-cau/mo-thung xo-nuoc/tuoi-xe san-dong/xit-binh cua-thung/dong-lai",
    "bt07-q10": "trua/ve-xem trua/dem-ra trua-roi/o-trong trua-roi/be-goi con-trong/vao-giup loi-di/hat-nuoc",
}
"""Choices, by scenario, by which somebody holds, opens, sends on or stays beside what may burn or explode."""


def over_harm(name: str) -> list[list[dict[str, str]]]:
    """Return the ways through a scenario that go over a harmful choice."""
    harmful = {tuple(step.split("/")) for step in HARMFUL[name].split()}
    return [way for way in paths(question(name)) if any((one["node"], one["choice"]) in harmful for one in way)]


@pytest.mark.parametrize("name", HARMFUL)
def test_who_holds_opens_sends_on_or_stays_beside_what_may_explode_earns_nothing_by_it_and_changes_the_world(
    name: str,
) -> None:
    case = question(name)
    key = case.key_on(TODAY)
    for step in HARMFUL[name].split():
        scene, harmful = step.split("/")
        choices = {choice.id: choice for choice in case.nodes[scene].choices}
        best = max(choices, key=lambda one: key.correct[scene][one])
        assert key.correct[scene][harmful] == 0, step
        assert choices[harmful].next != choices[best].next, step
        end = key.ends.get(choices[harmful].next)
        assert end is None or end.kind == "danger", step


@pytest.mark.parametrize("name", HARMFUL)
def test_no_way_over_such_a_choice_reaches_the_pass_mark(name: str) -> None:
    case = question(name)
    ways = over_harm(name)
    assert ways
    for way in ways:
        assert score(case, way, TODAY).fraction < 0.8, way  # the pass mark


@pytest.mark.parametrize("name", ["bt03-q11", "bt07-q10"])
def test_a_safe_end_after_such_a_choice_tells_all_of_it(name: str) -> None:
    case = question(name)
    key = case.key_on(TODAY)
    for way in over_harm(name):
        if key.ends[end_of(case, way)].kind == "safe":
            assert way[-1]["node"].startswith("ke-"), way
            assert way[-1]["choice"].startswith("ke-"), way


@pytest.mark.parametrize("name", ["bt02-q44", "bt04-q44", "bt05-q39"])
def test_what_comes_next_in_a_graded_scenario_turns_on_what_was_chosen(name: str) -> None:
    case = question(name)
    key = case.key_on(TODAY)
    for scene, node in case.nodes.items():
        best = max(key.correct[scene].values())
        right = {choice.next for choice in node.choices if key.correct[scene][choice.id] == best}
        wrong = {choice.next for choice in node.choices if key.correct[scene][choice.id] < best}
        assert not right & wrong, scene

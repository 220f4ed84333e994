"""What no edit may lose, where no rule of ``check`` can see it: keys that turn with the law, ways that harm people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kit.answering import right_answer

from buuchinh.questions import bank
from buuchinh.questions.scoring import score

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 25)
BEFORE = date(2026, 6, 30)
"""The day before the law that these keys name changed, on 1-7-2026."""


def question(name: str) -> Any:
    unit = name.partition("-")[0]
    folders = {"b": f"source/{unit}/questions.yml", "l": f"datasets/questions/{unit}.yml", "x": f"exam/pool/{unit}.yml"}
    return next(asked for asked in bank.load(ROOT / folders[unit[0]]).questions if asked.id == name)


@pytest.mark.parametrize("name", ["l02-q03", "l02-q15", "bt02-q02"])
def test_what_is_right_turns_on_the_day(name: str) -> None:
    asked = question(name)
    old, new = right_answer(asked, BEFORE), right_answer(asked, TODAY)
    assert score(asked, old, BEFORE).fraction == score(asked, new, TODAY).fraction == 1
    assert score(asked, old, TODAY).fraction < 1


@pytest.mark.parametrize("name", ["l02-q10", "bt02-q05"])
def test_who_calls_114_first_has_the_law_on_fire_as_basis(name: str) -> None:
    asked = question(name)
    order = right_answer(asked, TODAY)
    head = next(step for step in order if step in {"goi-truong-ca", "bao-truong"})
    assert order.index("goi-114") < order.index(head)
    assert {"L55-2024/6.1", "L55-2024/6.2"} <= set(asked.key_on(TODAY).provisions)


def test_a_parcel_that_shows_a_sign_is_opened_by_nobody_whatever_side_of_the_line_it_lies() -> None:
    asked = question("l02-q09")
    assert right_answer(asked, TODAY) == "tu-choi-bao"
    assert "mở" not in next(option.text for option in asked.options if option.id == "tu-choi-bao")


def test_a_blade_said_to_be_an_heirloom_is_neither_taken_nor_sent_away() -> None:
    practice, exam = question("l03-q11-v5").keys[0], question("x03-q03").keys[0]
    assert practice.correct == "hoi"
    assert exam.correct["ma-tau"] == "chua"
    assert all("L42-2024/4.9.b" in key.provisions for key in (practice, exam))


def test_at_the_counter_nobody_ends_safe_after_touching_opening_or_sending_on_what_may_be_a_weapon() -> None:
    case = question("bt02-q11")
    key = case.key_on(TODAY)
    leads = {(name, choice.id): choice.next for name, node in case.nodes.items() for choice in node.choices}
    for harmful in (("hop-mo", "cam-xem"), ("hop-mo", "nhan-hang"), ("da-nhan", "mo-not"), ("da-nhan", "dan-di")):
        end = key.ends[leads[harmful]]
        assert (end.kind, end.back_to) == ("danger", harmful[0]), harmful
        assert "113" in end.feedback
    early = {end for (name, _), end in leads.items() if name != "to-cong-tac" and end in case.ends}
    assert early == {end for end, meant in key.ends.items() if meant.kind == "danger"}, "only danger ends early"


def test_at_the_door_what_may_explode_is_never_held_or_left_beside_people_on_the_way_to_a_safe_end() -> None:
    case = question("bt03-q11")
    key = case.keys[0]
    wrong = [
        (name, choice)
        for name in ("cua-nha", "bao-ai", "nguoi-nhan")
        for choice in case.nodes[name].choices
        if key.correct[name][choice.id] == 0
    ]
    assert wrong
    assert all(key.ends[choice.next].back_to == name for name, choice in wrong)


def test_who_waits_by_the_smoke_or_carries_the_packet_comes_to_no_safe_end() -> None:
    case = question("bt07-q10")
    ends, leads = case.keys[0].ends, {choice.id: choice.next for choice in case.nodes["trua"].choices}
    for choice in ("ve-xem", "dem-ra"):
        assert (ends[leads[choice]].kind, ends[leads[choice]].back_to) == ("danger", "trua")
    assert leads["goi-114"] in case.nodes


def test_the_graded_night_changes_with_what_was_chosen() -> None:
    case = question("bt05-q10")
    key = case.key_on(TODAY)
    for name, node in case.nodes.items():
        best = max(key.correct[name].values())
        right = {choice.next for choice in node.choices if key.correct[name][choice.id] == best}
        wrong = {choice.next for choice in node.choices if key.correct[name][choice.id] < best}
        assert not right & wrong, name

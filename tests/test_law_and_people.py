"""What no edit may lose, where no rule of ``check`` can see it: keys that turn with the law, ways that harm people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kit.answering import end_of, paths, right_answer

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


HARMFUL = {
    "bt02-q11": "hop-mo/cam-xem hop-mo/nhan-hang da-nhan/mo-not da-nhan/dan-di tren-tay/giu-tay tren-xe/de-toi-noi",
    "bt03-q11": "cua-nha/dua-ky cua-nha/nhat-lai trong-bep/be-ra-san tren-xe/ra-bai ngo/nho-trong ngo/chup-hoi "
    "tre-ngoi/giang-ong lan-ra/nhat-ho",
    "bt07-q10": "trua/ve-xem trua/dem-ra trua-roi/o-trong trua-roi/be-goi con-trong/vao-giup loi-di/hat-nuoc",
}
"""Choices, by scenario, by which somebody holds, opens, sends on or stays beside what may burn or explode."""


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
def test_no_way_over_such_a_choice_reaches_the_pass_mark_and_a_safe_end_after_it_tells_all_of_it(name: str) -> None:
    case = question(name)
    key = case.key_on(TODAY)
    harmful = {tuple(step.split("/")) for step in HARMFUL[name].split()}
    ways = [way for way in paths(case) if any((step["node"], step["choice"]) in harmful for step in way)]
    assert ways
    for way in ways:
        assert score(case, way, TODAY).fraction < 0.8, way  # the pass mark
        end = key.ends[end_of(case, way)]
        if end.kind == "safe":
            assert way[-1]["node"].startswith("ke-"), way
            assert way[-1]["choice"].startswith("ke-"), way


def test_the_graded_night_changes_with_what_was_chosen() -> None:
    case = question("bt05-q10")
    key = case.key_on(TODAY)
    for name, node in case.nodes.items():
        best = max(key.correct[name].values())
        right = {choice.next for choice in node.choices if key.correct[name][choice.id] == best}
        wrong = {choice.next for choice in node.choices if key.correct[name][choice.id] < best}
        assert not right & wrong, name

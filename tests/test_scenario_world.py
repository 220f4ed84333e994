"""How the world stands in a scenario: compared by the walker, told as a table, and seen by no trainee."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kit.authoring import ROOT

from buuchinh.authoring.item_quality import scenario_changes
from buuchinh.authoring.scenario_walk import walk
from buuchinh.questions import question_bank
from buuchinh.questions.browser import payload
from buuchinh.questions.publish import obscure, public_json, publish, shuffle
from buuchinh.questions.types.scenario.model import ScenarioQuestion

GRADED = [
    (file.seed, question)
    for file in map(question_bank.load, sorted(ROOT.glob("source/bt*/questions.yml")))
    for question in file.questions
    if isinstance(question, ScenarioQuestion)
]
DAY = date(2026, 11, 25)


def remade(question: ScenarioQuestion, **changed: object) -> ScenarioQuestion:
    return ScenarioQuestion.model_validate(question.model_dump(mode="json", by_alias=True) | changed)


@pytest.mark.parametrize(("seed", "question"), GRADED, ids=lambda value: getattr(value, "id", ""))
def test_the_world_never_leaves_the_author(seed: str, question: ScenarioQuestion) -> None:
    shown = [
        public_json(publish(question, seed)),
        payload.practice(shuffle(question, seed), DAY),
    ]
    for one in shown:
        assert "'world'" not in str(one)
    kept = obscure(question, seed)
    assert isinstance(kept, ScenarioQuestion)
    assert kept.world.keys() == {*kept.nodes, *kept.ends}


def test_how_a_moment_stands_reaches_who_decides_in_it() -> None:
    seed, question = GRADED[0]
    stands = {"box": "trên quầy", "people": "ba khách ngồi chờ", "phone": "chưa gọi ai"}
    told = question.model_dump(mode="json", by_alias=True)
    told["nodes"][question.start]["world"] = stands
    made = ScenarioQuestion.model_validate(told)
    for shown in (public_json(publish(made, seed)), payload.practice(shuffle(made, seed), DAY)["question"]):
        assert [node.get("world") for node in shown["nodes"].values() if "world" in node] == [stands]
    told["nodes"][question.start]["world"] = {"box": "trên quầy"}
    with pytest.raises(ValueError, match="people"):
        ScenarioQuestion.model_validate(told)


@pytest.mark.parametrize(("seed", "question"), GRADED, ids=lambda value: getattr(value, "id", ""))
def test_a_wrong_choice_changes_what_is_so_and_what_to_do(seed: str, question: ScenarioQuestion) -> None:
    for shown in (question, obscure(question, seed)):
        assert isinstance(shown, ScenarioQuestion)
        assert all(walk(shown, key).sound for key in shown.keys)


def test_the_walker_sees_a_world_that_stays():
    _, question = GRADED[0]
    still = remade(question, world={name: {"hop": "trên bàn"} for name in question.world})
    found = walk(still, still.keys[0])
    assert (found.other_world, found.changes) == (0, False)
    assert walk(remade(question, world={}), question.keys[0]).other_world == found.wrong, "each scene is one of its own"


@pytest.mark.parametrize("fault", ["a scene too few", "another thing"])
def test_a_world_tells_the_same_things_of_every_scene(fault):
    _, question = GRADED[0]
    world = {name: dict(state) for name, state in question.world.items()}
    if fault == "a scene too few":
        del world[question.start]
    else:
        world[question.start] = {"khac": "trên bàn"}
    with pytest.raises(ValueError, match="world"):
        remade(question, world=world)


def test_the_table_tells_of_every_scenario_what_is_graded_first(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    found = list(scenario_changes.scenario_walks())
    assert [one.graded for one in found] == sorted((one.graded for one in found), reverse=True)
    assert {one.id for one in found if one.graded} == {question.id for _, question in GRADED}
    assert all(one.met for one in found if one.graded)
    kept = Path(ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    for one in found:
        assert f"| {' | '.join(one.cells())} |" in kept

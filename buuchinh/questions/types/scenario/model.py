"""Define the data models for ``scenario`` questions: published decision graph, answer key and authored source."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.asked import Asked, Id, Strict, Text, distinct, ids
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Key


class Choice(Strict):
    """One choice at a node of a scenario; ``next`` is the id of the node or end that it leads to."""

    id: Id
    text: Text
    next: Id


class World(Strict):
    """The situation at a node, as seen by somebody present: three short lines."""

    people: Text
    box: Text
    phone: Text


class Node(Strict):
    """A moment at which a decision has to be made."""

    text: Text
    world: World | None = None
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _choices_differ(self) -> Self:
        distinct(self.choices)
        return self


class End(Strict):
    """The end of a path, described without a verdict."""

    text: Text
    world: World | None = None


class Scenario(Asked):
    """A decision graph. Answer: the steps in the order taken, ``[{"node": …, "choice": …}, …]``."""

    type: Literal["scenario"]
    role: Text
    start: Id
    nodes: dict[Id, Node]
    ends: dict[Id, End]

    @model_validator(mode="after")
    def _graph_is_whole(self) -> Self:
        faults = graph_faults(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Ending(Strict):
    """The meaning of an end (safe, people in danger, something lacking, a violation) and the way back if it is bad."""

    kind: Literal["safe", "danger", "lacking", "violation"]
    back_to: Id | None = None
    feedback: Text

    @model_validator(mode="after")
    def _bad_ends_show_the_way_back(self) -> Self:
        if self.kind != "safe" and not self.back_to:
            raise ValueError(say("questions.no_way_back"))
        return self


class ScenarioKey(Key):
    """Points and feedback for each choice (by node id, then choice id), and the meaning of each end."""

    correct: dict[Id, dict[Id, Annotated[float, Field(ge=0, allow_inf_nan=False)]]]
    feedback: dict[Id, dict[Id, Text]]
    ends: dict[Id, Ending]


class ScenarioQuestion(Scenario, Keyed[ScenarioKey], Notes):
    """A decision graph with its keys; ``world`` describes each node and end: where things are and who is near."""

    world: dict[Id, Annotated[dict[Id, Text], Field(min_length=1)]] = {}

    @model_validator(mode="after")
    def _world_fits(self) -> Self:
        if self.world:
            same("world", [*self.nodes, *self.ends], self.world)
            things = next(iter(self.world.values()))
            for name, state in self.world.items():
                same(f"world.{name}", things, state)
        return self

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            for name, table in (("correct", key.correct), ("feedback", key.feedback)):
                same(name, self.nodes, table)
                for node_id, node in self.nodes.items():
                    same(f"{name}.{node_id}", ids(node.choices), table[node_id])
            same("ends", self.ends, key.ends)
            known(self.nodes, [end.back_to for end in key.ends.values() if end.back_to])
            points, end = best_path(self, key)
            if points <= 0:
                raise ValueError(say("questions.best_is_zero"))
            if key.ends[end].kind != "safe":
                raise ValueError(say("questions.safe_path"))
        return self


def best_path(scenario: Scenario, key: ScenarioKey) -> tuple[float, str]:
    """Return the most points that any path can earn, and the id of the end that this path reaches.

    The points from each node onwards are computed only once.
    """
    known: dict[str, tuple[float, str]] = {name: (0.0, name) for name in scenario.ends}

    def best_from(name: str) -> tuple[float, str]:
        if name not in known:
            ways = []
            for choice in scenario.nodes[name].choices:
                points, end = best_from(choice.next)
                ways.append((key.correct[name][choice.id] + points, end))
            known[name] = max(ways, key=lambda way: way[0])
        return known[name]

    return best_from(scenario.start)


def graph_faults(scenario: Scenario) -> list[str]:
    """Return a message for each fault of a graph: missing targets, unreachable nodes, loops and repeated ids."""
    faults = [
        say("questions.no_target", node=name, choice=choice.id, target=choice.next)
        for name, node in scenario.nodes.items()
        for choice in node.choices
        if choice.next not in scenario.nodes and choice.next not in scenario.ends
    ]
    if scenario.start not in scenario.nodes:
        faults.append(say("questions.no_start", start=scenario.start))
    both = sorted(scenario.nodes.keys() & scenario.ends.keys())
    if both:
        faults.append(say("questions.twice", what="id", values=", ".join(both)))
    if faults:
        return faults
    targets = {name: {choice.next for choice in node.choices} for name, node in scenario.nodes.items()}
    reached = {scenario.start}
    waiting = [scenario.start]
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    faults += [
        say("questions.unreachable", name=name) for name in [*scenario.nodes, *scenario.ends] if name not in reached
    ]
    finished: set[str] = set(scenario.ends)
    remaining = dict(targets)
    while ready := [name for name, nexts in remaining.items() if nexts <= finished]:
        for name in ready:
            finished.add(name)
            del remaining[name]
    return faults + [say("questions.loop", name=name) for name in remaining]


def rearrange(question: dict[str, Any], arrangement: Arrangement) -> None:
    """Put the choices of each node in published order, and replace all ids by published ones.

    Choice ids are unique only within their node; nodes and ends share one namespace.
    """

    def place(name: str) -> str:
        return arrangement.id("nodes", name)

    def choice_id(node: str, choice: str) -> str:
        return arrangement.id(f"choices/{node}", choice)

    nodes = {}
    for name, node in question["nodes"].items():
        choices = sorted(node["choices"], key=lambda choice: arrangement.token(question["id"], name, choice["id"]))
        nodes[place(name)] = node | {
            "choices": [
                choice | {"id": choice_id(name, choice["id"]), "next": place(choice["next"])} for choice in choices
            ]
        }
    for key in question["keys"]:
        for table in ("correct", "feedback"):
            key[table] = {
                place(name): {choice_id(name, choice): value for choice, value in row.items()}
                for name, row in key[table].items()
            }
        key["ends"] = {
            place(name): end | ({"back_to": place(end["back_to"])} if end["back_to"] else {})
            for name, end in key["ends"].items()
        }
    question["world"] = {place(name): state for name, state in question["world"].items()}
    question["start"] = place(question["start"])
    question["nodes"] = dict(sorted(nodes.items()))
    question["ends"] = dict(sorted((place(name), end) for name, end in question["ends"].items()))


def left_open(question: Scenario, answer: Any) -> bool:
    """Whether the steps taken so far have not reached an end."""
    steps = answer if isinstance(answer, list) else []
    taken = [(step.get("node"), step.get("choice")) for step in steps if isinstance(step, dict)]
    reached = (
        choice.next for name, node in question.nodes.items() for choice in node.choices if (name, choice.id) in taken
    )
    return not any(place in question.ends for place in reached)

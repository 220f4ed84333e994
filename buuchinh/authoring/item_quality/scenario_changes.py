"""Measure the effects of wrong choices in each scenario, for a table of ``docs/quality.md``.

A scenario is a question in which each choice leads to another scene or to an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import asked
from buuchinh.authoring.scenario_walk import Walk
from buuchinh.authoring.scenario_walk import walk as walk_scenario
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.text import per_cent

KINDS = ("safe", "danger", "violation", "lacking")
"""Kinds of scenario ends, in the order in which ``ScenarioWalk.cells`` shows them."""


@dataclass(frozen=True)
class ScenarioWalk:
    """A scenario, graded or for practice, with counts over all paths through it."""

    id: str
    graded: bool
    walk: Walk

    @property
    def met(self) -> bool:
        """Whether the scenario meets every goal."""
        return self.walk.sound

    def cells(self) -> list[str]:
        """Return the scenario's id and figures in the order of the table's columns, without the verdicts."""
        walk = self.walk
        return [
            self.id,
            _of(walk.other_world, walk.wrong),
            _of(walk.other_act, walk.going_on),
            " / ".join(str(walk.ends.get(kind, 0)) for kind in KINDS),
        ]


def _of(count: int, whole: int) -> str:
    return f"{count}/{whole} = {per_cent(count / whole)}" if whole else "–"


def scenario_walks() -> Iterator[ScenarioWalk]:
    """Yield a ``ScenarioWalk`` for every answer key of every scenario in the course, graded scenarios first."""
    for group in ("graded", "pool", "practice"):
        for _, _, question in asked(group):
            if isinstance(question, ScenarioQuestion):
                yield from (
                    ScenarioWalk(question.id, group != "practice", walk_scenario(question, key))
                    for key in question.keys
                )

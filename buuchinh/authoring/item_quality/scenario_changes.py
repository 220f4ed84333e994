"""What wrong choices change in each scenario: the rows of a table of ``docs/quality.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import asked
from buuchinh.authoring.scenario_walk import Walk, walk
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.text import per_cent

KINDS = ("safe", "danger", "violation", "lacking")
"""Kinds of ends in the order of the columns."""


@dataclass(frozen=True)
class ScenarioWalk:
    """A scenario, graded or for practice, and what was found on its ways."""

    id: str
    graded: bool
    found: Walk

    @property
    def met(self) -> bool:
        """Whether it meets every goal."""
        return self.found.sound

    def cells(self) -> list[str]:
        """Return its figures in the order of the columns, without words."""
        found = self.found
        return [
            self.id,
            _of(found.other_world, found.wrong),
            _of(found.other_act, found.going_on),
            " / ".join(str(found.ends.get(kind, 0)) for kind in KINDS),
        ]


def _of(count: int, whole: int) -> str:
    return f"{count}/{whole} = {per_cent(count / whole)}" if whole else "–"


def scenario_walks() -> Iterator[ScenarioWalk]:
    """Walk every scenario of the course, what is graded first."""
    for group in ("graded", "pool", "practice"):
        for _, _, question in asked(group):
            if isinstance(question, ScenarioQuestion):
                yield from (
                    ScenarioWalk(question.id, group != "practice", walk(question, key)) for key in question.keys
                )

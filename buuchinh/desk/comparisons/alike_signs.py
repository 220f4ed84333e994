"""Remember which people's work is alike, for the signs in the table and for a question among the things to do.

Comparing everybody with everybody takes a second for a large class, so a poll never does it: it compares times of
folders, and a thread of its own compares the works of a unit whose submissions changed, while no job runs. Points do
not move.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.desk.class_state.read_class import ClassState, State
from buuchinh.desk.comparisons import equal_pairs
from buuchinh.desk.comparisons.background import BackgroundComparison
from buuchinh.desk.comparisons.equal_pairs import Pair
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.files import modified_at
from buuchinh.messages import say

Alike = Mapping[str, tuple[Pair, ...]]
_HANDED_IN: frozenset[State] = frozenset({"new", "look", "waiting", "passed", "failed", "open"})


class AlikeSigns:
    """The pairs of a class by unit, found anew where submissions changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._pairs: BackgroundComparison[tuple[Pair, ...]] = BackgroundComparison(_pairs, missing=())

    def look(self, state: ClassState, *, busy: bool) -> bool:
        """Begin to compare what changed since the last look, and return whether there was anything to begin.

        Nothing is begun while a job runs, or while an earlier look is under way.
        """
        return not busy and self._pairs.look({unit.id: _look(state, unit.id) for unit in state.units if unit.given_out})

    def known(self) -> Alike:
        """Return the pairs of each unit that nobody has put away, as far as they are known."""
        found = {unit: pairs for unit, pairs in self._pairs.known().items() if pairs}
        away = equal_pairs.put_away_keys() if found else frozenset()
        return {unit: tuple(pair for pair in pairs if pair.key not in away) for unit, pairs in found.items()}

    def wait(self) -> None:
        """Wait until the look that was begun has ended."""
        self._pairs.wait()


def codes(alike: Alike, unit: str) -> frozenset[str]:
    """Return the codes of the people of a unit whose work is like another's."""
    return frozenset(code for pair in alike.get(unit, ()) for code in (pair.first, pair.second))


def tasks(alike: Alike, called: Callable[[str], str]) -> Iterator[Task]:
    """Yield a task for each unit with pairs: a question to ask, and no accusation."""
    for unit, pairs in alike.items():
        if pairs:
            first = pairs[0]
            people = {"first": called(first.first), "second": called(first.second), "evidence": first.evidence}
            yield Task(
                f"equal:{unit}:{first.key[:8]}",
                "≈",
                "open",
                say("desk.alike.now", count=len(pairs), unit=unit_names.spoken(unit)),
                say("desk.alike.now_why", **people),
                say("desk.alike.now_do"),
                Action("pair", {"unit": unit, "first": first.first, "second": first.second}),
                note=first.evidence,
            )


def _pairs(unit: str, key: object) -> tuple[Pair, ...]:
    return equal_pairs.pairs_of(unit) if key else ()


def _look(state: ClassState, unit: str) -> tuple[object, ...]:
    """Return a value that changes when a submission that counts is replaced; () if there is none."""
    folder = gradebook.folder(course.SUBMITTED)
    codes_of_work = (one.code for one in state.people if state.cell(unit, one.code).state in _HANDED_IN)
    return tuple((code, modified_at(f"{folder}{os.sep}{code}{os.sep}{unit}")) for code in codes_of_work)

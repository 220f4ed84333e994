"""Remember which people's work is alike, for the signs in the table and for a question among the things to do.

Comparing everybody with everybody takes a second for a large class, so a poll never does it: it compares times of
folders, and a thread of its own compares the works of a unit whose submissions changed, while no job runs. Points do
not move.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.desk import equal_pairs, unit_names
from buuchinh.desk.class_state import ClassState, State
from buuchinh.desk.equal_pairs import Pair
from buuchinh.desk.task import Action, Task
from buuchinh.errors import KitError
from buuchinh.messages import say

Alike = Mapping[str, tuple[Pair, ...]]
_HANDED_IN: frozenset[State] = frozenset({"new", "look", "waiting", "passed", "failed", "open"})


class AlikeSigns:
    """The pairs of a class by unit, found anew where submissions changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._found: dict[str, tuple[object, tuple[Pair, ...]]] = {}
        self._thread: threading.Thread | None = None

    def look(self, state: ClassState, *, busy: bool) -> bool:
        """Begin to compare what changed since the last look, and return whether there was anything to begin.

        Nothing is begun while a job runs, or while an earlier look is under way.
        """
        if busy or (self._thread is not None and self._thread.is_alive()):
            return False
        looks = {one.id: _look(state, one.id) for one in state.units if one.given_out}
        fresh = {unit: key for unit, key in looks.items() if self._found.get(unit, (None, ()))[0] != key}
        if fresh:
            self._thread = threading.Thread(target=self._compare, args=(fresh,), name="ban-giong-nhau", daemon=True)
            self._thread.start()
        return bool(fresh)

    def known(self) -> Alike:
        """Return the pairs of each unit that nobody has put away, as far as they are known."""
        found = {unit: pairs for unit, (_, pairs) in list(self._found.items()) if pairs}
        away = equal_pairs.put_away_keys() if found else frozenset()
        return {unit: tuple(one for one in pairs if one.key not in away) for unit, pairs in found.items()}

    def wait(self) -> None:
        """Wait until the look that was begun has ended."""
        if self._thread is not None:
            self._thread.join()

    def _compare(self, fresh: Mapping[str, object]) -> None:
        for unit, key in fresh.items():
            try:
                pairs = equal_pairs.pairs_of(unit) if key else ()
            except (KitError, OSError):  # what cannot be read is told by ``grade``
                pairs = ()
            self._found[unit] = (key, pairs)


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


def _look(state: ClassState, unit: str) -> tuple[object, ...]:
    """Return a value that changes when a submission that counts is replaced; () if there is none."""
    folder = gradebook.folder(course.SUBMITTED)
    codes_of_work = (one.code for one in state.people if state.cell(unit, one.code).state in _HANDED_IN)
    return tuple((code, _time(f"{folder}{os.sep}{code}{os.sep}{unit}")) for code in codes_of_work)


def _time(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # hundreds of paths
    except OSError:
        return None

"""Decide whose campaign results may be shown, so that no series of tables reveals figures for fewer than five people.

A reader of several printed tables can subtract one table from another. People are therefore disclosed in groups. Only
five or more people at once may enter the table or advance in it (the levels are: sent something, finished the first
test, finished both tests), and those who stay behind in their group must be five or more, or nobody. Everybody stays in
the row in which they were first disclosed, with the answers disclosed then. Each figure in a table is thus a sum over
whole groups, and so is any combination of several tables. The price is that a result that arrives after a table was
printed is counted only when four others can be counted with it.

The file ``.da-in.json`` beside the results records the disclosed people as hashes. Without this file, nothing can be
held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.messages import say
from buuchinh.results.item_statistics import LEAST

FILE = ".da-in.json"
SENT, FIRST, BOTH = range(3)
Right = Mapping[str, tuple[int, int]]
"""Maps each objective of a test to (number of questions answered right, number of questions asked)."""


@dataclass(frozen=True)
class CurrentPerson:
    """A person's current state according to the collected files.

    ``unit`` is the person's office. ``marks`` are all hashes that identify the person, and ``known_by`` the hashes that
    are stored. ``level`` is ``SENT``, ``FIRST`` or ``BOTH``. ``before`` and ``after`` are the results of the two tests.
    """

    unit: str
    marks: frozenset[str]
    known_by: tuple[str, ...]
    level: int
    before: Right
    after: Right


@dataclass(frozen=True)
class DisclosedPerson:
    """A person's state as last disclosed in a table.

    ``known_by`` are hashes that identify the person. ``row`` is the office, or None for the row that pools small
    offices. ``group`` is the number of the group of people who were disclosed together. ``level``, ``before`` and
    ``after`` have the same meaning as in ``CurrentPerson``, but hold the disclosed values.
    """

    known_by: tuple[str, ...]
    row: str | None
    group: int
    level: int
    before: Right
    after: Right


def read(top: Path) -> list[DisclosedPerson]:
    """Return the people disclosed so far, from the record in the campaign folder ``top``.

    Raise ``KitError`` if the record is damaged, since starting afresh would disclose too much.
    """
    path = top / FILE
    try:
        return [_parse_person(person) for person in read_record(path).get("people", ())]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise KitError(say("files.not_json"), say("files.kept_way_out"), path=path.name) from error


def write(top: Path, disclosed: Iterable[DisclosedPerson]) -> None:
    """Record the people who are now disclosed in the campaign folder ``top``."""
    write_json(top / FILE, {"format": 1, "people": [asdict(person) for person in disclosed]})


def advance(
    disclosed: Sequence[DisclosedPerson], people: Iterable[CurrentPerson]
) -> tuple[list[DisclosedPerson], bool]:
    """Return the people to disclose now, and whether some people or some of their progress must be held back.

    ``disclosed`` holds the people disclosed so far, and ``people`` those found in the collected files.
    """
    entry = {mark: number for number, person in reversed(list(enumerate(disclosed))) for mark in person.known_by}
    now: dict[int, CurrentPerson] = {}
    fresh: list[CurrentPerson] = []
    for person in people:
        known = {entry[mark] for mark in person.marks if mark in entry}
        if known:
            now.setdefault(min(known), person)
        else:
            fresh.append(person)
    groups: dict[int, list[int]] = {}
    for number, earlier in enumerate(disclosed):
        groups.setdefault(earlier.group, []).append(number)
    made = list(disclosed)
    free = max(groups, default=0) + 1
    for members in groups.values():
        for moving, level in _moving(members, disclosed, now):
            for number in moving:
                made[number] = _moved(disclosed[number], now[number], level, free)
            free += 1
    for row, level, entering in _entering(fresh, {person.row for person in disclosed}):
        now |= dict(enumerate(entering, len(made)))
        made += [
            _moved(DisclosedPerson(person.known_by, row, free, level, {}, {}), person, level, free)
            for person in entering
        ]
        free += 1
    waiting = len(made) - len(disclosed) < len(fresh) or any(
        person.level > made[number].level for number, person in now.items()
    )
    return made, waiting


def _moving(
    members: list[int], disclosed: Sequence[DisclosedPerson], now: Mapping[int, CurrentPerson]
) -> Iterable[tuple[list[int], int]]:
    """Yield (members, level) for the members of one group who advance together to a new level.

    Members are identified by their 0-based positions in ``disclosed``. If one to four members would stay behind, some
    members who are ready to advance (chosen by their hashes) stay behind too, so that five do.
    """
    left = sorted(members, key=lambda number: disclosed[number].known_by)
    for level in (BOTH, FIRST):
        ready = [number for number in left if number in now and disclosed[number].level < level <= now[number].level]
        staying = len(left) - len(ready)
        if staying:
            ready = ready[: len(ready) - max(0, LEAST - staying)]
        if len(ready) >= LEAST:
            yield ready, level
            left = [number for number in left if number not in set(ready)]


def _entering(
    fresh: Iterable[CurrentPerson], rows: set[str | None]
) -> Iterable[tuple[str | None, int, list[CurrentPerson]]]:
    """Yield (row, level, people) for each group to disclose for the first time.

    Offices with fewer than five new people share the pooled row (None), unless they already have a row in ``rows``.
    """
    units: dict[str, list[CurrentPerson]] = {}
    for person in fresh:
        units.setdefault(person.unit, []).append(person)
    by_row: dict[str | None, list[CurrentPerson]] = {}
    for unit, those in sorted(units.items()):
        by_row.setdefault(unit if unit in rows or len(those) >= LEAST else None, []).extend(those)
    for row, those in by_row.items():
        left = those
        for level in (BOTH, FIRST, SENT):
            ready = [person for person in left if person.level >= level]
            if len(ready) >= LEAST:
                yield row, level, ready
                left = [person for person in left if person.level < level]


def _moved(person: DisclosedPerson, now: CurrentPerson, level: int, group: int) -> DisclosedPerson:
    before = person.before or (now.before if level >= FIRST else {})
    return replace(person, group=group, level=level, before=before, after=now.after if level == BOTH else {})


def _parse_person(person: Mapping[str, Any]) -> DisclosedPerson:
    row, level = person["row"], int(person["level"])
    if level not in (SENT, FIRST, BOTH) or not isinstance(row, str | None):
        raise ValueError(person)
    before, after = (
        {str(name): (int(right), int(asked)) for name, (right, asked) in person[test].items()}
        for test in ("before", "after")
    )
    return DisclosedPerson(tuple(map(str, person["known_by"])), row, int(person["group"]), level, before, after)

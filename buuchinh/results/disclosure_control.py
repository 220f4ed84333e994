"""Record of a campaign's disclosures, so that no sequence of tables reveals figures of fewer than five people.

A reader of all printed tables can subtract one from another. So people are disclosed in groups: a group enters the
table, or moves on in it (sent something, first test, both tests), only as five or more at once, and leaves five or more
or nobody behind. Everybody stays in the row of the first disclosure, with the answers disclosed then. Each figure of
each table is then a sum over whole groups, and so is any combination of several tables. The price: a result that
arrives after a table was printed is counted only when four others can be counted with it.

``.da-in.json`` beside the results records the disclosures by hashes; without it nothing can be held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError, Problem
from buuchinh.files import read_kept, write_json
from buuchinh.messages import say
from buuchinh.results.item_statistics import LEAST

FILE = ".da-in.json"
SENT, FIRST, BOTH = range(3)
Right = Mapping[str, tuple[int, int]]
"""By objective, how many questions of a test were right and how many were asked."""


@dataclass(frozen=True)
class Now:
    """The current state of a person in the files: ``marks`` identify the person, ``known_by`` are those stored."""

    unit: str
    marks: frozenset[str]
    known_by: tuple[str, ...]
    level: int
    before: Right
    after: Right


@dataclass(frozen=True)
class Told:
    """A person as disclosed in the tables: row (None: small units pooled), group, level, right answers."""

    known_by: tuple[str, ...]
    row: str | None
    group: int
    level: int
    before: Right
    after: Right


def read(top: Path) -> list[Told]:
    """Return the people disclosed so far; ``KitError`` for a damaged file, as starting anew would disclose too much."""
    path = top / FILE
    try:
        return [_told(one) for one in read_kept(path).get("people", ())]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error


def write(top: Path, told: Iterable[Told]) -> None:
    """Store the people disclosed now."""
    write_json(top / FILE, {"format": 1, "people": [asdict(one) for one in told]})


def advance(told: Sequence[Told], people: Iterable[Now]) -> tuple[list[Told], bool]:
    """Return the people to disclose now, and whether some people or some of their progress is held back."""
    entry = {mark: number for number, one in reversed(list(enumerate(told))) for mark in one.known_by}
    now: dict[int, Now] = {}
    fresh: list[Now] = []
    for person in people:
        known = {entry[mark] for mark in person.marks if mark in entry}
        if known:
            now.setdefault(min(known), person)
        else:
            fresh.append(person)
    groups: dict[int, list[int]] = {}
    for number, one in enumerate(told):
        groups.setdefault(one.group, []).append(number)
    made = list(told)
    free = max(groups, default=0) + 1
    for members in groups.values():
        for moving, level in _moving(members, told, now):
            for number in moving:
                made[number] = _moved(told[number], now[number], level, free)
            free += 1
    for row, level, entering in _entering(fresh, {one.row for one in told}):
        now |= dict(enumerate(entering, len(made)))
        made += [_moved(Told(one.known_by, row, free, level, {}, {}), one, level, free) for one in entering]
        free += 1
    waiting = len(made) - len(told) < len(fresh) or any(one.level > made[number].level for number, one in now.items())
    return made, waiting


def _moving(members: list[int], told: Sequence[Told], now: Mapping[int, Now]) -> Iterable[tuple[list[int], int]]:
    """Yield the members of a group that move on and their level; the marks draw those who stay so that five do."""
    left = sorted(members, key=lambda number: told[number].known_by)
    for level in (BOTH, FIRST):
        ready = [number for number in left if number in now and told[number].level < level <= now[number].level]
        staying = len(left) - len(ready)
        if staying:
            ready = ready[: len(ready) - max(0, LEAST - staying)]
        if len(ready) >= LEAST:
            yield ready, level
            left = [number for number in left if number not in set(ready)]


def _entering(fresh: Iterable[Now], rows: set[str | None]) -> Iterable[tuple[str | None, int, list[Now]]]:
    """Yield first disclosures as row, level and people; units of fewer than five people are pooled."""
    units: dict[str, list[Now]] = {}
    for person in fresh:
        units.setdefault(person.unit, []).append(person)
    by_row: dict[str | None, list[Now]] = {}
    for unit, those in sorted(units.items()):
        by_row.setdefault(unit if unit in rows or len(those) >= LEAST else None, []).extend(those)
    for row, those in by_row.items():
        left = those
        for level in (BOTH, FIRST, SENT):
            ready = [one for one in left if one.level >= level]
            if len(ready) >= LEAST:
                yield row, level, ready
                left = [one for one in left if one.level < level]


def _moved(one: Told, now: Now, level: int, group: int) -> Told:
    before = one.before or (now.before if level >= FIRST else {})
    return replace(one, group=group, level=level, before=before, after=now.after if level == BOTH else {})


def _told(one: Mapping[str, Any]) -> Told:
    row, level = one["row"], int(one["level"])
    if level not in (SENT, FIRST, BOTH) or not isinstance(row, str | None):
        raise ValueError(one)
    before, after = (
        {str(name): (int(right), int(asked)) for name, (right, asked) in one[test].items()}
        for test in ("before", "after")
    )
    return Told(tuple(map(str, one["known_by"])), row, int(one["group"]), level, before, after)

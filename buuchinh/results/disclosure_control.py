"""Keeps what was told of a campaign, so that no sequence of tables tells of fewer than five people.

Whoever holds every table that was printed can take one from another. So people are told in groups: a group enters the
table, or moves on in it (sent something, first test, both tests), only as five or more at once, and leaves five or more
or nobody behind. Everybody stays in the row in which he was told first, with the answers that were told. Each figure of
each table is then a sum over whole groups, and whatever is made of several tables is one too. The price: whoever sends
something after a table was printed is counted when four others can be counted with him.

``.da-in.json`` beside the results says who was told how: by hashes, without it there is nothing to hold back by.
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
    """One person as the files say it today: ``marks`` know him again, ``known_by`` are those to be kept."""

    unit: str
    marks: frozenset[str]
    known_by: tuple[str, ...]
    level: int
    before: Right
    after: Right


@dataclass(frozen=True)
class Told:
    """One person as the tables have him: the row (None: small units together), the group, how far, what was right."""

    known_by: tuple[str, ...]
    row: str | None
    group: int
    level: int
    before: Right
    after: Right


def read(top: Path) -> list[Told]:
    """Return who was told so far; ``KitError`` where the file is damaged: to begin anew would tell too much."""
    path = top / FILE
    try:
        return [_told(one) for one in read_kept(path).get("people", ())]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error


def write(top: Path, told: Iterable[Told]) -> None:
    """Store who is told now."""
    write_json(top / FILE, {"format": 1, "people": [asdict(one) for one in told]})


def advance(told: Sequence[Told], people: Iterable[Now]) -> tuple[list[Told], bool]:
    """Return who may be told now, and whether somebody is not told yet, or not as far as he is."""
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
    """Yield who of one group moves on, and how far; who has to stay so that five do is drawn by the marks."""
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
    """Yield who is told for the first time: row, how far, people; a unit of fewer than five goes with other such."""
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

"""Sums up exported results of a campaign by unit: how many, how many done, share right by objective, before and after.

A unit is the sub-folder in which a file lies: no export knows an office, and none needs to. Nothing is told of fewer
than five people, nor can it be had by taking one row from another: small units are put together or left out whole,
the last row adds up what stands above it, and a count that leaves one to four others is told in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Literal

from buuchinh import datasets
from buuchinh.errors import KitError, Problem
from buuchinh.intake.apart import Call, GivenUp, Readers
from buuchinh.intake.places import Place, places
from buuchinh.messages import say
from buuchinh.questions.practice import assessment
from buuchinh.results import exports
from buuchinh.results.exports import Bad, Ended, Found
from buuchinh.spreadsheet import Cell

LEAST = 5
"""Nothing is told of fewer people than this."""
EXACT_FROM = 20
"""From so many people on a share is told to the percent; below, to five percent: else it tells how many they are."""
Rest = Literal["exact", "few", "nearly_all", "not_added"]


@dataclass(frozen=True)
class Row:
    """What may be told of a unit: ``people`` of whom there are results, ``done`` who finished both tests.

    ``done`` is None where ``rest`` says it in words. Shares are percent by objective, ``""`` for the whole test.
    """

    name: str
    people: int
    done: int | None
    rest: Rest
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True)
class Summary:
    """The rows, the last of which adds up the others; whether units were put together or left out; the bad files."""

    rows: tuple[Row, ...]
    objectives: Mapping[str, str]
    pooled: bool
    left_out: bool
    bad: tuple[Bad, ...]


@dataclass
class _Person:
    unit: str
    marks: set[str] = field(default_factory=set)
    tests: dict[str, Ended] = field(default_factory=dict)

    def takes(self, found: Found | _Person) -> None:
        self.marks |= found.marks
        for name, end in found.tests.items():
            self.tests[name] = min(self.tests.get(name, end), end, key=lambda one: one.at)


def summed_up(top: Path) -> Summary:
    """Read every file below ``top`` and sum up; ``KitError`` where there is no such folder."""
    if not top.is_dir():
        raise KitError(
            [Problem(str(top), 0, say("results.campaign.no_folder"), say("results.campaign.folder_way_out"))]
        )
    files = {unit: assessment.questions(unit) for unit in assessment.TESTS}  # before readers are forked
    bad: list[Bad] = list(exports.strangers(top))
    found: list[tuple[str, Found]] = []
    there = list(places(top))
    with Readers() as readers:
        for number, one in readers.run([Call(exports.results_in, (place,)) for place in there]):
            if isinstance(one, GivenUp):
                bad.append(Bad(there[number].shown, say(f"intake.stopped.{one.cause}")))
            elif isinstance(one, Bad):
                bad.append(one)
            else:
                found.append((_unit_of(there[number], top), one))
    objectives = {one.objective or "": "" for file in files.values() for one in file.questions}
    titles = {row["id"]: row["title"] for row in datasets.read("questions/objectives").rows}
    named = {name: titles.get(name, name) for name in objectives}
    by_question = {one.id: one.objective or "" for file in files.values() for one in file.questions}
    return _told(_people(found, bad), by_question, named, bad)


def table(summary: Summary) -> list[list[Cell]]:
    """Return the summary as rows of a table, the head first: a row for each unit, then one for each objective of it."""
    heads = ("unit", "people", "done", "objective", "before", "after")
    rows: list[list[Cell]] = [[say(f"results.campaign.head.{name}") for name in heads]]
    for row in summary.rows:
        done = row.done if row.done is not None else say(f"results.campaign.rest.{row.rest}")
        for name in ["", *summary.objectives] if row.before else [""]:
            what = say("results.campaign.objective", id=name, title=summary.objectives[name]) if name else ""
            first: list[Cell] = [row.name, row.people, done] if not name else [row.name, None, None]
            whole = say("results.campaign.whole") if row.before else say("results.campaign.too_few")
            rows.append([*first, what or whole, row.before.get(name), row.after.get(name)])
    return rows


def _unit_of(place: Place, top: Path) -> str:
    parts = place.folder.relative_to(top).parts
    return parts[0] if parts else ""


def _people(found: Iterable[tuple[str, Found]], bad: list[Bad]) -> list[_Person]:
    """Put together what belongs to one person: the same code, or without one, the same answers at the same moments."""
    coded: dict[str, _Person] = {}
    others: list[_Person] = []
    for unit, one in found:
        if one.code:
            person = coded.setdefault(one.code, _Person(unit))
            if person.unit != unit:
                bad.append(
                    Bad(one.where, say("results.campaign.two_units", unit=person.unit or say("results.campaign.loose")))
                )
            person.takes(one)
        else:
            others.append(_Person(unit, set(one.marks), dict(one.tests)))
    guests: list[_Person] = []
    for guest in sorted(others, key=lambda one: -len(one.marks)):
        same = next((one for one in (*coded.values(), *guests) if _same(guest, one)), None)
        if same:
            same.takes(guest)
        else:
            guests.append(guest)
    return [*coded.values(), *guests]


def _same(guest: _Person, other: _Person) -> bool:
    """Whether all of a guest's answers stand in what another file has: a journal only grows."""
    if guest.marks:
        return guest.marks <= other.marks
    return bool(guest.tests) and guest.tests == other.tests


def _told(
    people: Sequence[_Person], by_question: Mapping[str, str], objectives: Mapping[str, str], bad: Iterable[Bad]
) -> Summary:
    units: dict[str, list[_Person]] = {}
    for person in people:
        units.setdefault(person.unit, []).append(person)
    large = {unit: those for unit, those in sorted(units.items()) if len(those) >= LEAST}
    small = [person for those in units.values() if len(those) < LEAST for person in those]
    pooled = len(small) >= LEAST
    named = [(unit or say("results.campaign.loose"), those) for unit, those in large.items()]
    if pooled:
        named.append((say("results.campaign.small_units"), small))
    rows = [_row(name, those, by_question) for name, those in named]
    if len(rows) > 1:
        rows.append(_sum(rows, [those for _, those in named], by_question))
    unique = tuple(dict.fromkeys(bad))
    return Summary(tuple(rows), objectives, pooled, bool(small) and not pooled, unique)


def _row(name: str, those: Sequence[_Person], by_question: Mapping[str, str]) -> Row:
    first, second = assessment.TESTS
    both = [one for one in those if {first, second} <= one.tests.keys()]
    done = len(both)
    begun = both if done >= LEAST else [one for one in those if first in one.tests]
    before = _shares(begun, first, by_question)
    after = _shares(both, second, by_question)
    if done < LEAST:
        return Row(name, len(those), None, "few", before, after)
    if 0 < len(those) - done < LEAST:
        return Row(name, len(those), None, "nearly_all", before, after)
    return Row(name, len(those), done, "exact", before, after)


def _sum(rows: Sequence[Row], groups: Sequence[Sequence[_Person]], by_question: Mapping[str, str]) -> Row:
    """Return the row that adds up: of each figure what stands above it and nothing else."""
    first, second = assessment.TESTS
    told = [one for row, those in zip(rows, groups, strict=True) if row.after for one in those]
    both = [one for one in told if {first, second} <= one.tests.keys()]
    exact = all(row.rest == "exact" for row in rows)
    done = sum(row.done or 0 for row in rows) if exact else None
    before, after = _shares(both, first, by_question), _shares(both, second, by_question)
    name = say("results.campaign.sum")
    return Row(name, sum(row.people for row in rows), done, "exact" if exact else "not_added", before, after)


def _shares(those: Sequence[_Person], test: str, by_question: Mapping[str, str]) -> dict[str, int]:
    """Return the share right in percent, by objective and in all; empty for fewer than ``LEAST`` people."""
    if len(those) < LEAST:
        return {}

    def share(counts: Callable[[str], bool]) -> int:
        right = fmean(one.tests[test].right[name] for one in those for name in one.tests[test].right if counts(name))
        step = 1 if len(those) >= EXACT_FROM else 5
        return step * round(100 * right / step)

    asked = those[0].tests[test].right
    objectives = dict.fromkeys(by_question[name] for name in asked)
    by_objective = {one: share(lambda name, one=one: by_question[name] == one) for one in objectives}  # type: ignore[misc]
    return by_objective | {"": share(lambda name: True)}

"""Summarise a campaign's results by office: participants, completions, and percentages of right answers in both tests.

The office (``unit`` in this module) is the name of the sub-folder that contains an exported file, since the file itself
does not name an office. No figure covers fewer than five people, and no such figure can be derived by subtracting rows
or tables from each other: ``campaign_disclosure`` decides whose results are disclosed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from buuchinh import datasets
from buuchinh.errors import KitError
from buuchinh.intake.submission_places import SubmissionPlace, places
from buuchinh.intake.worker_pool import GivenUp, ReaderCall, Readers
from buuchinh.messages import say
from buuchinh.questions.practice import assessment
from buuchinh.results import campaign_disclosure, exports
from buuchinh.results.campaign_disclosure import BOTH, FIRST, SENT, CurrentPerson, DisclosedPerson
from buuchinh.results.exported_results import Ended, ExportedResult, UnusableFile
from buuchinh.spreadsheet import Cell

Rest = Literal["exact", "few", "not_added"]


@dataclass(frozen=True)
class UnitRow:
    """One office's figures that may be disclosed.

    ``people`` is the number of people with results. ``done`` is the number of people who finished both tests, or None
    if ``rest`` says in words why no number is shown. ``before`` and ``after`` map each objective to the percentage of
    right answers in the first and second test; the key ``""`` stands for the whole test.
    """

    name: str
    people: int
    done: int | None
    rest: Rest
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True)
class Summary:
    """A campaign's summary, limited to figures that may be disclosed.

    If there are several ``rows``, the last one is the total. ``objectives`` maps ids to titles. ``pooled`` is true if
    small offices share a row, and ``left_out`` if some people or some of their progress may not be disclosed yet.
    ``bad`` holds the unusable files.
    """

    rows: tuple[UnitRow, ...]
    objectives: Mapping[str, str]
    pooled: bool
    left_out: bool
    bad: tuple[UnusableFile, ...]


@dataclass
class _Person:
    unit: str
    code: str = ""
    marks: set[str] = field(default_factory=set)
    tests: dict[str, Ended] = field(default_factory=dict)

    def takes(self, other: ExportedResult | _Person) -> None:
        self.marks |= other.marks
        for name, end in other.tests.items():
            self.tests[name] = min(self.tests.get(name, end), end, key=lambda end: assessment.moment(end.at))


def summed_up(top: Path) -> Summary:
    """Summarise the exported results in the folder ``top`` and record there which results are now disclosed.

    Raise ``KitError`` if the folder does not exist, or if the record of disclosures cannot be read or written.
    """
    if not top.is_dir():
        raise KitError(say("results.campaign.no_folder"), say("results.campaign.folder_way_out"), path=str(top))
    files = {unit: assessment.questions(unit) for unit in assessment.TESTS}  # before readers are forked
    bad: list[UnusableFile] = list(exports.strangers(top))
    results: list[tuple[str, ExportedResult]] = []
    submission_places = list(places(top))
    with Readers() as readers:
        for number, one in readers.run([ReaderCall(exports.results_in, (place,)) for place in submission_places]):
            if isinstance(one, GivenUp):
                bad.append(UnusableFile(submission_places[number].display_name, say(f"intake.stopped.{one.cause}")))
            elif isinstance(one, UnusableFile):
                bad.append(one)
            else:
                results.append((_unit_of(submission_places[number], top), one))
    objectives = {one.objective or "": "" for file in files.values() for one in file.questions}
    titles = {row["id"]: row["title"] for row in datasets.read("questions/objectives").rows}
    named = {name: titles.get(name, name) for name in objectives}
    by_question = {one.id: one.objective or "" for file in files.values() for one in file.questions}
    now = [_now(person, by_question) for person in _people(_by_person(results, bad), bad)]
    disclosed, behind = campaign_disclosure.advance(campaign_disclosure.read(top), now)
    if disclosed:
        campaign_disclosure.write(top, disclosed)
    return _summary(disclosed, named, bad, left_out=behind)


def table(summary: Summary) -> list[list[Cell]]:
    """Return the summary as table rows: a header, then for each office one row in total and one per objective."""
    heads = ("unit", "people", "done", "objective", "before", "after")
    rows: list[list[Cell]] = [[say(f"results.campaign.head.{name}") for name in heads]]
    for row in summary.rows:
        done = row.done if row.done is not None else say(f"results.campaign.rest.{row.rest}")
        for name in ["", *summary.objectives] if row.before else [""]:
            objective = say("results.campaign.objective", id=name, title=summary.objectives[name]) if name else ""
            first: list[Cell] = [row.name, row.people, done] if not name else [row.name, None, None]
            whole = say("results.campaign.whole") if row.before else say("results.campaign.too_few")
            rows.append([*first, objective or whole, row.before.get(name), row.after.get(name)])
    return rows


def _unit_of(place: SubmissionPlace, top: Path) -> str:
    parts = place.folder.relative_to(top).parts
    return parts[0] if parts else ""


def _by_person(
    results: Iterable[tuple[str, ExportedResult]], bad: list[UnusableFile]
) -> Iterator[tuple[str, ExportedResult]]:
    """Yield (office, result) pairs, attributing a result without a code to the only code in the same file.

    If the file has several codes, the result's owner cannot be determined: the result is left out, and the file is
    added to ``bad``.
    """
    files: dict[str, list[tuple[str, ExportedResult]]] = {}
    for unit, result in results:
        files.setdefault(result.path, []).append((unit, result))
    for path, those in files.items():
        named = sorted({result.code for _, result in those if result.code})
        for unit, result in those:
            if result.code or not named:
                yield unit, result
            elif len(named) == 1:
                yield unit, replace(result, code=named[0])
            else:
                bad.append(UnusableFile(path, say("results.campaign.guest_among_codes")))


def _people(results: Iterable[tuple[str, ExportedResult]], bad: list[UnusableFile]) -> list[_Person]:
    """Merge results that belong to one person: same code or, if there is no code, same answers at the same times.

    A file whose code also occurs in another office is added to ``bad``.
    """
    coded: dict[str, _Person] = {}
    others: list[_Person] = []
    for unit, one in results:
        if one.code:
            person = coded.setdefault(one.code, _Person(unit, one.code))
            if person.unit != unit:
                bad.append(
                    UnusableFile(
                        one.path, say("results.campaign.two_units", unit=person.unit or say("results.campaign.loose"))
                    )
                )
            person.takes(one)
        else:
            others.append(_Person(unit, "", set(one.marks), dict(one.tests)))
    guests: list[_Person] = []
    for guest in sorted(others, key=lambda one: -len(one.marks)):
        same = next((one for one in (*coded.values(), *guests) if _same(guest, one)), None)
        if same:
            same.takes(guest)
        else:
            guests.append(guest)
    return [*coded.values(), *guests]


def _same(guest: _Person, other: _Person) -> bool:
    """Return whether ``guest``, who has no code, is the same person as ``other``.

    That is so if ``other`` has all of the guest's answers, since answers are only ever added to a journal. If one of
    them has no answers, as nobody has in the file of a class, ``other`` must have finished the guest's tests.
    """
    if guest.marks and other.marks:
        return guest.marks <= other.marks
    return bool(guest.tests) and guest.tests.items() <= other.tests.items()


def _now(person: _Person, by_question: Mapping[str, str]) -> CurrentPerson:
    """Return a person's current state for disclosure control.

    The person is identified by hashes of the code and of one answer, since a journal never loses an answer.
    """
    first, second = assessment.in_order({name: (end.at, end.place) for name, end in person.tests.items()})
    ends = {exports.mark(name, end.at, dict(end.right)) for name, end in person.tests.items()}
    code = {sha256(person.code.encode()).hexdigest()[:20]} if person.code else set()
    known_by = code | set(sorted(person.marks)[:1] or ends)
    level = BOTH if first and second else FIRST if first else SENT
    before, after = (_right(person.tests.get(name or ""), by_question) for name in (first, second))
    return CurrentPerson(
        person.unit, frozenset(code | person.marks | ends), tuple(sorted(known_by)), level, before, after
    )


def _right(end: Ended | None, by_question: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for name, right in (end.right if end else {}).items():
        before = counts.get(by_question[name], (0, 0))
        counts[by_question[name]] = before[0] + right, before[1] + 1
    return counts


def _summary(
    disclosed: Sequence[DisclosedPerson], objectives: Mapping[str, str], bad: Iterable[UnusableFile], *, left_out: bool
) -> Summary:
    by_row: dict[str | None, list[DisclosedPerson]] = {}
    for person in sorted(disclosed, key=lambda person: (person.row is None, person.row or "")):
        by_row.setdefault(person.row, []).append(person)
    rows = [_row(_name(row), those) for row, those in by_row.items()]
    if len(rows) > 1:
        rows.append(_sum(rows, disclosed))
    return Summary(tuple(rows), objectives, None in by_row, left_out, tuple(dict.fromkeys(bad)))


def _name(row: str | None) -> str:
    return say("results.campaign.small_units") if row is None else row or say("results.campaign.loose")


def _row(name: str, people: Sequence[DisclosedPerson]) -> UnitRow:
    both = [person for person in people if person.level == BOTH]
    begun = both or [person for person in people if person.level == FIRST]
    before, after = _shares(person.before for person in begun), _shares(person.after for person in both)
    return UnitRow(name, len(people), len(both) or None, "exact" if both else "few", before, after)


def _sum(rows: Sequence[UnitRow], disclosed: Iterable[DisclosedPerson]) -> UnitRow:
    """Return the table's total row, computed only from the disclosed people and the rows above the total."""
    both = [person for person in disclosed if person.level == BOTH]
    exact = all(row.rest == "exact" for row in rows)
    before, after = _shares(person.before for person in both), _shares(person.after for person in both)
    people = sum(row.people for row in rows)
    name = say("results.campaign.sum")
    return UnitRow(name, people, len(both) if exact else None, "exact" if exact else "not_added", before, after)


def _shares(tests: Iterable[campaign_disclosure.Right]) -> dict[str, int]:
    """Map each objective to its percentage of right answers, and ``""`` to the overall percentage.

    The mapping is empty if there are no tests.
    """
    sums: dict[str, list[int]] = {}
    for test in tests:
        for name, counts in test.items():
            for objective in (name, ""):
                right, asked = sums.get(objective, (0, 0))
                sums[objective] = [right + counts[0], asked + counts[1]]
    return {name: round(100 * right / asked) for name, (right, asked) in sums.items()}

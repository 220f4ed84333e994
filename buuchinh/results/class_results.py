"""Say how many of a class can do what the course asks: by question and by objective, and what drew them away.

Nothing here names a person. A share needs ``CARRIES`` people, for whom its interval already spans half of the scale;
with fewer, only the number of people is given. People and not answers or points are counted: the answers of one person
are not independent of each other and would make the interval too narrow, and Wilson's interval (1927, see
``proportions``) is one of a count. So each measure is a yes or no for each person:

- ``right``: full marks for a question that gives all of its points or none.
- ``whole``: full marks for a question of which the machine scores parts; its answer can be right as a whole.
- ``half``: at least half of the points of a question that a person marks. Full marks are rare in a text that is marked
  by lines, and a count of them would put every text before the questions that were not understood.
- An objective is reached by who earned the course's pass mark in all questions about it, parts of points included.

The mean share of the points says more of one question, but it is no count: the interval for it would need the spread of
the points as well, and its ends could not be told in people. While answers to a
question wait to be marked by hand, the question counts nowhere: the answers that are graded already are mostly the
empty ones, and a share of those would look far too low.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from buuchinh import course
from buuchinh.exam import exam_groups
from buuchinh.points import reaches
from buuchinh.proportions import wilson_counts
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scored import is_empty
from buuchinh.release.versions import Released
from buuchinh.results import choice_counts, item_report, objectives
from buuchinh.results.results import Standing

CARRIES = 10
"""Minimum number of people behind a share."""
MOST_TO_REPEAT = 3
Counted = Literal["right", "whole", "half"]
HALF = 0.5
TRAPPED = 2
"""Minimum number of people who gave the same wrong answer for it to be a trap and not one person's answer."""
_WRONG = "✗"
_SHORT, _LONGEST = 60, 160
"""Characters of a part of a question and of a whole answer that stand within a sentence."""


@dataclass(frozen=True)
class ClassShare:
    """``right`` of ``n`` people; groups like this one may have from ``low`` to ``high`` of ``n`` on average."""

    right: int
    n: int
    low: int
    high: int

    @property
    def share(self) -> float:
        """The share of people, from 0 to 1."""
        return self.right / self.n


@dataclass(frozen=True)
class Trap:
    """The wrong answer that most people gave."""

    answer: str
    people: int


@dataclass(frozen=True)
class QuestionResults:
    """A class's results in one question, ``number`` in the exercise.

    ``share`` is None if too few of the ``n`` people carry it, or while ``waiting`` answers are not marked. ``blank``
    people handed in and left the question empty, which counts as not right. ``counted`` says whom ``share`` counts.
    """

    id: str
    number: int
    title: str
    n: int
    waiting: int
    share: ClassShare | None
    trap: Trap | None
    blank: int = 0
    counted: Counted = "right"


@dataclass(frozen=True)
class ObjectiveResults:
    """A class's results in one objective; ``share`` is None if too few of the ``n`` people carry it."""

    id: str
    title: str
    n: int
    share: ClassShare | None


def class_share(right: int, n: int) -> ClassShare | None:
    """Return how many of ``n`` people are right, with the 95 % interval, or None if ``n`` is less than ``CARRIES``."""
    return ClassShare(right, n, *wilson_counts(right, n)) if n >= CARRIES else None


def verdict(share: ClassShare, mark: float) -> Literal["firm", "again", "unsure"]:
    """Return whether a share is at least ``mark`` (0 to 1), below it, or neither for sure, by its whole interval."""
    if reaches(share.low, mark * share.n):
        return "firm"
    return "unsure" if reaches(share.high, mark * share.n) else "again"


def by_question(unit: str, standings: Sequence[Standing]) -> list[QuestionResults]:
    """Return the results in each question of an exercise, in released order; variants count as one question.

    An exam's questions are asked again in other sittings and are not shown: the list is then empty.
    """
    if not course.is_exercise(unit):
        return []
    questions = item_report.asked_by_any(unit, standings)
    asked = item_report.asked_of(standings)
    found = []
    waiting = _waiting(standings)
    for number, name in enumerate(item_report.question_ids(unit, standings), 1):
        question, waits = questions.get(name), waiting[unit, name]
        counted = _counted(question) if question else "right"
        n, reached = _reached(name, standings, HALF if counted == "half" else 1.0)
        share = None if waits else class_share(reached, n)
        trap = _trap(name, standings, asked) if share else None
        blank = _blank(name, standings)
        title = item_report.title_of(question) if question else name
        found.append(QuestionResults(name, number, title, n, waits, share, trap, blank, counted))
    return found


def _counted(question: AuthoredQuestion) -> Counted:
    """Return who is counted in a question."""
    kind = types.type_of(question)
    if kind.by_hand(question):
        return "half"
    return "whole" if kind.in_parts else "right"


def _reached(name: str, standings: Sequence[Standing], part: float) -> tuple[int, int]:
    """Return how many people have points for a question, and how many of them at least ``part`` (0 to 1) of these."""
    found = [
        item for one in standings for item in one.items if item.id == name and item.earned is not None and item.most
    ]
    return len(found), sum(reaches(item.earned or 0.0, part * item.most) for item in found)


def _blank(name: str, standings: Sequence[Standing]) -> int:
    """Return how many people left a question empty."""
    return sum(item.id == name and is_empty(item.answer) for one in standings for item in one.items)


def to_repeat(results: Iterable[QuestionResults]) -> list[QuestionResults]:
    """Return up to ``MOST_TO_REPEAT`` questions with the lowest shares, the lowest first.

    Of equal shares, the question with more people in one wrong answer comes first.
    Questions that everybody answered right are left out, and so are those that too few people answered.
    """
    missed = [
        ((one.share.share, -(one.trap.people if one.trap else 0)), one)
        for one in results
        if one.share and one.share.right < one.share.n
    ]
    return [one for _, one in sorted(missed, key=lambda pair: pair[0])[:MOST_TO_REPEAT]]


def by_objective(standings: Iterable[Standing]) -> list[ObjectiveResults]:
    """Return the results in each objective over all units, the lowest share first, then those with too few people.

    In an exam with several sittings, only a person's last sitting counts.
    """
    counted = list(_last_sittings(standings))
    waiting = _waiting(counted)
    totals: dict[str, dict[str, tuple[float, float]]] = {}
    for standing in counted:
        for item in standing.items:
            if item.objective and item.most:
                people = totals.setdefault(item.objective, {})
                if not waiting[standing.unit, item.id]:
                    earned, most = people.get(standing.code, (0.0, 0.0))
                    people[standing.code] = earned + (item.earned or 0.0), most + item.most
    mark, titles = course.settings().pass_mark, objectives.known()
    found = []
    for name, people in sorted(totals.items()):
        reached = sum(reaches(earned, mark * most) for earned, most in people.values())
        share = class_share(reached, len(people))
        found.append(ObjectiveResults(name, titles.get(name, (name, ""))[0], len(people), share))
    return sorted(found, key=lambda one: one.share.share if one.share else 2.0)


def _waiting(standings: Iterable[Standing]) -> Counter[tuple[str, str]]:
    """Count the answers that wait to be marked by hand, by unit and question."""
    items = ((standing.unit, item) for standing in standings for item in standing.items)
    return Counter((unit, item.id) for unit, item in items if item.earned is None)


def _last_sittings(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Yield all standings in exercises, and each person's last one of each exam."""
    last: dict[tuple[str, object], Standing] = {}
    for standing in standings:
        if exam_groups.number(standing.unit) is None:
            yield standing
            continue
        place = standing.code, exam_groups.group_of_exam(standing.unit)
        earlier = last.get(place)
        if earlier is None or _number(earlier) < _number(standing):
            last[place] = standing
    yield from last.values()


def _number(standing: Standing) -> int:
    return exam_groups.number(standing.unit) or 0


def _trap(name: str, standings: Sequence[Standing], asked: Mapping[str, Released]) -> Trap | None:
    """Return the wrong answer that most people gave to a question in any of its versions and variants, or None."""
    counts: Counter[str] = Counter()
    for question, those in _by_wording(name, standings, asked):
        kind = types.type_of(question)
        if not (kind.from_code or kind.by_hand(question) or kind.is_task(question)):
            for part, answer, sign, people, _ in choice_counts.rows(question, name, those, asked):
                if sign == _WRONG and isinstance(people, int):
                    counts[_answer(str(part), str(answer))] += people
    if not counts:
        return None
    answer, people = counts.most_common(1)[0]
    return Trap(answer, people) if people >= TRAPPED else None


def _answer(part: str, answer: str) -> str:
    """Return a given answer as it is named within a sentence, after the part of the question if that is short."""
    where = f"{part}: " if part and len(part) <= _SHORT else ""
    return textwrap.shorten(f"{where}{answer}", _LONGEST, placeholder="…").rstrip(".")


def _by_wording(
    name: str, standings: Sequence[Standing], asked: Mapping[str, Released]
) -> Iterator[tuple[AuthoredQuestion, list[Standing]]]:
    """Yield each wording of a question, which differs between variants and versions, with those who were asked it."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for standing in standings:
        released = asked[standing.code]
        if name in released.obscured:
            groups.setdefault((released.version, released.form), []).append(standing)
    for those in groups.values():
        yield asked[those[0].code].obscured[name], those

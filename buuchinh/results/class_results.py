"""Say how many of a class can do what the course asks: by question and by objective, and what drew them away.

Nothing here names a person. A share needs ``CARRIES`` people, for whom its interval already spans half of the scale;
with fewer, only the number of people is given. "Right" means full marks for a question. An objective is reached by a
person who earned the course's pass mark in all questions about it; people and not answers are counted, since the
answers of one person are not independent of each other and would make the interval too narrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from buuchinh import course
from buuchinh.exam import exam_groups
from buuchinh.proportions import wilson_counts
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release.versions import Released
from buuchinh.results import choice_counts, item_report, objectives
from buuchinh.results.results import Standing

CARRIES = 10
"""Minimum number of people behind a share."""
MOST_TO_REPEAT = 3
TRAPPED = 2
"""Minimum number of people who gave the same wrong answer for it to be a trap and not one person's answer."""
_WRONG = "✗"
_SLACK = 1e-9


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
    """A class's results in one question; ``share`` is None if too few of the ``n`` people carry it."""

    id: str
    title: str
    n: int
    share: ClassShare | None
    trap: Trap | None


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


def by_question(unit: str, standings: Sequence[Standing]) -> list[QuestionResults]:
    """Return the results in each question of an exercise, in released order; variants count as one question.

    An exam's questions are asked again in other sittings and are not shown: the list is then empty.
    """
    if not course.is_exercise(unit):
        return []
    titles = {name: item_report.title_of(one) for name, one in item_report.asked_by_any(unit, standings).items()}
    asked = item_report.asked_of(standings)
    found = []
    for name in item_report.question_ids(unit, standings):
        _, figures = item_report.figures_of(name, standings)
        share = class_share(round((figures.right or 0.0) * figures.n), figures.n)
        trap = _trap(name, standings, asked) if share else None
        found.append(QuestionResults(name, titles.get(name, name), figures.n, share, trap))
    return found


def to_repeat(results: Iterable[QuestionResults]) -> list[QuestionResults]:
    """Return up to ``MOST_TO_REPEAT`` questions with the lowest shares, the lowest first.

    Questions that everybody answered right are left out, and so are those that too few people answered.
    """
    missed = [(one.share.share, one) for one in results if one.share and one.share.right < one.share.n]
    return [one for _, one in sorted(missed, key=lambda pair: pair[0])[:MOST_TO_REPEAT]]


def by_objective(standings: Iterable[Standing]) -> list[ObjectiveResults]:
    """Return the results in each objective over all units, the lowest share first, then those with too few people.

    In an exam with several sittings, only a person's last sitting counts. A person with a question about an objective
    that is not graded yet is left out of that objective.
    """
    totals: dict[tuple[str, str], tuple[float, float]] = {}
    open_: set[tuple[str, str]] = set()
    for standing in _last_sittings(standings):
        for item in standing.items:
            if item.objective and item.most:
                place = item.objective, standing.code
                earned, most = totals.get(place, (0.0, 0.0))
                totals[place] = earned + (item.earned or 0.0), most + item.most
                if item.earned is None:
                    open_.add(place)
    mark, titles = course.settings().pass_mark, objectives.known()
    reached: dict[str, list[bool]] = {}
    for (name, code), (earned, most) in totals.items():
        of_name = reached.setdefault(name, [])
        if (name, code) not in open_:
            of_name.append(earned >= mark * most - _SLACK)
    found = [
        ObjectiveResults(name, titles.get(name, (name, ""))[0], len(those), class_share(sum(those), len(those)))
        for name, those in sorted(reached.items())
    ]
    return sorted(found, key=lambda one: one.share.share if one.share else 2.0)


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
                    counts[": ".join(filter(None, (str(part), str(answer))))] += people
    if not counts:
        return None
    answer, people = counts.most_common(1)[0]
    return Trap(answer, people) if people >= TRAPPED else None


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

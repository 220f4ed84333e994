"""Gather, for one question, everybody's answers in an order that shows neither who they are nor when they handed in.

The order and the ids by which the page names people are drawn from unit, question and a secret of the class, without
which nobody computes a code's id; codes and names are not part of what the page receives. Points, comments and who
waits are those of nbgrader's gradebook.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.desk.marking import earlier_comments, marked_work
from buuchinh.desk.marking.marked_work import Work
from buuchinh.desk.naming import unit_names
from buuchinh.errors import KitError
from buuchinh.files import PRIVATE, read_json, write_bytes
from buuchinh.grading import acceptances, blank_answers, outcomes, reviewed, rubric_ticks
from buuchinh.grading.rubric_ticks import RubricTicks
from buuchinh.locks import locked
from buuchinh.messages import say
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.text.model import TextKey
from buuchinh.release import source, versions
from buuchinh.release.versions import Released
from buuchinh.text import fold

_UNITS = "SELECT name FROM assignment"
_SECRET, _BYTES = "cham-tay.khoa", 32
"""File in ``.jupyter/`` with the class's secret, and its size; browsers keep unsaved marks by ids made with it."""
_SHORT = 8
"""Texts of fewer words than this are equal by chance, and no note says so."""


@dataclass(frozen=True)
class Scored:
    """A question's row in the gradebook; ``manual`` is None if no person gave points."""

    auto: float | None
    manual: float | None
    extra: float
    flagged: bool

    @property
    def points(self) -> float | None:
        """The points that count, without extra credit, or None if there are none yet."""
        return self.auto if self.manual is None else self.manual

    @property
    def waits(self) -> bool:
        """Whether a person has to look: there are no points, or they were given for an answer that has changed."""
        return self.points is None or (self.flagged and self.auto is None)

    @property
    def by_a_person(self) -> bool:
        """Whether the points come from a person or have to."""
        return self.auto is None or self.manual is not None


@dataclass(frozen=True)
class Answer:
    """One trainee's answer to a question, with its points.

    ``hidden`` is the id by which the page names the trainee. ``comment`` is None if the gradebook has no place for one.
    ``same`` is the number of other people who wrote the same words.
    """

    hidden: str
    code: str
    released: Released
    question: AuthoredQuestion
    scored: Scored
    work: Work
    ticks: RubricTicks | None
    comment: str | None
    handed_in: datetime | None
    fingerprint: str
    same: int = 0

    @property
    def key(self) -> TextKey | None:
        """The rubric and the model answer, or None if the question has a key of another kind."""
        return rubric_ticks.key_of(self.question, self.released)


def waiting(unit: str) -> dict[str, tuple[int, int]]:
    """Map each question that a person marks to (how many answers wait, how many there are), in the unit's order.

    Questions that the machine scores, but could not for somebody, come after those that a person marks by design.
    """
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    submitted = set(reader.submitted_codes(unit))
    for code, name, scored in _scores(unit):
        if code in submitted and scored.by_a_person:
            totals[name] += 1
            counts[name] += scored.waits
    asked = versions.released(unit).obscured if totals else {}
    known = sorted((name for name in asked if name in totals), key=lambda name: not source.by_hand(asked[name]))
    return {name: (counts[name], totals[name]) for name in [*known, *sorted(totals.keys() - set(known))]}


def zeros(unit: str) -> dict[str, tuple[int, int]]:
    """Map each question that a person marks to (how many left it blank, how many wrote and were given 0)."""
    submitted = set(reader.submitted_codes(unit))
    rows = {(code, name): scored for code, name, scored in _scores(unit) if code in submitted}
    marked = {name for (_, name), scored in rows.items() if scored.by_a_person}
    found = dict.fromkeys(sorted(marked), (0, 0))
    answers = blank_answers.of_unit(unit) if marked else {}
    for code in submitted & answers.keys():
        for name, blank in answers[code].items():
            if name in marked and (scored := rows.get((code, name))):
                blanks, given = found[name]
                found[name] = blanks + blank, given + (not blank and scored.manual == 0)
    return found


def other_unit(unit: str) -> str | None:
    """Return the first unit except ``unit`` with answers that wait, or None."""
    others = (other for other in _units() if other != unit)
    return next((other for other in others if any(waits for waits, _ in waiting(other).values())), None)


def by_unit() -> dict[str, dict[str, tuple[int, int]]]:
    """Map each unit that a person marks, in the course's order, to what ``waiting`` gives."""
    return {unit: found for unit in _units() if (found := waiting(unit))}


def _units() -> list[str]:
    known = {unit for (unit,) in gradebook.rows(_UNITS)}
    return [unit for unit in unit_names.in_order() if unit in known]


def people_who_wait_again(unit: str) -> frozenset[str]:
    """Return the codes of all trainees whose answer has changed since a person gave points for it."""
    submitted = set(reader.submitted_codes(unit))
    return frozenset(
        code for code, _, scored in _scores(unit) if code in submitted and scored.waits and scored.points is not None
    )


def read(unit: str, question: str, only: str | None = None) -> list[Answer]:
    """Return everybody's answers to ``question`` in their drawn order, or only the answer of the code ``only``.

    Raise ``KitError`` if there is none.
    """
    rows = {code: scored for code, name, scored in _scores(unit) if name == question}
    comments = earlier_comments.by_code(unit, question)
    submitted = set(reader.submitted_codes(unit)) if only is None else {only}
    found = []
    for code in sorted(rows.keys() & submitted, key=lambda code: hidden(unit, question, code)):
        outcome = outcomes.read(unit, code)
        if outcome is None:
            continue
        released = versions.released_for(unit, outcome["version"], code)
        asked = released.obscured.get(question)
        if asked is None or not (source.by_hand(asked) or rows[code].by_a_person):
            continue
        found.append(
            Answer(
                hidden=hidden(unit, question, code),
                code=code,
                released=released,
                question=asked,
                scored=rows[code],
                work=marked_work.of(unit, code, question, released, outcome),
                ticks=rubric_ticks.read(unit, code).get(question),
                comment=comments.get(code),
                handed_in=_handed_in(unit, code),
                fingerprint=fingerprint(unit, code, question, outcome),
            )
        )
    if not found:
        raise KitError(say("desk.marking.nobody"), say("desk.marking.nobody_way_out"))
    return _with_equals(found)


def code_behind(unit: str, question: str, hidden_id: str) -> str:
    """Return the code of the trainee whom the page names ``hidden_id``; raise ``KitError`` if there is none."""
    for code in reader.submitted_codes(unit):
        if hidden(unit, question, code) == hidden_id:
            return code
    raise KitError(say("desk.marking.gone"), say("desk.marking.gone_way_out"))


def hidden(unit: str, question: str, code: str) -> str:
    """Return the id by which the page names a trainee; the ids of a class are also its order."""
    return hmac.digest(_secret(course.root()), f"{unit} {question} {code}".encode(), "sha256").hex()[:16]


@lru_cache(maxsize=4)
def _secret(root: Path) -> bytes:
    """Return the secret of the class in ``root``, drawn when it is first needed."""
    path = root / course.JUPYTER / _SECRET
    with locked(path.with_name(f".{_SECRET}")):
        if not path.is_file() or path.stat().st_size != _BYTES:
            write_bytes(path, secrets.token_bytes(_BYTES), mode=PRIVATE)
        return path.read_bytes()


def fingerprint(unit: str, code: str, question: str, outcome: Mapping[str, Any]) -> str:
    """Return a hash of an answer as it was graded last; a new hand-in with the same answer has the same hash."""
    seen = reviewed.read(unit, code).get(question)
    if seen:
        return seen
    answer = next((one["answer"] for one in outcome["questions"] if one["id"] == question), None)
    return acceptances.digest(answer)[:20]


def _scores(unit: str) -> Iterator[tuple[str, str, Scored]]:
    """Yield (code, question, score) for each graded cell of a unit."""
    columns = "s.student_id, b.name, x.auto_score, x.manual_score, x.extra_credit, x.needs_manual_grade"
    for code, name, *row in gradebook_cells.graded_rows(unit, "grade", columns):
        yield code, name, _scored(*row)


def _scored(auto: float | None, manual: float | None, extra: float | None, flagged: Any) -> Scored:
    return Scored(auto, manual, float(extra or 0.0), bool(flagged))


def _handed_in(unit: str, code: str) -> datetime | None:
    path = reader.submitted_folder(unit, code) / course.COLLECTED
    try:
        return datetime.fromisoformat(read_json(path)["at"]) if path.exists() else None
    except (KitError, KeyError, TypeError, ValueError):
        return None


def _with_equals(found: list[Answer]) -> list[Answer]:
    """Return the answers, each with the number of others that have the same words."""
    texts = [fold(one.work.text) if one.work.words >= _SHORT else "" for one in found]
    counts = Counter(texts)
    return [replace(one, same=counts[text] - 1 if text else 0) for one, text in zip(found, texts, strict=True)]

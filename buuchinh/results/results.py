"""Determine trainees' results from automatic grading and from the gradebook, which also holds manual points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from buuchinh import course
from buuchinh.attempts import reader, trainee_deadline
from buuchinh.classroom import assigned_roles, gradebook, gradebook_cells
from buuchinh.errors import KitError
from buuchinh.exam import exam_groups
from buuchinh.files import read_json
from buuchinh.grading import outcomes
from buuchinh.messages import say
from buuchinh.parsed import once_a_run
from buuchinh.points import reaches
from buuchinh.release import versions

Verdict = Literal["pass", "fail", "pending"]


@dataclass(frozen=True)
class QuestionResult:
    """One trainee's result in one question.

    ``earned`` is None while the question awaits manual grading. ``most`` is the maximum number of points. ``decision``
    is the id of a decision (such as what to do in case of fire) that a critical exam question tests together with other
    questions, or "" if the question must be right by itself.
    """

    id: str
    earned: float | None
    most: float
    manual: bool
    critical: bool
    objective: str | None
    answer: Any
    score: Mapping[str, Any]
    comment: str
    decision: str = ""

    @property
    def right(self) -> bool:
        """Whether all points were earned."""
        return self.earned is not None and reaches(self.earned, self.most)


@dataclass(frozen=True)
class Standing:
    """One trainee's result in one exercise or exam: all questions of the submitted version, and the verdict.

    ``pass_mark`` is the share of the points (0 to 1) required to pass. The mark was recorded when that version was
    released, so changing it later changes no verdict.
    """

    code: str
    unit: str
    version: str
    items: tuple[QuestionResult, ...]
    notes: tuple[str, ...]
    graded_at: datetime
    handed_in: datetime | None
    late: bool
    pass_mark: float

    @property
    def earned(self) -> float:
        """Points earned so far; ungraded questions count as zero."""
        return sum(item.earned or 0.0 for item in self.items)

    @property
    def most(self) -> float:
        """Maximum points of all questions together."""
        return sum(item.most for item in self.items)

    @property
    def pending(self) -> float:
        """Maximum points of the questions that still await manual grading."""
        return sum(item.most for item in self.items if item.earned is None)

    @property
    def share(self) -> float:
        """Points earned so far as a share (0 to 1) of the maximum."""
        return self.earned / self.most if self.most else 0.0

    @property
    def percent(self) -> float:
        """``share`` in per cent with one decimal, which is never rounded up to a pass mark that was not reached."""
        rounded = round(100 * self.share, 1)
        missed = not reaches(self.earned, self.pass_mark * self.most)
        return math.floor(1000 * self.share) / 10 if missed and reaches(rounded, 100 * self.pass_mark) else rounded

    @property
    def decisions(self) -> dict[str, tuple[QuestionResult, ...]]:
        """Critical questions by decision; only decisions with several questions, one of which must be right."""
        found: dict[str, list[QuestionResult]] = {}
        for item in self.items:
            if item.critical and item.decision:
                found.setdefault(item.decision, []).append(item)
        return {name: tuple(items) for name, items in found.items() if len(items) > 1}

    @property
    def missed_decisions(self) -> dict[str, tuple[QuestionResult, ...]]:
        """Decisions (with their questions) in which all questions are graded and none is right."""
        return {name: items for name, items in self.decisions.items() if all(map(_missed, items))}

    @property
    def missed_criticals(self) -> tuple[QuestionResult, ...]:
        """Graded questions that are not right although each of them must be, whatever the total."""
        paired = self.decisions
        return tuple(item for item in self.items if item.critical and item.decision not in paired and _missed(item))

    @property
    def missed(self) -> tuple[QuestionResult, ...]:
        """Critical questions that make this result a fail whatever the total, in the order of the questions."""
        lost = {item.id for items in (self.missed_criticals, *self.missed_decisions.values()) for item in items}
        return tuple(item for item in self.items if item.id in lost)

    @property
    def too_few(self) -> bool:
        """Whether the pass mark is out of reach even if all pending questions earn full points."""
        return not reaches(self.earned + self.pending, self.pass_mark * self.most)

    @property
    def other_role(self) -> bool:
        """Whether this exam is meant for a role other than the trainee's."""
        return not exam_groups.is_for(self.unit, assigned_roles.of(self.code))

    @property
    def verdict(self) -> Verdict:
        """The verdict: ``pass`` or ``fail`` once no ungraded question can change it, ``pending`` until then."""
        if self.missed or self.too_few:
            return "fail"
        settled = {name for name, items in self.decisions.items() if any(item.right for item in items)}
        open_critical = any(
            item.critical and item.earned is None and item.decision not in settled for item in self.items
        )
        if reaches(self.earned, self.pass_mark * self.most) and not open_critical:
            return "pass"
        return "pending"


def _missed(item: QuestionResult) -> bool:
    return item.earned is not None and not item.right


def standings(unit: str, only: str | None = None) -> list[Standing]:
    """Return the standings of all graded trainees in ``unit``, or only that of the code ``only``, sorted by code.

    Raise ``KitError`` if no submission was graded.
    """
    found = graded(unit, only)
    if not found:
        course.refuse_unknown(unit)
        subject = f"{unit} ({only})" if only else unit
        raise KitError(say("results.none", unit=subject), say("results.none_way_out", unit=unit))
    return found


@once_a_run
def graded(unit: str, only: str | None = None) -> list[Standing]:
    """Return the same standings as ``standings``, or an empty list if no submission was graded.

    A graded submission that missed a deadline set afterwards is left out once it has been collected again.
    """
    entries = outcomes.entries(unit)
    if not entries:
        return []
    out = reader.only_late(unit)
    marks = _marks(unit)
    return [
        _standing(unit, code, entry, marks[code])
        for code, entry in entries.items()
        if code in marks and code not in out and only in {None, code}
    ]


def _marks(unit: str) -> dict[str, dict[str, tuple[float | None, str]]]:
    """Map each code and cell name to (points, comment); the points are None while they await manual grading."""
    comments = {
        (code, cell): manual if manual is not None else auto or ""
        for code, cell, auto, manual in gradebook_cells.graded_rows(
            unit, "comment", "s.student_id, b.name, x.auto_comment, x.manual_comment"
        )
    }
    found: dict[str, dict[str, tuple[float | None, str]]] = {}
    columns = "s.student_id, b.name, x.auto_score, x.manual_score, x.extra_credit"
    for code, cell, auto, manual, extra in gradebook_cells.graded_rows(unit, "grade", columns):
        given = manual if manual is not None else auto
        earned = None if given is None else float(given) + float(extra or 0.0)
        comment = str(comments.get((code, cell), ""))
        words = "" if comment == gradebook.NO_RESPONSE else comment
        found.setdefault(code, {})[cell] = (earned, words)
    return found


def _standing(
    unit: str, code: str, entry: Mapping[str, Any], marks: Mapping[str, tuple[float | None, str]]
) -> Standing:
    items = []
    for one in entry["questions"]:
        earned, comment = marks.get(one["id"], (one["score"]["fraction"] * one["points"], ""))
        items.append(
            QuestionResult(
                id=one["id"],
                earned=earned,
                most=one["points"],
                manual=one["manual"],
                critical=one["critical"],
                decision=one.get("decision") or "",
                objective=one["objective"],
                answer=one["answer"],
                score=one["score"],
                comment=comment,
            )
        )
    handed_in, judged_at, notes = _collected(unit, code)
    return Standing(
        code=code,
        unit=unit,
        version=entry["version"],
        items=tuple(items),
        notes=(*notes, *entry["notes"]),
        graded_at=datetime.fromisoformat(entry["graded_at"]),
        handed_in=handed_in,
        late=trainee_deadline.is_late(unit, code, judged_at),
        pass_mark=versions.pass_mark(unit, entry["version"]),
    )


def _collected(unit: str, code: str) -> tuple[datetime | None, datetime | None, list[str]]:
    """Return when the attempt that counts was handed in, the time to compare with the deadline, and its notes.

    If its record is missing or damaged, both times are None and there are no notes.
    """
    try:
        found = read_json(reader.submitted_folder(unit, code) / course.COLLECTED)
        notes = found.get("notes", [])
        if isinstance(notes, list):
            times = (datetime.fromisoformat(found["at"]), reader.judged_at(found)) if "at" in found else (None, None)
            return *times, list(map(str, notes))
    except (KitError, KeyError, TypeError, ValueError, AttributeError):
        pass
    return None, None, []

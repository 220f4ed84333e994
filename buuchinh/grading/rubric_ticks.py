"""Store which lines of a rubric a person marked as met, beside the points, which only the gradebook determines.

``so-cham/<code>/cham-tay_<unit>.json`` contains, for each question, the lines by their ids, the points that were stored
with them, and the fingerprint of the answer that was marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.points import same_points
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.text.model import RubricLine, TextKey
from buuchinh.release.versions import Released

Tick = Literal["full", "half"]


@dataclass(frozen=True)
class RubricTicks:
    """The lines that one answer meets in full or by half, and the points that were stored with them.

    ``typed`` is True if the points were typed rather than added up from the lines. ``comment_at`` is the time at which
    the comment was written, or "" if there is none.
    """

    lines: Mapping[str, Tick] = field(default_factory=dict)
    points: float | None = None
    typed: bool = False
    fingerprint: str = ""
    version: str = ""
    at: str = ""
    comment_at: str = ""

    def set_elsewhere(self, points: float | None) -> bool:
        """Return whether the gradebook's ``points`` are not those that were stored with these lines."""
        if points is None or self.points is None:
            return points is not self.points
        return not same_points(points, self.points)


def place(unit: str, code: str) -> Path:
    """Return the path of the file that records the marked lines of one trainee's answers in ``unit``."""
    return course.root() / course.OUTCOMES / code / f"cham-tay_{unit}.json"


def read(unit: str, code: str) -> dict[str, RubricTicks]:
    """Map question ids to their marked lines; what is damaged is left out, since the gradebook has the points."""
    found = {}
    with suppress(KitError):
        for name, one in _questions(unit, code).items():
            with suppress(TypeError, ValueError, AttributeError):
                found[name] = _checked(one)
    return found


def write(unit: str, code: str, question: str, ticks: RubricTicks) -> None:
    """Store the marked lines of one answer, in place of those stored before."""
    questions: dict[str, Any] = {}
    with suppress(KitError):  # a damaged file is replaced: it adds nothing to the points
        questions = _questions(unit, code)
    write_json(place(unit, code), {"format": 1, "questions": questions | {question: asdict(ticks)}})


def total(lines: Sequence[RubricLine], ticks: Mapping[str, Tick]) -> float:
    """Return the points of the lines that are marked, rounded as the gradebook's are."""
    shares = {"full": 1.0, "half": 0.5}
    return round(sum(line.points * shares[ticks[line.id]] for line in lines if line.id in ticks), 6)


def key_of(question: AuthoredQuestion, released: Released) -> TextKey | None:
    """Return the key with the rubric of a question that a person marks, or None if the question has another key."""
    day = released.questions.as_of or course.settings().reviewed_on
    key = question.key_on(day) if hasattr(question, "key_on") else None
    return key if isinstance(key, TextKey) else None


def _questions(unit: str, code: str) -> dict[str, Any]:
    questions = read_record(place(unit, code)).get("questions", {})
    return questions if isinstance(questions, dict) else {}


def _checked(one: Mapping[str, Any]) -> RubricTicks:
    """Return the record as it was written; raise ``TypeError`` or ``ValueError`` if it is damaged."""
    ticks = RubricTicks(**one)
    for text in filter(None, (ticks.at, ticks.comment_at)):
        datetime.fromisoformat(text)
    if not set(ticks.lines.values()) <= {"full", "half"}:
        raise ValueError(ticks.lines)
    if ticks.points is not None and (isinstance(ticks.points, bool) or not isinstance(ticks.points, (int, float))):
        raise TypeError(ticks.points)
    return ticks

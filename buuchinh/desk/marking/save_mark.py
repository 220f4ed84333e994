"""Store what a person gave for one answer, in nbgrader's rows, as formgrader's own handlers would.

Each save is one transaction, which waits five seconds for another writer. It states what the page saw last: if the
gradebook has other points or another comment by now (from formgrader, a second window or a command), if a second window
chose other lines of the rubric, or if the answer has changed, nothing is stored, and ``Conflict`` carries both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import database, given_points, gradebook, gradebook_cells, turn
from buuchinh.classroom.database import Execute
from buuchinh.desk.marking import earlier_comments, queue
from buuchinh.errors import KitError
from buuchinh.grading import outcomes, rubric_ticks
from buuchinh.grading.rubric_ticks import RubricTicks, Tick
from buuchinh.locks import locked
from buuchinh.messages import say
from buuchinh.points import reaches, same_points
from buuchinh.questions.types.text.model import TextKey
from buuchinh.release import source, versions
from buuchinh.text import format_number, nfc

KNOWN_SCHEMAS = frozenset({"e43177bfe90b"})
"""The versions of nbgrader's tables (alembic's) with which the tests write; any other gradebook is only read."""
WAIT = 5.0
"""Seconds that a save waits for another writer."""
LONGEST_COMMENT = 4000
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,3})?")
_SPACES = " \t\r\n\u00a0"
"""Signs that may stand around a typed number, here and in ``marking_state.js``."""
_VERSION = "SELECT version_num FROM alembic_version"
_OF_ONE = "AND s.student_id = :code AND b.name = :question"
_GRADE = gradebook_cells.query("grade", "x.id, x.auto_score, x.manual_score, x.extra_credit", _OF_ONE)
_COMMENT = gradebook_cells.query("comment", "x.id, x.manual_comment", _OF_ONE)
_HOLD = "UPDATE grade SET needs_manual_grade = needs_manual_grade WHERE id = :id"
"""Statement that changes nothing but makes a database on a server lock the row until the transaction ends."""
_SET_GRADE = "UPDATE grade SET manual_score = :points, needs_manual_grade = :waits WHERE id = :id"
_SET_COMMENT = "UPDATE comment SET manual_comment = :comment WHERE id = :id"


@dataclass(frozen=True)
class Mark:
    """A person's mark: points as typed, or None to add up the lines. Neither text nor lines gives no points.

    ``half`` is True while the person who marks has not gone on: the points are stored, and the answer still waits.
    """

    typed: str | None = None
    lines: Mapping[str, Tick] = field(default_factory=dict)
    comment: str = ""
    half: bool = False


@dataclass(frozen=True)
class Seen:
    """An answer as the page saw it last: the points that a person gave, the comment, and the answer's fingerprint.

    ``lines`` are the rubric's lines that were chosen, or None if the page knew of none that the points come from.
    """

    points: float | None
    comment: str
    fingerprint: str
    lines: Mapping[str, Tick] | None = None


@dataclass(frozen=True)
class Saved:
    """The gradebook's content after a save, and when it was stored."""

    points: float | None
    comment: str
    at: datetime


class Conflict(KitError):
    """The points, the lines or the comment were changed elsewhere, or the answer has changed; nothing was stored.

    ``points`` and ``comment`` are those that the gradebook has, ``ticks`` the lines that the points come from, or None
    if they come from no lines; ``answer_changed`` is True if the answer is another.
    """

    def __init__(
        self,
        message: str,
        points: float | None,
        comment: str,
        ticks: RubricTicks | None = None,
        *,
        answer_changed: bool = False,
    ) -> None:
        super().__init__(message)
        self.points, self.comment, self.ticks, self.answer_changed = points, comment, ticks, answer_changed


class Unwritable(KitError):
    """The gradebook cannot be written now: another program writes, or it is of a version that is only read."""


def save(unit: str, question: str, code: str, mark: Mark, seen: Seen) -> Saved:
    """Store a mark and return what the gradebook has now.

    Raise ``KitError`` if the points are no number or above the maximum, if a line is unknown, or if the comment names a
    trainee's code; ``Conflict`` if anything changed since the page saw it; ``Unwritable`` if the gradebook refuses.
    """
    outcome = outcomes.read(unit, code)
    released = versions.released_for(unit, outcome["version"], code) if outcome else None
    asked = released.obscured.get(question) if released else None
    if outcome is None or released is None or asked is None:
        raise KitError(say("desk.marking.gone"), say("desk.marking.gone_way_out"))
    points = points_of(mark, source.points(asked), rubric_ticks.key_of(asked, released))
    comment = nfc(mark.comment.strip())
    if len(comment) > LONGEST_COMMENT:
        raise KitError(say("desk.marking.comment_long", most=LONGEST_COMMENT))
    earlier_comments.refuse_code(comment)
    if turn.half_restored().exists():
        raise Unwritable(say("desk.marking.restoring"), say("desk.marking.busy_way_out"))
    try:
        with locked(turn.marks_lock(), most=WAIT):
            now = queue.fingerprint(unit, code, question, outcome)
            before = rubric_ticks.read(unit, code).get(question, RubricTicks())
            wanted = Seen(points, comment, now, mark.lines)
            refuse = partial(_refuse_changed, seen=seen, wanted=wanted, ticks=before)
            extra = _store(unit, question, code, wanted, refuse, half=mark.half)
            at = datetime.now().astimezone()
            hour = at.isoformat(timespec="seconds")
            ticks = RubricTicks(
                lines=dict(mark.lines),
                points=points,
                typed=mark.typed is not None,
                fingerprint=now,
                version=released.version,
                at=hour,
                comment_at=_written_at(comment, seen.comment, before.comment_at, hour),
            )
            with suppress(OSError):  # the gradebook has the points; what stands beside them may be lost
                given_points.note(unit, code, question, None if points is None else points + extra)
                rubric_ticks.write(unit, code, question, ticks)
    except (TimeoutError, gradebook.Busy) as error:
        raise Unwritable(_who_writes(), say("desk.marking.busy_way_out")) from error
    except gradebook.Gone as error:
        raise Unwritable(str(error)) from error
    return Saved(points, comment, at)


def points_of(mark: Mark, most: float, key: TextKey | None) -> float | None:
    """Return the points of a mark, typed or added up from its lines; None takes the points back.

    Raise ``KitError`` if they are no number or above the maximum ``most``, or if a line or its half does not exist.
    """
    lines = {line.id: line for line in (key.lines if key else ())}
    for name, tick in mark.lines.items():
        if name not in lines or (tick == "half" and not lines[name].half):
            raise KitError(say("desk.marking.no_such_line"), say("desk.marking.gone_way_out"))
    if mark.typed is None and mark.lines:
        return rubric_ticks.total(tuple(lines.values()), mark.lines)
    text = (mark.typed or "").strip(_SPACES)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise KitError(say("desk.marking.not_a_number", typed=text))
    points = float(text.replace(",", "."))
    if not reaches(most, points):
        raise KitError(say("desk.marking.too_much", most=format_number(most)))
    return points


def writable() -> str:
    """Return "" if marks can be stored in the gradebook, or the reason in Vietnamese why it is only read."""
    try:
        version = [str(one) for (one,) in gradebook.rows(_VERSION)]
    except KitError:
        version = []
    return "" if version and set(version) <= KNOWN_SCHEMAS else say("desk.marking.only_read")


def _store(
    unit: str, question: str, code: str, wanted: Seen, refuse: Callable[[float | None, str], None], *, half: bool
) -> float:
    """Write points and comment in one transaction and return the extra credit beside them.

    ``refuse`` raises ``Conflict`` if the points and the comment that the gradebook has may not be written over.
    """
    names = {"unit": unit, "code": code, "question": question}
    connection = database.connect(wait=WAIT, lasting=True)
    try:
        with connection.transaction() as execute:
            if {str(one) for (one,) in execute(_VERSION, {})} - KNOWN_SCHEMAS:
                raise Unwritable(say("desk.marking.only_read"))
            grade, auto, manual, extra = _only(execute, _GRADE, names)
            commented = execute(_COMMENT, names)
            before = str(commented[0][1] or "") if commented else ""
            refuse(manual, before)
            waits = auto is None and (wanted.points is None or half)
            execute(_SET_GRADE, {"id": grade, "points": wanted.points, "waits": waits})
            if commented and wanted.comment != before:
                execute(_SET_COMMENT, {"id": commented[0][0], "comment": wanted.comment or None})
    finally:
        connection.close()
    return float(extra or 0.0)


def _only(execute: Execute, query: str, names: dict[str, str]) -> tuple[str, float | None, float | None, float | None]:
    """Return the question's row, locked; raise ``KitError`` if the trainee has none."""
    rows = execute(query, names)
    if not rows:
        raise KitError(say("desk.marking.gone"), say("desk.marking.gone_way_out"))
    execute(_HOLD, {"id": rows[0][0]})
    found: tuple[str, float | None, float | None, float | None] = tuple(execute(query, names)[0])
    return found


def _refuse_changed(points: float | None, comment: str, *, seen: Seen, wanted: Seen, ticks: RubricTicks) -> None:
    """Raise ``Conflict`` unless the gradebook has what the page saw, or already has what the page wants."""
    current = None if ticks.set_elsewhere(points) else ticks
    if wanted.fingerprint != seen.fingerprint:
        raise Conflict(say("desk.marking.answer_changed"), points, comment, current, answer_changed=True)

    def same(other: Seen) -> bool:
        lines = current is None or other.lines is None or current.lines == other.lines
        return _same(points, other.points) and comment == other.comment and lines

    if not same(seen) and not same(wanted):
        raise Conflict(say("desk.marking.changed_elsewhere"), points, comment, current)


def _written_at(comment: str, seen: str, before: str, hour: str) -> str:
    """Return when a comment was written: at ``before`` if it is still the comment that the page saw, or else now."""
    if not comment:
        return ""
    return before if before and comment == seen else hour


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_points(one, other)


def _who_writes() -> str:
    """Return a sentence that says who has been writing: a command of the class, or another window."""
    running: Path = course.root() / course.OUTCOMES / turn.RUNNING
    return say("desk.marking.busy_command" if running.exists() else "desk.marking.busy_window")

"""What becomes of one hand-in, and why. ``collect`` does what is decided here, ``repair`` shows it. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Literal

from buuchinh import codes
from buuchinh.errors import Problem
from buuchinh.intake import filetypes, store, submission
from buuchinh.intake.merge import Rebuilt, rebuild
from buuchinh.intake.notes import note
from buuchinh.intake.submission import HandIn
from buuchinh.intake.walk import Unreadable
from buuchinh.messages import say
from buuchinh.release import versions

_CLOCK_SLACK = timedelta(minutes=10)
_FIRST_YEAR = 2020


@dataclass(frozen=True)
class Line:
    """What became of one hand-in.

    ``reason`` and ``way_out`` say why it was refused and what a person can do, ``notes`` what
    was found damaged or missing, ``mended`` what was put right, ``counts`` whether it is graded.
    """

    where: str
    outcome: Literal["taken", "known", "refused"]
    unit: str = ""
    code: str = ""
    at: datetime | None = None
    counts: bool = False
    late: bool = False
    reason: str = ""
    way_out: str = ""
    notes: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    sha256: str = ""


def judge(arrived: HandIn | Unreadable, enrolled: frozenset[str], now: datetime) -> Line:
    """Say whether a hand-in is taken, as whose and as of when, or why it is not; raises for nothing that is in it."""
    if isinstance(arrived, Unreadable):
        return _unreadable(arrived)
    notes = list(arrived.notes)
    own = [code for code in (arrived.code, *arrived.other_codes) if code in enrolled]
    line = Line(arrived.origin, "refused", arrived.unit or "", arrived.code or "", notes=tuple(notes))
    fault = _fault(arrived, own)
    if fault:
        return replace(line, reason=fault.message, way_out=fault.way_out)
    assert arrived.unit
    code = str(own[0])
    made = rebuild(versions.released_for(arrived.unit, arrived.version, code), arrived)
    if _nothing(arrived, made):
        reason = say("intake.collect.nothing_in_it", unit=arrived.unit)
        return replace(line, reason=reason, way_out=say("intake.collect.send_again"), mended=made.notes)
    if arrived.code != code:
        notes.append(note("intake.collect.other_code", typed=arrived.code, code=code))
    if arrived.version not in versions.versions(arrived.unit):
        known = arrived.version or say("intake.collect.unknown")
        notes.append(note("intake.collect.no_such_version", handed=known, version=versions.latest(arrived.unit)))
    at = _time(arrived, now, notes)
    return Line(
        arrived.origin,
        "taken",
        arrived.unit,
        code,
        at,
        notes=tuple(notes),
        mended=made.notes,
        sha256=store.digest(arrived.files),
    )


def _unreadable(arrived: Unreadable) -> Line:
    path = PurePosixPath(arrived.where).parts
    code = next((codes.normalise(one) for one in filetypes.codes_in(path)), "")
    unit = next(iter(filetypes.units_in(path)), "")
    fault = arrived.problem
    return Line(arrived.where, "refused", unit, code, reason=fault.message, way_out=fault.way_out)


def _fault(handed: HandIn, own: Sequence[str | None]) -> Problem | None:
    """Return why a hand-in cannot be taken, with the way out."""
    if not handed.answers and handed.notebook is None:
        return _problem("empty", "send_again")
    if handed.unit is None:
        return _problem("no_unit", "rename")
    if not versions.versions(handed.unit):
        return _problem("not_released", "release", unit=handed.unit)
    if handed.code is None:
        return _problem("no_code_at_all", "rename")
    if not own:
        if codes.valid(handed.code):
            return _problem("not_enrolled", "enrol", code=handed.code)
        return _problem("bad_code", "ask_for_code", code=handed.code)
    if len(set(own)) > 1:
        return _problem("two_codes", "ask_whose", codes=", ".join(sorted(filter(None, set(own)))))
    return None


def _problem(key: str, way_out: str, **values: object) -> Problem:
    return Problem("", 0, say(f"intake.collect.{key}", **values), say(f"intake.collect.{way_out}", **values))


def _nothing(handed: HandIn, made: Rebuilt) -> bool:
    """Whether nothing of this exercise is in it, though the trainee did not hand in an empty one by the button."""
    on_purpose = handed.receipt is not None and not handed.receipt.answered
    return not made.answers and not made.written and not on_purpose


def _time(handed: HandIn, now: datetime, notes: list[str]) -> datetime:
    """Return when it was handed in; a clock that is plainly wrong is not believed, and said in ``notes``."""
    at = handed.at or now
    if at > now + _CLOCK_SLACK or at.year < _FIRST_YEAR:
        notes.append(note("intake.collect.wrong_clock", at=f"{at:%H:%M} {at.day:02d}-{at.month:02d}-{at.year}"))
        return now
    last = submission.last_answer(handed.answers)
    if last and last > at + _CLOCK_SLACK:
        notes.append(note("intake.collect.answered_later"))
    return at

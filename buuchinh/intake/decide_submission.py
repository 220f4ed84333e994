"""Decide about one submission: determine its trainee, unit and time, or the reason for refusing it.

``collect`` carries out the decision and ``inspect`` displays it. This module writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from buuchinh import codes
from buuchinh.attempts import when
from buuchinh.attempts.store import Merged
from buuchinh.errors import Problem
from buuchinh.intake import checkpoints, submission
from buuchinh.intake.checkpoints import Cause
from buuchinh.intake.digest import digest
from buuchinh.intake.file_groups import Unreadable, never_ended
from buuchinh.intake.filenames import codes_in, units_in
from buuchinh.intake.merge import merge
from buuchinh.intake.notes import note
from buuchinh.intake.submission import Submission
from buuchinh.messages import say
from buuchinh.questions.question_remarks import QuestionRemark
from buuchinh.release import versions


@dataclass(frozen=True)
class Decision:
    """Decision about one submission.

    ``where`` is the submission's displayed path. ``reason`` is the cause of a refusal, ``hint`` a guess whose it is,
    for the instructor alone, and ``way_out`` the remedy. ``notes`` describes what is damaged or missing, and ``mended``
    describes what was repaired. ``counts`` states whether the submission counts towards the grade. ``at`` is the time
    that the submission states, ``collected_at`` is the time of its first import, and ``judged_at`` is the time compared
    with the deadline (see ``attempts.when``). ``after_deadline`` is True if the submission was imported after the
    deadline but states a time before it. ``check`` is the receipt's checksum, ``claimed`` contains the codes of
    enrolled trainees who may own the submission, and ``remarks`` contains the trainee's remarks on questions.
    ``two_works`` is True if a different work counts for the same code (see ``separate_works``). ``merged`` is the
    accepted submission merged onto its released notebook; it is large, so callers that store many decisions drop it.
    """

    where: str
    outcome: Literal["taken", "known", "refused"]
    unit: str = ""
    code: str = ""
    at: datetime | None = None
    counts: bool = False
    late: bool = False
    reason: str = ""
    hint: str = ""
    way_out: str = ""
    notes: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    sha256: str = ""
    collected_at: datetime | None = None
    judged_at: datetime | None = None
    after_deadline: bool = False
    check: str = ""
    claimed: tuple[str, ...] = ()
    remarks: tuple[QuestionRemark, ...] = ()
    two_works: bool = False
    merged: Merged | None = field(default=None, repr=False, compare=False)


def decide(
    arrival: Submission | Unreadable, enrolled: frozenset[str], now: datetime, owner: str | None = None
) -> Decision:
    """Decide whether a submission is accepted, and for which trainee and time; no submitted content raises an error.

    ``enrolled`` contains the codes of the class, and ``now`` is the time of import. ``owner`` is the code of the
    trainee to whom the instructor assigns the submission, regardless of the codes that the submission names.
    """
    if isinstance(arrival, Unreadable):
        return unreadable(arrival)
    named = _named(arrival)
    own = [owner] if owner else [code for code in named if code in enrolled]
    claimed = tuple(dict.fromkeys(own))
    refused = Decision(
        arrival.origin,
        "refused",
        arrival.unit or "",
        arrival.code or "",
        notes=arrival.notes,
        claimed=claimed,
    )
    problem = _refusal(arrival) or (None if owner else _unowned(arrival, own, enrolled))
    if problem:
        sha256 = digest(arrival.files) if arrival.unit else ""
        return replace(refused, reason=problem.message, way_out=problem.way_out, sha256=sha256)
    assert arrival.unit
    code = own[0]
    with checkpoints.interrupted("decide", arrival.origin):
        released = versions.released_for(arrival.unit, arrival.version, code)
    merged = merge(released, arrival)
    if _is_empty(arrival, merged):
        reason = say("intake.collect.nothing_in_it", unit=arrival.unit)
        return replace(refused, reason=reason, way_out=say("intake.collect.send_again"), mended=merged.notes)
    notes = [*arrival.notes, *_owner_notes(arrival, code, owner), *_version_notes(arrival, arrival.unit)]
    at = _time(arrival, now, notes)
    return Decision(
        arrival.origin,
        "taken",
        arrival.unit,
        code,
        at,
        notes=tuple(notes),
        mended=merged.notes,
        sha256=digest(arrival.files),
        claimed=claimed,
        check=arrival.receipt.check if arrival.receipt else "",
        remarks=arrival.remarks,
        merged=merged,
    )


def _named(handed: Submission) -> list[str]:
    """Return the trainee codes that a submission names."""
    return list(filter(None, (handed.code, *handed.other_codes)))


def _owner_notes(handed: Submission, code: str, owner: str | None) -> list[str]:
    """Return a note if a submission accepted for ``code`` also names another code, or names only another code."""
    named = _named(handed)
    others = [other for other in named if other != code and codes.valid(other)]
    if owner and named != [owner]:
        names = ", ".join(named) or say("intake.collect.unknown")
        return [note("intake.collect.taken_as", code=code, named=names)]
    if handed.code != code:
        return [note("intake.collect.other_code", typed=handed.code, code=code)]
    return [note("intake.collect.also_named", code=code, others=", ".join(others))] if others else []


def _version_notes(handed: Submission, unit: str) -> list[str]:
    """Return a note if the submission states a version that was never released."""
    if handed.version in versions.versions(unit):
        return []
    stated = handed.version or say("intake.collect.unknown")
    return [note("intake.collect.no_such_version", handed=stated, version=versions.latest(unit))]


def not_read(arrival: Submission, cause: Cause) -> Decision:
    """Return the refusal of a submission that was read but could not be decided on because of ``cause``."""
    problem = never_ended(arrival.origin, cause)
    return Decision(
        arrival.origin,
        "refused",
        arrival.unit or "",
        arrival.code or "",
        reason=problem.message,
        way_out=problem.way_out,
        notes=arrival.notes,
    )


def unreadable(arrival: Unreadable) -> Decision:
    """Return the refusal of an unreadable submission; the trainee's code and the unit are taken from its path."""
    path = PurePosixPath(arrival.where).parts
    code = next(map(codes.normalise, codes_in(path)), "")
    unit = next(iter(units_in(path)), "")
    problem = arrival.problem
    return Decision(arrival.where, "refused", unit, code, reason=problem.message, way_out=problem.way_out)


def _refusal(handed: Submission) -> Problem | None:
    """Return why the submission's content cannot be accepted, with the remedy, or None if it can."""
    if not handed.answers and handed.notebook is None:
        return _problem("empty", "send_again")
    if handed.unit is None:
        return _problem("no_unit", "rename")
    if not versions.versions(handed.unit):
        return _problem("not_released", "release", unit=handed.unit)
    return None


def _unowned(handed: Submission, own: Sequence[str], enrolled: frozenset[str]) -> Problem | None:
    """Return why the submission's trainee cannot be determined, or None if the trainee is known.

    ``own`` contains the enrolled codes that the submission or its path names. These codes take precedence over a
    mistyped code and over a word in the path that is a valid code by chance. They do not take precedence over a valid
    code in the answers or the receipt: if such a code is not enrolled, it belongs to another class.
    """
    code = handed.code
    if len(set(own)) > 1:
        return _problem("two_codes", "ask_whose", codes=", ".join(sorted(set(own))))
    if code is None or code in own:
        return None if own else _problem("no_code_at_all", "rename")
    if codes.valid(code):
        if own and handed.code_in_files:
            return _problem("stranger", "ask_whose_folder", code=code, own=own[0])
        return None if own else _problem("not_enrolled", "enrol", code=code)
    if own:
        return None
    if near := codes.near_codes(code, enrolled):
        return _problem("bad_code_near", "ask_for_code", code=code, meant=say("intake.collect.or").join(near))
    return _problem("bad_code", "ask_for_code", code=code)


def _problem(key: str, way_out: str, **values: object) -> Problem:
    return Problem("", 0, say(f"intake.collect.{key}", **values), say(f"intake.collect.{way_out}", **values))


def _is_empty(handed: Submission, merged: Merged) -> bool:
    """Return whether a submission has no work on this exercise and was not deliberately submitted empty."""
    on_purpose = handed.receipt is not None and not handed.receipt.answered
    return not merged.answers and not merged.written and not on_purpose


def _time(handed: Submission, now: datetime, notes: list[str]) -> datetime:
    """Return the time that a submission states or, if that time is missing or impossible, ``now``.

    Any note on the time is added to ``notes``.
    """
    at = handed.at or now
    if when.plainly_wrong(at, now, handed.earliest):
        notes.append(note("intake.collect.wrong_clock", at=f"{at:%H:%M} {at.day:02d}-{at.month:02d}-{at.year}"))
        return now
    last = submission.last_answer(handed.answers)
    if last and last > at + when.SLACK:
        notes.append(note("intake.collect.answered_later"))
    return at

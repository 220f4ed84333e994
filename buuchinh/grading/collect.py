"""Takes in what lies in a folder or on a stick: what is good is kept and counted, what is not is kept and said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from buuchinh import codes, course
from buuchinh.errors import KitError, Problem
from buuchinh.grading import gradebook, handin, incoming, snapshot, tries
from buuchinh.grading.handin import HandIn
from buuchinh.grading.tries import Submission, submission, submissions
from buuchinh.messages import say

__all__ = ["Line", "Submission", "collect", "submission", "submissions"]

_CLOCK_SLACK = timedelta(minutes=10)
_FIRST_YEAR = 2020
_OWN = ("source", "exercises", "submitted", "autograded", "feedback")


@dataclass(frozen=True)
class Line:
    """What became of one hand-in; ``reason`` says why it was refused, ``counts`` whether it is graded."""

    where: str
    outcome: Literal["taken", "known", "refused"]
    unit: str = ""
    code: str = ""
    at: datetime | None = None
    counts: bool = False
    late: bool = False
    reason: str = ""
    notes: tuple[str, ...] = ()
    sha256: str = ""


def collect(folder: Path, unit: str | None = None) -> list[Line]:
    """Take in every hand-in below ``folder`` (of ``unit`` alone, if given) and make ``submitted/`` of what counts.

    Nothing in ``folder`` is changed; a second run takes nothing twice. Raises ``KitError``
    where the folder is not there or nobody is enrolled.
    """
    if not folder.exists():
        raise KitError([Problem(str(folder), 0, say("collect.no_folder"))])
    enrolled = frozenset(gradebook.students())
    if not enrolled:
        raise KitError(say("collect.nobody"))
    now = datetime.now().astimezone().replace(microsecond=0)
    lines = [
        _judge(handed, originals, enrolled, now) if isinstance(handed, HandIn) else _refuse(handed, originals, now)
        for handed, originals in _arrivals(folder)
        if not (unit and isinstance(handed, HandIn) and handed.unit not in {unit, None})
    ]
    touched = {(line.unit, line.code) for line in lines if line.outcome != "refused"}
    touched |= {(one, code) for one in ([unit] if unit else course.units()) for code in tries.trainees(one)}
    counted: dict[tuple[str, str], tuple[Submission | None, str]] = {}
    for one, code in sorted(touched):
        chosen = tries.counting(one, code)
        counted[one, code] = tries.put(one, code), chosen.sha256 if chosen else ""
    return [_with_outcome(line, counted) for line in lines]


def _arrivals(top: Path) -> Iterator[tuple[HandIn | Line, Mapping[str, bytes]]]:
    """Give each hand-in with the files to keep of it; what cannot be read comes as a refusal."""
    root = course.root()
    skip = frozenset((root / name).resolve() for name in (*_OWN, tries.KEPT))
    things = incoming.walk(top, skip) if top.is_dir() else iter([top])
    for thing in things:
        if isinstance(thing, incoming.Found):
            for one in handin.split(thing):
                yield one, one.files
            continue
        where = thing.relative_to(top.parent).as_posix()
        original: dict[str, bytes] = {}
        try:
            if incoming.regular(thing) and thing.stat().st_size <= incoming.TOTAL_CAP:
                original = {thing.name: thing.read_bytes()}
            arrived = handin.read_all(thing)
            # A zip of a whole class is kept in parts: nobody's folder may hold what is another's.
            whole = thing.suffix.lower() == ".zip" and len(arrived) == 1
            for one in arrived:
                origin = where + one.origin.removeprefix(thing.name)
                yield replace(one, origin=origin), original if whole else one.files
        except OSError as error:
            yield Line(where, "refused", reason=say("files.unreadable", reason=error.strerror or "")), original
        except KitError as error:
            reason = " ".join(problem.message for problem in error.problems)
            yield Line(where, "refused", reason=reason), original


def _judge(handed: HandIn, originals: Mapping[str, bytes], enrolled: frozenset[str], now: datetime) -> Line:
    """Take a hand-in or say why not."""
    notes = list(handed.notes)
    line = Line(handed.origin, "refused", handed.unit or "", handed.code or "")
    own = [code for code in (handed.code, *handed.other_codes) if code in enrolled]
    reason = _fault(handed, own)
    if reason:
        return _refuse(replace(line, reason=reason, notes=tuple(notes)), originals, now)
    assert handed.unit
    code = own[0] or ""
    if handed.code != code:
        notes.append(say("collect.other_code", typed=handed.code, code=code))
    if handed.version not in snapshot.versions(handed.unit):
        version = snapshot.latest(handed.unit)
        notes.append(say("collect.no_such_version", handed=handed.version or say("collect.unknown"), version=version))
    at = _time(handed, now, notes)
    sha256 = tries.digest(handed.files)
    about = {
        "format": 1,
        "unit": handed.unit,
        "version": handed.version,
        "code": code,
        "at": at.isoformat(),
        "sha256": sha256,
        "receipt": handed.receipt is not None,
        "origin": handed.origin,
        "collected_at": now.isoformat(),
        "notes": notes,
    }
    kept = tries.keep(course.root() / tries.KEPT / handed.unit / code, at, sha256, originals, about)
    if kept is None:
        at = next((one.at for one in tries.tries(handed.unit, code) if one.sha256 == sha256), at)
    return Line(handed.origin, "taken" if kept else "known", handed.unit, code, at, notes=tuple(notes), sha256=sha256)


def _time(handed: HandIn, now: datetime, notes: list[str]) -> datetime:
    """Return when it was handed in; a clock that is plainly wrong is not believed, and said in ``notes``."""
    at = handed.at or now
    if at > now + _CLOCK_SLACK or at.year < _FIRST_YEAR:
        notes.append(say("collect.wrong_clock", at=f"{at:%H:%M %d-%m-%Y}"))
        return now
    last = handin.last_answer(handed.answers)
    if last and last > at + _CLOCK_SLACK:
        notes.append(say("collect.answered_later"))
    return at


def _fault(handed: HandIn, own: Sequence[str | None]) -> str:
    """Say why a hand-in cannot be taken, "" where it can."""
    if handed.unit is None:
        return say("collect.no_unit")
    if not snapshot.versions(handed.unit):
        return say("collect.not_released", unit=handed.unit)
    if handed.code is None:
        return say("collect.no_code_at_all")
    if not own:
        return say("collect.not_enrolled" if codes.valid(handed.code) else "collect.bad_code", code=handed.code)
    if len(set(own)) > 1:
        return say("collect.two_codes", codes=", ".join(sorted(filter(None, set(own)))))
    if not handed.answers and handed.notebook is None:
        return say("collect.empty")
    return ""


def _refuse(line: Line, originals: Mapping[str, bytes], now: datetime) -> Line:
    """Keep what was refused, with the reason, in a place of its own."""
    sha256 = tries.digest(originals)
    about = {
        "format": 1,
        "origin": line.where,
        "unit": line.unit,
        "code": line.code,
        "reason": line.reason,
        "notes": list(line.notes),
        "collected_at": now.isoformat(),
        "sha256": sha256,
    }
    tries.keep(course.root() / tries.KEPT / tries.REFUSED, now, sha256, originals, about)
    return line


def _with_outcome(line: Line, counted: Mapping[tuple[str, str], tuple[Submission | None, str]]) -> Line:
    """Tell each hand-in that was taken whether it counts, and what was mended in it."""
    if line.outcome == "refused":
        return line
    found, chosen = counted[line.unit, line.code]
    deadline = course.settings().deadline(line.unit)
    late = deadline is not None and line.at is not None and line.at > deadline
    counts = chosen == line.sha256
    notes = found.notes if counts and found else line.notes
    if late:
        notes = (*notes, say("collect.late", deadline=f"{deadline:%H:%M %d-%m-%Y}"))
    elif not counts:
        notes = (*notes, say("collect.earlier"))
    return replace(line, counts=counts, late=late, notes=tuple(notes))

"""Takes in what lies in a folder or on a stick: what is good is kept and counted, what is not is kept and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.intake import store
from buuchinh.intake.arrivals import Originals, arrivals
from buuchinh.intake.decide import Line, judge
from buuchinh.intake.submission import HandIn
from buuchinh.intake.walk import Unreadable
from buuchinh.messages import say

_OWN = ("source", "exercises", "submitted", "autograded", "feedback")


def collect(folder: Path, unit: str | None = None) -> list[Line]:
    """Take in every hand-in below ``folder`` (of ``unit`` alone, if given) and make ``submitted/`` of what counts.

    Nothing in ``folder`` is changed; a second run takes nothing twice. Raises ``KitError``
    where the folder is not there or nobody is enrolled.
    """
    if not folder.exists():
        raise KitError([Problem(str(folder), 0, say("intake.collect.no_folder"))])
    enrolled = frozenset(gradebook.students())
    if not enrolled:
        raise KitError(say("intake.collect.nobody"))
    now = datetime.now().astimezone().replace(microsecond=0)
    root = course.root()
    skip = frozenset((root / name).resolve() for name in (*_OWN, store.KEPT))
    lines = []
    shelf = store.Shelf()
    for arrived, originals in arrivals(folder, skip):
        line = judge(arrived, enrolled, now)
        if unit is None or line.unit in {unit, ""}:
            lines.append(_stored(line, arrived, originals, now, shelf))
    counted, faults = _counted({(line.unit, line.code) for line in lines if line.outcome != "refused"}, unit)
    return [_with_outcome(line, counted) for line in lines] + faults


def _stored(line: Line, arrived: HandIn | Unreadable, originals: Originals, now: datetime, shelf: store.Shelf) -> Line:
    """Keep the originals of a hand-in, of a refused one in a place of its own; say it where that fails."""
    about = {
        "format": 1,
        "origin": line.where,
        "unit": line.unit,
        "code": line.code,
        "notes": list(line.notes),
        "collected_at": now.isoformat(),
    }
    parent = course.root() / store.KEPT
    try:
        if line.outcome == "refused" or not isinstance(arrived, HandIn) or line.at is None:
            sha256 = store.digest(originals or {line.where: b""})
            about |= {"reason": line.reason, "sha256": sha256}
            store.keep(parent / store.REFUSED, now, sha256, originals, about, shelf)
            return line
        about |= {
            "version": arrived.version,
            "at": line.at.isoformat(),
            "sha256": line.sha256,
            "receipt": arrived.receipt is not None,
        }
        if store.keep(parent / line.unit / line.code, line.at, line.sha256, originals, about, shelf):
            return line
    except OSError as error:
        said = say("intake.collect.not_kept", reason=reason(error))
        return replace(line, outcome="refused", reason=said, way_out=say("intake.collect.collect_again"))
    return replace(line, outcome="known", at=shelf.time(line.unit, line.code, line.sha256) or line.at)


_Counted = Mapping[tuple[str, str], tuple[store.Submission | None, str]]


def _counted(touched: set[tuple[str, str]], unit: str | None) -> tuple[_Counted, list[Line]]:
    """Make ``submitted/`` of what counts for everybody; what is kept and no longer reads stops nobody else."""
    touched |= {(one, code) for one in ([unit] if unit else course.released_units()) for code in store.trainees(one)}
    counted: dict[tuple[str, str], tuple[store.Submission | None, str]] = {}
    faults = []
    for one, code in sorted(touched):
        counted[one, code] = None, ""
        try:
            chosen = store.counting(one, code)
            counted[one, code] = store.put(one, code), chosen.sha256 if chosen else ""
        except KitError as error:
            said = " ".join(problem.message for problem in error.problems)
            faults.append(_left(one, code, said, "send_again"))
        except OSError as error:  # of one person, whose notebook somebody has open
            faults.append(_left(one, code, say("intake.collect.not_laid", reason=reason(error)), "collect_again"))
    return counted, faults


def _left(unit: str, code: str, said: str, way_out: str) -> Line:
    """Say of one person that ``submitted/`` stays as it was."""
    where = f"{store.KEPT}/{unit}/{code}"
    return Line(where, "refused", unit, code, reason=said, way_out=say(f"intake.collect.{way_out}"))


def _with_outcome(line: Line, counted: _Counted) -> Line:
    """Tell each hand-in that was taken whether it counts, and what was mended in it."""
    if line.outcome == "refused":
        return line
    found, chosen = counted[line.unit, line.code]
    deadline = course.settings().deadline(line.unit)
    late = deadline is not None and line.at is not None and line.at > deadline
    counts = chosen == line.sha256
    notes = found.notes if counts and found else line.notes
    if late:
        notes = (*notes, say("intake.collect.late", deadline=f"{deadline:%H:%M %d-%m-%Y}"))
    elif not counts:
        notes = (*notes, say("intake.collect.earlier"))
    return replace(line, counts=counts, late=late, notes=tuple(notes))

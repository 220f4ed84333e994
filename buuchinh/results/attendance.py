"""Determine who in a class has submitted a unit (an exercise or exam), who has not and why, and who awaits grading."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from buuchinh.attempts import reader, refusals, trainee_deadline
from buuchinh.attempts.refusals import Refusal
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.personal_data.by_name import OwnNames
from buuchinh.personal_data.names import Names
from buuchinh.results import sittings
from buuchinh.text import format_moment


@dataclass(frozen=True)
class Attendance:
    """Trainees' codes by status; each trainee of the class has a submission or is in exactly one of five groups.

    The five groups are ``late`` (with the time of submission), ``refused`` (with the refusal), ``passed_before``
    (trainees who passed an earlier sitting of the same exam and are therefore not absent), ``others`` (trainees whose
    role does not include the unit, or who joined after its deadline) and ``absent``.

    ``waiting`` holds trainees whose submission awaits manual grading. ``extended`` maps trainees with an extension to
    their individual deadlines. ``nobodys`` holds refused files whose owner is unknown or not in the class. ``again``
    holds trainees who failed the exam and must sit it again. ``rests`` maps some of these trainees to the earliest
    recommended time for the next sitting.
    """

    late: Mapping[str, datetime]
    refused: Mapping[str, Refusal]
    absent: tuple[str, ...]
    others: tuple[str, ...]
    waiting: tuple[str, ...]
    extended: Mapping[str, datetime]
    nobodys: tuple[Refusal, ...]
    passed_before: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    rests: Mapping[str, datetime] = field(default_factory=dict)


def of_unit(unit: str) -> Attendance:
    """Return the whole class's attendance in ``unit``, ignoring refusals of trainees who have since submitted."""
    known = set(gradebook.students())
    submitted, late, all_refusals = set(reader.submitted_codes(unit)), reader.only_late(unit), refusals.of_unit(unit)
    missing, others = map(set, grade_class.missing(unit))
    refused = {refusal.code: refusal for refusal in all_refusals if refusal.code in missing | others}
    passed = sittings.passed_before(unit) & (missing | others) - refused.keys()
    return Attendance(
        late=late,
        refused=dict(sorted(refused.items())),
        absent=tuple(sorted(missing - refused.keys() - passed)),
        others=tuple(sorted(others - refused.keys() - passed)),
        waiting=tuple(
            sorted(submitted & gradebook_cells.trainees(unit, "x.manual_score IS NULL AND x.auto_score IS NULL"))
        ),
        extended=trainee_deadline.of_unit(unit),
        nobodys=tuple(refusal for refusal in all_refusals if refusal.code not in known),
        passed_before=tuple(sorted(passed)),
        again=tuple(again := sittings.to_sit_again(unit)),
        rests={code: at for code, at in sittings.rests(unit).items() if code in again},
    )


def unresolved_refusals() -> list[Refusal]:
    """Return the refused files that still need attention.

    Files of trainees who have since submitted or left are ignored, unless they name another trainee who is absent, or
    are a second work under one code.
    """
    open_refusals = refusals.still_open()
    by_unit: dict[str, Attendance] = {}
    for unit in {refusal.unit for refusal in open_refusals} - {""}:
        with suppress(KitError):  # a unit that the course no longer has
            by_unit[unit] = of_unit(unit)
    return [
        refusal
        for refusal in open_refusals
        if refusal.two_works
        or refusal.unit not in by_unit
        or refusal in by_unit[refusal.unit].nobodys
        or refusal.code in by_unit[refusal.unit].refused
        or set(refusal.claimed) & set(by_unit[refusal.unit].absent)
    ]


def without_result(unit: str, attendance: Attendance) -> dict[str, tuple[str, datetime | None, str]]:
    """Map the code of each trainee without a result to (status, time of submission, reason).

    The status is a displayed phrase. The time is None if nothing was submitted or graded. The reason is "" unless the
    submission was refused.
    """
    rows: dict[str, tuple[str, datetime | None, str]] = {}
    rows |= {code: (say("results.report.not_handed_in"), None, "") for code in attendance.absent}
    rows |= {code: (say("results.report.late"), at, "") for code, at in attendance.late.items()}
    refused = attendance.refused.items()
    rows |= {
        code: (say("results.report.refused"), refusal.at, f"{refusal.origin}: {refusal.why}")
        for code, refusal in refused
    }
    return rows | {code: (say("results.report.not_graded"), None, "") for code in grade_class.ungraded(unit)}


def unnamed(attendance: Attendance) -> Attendance:
    """Return a copy of ``attendance`` with trainees' names removed from refused files' names and refusal reasons."""
    names = OwnNames(one.name for one in Names.read())

    def blanked(refusal: Refusal) -> Refusal:
        return replace(refusal, origin=names.blanked(refusal.origin, "…"), reason=names.blanked(refusal.reason, "…"))

    refused = {code: blanked(one) for code, one in attendance.refused.items()}
    return replace(attendance, refused=refused, nobodys=tuple(map(blanked, attendance.nobodys)))


def lines(unit: str) -> list[str]:
    """Return the sentences that report the attendance in ``unit``, one or more for each group that is not empty.

    A sentence lists all trainees of its group by code and name, since no other output does. For ``passed_before`` and
    ``others`` the sentence gives only the number of trainees.
    """
    attendance, people = once(of_unit, unit), Names.read()
    sentences = []
    for key, codes in (
        ("results.attendance.waiting", attendance.waiting),
        ("grading.late", attendance.late),
        ("results.attendance.refused", attendance.refused),
        ("grading.absent", attendance.absent),
        ("results.attendance.again", attendance.again),
    ):
        if codes:
            sentences.append(say(key, count=len(codes), codes=people.with_names(codes)))
        if key == "results.attendance.refused":
            sentences += [_why(one, people) for one in (*attendance.refused.values(), *attendance.nobodys)]
    hours = sittings.REST // timedelta(hours=1)
    sentences += [
        say("results.attendance.rest", code=people.shown(code), at=format_moment(at), hours=hours)
        for code, at in sorted(attendance.rests.items())
    ]
    if attendance.passed_before:
        sentences.append(say("results.attendance.passed_before", count=len(attendance.passed_before)))
    if attendance.others:
        sentences.append(say("grading.others", count=len(attendance.others)))
    return sentences


def _why(refusal: Refusal, people: Names) -> str:
    owner = people.shown(refusal.code) or say("results.attendance.nobody")
    return say("results.attendance.why", code=owner, file=refusal.origin, reason=people.with_people(refusal.why))

"""Import of submissions from a folder: stores every original, registers valid ones, reports the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import extensions, reader
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.attempts.store import Merge, Store
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.intake import guess_owner, read_in_workers, unrecognised_files
from buuchinh.intake.decide import Decision
from buuchinh.intake.digest import digest
from buuchinh.intake.filenames import storable_name
from buuchinh.intake.read_in_workers import Decided, Show, silence
from buuchinh.intake.reader_self_test import ReadersFail
from buuchinh.intake.submission_places import Originals
from buuchinh.messages import listed, say
from buuchinh.text import format_moment


@dataclass(frozen=True)
class _Counted:
    """The deadline of one trainee for one unit, and what counts."""

    deadline: datetime | None
    submitted: Submitted | None = None


@turn()
def collect(folder: Path, unit: str | None = None, owner: str | None = None, *, show: Show = silence) -> list[Decision]:
    """Import every submission below ``folder`` (of ``unit`` alone, if given) and build ``submitted/``.

    Each is read and merged once, in a separate process. Nothing in ``folder`` is changed; a second run imports nothing
    twice. ``show`` reports the progress. ``owner`` assigns the single submission in ``folder`` to that trainee,
    whatever codes it bears. Raises ``KitError`` where the folder is missing, nobody is enrolled, ``owner`` is not
    enrolled, or ``owner`` is given and there is not exactly one submission. Raises it too where readers crash on
    everything; then no submission is refused for it.
    """
    if not folder.exists():
        raise KitError([Problem(str(folder), 0, say("intake.collect.no_folder"))])
    enrolled = frozenset(gradebook.students())
    if not enrolled:
        raise KitError(say("intake.collect.nobody"))
    now = datetime.now().astimezone().replace(microsecond=0)
    decisions = []
    store = Store()
    owner = _enrolled(owner, enrolled) if owner else None
    with read_in_workers.open_readers() as readers:
        skip = course.not_collected()
        arrivals = read_in_workers.decisions(readers, folder, enrolled, now, skip=skip, owner=owner, show=show)
        people = cache(guess_owner.people)
        for arrival in _guessed(_one(arrivals) if owner else arrivals, people):
            if unit is None or arrival.decision.unit in {unit, ""}:
                decision = _stored(arrival, now, store)
                decisions.append(replace(decision, merged=None))
        loose = () if owner else unrecognised_files.strays(folder, skip, {decision.where for decision in decisions})
        own_arrivals = (
            arrival for arrival in _guessed(loose, people) if unit is None or arrival.decision.unit in {unit, ""}
        )
        decisions += [
            _stored(arrival, now, store) if arrival.originals else arrival.decision for arrival in own_arrivals
        ]
        accepted = {(decision.unit, decision.code) for decision in decisions if decision.outcome != "refused"}
        counted, failed = _counted(accepted, unit, store, partial(read_in_workers.merged_again, readers))
    return [
        decision if decision.outcome == "refused" else _with_count(decision, counted[decision.unit, decision.code])
        for decision in decisions
    ] + failed


def _stored(arrival: Decided, now: datetime, store: Store) -> Decision:
    """Store the originals of a submission, those of a refused one separately; refuse it where they cannot be stored."""
    decision, originals = arrival.decision, {storable_name(raw): data for raw, data in arrival.originals.items()}
    collected: dict[str, Any] = {
        "format": 1,
        "origin": decision.where,
        "unit": decision.unit,
        "code": decision.code,
        "notes": list(decision.notes),
        "collected_at": now.isoformat(),
    }
    if decision.outcome == "refused" and (known := _known(decision, store)):
        return known
    try:
        if decision.outcome == "refused" or decision.at is None:
            store.refuse(originals, collected | _refusal(decision, arrival.originals))
            return decision
        collected |= {
            "version": arrival.version,
            "at": decision.at.isoformat(),
            "sha256": decision.sha256,
            "receipt": arrival.receipt,
        }
        if decision.remarks:
            collected["remarks"] = [one.as_json() for one in decision.remarks]
        attempt = store.take(originals, collected)
    except OSError as error:
        message = say("intake.collect.not_kept", reason=reason(error))
        return replace(decision, outcome="refused", reason=message, way_out=say("intake.collect.collect_again"))
    if attempt is None:
        return _same(decision, store.first(decision.unit, decision.code, decision.sha256))
    if decision.merged:
        store.submit_alone(attempt, decision.merged)
    return replace(decision, collected_at=now, judged_at=attempt.judged_at)


def _refusal(decision: Decision, originals: Originals) -> dict[str, str]:
    """Return the stored fields of a refusal: its reason, and the hashes that identify the same content later."""
    alone = next(iter(originals.values())) if len(originals) == 1 else None
    content = decision.sha256 or (digest({"": alone}) if alone is not None else "")
    return {
        "reason": decision.reason,
        "sha256": digest(originals or {decision.where: b""}),
        "content": content,
    }


def _same(decision: Decision, first: Attempt | None) -> Decision:
    """Return the decision on a submission that was imported before as the attempt ``first``, with its times."""
    known = replace(decision, outcome="known", judged_at=decision.at)
    return replace(known, at=first.at, collected_at=first.collected_at, judged_at=first.judged_at) if first else known


def _known(decision: Decision, store: Store) -> Decision | None:
    """Return the decision on a submission with two codes that was imported before for one; None where it was not."""
    for code in decision.claimed if decision.sha256 else ():
        if first := store.first(decision.unit, code, decision.sha256):
            return _same(replace(decision, code=code, reason="", way_out="", notes=first.notes), first)
    return None


def _guessed(arrivals: Iterable[Decided], people: guess_owner.People) -> Iterator[Decided]:
    return (replace(arrival, decision=guess_owner.guessed(arrival.decision, people)) for arrival in arrivals)


def _one(arrivals: Iterable[Decided]) -> list[Decided]:
    """Return the only submission; ``KitError`` where there is none or more than one."""
    submissions = list(arrivals)
    if len(submissions) != 1:
        raise KitError([Problem("", 0, say("intake.submission.not_one", count=len(submissions)))])
    return submissions


def _enrolled(code: str, enrolled: frozenset[str]) -> str:
    """Return a normalised code; ``KitError`` where it is mistyped or not in the class list."""
    code = normalise(code)
    if code not in enrolled:
        raise KitError([Problem("", 0, say("intake.collect.not_enrolled", code=code), say("intake.collect.enrol"))])
    return code


def _counted(
    taken: set[tuple[str, str]], unit: str | None, store: Store, merge: Merge
) -> tuple[dict[tuple[str, str], _Counted], list[Decision]]:
    """Build ``submitted/`` for every trainee; an attempt that can no longer be read affects nobody else."""
    units = [unit] if unit else course.released_units()
    counted = {(name, code): _Counted(extensions.deadline(name, code)) for name, code in taken}
    failed = []
    stored = {(name, code) for name in units for code in reader.trainees(name)}
    for name, code in sorted(taken | stored):
        try:
            submitted = store.submit(name, code, merge)
            if (name, code) in taken:
                counted[name, code] = replace(counted[name, code], submitted=submitted)
        except ReadersFail:
            raise
        except KitError as error:
            messages = " ".join(problem.message for problem in error.problems)
            failed.append(_failed(name, code, messages, "send_again"))
        except OSError as error:  # the folder of one trainee, whose notebook somebody has open
            failed.append(_failed(name, code, say("intake.collect.not_laid", reason=reason(error)), "collect_again"))
    return counted, failed


def _failed(unit: str, code: str, message: str, way_out: str) -> Decision:
    """Return the decision that leaves ``submitted/`` of one trainee as it was."""
    where = f"{course.ATTEMPTS}/{unit}/{code}"
    return Decision(where, "refused", unit, code, reason=message, way_out=say(f"intake.collect.{way_out}"))


def _with_count(decision: Decision, counted: _Counted) -> Decision:
    """Return a decision with whether the submission counts, and notes on what was repaired in it."""
    submitted, deadline, judged_at = counted.submitted, counted.deadline, decision.judged_at
    settings = course.settings()
    common = settings.deadline(decision.unit)
    late = bool(deadline and judged_at and judged_at > deadline)
    counts = submitted is not None and submitted.sha256 == decision.sha256
    notes = list(submitted.notes if counts and submitted else decision.notes)
    if late and deadline:
        notes.append(say("intake.collect.late", deadline=format_moment(deadline)))
    elif deadline and common and judged_at and judged_at > common:
        notes.append(say("intake.collect.extended", deadline=format_moment(deadline)))
    elif not counts:
        contributed = submitted.merged.get(decision.sha256, ()) if submitted else ()
        notes.append(
            say("intake.collect.gave", ids=listed(contributed)) if contributed else say("intake.collect.earlier")
        )
    by_receipt = settings.deadline_by == "receipt"
    after = bool(by_receipt and deadline and not late and decision.collected_at and decision.collected_at > deadline)
    return replace(decision, counts=counts, late=late, notes=tuple(notes), after_deadline=after)

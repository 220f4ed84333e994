"""Import submissions from a folder: store every original, record valid submissions as attempts, report the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader, trainee_deadline
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.attempts.store import Merge, Store
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.intake import guess_owner, read_in_workers, separate_works, unrecognised_files
from buuchinh.intake.decide_submission import Decision
from buuchinh.intake.digest import digest
from buuchinh.intake.filenames import storable_name
from buuchinh.intake.read_in_workers import DecidedSubmission, MayRead, OwnerOf, Show, silence
from buuchinh.intake.reader_self_test import ReadersFail
from buuchinh.intake.submission_places import Originals
from buuchinh.messages import listed, say
from buuchinh.text import format_moment


@dataclass(frozen=True)
class _Counted:
    """A trainee's deadline for one unit, and the submission that counts towards the grade."""

    deadline: datetime | None
    submitted: Submitted | None = None


@turn()
def collect(folder: Path, unit: str | None = None, owner: str | None = None, *, show: Show = silence) -> list[Decision]:
    """Import every submission below ``folder`` (only those of ``unit``, if given) and build ``submitted/``.

    Each submission is read and merged once, in a separate process. Nothing in ``folder`` is changed, and running the
    import again imports nothing twice. ``show`` is called to report progress. If ``owner`` is given, the single
    submission in ``folder`` is assigned to the trainee with that code, regardless of the codes that the submission
    names.

    Raise ``KitError`` if the unit is unknown, if the folder is missing or belongs to another class that is for practice
    only, if nobody is enrolled, if ``owner`` is not enrolled, or if ``owner`` is given and ``folder`` does not contain
    exactly one submission. Also raise ``KitError`` if the readers crash on every input; no submission is refused
    because of such a crash.
    """
    if not folder.exists():
        raise KitError(say("intake.collect.no_folder"), path=str(folder))
    if (practice := course.practice_class_of(folder)) and practice != course.root().resolve():
        raise KitError(say("intake.collect.practice"), say("intake.collect.practice_way_out"), path=str(folder))
    enrolled = enrolled_codes()
    if not owner:
        return take_in(folder, enrolled, unit, show=show)
    code = _enrolled(owner, enrolled)
    return take_in(folder, enrolled, unit, lambda _folder: code, _single, show=show)


def enrolled_codes() -> frozenset[str]:
    """Return the codes of the class; raise ``KitError`` if nobody is enrolled."""
    enrolled = frozenset(gradebook.students())
    if not enrolled:
        raise KitError(say("intake.collect.nobody"))
    return enrolled


def take_in(
    folder: Path,
    enrolled: frozenset[str],
    unit: str | None,
    owner_of: OwnerOf | None = None,
    each: Callable[[Iterable[DecidedSubmission]], Iterable[DecidedSubmission]] = iter,
    *,
    may_read: MayRead = read_in_workers.whatever,
    show: Show = silence,
) -> list[Decision]:
    """Import every submission below ``folder``; the caller holds the class's turn.

    ``owner_of`` says whose each folder is; files that are no submissions are then not searched for. ``each`` is given
    all decisions as they come, and returns those to carry out; ``may_read`` is asked before each folder is read.
    Raise ``KitError`` if ``unit`` is unknown.
    """
    if unit is not None:
        course.refuse_unknown(unit)
    now = datetime.now().astimezone().replace(microsecond=0)
    decisions = []
    store = Store()
    with read_in_workers.open_readers() as readers:
        skip, owned = course.not_collected(), owner_of or read_in_workers.unknown_owner
        arrivals = read_in_workers.decide_all(
            readers, folder, enrolled, now, skip=skip, owner_of=owned, may_read=may_read, show=show
        )
        people = cache(guess_owner.people)
        for arrival in _guessed(each(arrivals), people):
            if unit is None or arrival.decision.unit in {unit, ""}:
                decision = _stored(arrival if owner_of else _asked_about(arrival, store), now, store)
                decisions.append(replace(decision, merged=None))
        reported = {decision.where for decision in decisions}
        loose = () if owner_of else unrecognised_files.strays(folder, skip, reported, people)
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


def _stored(arrival: DecidedSubmission, now: datetime, store: Store) -> Decision:
    """Store the originals of a submission as an attempt or a refusal, and return the resulting decision.

    A submission whose originals cannot be stored is refused.
    """
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
            collected["remarks"] = [remark.as_json() for remark in decision.remarks]
        attempt = store.take(originals, collected)
    except OSError as error:
        message = say("intake.collect.not_kept", reason=reason(error))
        return replace(decision, outcome="refused", reason=message, way_out=say("intake.collect.collect_again"))
    if attempt is None:
        return _same(decision, store.first(decision.unit, decision.code, decision.sha256))
    if decision.merged:
        store.submit_alone(attempt, decision.merged)
    return replace(decision, collected_at=now, judged_at=attempt.judged_at)


def _refusal(decision: Decision, originals: Originals) -> dict[str, Any]:
    """Return what to store with a refusal: the reason, who may own it, and hashes to recognise the content."""
    alone = next(iter(originals.values())) if len(originals) == 1 else None
    content = decision.sha256 or (digest({"": alone}) if alone is not None else "")
    return {
        "reason": decision.reason,
        "hint": decision.hint,
        "claimed": list(decision.claimed),
        "two_works": decision.two_works,
        "sha256": digest(originals or {decision.where: b""}),
        "content": content,
    }


def _same(decision: Decision, first: Attempt | None) -> Decision:
    """Return the decision on an already imported submission, with the times of that earlier attempt, ``first``."""
    known = replace(decision, outcome="known", judged_at=decision.at)
    return replace(known, at=first.at, collected_at=first.collected_at, judged_at=first.judged_at) if first else known


def _known(decision: Decision, store: Store) -> Decision | None:
    """Return the decision on a refused submission that was already imported for one of its codes, or else None."""
    for code in decision.claimed if decision.sha256 else ():
        if first := store.first(decision.unit, code, decision.sha256):
            return _same(replace(decision, code=code, reason="", hint="", way_out="", notes=first.notes), first)
    return None


def _guessed(arrivals: Iterable[DecidedSubmission], people: guess_owner.People) -> Iterator[DecidedSubmission]:
    return (replace(arrival, decision=guess_owner.guessed(arrival.decision, people)) for arrival in arrivals)


def _asked_about(arrival: DecidedSubmission, store: Store) -> DecidedSubmission:
    return replace(arrival, decision=separate_works.asked_about(arrival.decision, store))


def _single(arrivals: Iterable[DecidedSubmission]) -> list[DecidedSubmission]:
    """Return a list of the only submission; raise ``KitError`` if the number of submissions is not exactly one."""
    submissions = list(arrivals)
    if len(submissions) != 1:
        raise KitError(say("intake.submission.not_one", count=len(submissions)))
    return submissions


def _enrolled(code: str, enrolled: frozenset[str]) -> str:
    """Return the normalised ``code``; raise ``KitError`` if it is mistyped or not in the class list."""
    code = normalise(code)
    if code not in enrolled:
        raise KitError(say("intake.collect.not_enrolled", code=code), say("intake.collect.enrol"))
    return code


def _counted(
    taken: set[tuple[str, str]], unit: str | None, store: Store, merge: Merge
) -> tuple[dict[tuple[str, str], _Counted], list[Decision]]:
    """Build ``submitted/`` for every trainee; an attempt that can no longer be read affects nobody else.

    ``taken`` contains the unit and the trainee's code of each submission accepted in this run. Return the deadline and
    the submission that counts for each pair in ``taken``, and a refusal for each folder that could not be built.
    """
    units = [unit] if unit else course.released_units()
    counted = {(name, code): _Counted(trainee_deadline.deadline(name, code)) for name, code in taken}
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
        except OSError as error:  # for example, because somebody has this trainee's notebook open
            failed.append(_failed(name, code, say("intake.collect.not_laid", reason=reason(error)), "collect_again"))
    return counted, failed


def _failed(unit: str, code: str, message: str, way_out: str) -> Decision:
    """Return a refusal which reports that an error left one trainee's folder in ``submitted/`` unchanged."""
    where = f"{course.ATTEMPTS}/{unit}/{code}"
    return Decision(where, "refused", unit, code, reason=message, way_out=say(f"intake.collect.{way_out}"))


def _with_count(decision: Decision, counted: _Counted) -> Decision:
    """Return ``decision`` with ``counts`` and ``late`` filled in, and with notes that explain both."""
    submitted, deadline, judged_at = counted.submitted, counted.deadline, decision.judged_at
    settings = course.settings()
    common = settings.deadline(decision.unit)
    late = trainee_deadline.missed(deadline, judged_at)
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

"""Import of submissions from a folder: stores every original, registers valid ones, reports the rest."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from buuchinh import course
from buuchinh.attempts import extensions, reader, store
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.attempts.store import StoreIndex
from buuchinh.classroom import gradebook, run_log
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.intake import reading, strays, whose
from buuchinh.intake.apart import Readers
from buuchinh.intake.combine import others
from buuchinh.intake.decide import Decision
from buuchinh.intake.filenames import kept_name
from buuchinh.intake.places import Originals
from buuchinh.intake.reading import Decided, Show, silence
from buuchinh.intake.trial import ReadersFail
from buuchinh.messages import listed, say
from buuchinh.text import format_moment

_Counted = Mapping[tuple[str, str], Submitted | None]


@turn()
def collect(folder: Path, unit: str | None = None, owner: str | None = None, *, show: Show = silence) -> list[Decision]:
    """Import every submission below ``folder`` (of ``unit`` alone, if given) and make ``submitted/`` of what counts.

    Each is read and merged once, in a process apart. Nothing in ``folder`` is changed; a second run takes nothing
    twice. ``show`` is told how far it is. ``owner`` takes the one submission in ``folder`` as that trainee's,
    whatever codes it bears. Raises ``KitError`` where the folder is not there or nobody is enrolled, where ``owner``
    is not, or there are several; where readers fall on everything, and then nobody is refused for it.
    """
    if not folder.exists():
        raise KitError([Problem(str(folder), 0, say("intake.collect.no_folder"))])
    enrolled = frozenset(gradebook.students())
    if not enrolled:
        raise KitError(say("intake.collect.nobody"))
    now = datetime.now().astimezone().replace(microsecond=0)
    decisions = []
    index = StoreIndex()
    owner = _enrolled(owner, enrolled) if owner else None
    with Readers(tell=_fell) as readers:
        skip = course.not_collected()
        arrivals = reading.decisions(readers, folder, enrolled, now, skip=skip, owner=owner, show=show)
        people = cache(whose.people)
        for found in _guessed(_one(arrivals) if owner else arrivals, people):
            if unit is None or found.decision.unit in {unit, ""}:
                decision = _stored(found, now, index)
                decisions.append(replace(decision, merged=None))
        loose = () if owner else strays.strays(folder, skip, {decision.where for decision in decisions})
        ours = (found for found in _guessed(loose, people) if unit is None or found.decision.unit in {unit, ""})
        decisions += [_stored(found, now, index) if found.originals else found.decision for found in ours]
        taken = {(decision.unit, decision.code) for decision in decisions if decision.outcome != "refused"}
        counted, failed = _counted(taken, unit, index, readers)
    return [_with_count(decision, counted) for decision in decisions] + failed


def recount(unit: str, code: str) -> Submitted | None:
    """Make ``submitted/`` of what counts for one trainee now, as after another deadline; return what that is."""
    kept = reader.attempts(unit, code)
    chosen = reader.counting(unit, kept)
    if chosen is None:
        store.withdraw(unit, code)
        return None
    with Readers(tell=_fell) as readers:
        return store.submit(chosen, others(unit, kept, chosen), partial(reading.merged_again, readers))


def _fell(said: str) -> None:
    """Note by what a reader fell, for whoever mends the kit."""
    run_log.note("", "", "read", say("intake.stopped.fell", said=said))


def _stored(found: Decided, now: datetime, index: StoreIndex) -> Decision:
    """Keep the originals of a submission, those of a refused one apart; refuse it where they cannot be kept."""
    decision, originals = found.decision, found.originals
    about = {
        "format": 1,
        "origin": decision.where,
        "unit": decision.unit,
        "code": decision.code,
        "notes": list(decision.notes),
        "collected_at": now.isoformat(),
    }
    parent = course.root() / course.ATTEMPTS
    if decision.outcome == "refused" and (known := _known(decision, index)):
        return known
    try:
        if decision.outcome == "refused" or decision.at is None:
            sha256 = store.digest(originals or {decision.where: b""})
            content = decision.sha256 or (store.digest({"": one}) if (one := _alone(originals)) is not None else "")
            about |= {"reason": decision.reason, "sha256": sha256, "content": content}
            store.keep(parent / course.REFUSED, now, sha256, _named(originals), about, index)
            return decision
        about |= {
            "version": found.version,
            "at": decision.at.isoformat(),
            "sha256": decision.sha256,
            "receipt": found.receipt,
        }
        if decision.remarks:
            about["remarks"] = [one.as_json() for one in decision.remarks]
        parent = parent / decision.unit / decision.code
        kept = store.keep(parent, decision.at, decision.sha256, _named(originals), about, index)
    except OSError as error:
        said = say("intake.collect.not_kept", reason=reason(error))
        return replace(decision, outcome="refused", reason=said, way_out=say("intake.collect.collect_again"))
    if kept:
        _register(kept, decision, decision.at, found.receipt, now, index)
        return replace(decision, collected_at=now)
    if first := index.first(decision.unit, decision.code, decision.sha256):
        decision = replace(decision, at=first.at, collected_at=first.collected_at)
    return replace(decision, outcome="known")


def _named(originals: Originals) -> Originals:
    return {kept_name(raw): data for raw, data in originals.items()}


def _alone(originals: Originals) -> bytes | Path | None:
    """Return the one file that a refused submission is; None where it is several, or none."""
    return next(iter(originals.values())) if len(originals) == 1 else None


def _known(decision: Decision, index: StoreIndex) -> Decision | None:
    """Return that a submission which bears two codes was taken before as one person's; None where it was not."""
    for code in decision.claimed if decision.sha256 else ():
        if first := index.first(decision.unit, code, decision.sha256):
            same = replace(decision, outcome="known", code=code, reason="", way_out="", notes=first.notes)
            return replace(same, at=first.at, collected_at=first.collected_at)
    return None


def _guessed(arrivals: Iterable[Decided], people: whose.People) -> Iterator[Decided]:
    return (replace(found, decision=whose.guessed(found.decision, people)) for found in arrivals)


def _one(arrivals: Iterable[Decided]) -> list[Decided]:
    """Return the one submission there is; ``KitError`` where there are more or none."""
    found = list(arrivals)
    if len(found) != 1:
        raise KitError([Problem("", 0, say("intake.submission.not_one", count=len(found)))])
    return found


def _enrolled(code: str, enrolled: frozenset[str]) -> str:
    """Return a code as the class list has it; ``KitError`` where it is mistyped or not in it."""
    code = normalise(code)
    if code not in enrolled:
        raise KitError([Problem("", 0, say("intake.collect.not_enrolled", code=code), say("intake.collect.enrol"))])
    return code


def _register(folder: Path, decision: Decision, at: datetime, receipt: bool, now: datetime, index: StoreIndex) -> None:
    """Make ``submitted/`` of a submission that counts alone, while it is in memory; the rest is done at the end."""
    unit, code, sha256 = decision.unit, decision.code, decision.sha256
    merged = decision.merged
    version = merged.handed_version if merged else None
    index.add(Attempt(folder, unit, code, at, sha256, receipt, decision.notes, now, version))
    kept = index.attempts(unit, code)
    chosen = reader.counting(unit, kept)
    if chosen and chosen.sha256 == sha256 and merged and not others(unit, kept, chosen):
        with contextlib.suppress(KitError, OSError):
            store.submit(chosen, (), lambda *_: merged)


def _counted(
    taken: set[tuple[str, str]], unit: str | None, index: StoreIndex, readers: Readers
) -> tuple[_Counted, list[Decision]]:
    """Make ``submitted/`` of what counts for everybody; an attempt that no longer reads stops nobody else."""
    units = [unit] if unit else course.released_units()
    counted: dict[tuple[str, str], Submitted | None] = {}
    failed = []
    merge = partial(reading.merged_again, readers)
    kept = {(name, code) for name in units for code in reader.trainees(name)}
    for name, code in sorted(taken | kept):
        try:
            attempts_kept = index.attempts(name, code)
            chosen = reader.counting(name, attempts_kept)
            if chosen is None:
                store.withdraw(name, code)
            counted[name, code] = store.submit(chosen, others(name, attempts_kept, chosen), merge) if chosen else None
        except ReadersFail:
            raise
        except KitError as error:
            said = " ".join(problem.message for problem in error.problems)
            failed.append(_failed(name, code, said, "send_again"))
        except OSError as error:  # of one person, whose notebook somebody has open
            failed.append(_failed(name, code, say("intake.collect.not_laid", reason=reason(error)), "collect_again"))
    return counted, failed


def _failed(unit: str, code: str, said: str, way_out: str) -> Decision:
    """Return of one person that ``submitted/`` stays as it was."""
    where = f"{course.ATTEMPTS}/{unit}/{code}"
    return Decision(where, "refused", unit, code, reason=said, way_out=say(f"intake.collect.{way_out}"))


def _with_count(decision: Decision, counted: _Counted) -> Decision:
    """Add to a decision whether the submission counts, and what was repaired in it."""
    if decision.outcome == "refused":
        return decision
    submitted = counted.get((decision.unit, decision.code))
    by_receipt = course.settings().deadline_by == "receipt"
    judged_at = reader.judged(decision.at, decision.collected_at) if decision.at else decision.collected_at
    late = extensions.is_late(decision.unit, decision.code, judged_at)
    counts = submitted is not None and submitted.sha256 == decision.sha256
    notes = submitted.notes if counts and submitted else decision.notes
    deadline = extensions.deadline(decision.unit, decision.code)
    common = course.settings().deadline(decision.unit)
    if late and deadline:
        notes = (*notes, say("intake.collect.late", deadline=format_moment(deadline)))
    elif deadline and common and judged_at and judged_at > common:
        notes = (*notes, say("intake.collect.extended", deadline=format_moment(deadline)))
    elif not counts:
        given = submitted.merged.get(decision.sha256, ()) if submitted else ()
        told = say("intake.collect.gave", ids=listed(given)) if given else say("intake.collect.earlier")
        notes = (*notes, told)
    after = bool(by_receipt and deadline and not late and decision.collected_at and decision.collected_at > deadline)
    return replace(decision, counts=counts, late=late, notes=tuple(notes), after_deadline=after)

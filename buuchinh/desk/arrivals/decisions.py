"""Gather what was taken in and what needs a decision: of one batch of files, or of all files that were refused.

Everything is read from where ``collect`` stored it; the state of a job holds no name of a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from buuchinh import codes, course
from buuchinh.attempts import reader, refusals
from buuchinh.attempts.reader import Attempt
from buuchinh.attempts.refusals import Refusal
from buuchinh.desk.arrivals import inbox, late_work
from buuchinh.desk.arrivals.inbox import Batch
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import ClassState
from buuchinh.desk.naming import projection, question_names, unit_names
from buuchinh.desk_payloads.desk_dialogs import Decisions, LateWork, MendedWork, MissingWork, RefusedFile
from buuchinh.files import read_json
from buuchinh.intake import guess_owner, unrecognised_files
from buuchinh.intake.digest import digest
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.text import format_moment, visible

_MOST_OWNERS = 3
_OURS = frozenset({course.COLLECTED, refusals.SETTLED, course.ASKED_AGAIN})


def of_job(job: Job, state: ClassState, names: Names) -> Decisions:
    """Return the dialog after a finished ``collect``: what needs a decision first, the rest after it."""
    taken = [one for one in job.result.get("submissions", ()) if one["outcome"] == "taken"]
    known = sum(one["outcome"] == "known" for one in job.result.get("submissions", ()))
    batch = _batch(job)
    mine = _of_batch(refusals.still_open(), batch) if batch else list(state.refused)
    waiting = [_refused(one, state, names) for one in mine]
    waiting += _strays(batch, names)
    undecided = {id(one): found for one in taken if one["late"] and (found := _late(one, names))}
    late, rest = list(undecided.values()), [one for one in taken if id(one) not in undecided]
    mended = [_mended(one, names) for one in rest if one["mended"]]
    plain = [one for one in rest if not one["mended"]]
    units = Counter(str(one["unit"]) for one in plain)
    refused = sum(one["outcome"] == "refused" for one in job.result.get("submissions", ()))
    decided = len(_of_batch(refusals.every(), batch)) - len(mine) + inbox.left_out(batch) if batch else 0
    counts = {"taken": len(plain), "mended": len(mended), "late": len(late), "refused": len(waiting), "known": known}
    counts |= {"decided": decided, "before": max(0, refused - len(waiting) - decided)}
    title = _title(counts)
    kinds = [say("desk.taken.of_unit", count=count, unit=unit_names.spoken(unit)) for unit, count in units.items()]
    now = datetime.now().astimezone()
    works = {(str(one["unit"]), str(one["code"])) for one in taken}
    new = [at for at in works | _owned(batch) if at in state.cells and state.cell(*at).state == "new"]
    to_grade = sorted({unit for unit, _ in new})
    more = [say("desk.taken.known", count=known)] if known else []
    more += [say("desk.taken.again", count=len(taken) - len(works))] if len(taken) > len(works) else []
    return {
        "title": title,
        "lead": say("desk.taken.stored_exchange" if job.action == "collect_exchange" else "desk.taken.stored"),
        "refused": waiting,
        "mended": mended,
        "late": late,
        "fine": {"count": len(plain), "text": " · ".join(kinds), "codes": _taken_by(plain, names)},
        "known": " ".join(more),
        "missing": list(filter(None, (_missing(unit, state, names, now) for unit in to_grade))),
        "units": to_grade,
        "count": len(new),
        "batch": batch.id if batch else "",
    }


def _title(counts: Mapping[str, int]) -> str:
    """Return how many files were read, and in words what became of each: the parts add up."""
    parts = [say(f"desk.taken.count_{name}", count=count) for name, count in counts.items() if count]
    return (
        say("desk.taken.title", files=sum(counts.values()), parts=", ".join(parts)) if parts else say("desk.taken.none")
    )


def _of_batch(found: Iterable[Refusal], batch: Batch) -> list[Refusal]:
    """Return the refusals of files that came with ``batch``."""
    return [one for one in found if PurePosixPath(one.origin).parts[:1] == (batch.id,)]


def _owned(batch: Batch | None) -> set[tuple[str, str]]:
    """Return unit and code of each work that was first refused, and then taken in as one person's."""
    if batch is None:
        return set()
    refused = (original(one.folder).relative_to(course.root()) for one in _of_batch(refusals.every(), batch))
    folders = {path.as_posix() for path in refused}
    jobs = (job for job in job_state.all_jobs() if job.arguments.get("folder") in folders)
    found = (one for job in jobs for one in job.result.get("submissions", ()) if one["outcome"] == "taken")
    return {(str(one["unit"]), str(one["code"])) for one in found}


def of_class(state: ClassState, names: Names) -> Decisions:
    """Return the dialog of all refused files and late work that still need a decision."""
    newest_first = list(reversed(state.refused))
    waiting = [_refused(one, state, names) for one in sorted(newest_first, key=lambda one: one.asked_at is not None)]
    late = [_late_work(unit, code, at, names) for (unit, code), at in late_work.undecided(state).items()]
    return {
        "title": say("desk.browser.undecided", count=len(waiting) + len(late)),
        "lead": say("desk.taken.originals"),
        "refused": waiting,
        "mended": [],
        "late": late,
        "fine": {"count": 0, "text": "", "codes": []},
        "known": "",
        "missing": [],
        "units": [],
        "count": 0,
        "batch": "",
    }


def original(folder: Path) -> Path:
    """Return the path to collect again for a refused file: its only original, or else the folder that holds them."""
    originals = _stored(folder)
    return originals[0] if len(originals) == 1 else folder


def _stored(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in _OURS]


def _originals(folder: Path) -> list[str]:
    """Return the paths, relative to the course, of the files that lie in a folder of ``nop-bai``."""
    return [path.relative_to(course.root()).as_posix() for path in _stored(folder)]


def _refused(one: Refusal, state: ClassState, names: Names) -> RefusedFile:
    """Return a refused file with its answers; its owner is asked for unless it names one person of the class.

    Of two works under one code that person, or somebody else, may be the owner.
    """
    doubtful = one.two_works or one.claimed != (one.code,)
    asks = doubtful and bool(one.unit) and _is_submission(one, original(one.folder))
    owners = _owners(one, state) if asks else []
    unit = unit_names.spoken(one.unit) if one.unit else say("desk.taken.some_unit")
    return {
        "id": one.folder.name,
        "who": names.shown(one.code) if one.code and len(owners) < 2 else say("desk.taken.nobody"),
        "unit": unit,
        "reason": _reason(one.why if owners else names.with_people(one.why)),
        "file": projection.file_name("/".join(PurePosixPath(one.origin).parts[1:]) or one.origin),
        "at": format_moment(one.at),
        "owners": [{"code": code, "text": _owner(one, code, names)} for code in owners],
        "ask": _request(one.unit, one.code, one.reason),
        "ask_whom": "" if asks or one.code else _request(one.unit, "{code}", one.reason),
        "likely": "" if asks or one.code else _likely(one),
        "asked": asked(one, names),
        "files": _originals(one.folder),
        "stray": None,
        "choose": asks and (one.two_works or not owners),
    }


def _likely(one: Refusal) -> str:
    """Return the code of who was asked before, or of the only person whom the file's path names, or ""."""
    named = guess_owner.named_in_path(one.origin, guess_owner.people)
    return one.asked or (named[0] if len(named) == 1 else "")


def asked(one: Refusal, names: Names) -> str:
    """Return when a file was asked for again and from whom, with what came from that person since, or ""."""
    if one.asked_at is None:
        return ""
    at = format_moment(one.asked_at)
    if not one.asked:
        return say("desk.taken.asked", at=at)
    units = ", ".join(map(unit_names.spoken, sorted(one.taken_since_asked())))
    since = say("desk.taken.came_since", units=units) if units else ""
    return " ".join(filter(None, (say("desk.taken.asked_whom", who=names.shown(one.asked), at=at), since)))


def _request(unit: str, code: str, reason: str) -> str:
    """Return a request to send again, with why the file was refused but not whose it may be."""
    return reminders.request(unit, code, unit_names.in_words(reason))


def _owner(one: Refusal, code: str, names: Names) -> str:
    if one.two_works:
        return say("desk.taken.one_person")
    return say("desk.taken.owner", code=" ".join(filter(None, (code, names.person(code).name))))


def _owners(one: Refusal, state: ClassState) -> list[str]:
    """Return the codes of the people who may own a refused submission: named in it, misspelt, or named by the path."""
    known = frozenset(person.code for person in state.people)
    named = [code for code in dict.fromkeys((*one.claimed, one.code)) if code in known]
    return (named or codes.near_codes(one.code, known))[:_MOST_OWNERS] or guess_owner.named_in_path(
        one.origin, guess_owner.people
    )


def _is_submission(one: Refusal, path: Path) -> bool:
    """Return whether a refused file was read as a submission, so that only its owner or unit is in doubt.

    ``collect`` notes the hash of a submission's parts, but of an unreadable file the hash of the file itself.
    """
    if not one.content or not path.is_file():
        return bool(one.content)
    return one.content != digest({"": path})


def _strays(batch: Batch | None, names: Names) -> list[RefusedFile]:
    """Return the files of a batch that look handed in, are no submission, and were stored nowhere."""
    if batch is None or not batch.folder.is_dir():
        return []
    found: list[RefusedFile] = []
    for arrival in unrecognised_files.strays(batch.folder, frozenset(), frozenset(), cache(guess_owner.people)):
        if not arrival.originals:
            one = arrival.decision
            path = inbox.file_in(batch.id, one.where)
            found.append(
                {
                    "id": "",
                    "who": say("desk.taken.nobody"),
                    "unit": say("desk.taken.some_unit"),
                    "reason": " ".join((_reason(names.with_people(one.reason)), say("desk.taken.stray"))),
                    "file": projection.file_name("/".join(PurePosixPath(one.where).parts[1:])),
                    "at": "",
                    "owners": [],
                    "ask": _request("", "", one.reason),
                    "ask_whom": _request("", "{code}", one.reason),
                    "likely": "",
                    "asked": "",
                    "files": [path.relative_to(course.root()).as_posix()] if path else [],
                    "stray": {"batch": batch.id, "file": one.where},
                    "choose": False,
                }
            )
    return found


def _reason(stored: str) -> str:
    """Return why a file was refused, with units as they are spoken."""
    return unit_names.in_words(visible(stored))


def _mended(one: Mapping[str, Any], names: Names) -> MendedWork:
    attempt = _attempt(one)
    submitted = reader.submitted(str(one["unit"]), str(one["code"]))
    noted = submitted or attempt
    notes = question_names.in_notes(noted.notes, noted.unit, noted.version, noted.code) if noted else []
    return {
        "unit_id": str(one["unit"]),
        "code": str(one["code"]),
        "who": names.shown(str(one["code"])),
        "unit": unit_names.spoken(str(one["unit"])),
        "notes": notes,
    }


def _late(one: Mapping[str, Any], names: Names) -> LateWork | None:
    """Return late work that was just taken in, or None if nothing is to be decided about it any more."""
    unit, code, attempt = str(one["unit"]), str(one["code"]), _attempt(one)
    waits = attempt is not None and late_work.waits(unit, code, attempt.judged_at)
    return _late_work(unit, code, attempt.judged_at, names) if attempt and waits else None


def _late_work(unit: str, code: str, at: datetime, names: Names) -> LateWork:
    until = reminders.until_after(at)
    words = {"who": names.shown(code), "unit": unit_names.spoken(unit), "at": format_moment(at)}
    stored = next((one for one in reader.attempts(unit, code) if one.judged_at == at), None)
    return {
        "unit_id": unit,
        "code": code,
        "at": at.isoformat(),
        "text": say("desk.taken.late", **words),
        "files": _originals(stored.folder) if stored else [],
        "button": say("desk.taken.extend", at=reminders.clock_and_day(until)),
        "until": reminders.in_field(until),
    }


def _missing(unit: str, state: ClassState, names: Names, now: datetime) -> MissingWork | None:
    who = reminders.still_asked(state, state.unit(unit), now)
    if not who or state.unit(unit).deadline is None:  # one person's early work asks nothing of the others
        return None
    text = say("desk.taken.missing", count=len(who), unit=unit_names.spoken(unit))
    return {"unit_id": unit, "text": text, "who": "; ".join(names.some(who))}


def _taken_by(taken: Iterable[Mapping[str, Any]], names: Names) -> list[str]:
    return [
        say("desk.taken.one", unit=unit_names.spoken(str(one["unit"])), who=names.shown(str(one["code"])))
        for one in taken
    ]


def _attempt(one: Mapping[str, Any]) -> Attempt | None:
    unit, code, sha256 = str(one["unit"]), str(one["code"]), str(one.get("sha256", ""))
    return next((found for found in reader.attempts(unit, code) if found.sha256 == sha256), None)


def _batch(job: Job) -> Batch | None:
    place = PurePosixPath(str(job.arguments.get("folder", "")))
    if place.parts[:1] != (course.INBOX,) or len(place.parts) < 2:
        return None
    return next((one for one in inbox.batches() if one.id == place.parts[1]), None)


def stored_files(batch: Batch) -> list[str]:
    """Return the displayed paths of a batch's files that ``collect`` stored as somebody's attempt."""
    found = []
    for path in (course.root() / course.ATTEMPTS).glob(f"*/*/*/{course.COLLECTED}"):
        if path.parts[-4] != course.REFUSED and path.stat().st_mtime >= batch.at.timestamp():
            origin = str(read_json(path).get("origin", ""))
            if PurePosixPath(origin).parts[:1] == (batch.id,):
                found.append(origin)
    return found

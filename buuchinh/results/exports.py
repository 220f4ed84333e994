"""Read exported results from files saved from the pages ("Lưu vào tệp") and submissions as zip file, text or folder.

Only what a summary of many people needs is returned: the owner (a code or nobody), which of the ten questions of each
short test were answered right, and hashes that recognise the same answers in another file. The answers themselves are
never returned.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from buuchinh import codes, course
from buuchinh.files import loads
from buuchinh.intake import checkpoints, find_submissions, salvage, submission_places
from buuchinh.intake.file_groups import Unreadable, never_ended
from buuchinh.intake.filenames import disk_name
from buuchinh.intake.submission import Submission
from buuchinh.intake.submission_places import SubmissionPlace
from buuchinh.messages import say
from buuchinh.questions.practice import assessment

FORMAT = "buuchinh-hoc-1"
"""Format name that ``learner/src/page/reference/saved_file.js`` writes into the files that it saves."""
CAP = 20_000_000
"""Maximum size of a saved file in bytes; a whole course answered ten times takes less than two million."""
LINES = 50_000
_OF_SYSTEMS = frozenset({"Thumbs.db", "desktop.ini"})
PEOPLE = 60
"""Maximum number of people in one file: an office computer is shared by a shift, not by a province."""


@dataclass(frozen=True)
class Ended:
    """A finished short test.

    ``at`` is when it was finished (ISO 8601), ``right`` whether each question was answered right, and ``place`` whether
    the test was taken ``"before"`` or ``"after"`` the course, or None if that is not recorded.
    """

    at: str
    version: str
    right: Mapping[str, bool]
    place: str | None = None


@dataclass(frozen=True)
class ExportedResult:
    """One person's results in one file.

    ``code`` is normalised, or ``""`` if the file has none. ``tests`` holds the finished tests by unit, and ``marks``
    the hashes that identify single answers (see ``mark``).
    """

    path: str
    code: str
    tests: Mapping[str, Ended]
    marks: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class UnusableFile:
    """A file that cannot be read or not completely, with the reason in one sentence."""

    path: str
    words: str


def results_in(place: SubmissionPlace) -> Iterator[ExportedResult | UnusableFile]:
    """Yield the results in the files of one place, and an ``UnusableFile`` for each that cannot be used.

    It never raises because of a file's content. ``intake.worker_pool`` runs it in a reader process.
    """
    others = []
    for name in place.names:
        shown = f"{place.where}/{disk_name(name)}"
        if checkpoints.finished(shown):
            continue
        if cause := checkpoints.begin("parse", shown):
            yield UnusableFile(shown, never_ended(disk_name(name), cause).message)
            continue
        data = _exported(place.folder / name)
        if data is None:
            others.append(name)
            continue
        yield from _exported_results(shown, data)
        checkpoints.finish(shown)
    if others:
        yield from _handed_in(replace(place, names=tuple(others)))


def _exported(path: Path) -> bytes | None:
    """Return the bytes of a file saved from the pages, or None for any other file; symbolic links are not followed."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(400)
            if FORMAT.encode() not in head.replace(b"\0", b""):
                return None
            return head + file.read(CAP + 1 - len(head))
    except OSError:
        return None  # ``_handed_in`` reports it


def _exported_results(path: str, data: bytes) -> Iterator[ExportedResult | UnusableFile]:
    if len(data) > CAP:
        yield UnusableFile(path, say("files.too_large", limit=CAP // 1_000_000))
        return
    try:
        read = loads(salvage.text(data)[0])
    except (ValueError, RecursionError):
        yield UnusableFile(path, say("results.campaign.cut_off"))
        return
    match read:
        case {"format": str(form), "course": str(title), "lines": list(lines), "state": list(state)} if form == FORMAT:
            if title != course.settings().title:
                yield UnusableFile(path, say("results.campaign.other_course", title=title[:80]))
                return
            people = _people(lines[:LINES], state[:LINES])
        case _:
            yield UnusableFile(path, say("results.campaign.other_shape"))
            return
    strange = [code for code in people if code and not codes.valid(code)]
    if strange or len(people) > PEOPLE:
        yield UnusableFile(path, say("results.campaign.strange_codes" if strange else "results.campaign.many_people"))
        return
    if not people:
        yield UnusableFile(path, say("results.campaign.nothing"))
    for code, (marks, ends) in people.items():
        tests, notes = _ended(path, ends)
        yield from notes
        if marks or tests:
            yield ExportedResult(path, codes.normalise(code) if code else "", tests, frozenset(marks))


def _people(lines: list[Any], state: list[Any]) -> dict[str, tuple[set[str], list[Any]]]:
    """Return the hashes of answers and the finished tests by the code under which they were saved."""
    people: dict[str, tuple[set[str], list[Any]]] = {}
    for one in lines:
        match one:
            case {"place": str(place), "line": {"id": str(name), "at": str(at), "answer": answer}}:
                try:
                    person, unit, _ = loads(place)
                except (ValueError, RecursionError, TypeError):
                    continue
                if isinstance(person, str) and isinstance(unit, str):
                    people.setdefault(person, (set(), []))[0].add(mark(name, at, answer))
    for one in state:
        match one:
            case [str(key), dict(end)] if key.startswith("finished ") and key.count(" ") == 2:
                people.setdefault(key.split(" ")[1], (set(), []))[1].append(end)
    return people


def _handed_in(place: SubmissionPlace) -> Iterator[ExportedResult | UnusableFile]:
    """Yield the results in submissions, and an ``UnusableFile`` for each file if no submission is found."""
    any_arrival = False
    for arrival, _ in find_submissions.read_place(place):
        any_arrival = True
        if isinstance(arrival, Unreadable):
            yield UnusableFile(arrival.where, arrival.problem.message)
        else:
            yield from _submission(arrival)
    if not any_arrival:
        yield from (
            UnusableFile(f"{place.where}/{disk_name(name)}", say("results.campaign.no_result")) for name in place.names
        )


def _submission(arrival: Submission) -> Iterator[ExportedResult | UnusableFile]:
    if arrival.unit not in course.released_units():
        yield UnusableFile(arrival.origin, say("results.campaign.no_result"))
        return
    ends = []
    for unit in assessment.TESTS:
        try:
            ends.append(loads(salvage.text(arrival.files.get(f"{unit}.json", b"null"))[0]))
        except (ValueError, RecursionError):
            yield UnusableFile(arrival.origin, say("results.campaign.bad_test", unit=unit))
    tests, notes = _ended(arrival.origin, [end for end in ends if end is not None])
    yield from notes
    entries = arrival.answers.items()
    marks = frozenset(mark(name, str(entry.get("at")), entry.get("answer")) for name, entry in entries)
    if arrival.code and not codes.valid(arrival.code):
        yield UnusableFile(arrival.origin, say("results.campaign.strange_codes"))
    elif marks or tests:
        yield ExportedResult(arrival.origin, codes.normalise(arrival.code) if arrival.code else "", tests, marks)
    else:
        yield UnusableFile(arrival.origin, say("results.campaign.nothing"))


def _ended(path: str, ends: list[Any]) -> tuple[dict[str, Ended], list[UnusableFile]]:
    """Return by unit the first completion of each test, scored, and an ``UnusableFile`` for each unusable one.

    Completions are unusable if they are malformed or belong to another version than this course's.
    """
    first: dict[str, Ended] = {}
    notes: list[UnusableFile] = []
    for raw in ends:
        end = assessment.finished(raw)
        if end is None:
            notes.append(UnusableFile(path, say("results.campaign.bad_end")))
            continue
        file = assessment.questions(end["unit"])
        if end["version"] != file.version:
            words = say("results.campaign.other_version", unit=file.unit, version=end["version"][:20], own=file.version)
            notes.append(UnusableFile(path, words))
            continue
        scored = assessment.assess(file, end["answers"], course.settings().reviewed_on)
        right = {name: score.fraction >= 1 for name, score in scored.items()}
        place = end.get("place") if end.get("place") in assessment.PLACES else None
        made = Ended(end["finished_at"][:40], file.version, right, place)
        first[file.unit] = min(first.get(file.unit, made), made, key=lambda end: assessment.moment(end.at))
    return first, notes


def mark(name: str, at: str, answer: Any) -> str:
    """Return a short hash of question, time and answer, which identifies one answer of one person."""
    try:
        text = json.dumps([name, at, answer], sort_keys=True)
    except (ValueError, RecursionError, TypeError):
        text = f"{name} {at}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def strangers(top: Path) -> Iterator[UnusableFile]:
    """Yield the files below ``top`` whose names show that they hold no results; skip hidden and system files."""
    known = {(place.folder, name) for place in submission_places.places(top) for name in place.names}
    for where, folder, _, names in submission_places.entered(top, ()):
        for name in sorted(names):
            if (folder, name) not in known and name not in _OF_SYSTEMS and not name.startswith((".", "~$")):
                yield UnusableFile(f"{where}/{disk_name(name)}", say("results.campaign.no_result"))

"""Read trainees' exported results for a campaign's summary.

The results come from files that trainees saved from the course's pages ("Lưu vào tệp"), from submissions (zip files,
text files or folders), and from the files that instructors make of a whole class (``class_export``). Only what a
summary of many people needs is returned: the owner's code, if any, which of the ten questions of each short test were
answered right, and hashes that recognise the same answers in another file. The answers themselves are never returned.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator
from dataclasses import replace
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
from buuchinh.results import class_export
from buuchinh.results.exported_results import Ended, ExportedResult, UnusableFile

FORMAT = "buuchinh-hoc-1"
"""Format name in files saved by ``learner/src/page/reference/saved_file.js``."""
CAP = 20_000_000
"""Maximum size of a saved file in bytes; a whole course answered ten times takes less than two million."""
LINES = 50_000
_OF_SYSTEMS = frozenset({"Thumbs.db", "desktop.ini"})
PEOPLE = 60
"""Maximum number of people in one file: an office computer is shared by a shift, not by a province."""


def results_in(place: SubmissionPlace) -> Iterator[ExportedResult | UnusableFile]:
    """Yield the results in the files of one folder, and an ``UnusableFile`` for each file that cannot be used.

    A file's content never causes an exception. ``intake.worker_pool`` runs this function in a separate reader process.
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
    """Return the content of a file saved from the course's pages, or None if ``path`` is any other file or a symlink.

    At most ``CAP`` + 1 bytes are read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(400)
            if not any(name.encode() in head.replace(b"\0", b"") for name in (FORMAT, class_export.FORMAT)):
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
        case {"format": class_export.FORMAT, "course": str(title)}:
            if title != course.settings().title:
                yield UnusableFile(path, say("results.campaign.other_course", title=title[:80]))
            else:
                yield from class_export.results_of_class(path, read)
            return
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
    """Map each code in a saved file to (hashes of the person's answers, records of finished tests)."""
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
    """Yield the results in the submissions at ``place``.

    If there is no submission at all, yield an ``UnusableFile`` for each file.
    """
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
    """Return each test's first completion, scored, by test name, and an ``UnusableFile`` for each unusable completion.

    A completion is unusable if it is malformed or belongs to a version of the test other than this course's.
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
            notes.append(UnusableFile(path, class_export.other_version(file, end["version"])))
            continue
        scored = assessment.assess(file, end["answers"], course.settings().reviewed_on)
        right = {name: score.fraction >= 1 for name, score in scored.items()}
        place = end.get("place") if end.get("place") in assessment.PLACES else None
        made = Ended(end["finished_at"][:40], file.version, right, place)
        first[file.unit] = min(first.get(file.unit, made), made, key=lambda end: assessment.moment(end.at))
    return first, notes


def mark(name: str, at: str, answer: Any) -> str:
    """Return a short hash of a question's id, the time and the answer, which identifies one person's answer."""
    try:
        text = json.dumps([name, at, answer], sort_keys=True)
    except (ValueError, RecursionError, TypeError):
        text = f"{name} {at}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def strangers(top: Path) -> Iterator[UnusableFile]:
    """Yield an ``UnusableFile`` for each file below ``top`` whose name shows that it holds no results.

    Hidden files and system files are skipped.
    """
    known = {(place.folder, name) for place in submission_places.places(top) for name in place.names}
    for where, folder, _, names in submission_places.entered(top, ()):
        for name in sorted(names):
            if (folder, name) not in known and name not in _OF_SYSTEMS and not name.startswith((".", "~$")):
                yield UnusableFile(f"{where}/{disk_name(name)}", say("results.campaign.no_result"))

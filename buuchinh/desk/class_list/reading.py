"""Take in a class list on the desk: it waits beside the inbox while its doubts are questions, then it is enrolled.

A class has one list. Whatever a new list is called, it takes the place and the name of the one before, so that codes
stay with their people; the list before goes to the backups.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import answered_list, enrolment, gradebook, roster, roster_doubts
from buuchinh.classroom.enrolment import Enrolment
from buuchinh.classroom.roster_contents import Roster
from buuchinh.classroom.roster_doubts import Doubt
from buuchinh.desk.arrivals import inbox
from buuchinh.desk.naming import projection
from buuchinh.errors import KitError, Problem
from buuchinh.files import remove_tree, rename, write_bytes
from buuchinh.intake.filenames import safe
from buuchinh.messages import say
from buuchinh.personal_data.backup_contents import LISTS

_WAITING = ".danh-sach"
FOREIGN = "foreign"
"""The question whether a list that names nobody of the class is for this class."""


@dataclass(frozen=True)
class WaitingList:
    """A list that was read and not enrolled; ``foreign`` is True if it names nobody of the class's ``enrolled``."""

    path: Path
    place: Path
    roster: Roster
    doubts: tuple[Doubt, ...]
    enrolled: int
    foreign: bool

    @property
    def questions(self) -> dict[str, Doubt]:
        """The doubts that are questions whether two rows are one person, by their names for a page."""
        asked: dict[str, Doubt] = {}
        for doubt in self.doubts:
            if doubt.row and doubt.before:
                asked.setdefault(f"{doubt.row.line} {doubt.before.code}", doubt)
        return {} if self.foreign else asked

    @property
    def asks(self) -> bool:
        """Whether anything has to be answered before the list can be enrolled."""
        return self.foreign or bool(self.questions)


def receive(batch: str) -> WaitingList:
    """Store the only file of a batch as the class list to confirm, and return it; nobody is enrolled yet.

    Raise ``KitError`` if it is no list or has faults, or while the desk is projected, since the questions name people.
    """
    found = inbox.find(batch)
    try:
        if projection.on():
            raise KitError(say("desk.list.projecting"))
        if len(found.files) != 1 or Path(found.files[0]).suffix.lower() not in LISTS:
            raise KitError(say("desk.steps.no_list"))
        drop()
        target = _folder() / safe(Path(found.files[0]).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        rename(found.folder / found.files[0], target)
    finally:
        inbox.remove(batch)
    try:
        return _read(target)
    except KitError as error:
        drop()
        raise KitError([_with_line(one) for one in error.problems]) from error


def waiting() -> WaitingList | None:
    """Return the list that waits for answers, or None if there is none, or none that can be read."""
    path = next((path for path in sorted(_folder().glob("*")) if path.is_file()), None)
    with suppress(KitError, OSError):
        return _read(path) if path else None
    return None


def drop() -> None:
    """Remove the list that waits; the class stays as it is."""
    if _folder().is_dir():
        remove_tree(_folder())


def enrol(answers: Mapping[str, Any]) -> Enrolment:
    """Enrol the list that waits, with an answer for each of its questions: True if two rows are the same person.

    Raise ``KitError`` if no list waits, or if its questions are not those that were answered. If the list cannot be
    enrolled, the class's folder stays as it was.
    """
    one = waiting()
    if one is None:
        raise KitError(say("desk.list.nothing_waits"))
    asked = {FOREIGN} if one.foreign else set(one.questions)
    if asked != set(answers) or (one.foreign and answers[FOREIGN] is not True):
        raise KitError(say("desk.list.other_questions"))
    place, data = one.place, one.path.read_bytes()
    if one.questions:
        place = place.with_suffix(".csv" if place.suffix == ".csv" else ".xlsx")
        given = [(doubt, answers[name] is True) for name, doubt in one.questions.items()]
        data = answered_list.content(one.roster, given, place)
    earlier = {path: path.read_bytes() for end in sorted(LISTS) if (path := place.with_suffix(end)).is_file()}
    done = None
    write_bytes(place, data)
    try:
        done = enrolment.enrol(place, joins=lambda _count: one.foreign)
    finally:
        if done is None and place in earlier:
            write_bytes(place, earlier[place])
        elif done is None:
            place.unlink()
    if done is None:
        raise KitError(say("desk.list.other_questions"))
    _put_away(place, earlier, data)
    drop()
    return done


def name_of_list() -> Path | None:
    """Return the path, with any suffix, of the list from which the class's newest list with codes was made, or None."""
    made = [path for path in _made() if path.is_file()]
    newest = max(made, key=lambda path: path.stat().st_mtime, default=None)
    return newest.with_name(newest.name.replace(f"{_suffix()}{newest.suffix}", newest.suffix)) if newest else None


def _read(path: Path) -> WaitingList:
    enrolled = gradebook.students()
    before = name_of_list()
    if before:
        place = before.with_suffix(path.suffix.lower())
    else:
        place = course.root() / safe(path.name, {one.name for one in course.root().iterdir()})
    loaded = roster.load(path, taken=enrolled, place=place)
    foreign = bool(enrolled) and not set(enrolled) & set(loaded.codes)
    return WaitingList(path, place, loaded, tuple(roster_doubts.found(loaded)), len(enrolled), foreign)


def _put_away(place: Path, earlier: Mapping[Path, bytes], data: bytes) -> None:
    """Move the lists that were replaced to the backups."""
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    for path, before in earlier.items():
        if before != data:
            name = say("desk.list.earlier_file", name=path.stem, at=stamp)
            write_bytes(course.root() / course.BACKUPS / f"{name}{path.suffix}", before)
        if path != place:
            path.unlink()


def _with_line(problem: Problem) -> Problem:
    if not problem.line:
        return problem
    return Problem("", 0, say("desk.list.line", line=problem.line, message=problem.message), problem.way_out)


def _made() -> list[Path]:
    return [path for end in (".csv", ".xlsx") for path in course.root().glob(f"*{_suffix()}{end}")]


def _suffix() -> str:
    return say("classroom.roster.suffix")


def _folder() -> Path:
    return course.root() / course.INBOX / _WAITING

"""Tell what the page of the class list shows: people, a list's doubts, deadlines, backups, the class's folder."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from buuchinh import course, personal_data
from buuchinh.classroom import assigned_roles, gradebook, leavers
from buuchinh.classroom.roster_doubts import Doubt
from buuchinh.desk.class_list import reading
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import ClassState, Unit
from buuchinh.desk.naming import projection, unit_names
from buuchinh.desk.other_classes import class_folders
from buuchinh.desk_payloads.desk_dialogs import ErasePreview, OwnDeadline, PersonSheet, RestorePreview
from buuchinh.desk_payloads.desk_screens import (
    BackupFile,
    ClassList,
    ListAbout,
    ListQuestion,
    ListRow,
    ListWaiting,
    NewestBundle,
    UnitDeadline,
)
from buuchinh.errors import KitError
from buuchinh.messages import say, section
from buuchinh.personal_data.backup_contents import LISTS
from buuchinh.personal_data.names import Names
from buuchinh.text import format_date, format_moment, format_number

_MOST_BACKUPS = 30
_MOST_NAMED = 12


def payload(state: ClassState) -> ClassList:
    """Return all that changes on the page, without the head and the foot line."""
    names = projection.names_to_show()
    return {
        "list": _about_list(),
        "waiting": _waiting(),
        "rows": _rows(state, names),
        "units": [_unit(unit) for unit in state.units if unit.given_out or unit_names.on_a_path(unit.id)],
        "backups": backups(),
        "bundle": bundle(),
        "folder": str(course.root()),
        "others": [{"name": path.name, "folder": str(path)} for path in class_folders.beside()],
    }


def person(state: ClassState, code: str) -> PersonSheet:
    """Return the sheet of one person; raise ``KitError`` if the class has no such person."""
    row = next((row for row in _rows(state, projection.names_to_show()) if row["code"] == code), None)
    if row is None:
        raise KitError(say("desk.errors.unknown_cell"))
    units = [unit for unit in state.units if unit.deadline and (unit.id, code) in state.cells]
    return {**row, "units": [_own(state, unit, code) for unit in units]}


def to_be_erased(code: str) -> ErasePreview:
    """Return in plain words where data about one person is, to be read before anything is erased."""
    words = section("desk.list.places")
    of_gradebook = say("personal_data.gradebook")
    kinds = ("gradebook" if place == of_gradebook else Path(place).parts[0] for place in personal_data.holds(code))
    counts = Counter(words.get(kind, words["other"]) for kind in kinds)
    return {"code": code, "places": [say("desk.list.places.count", place=one, count=counts[one]) for one in counts]}


def to_be_replaced(file: str) -> RestorePreview:
    """Return in sentences what restoring the backup ``file`` would replace; raise ``KitError`` if it is none."""
    seen = personal_data.preview(backup_path(file))
    at = format_moment(seen.made_at)
    return {"file": file, "at": at, "lines": _replaced(seen), "exercises": seen.about_exercises}


def backup_path(file: str) -> Path:
    """Return the path of a backup by its file's name; raise ``KitError`` if the class has no such backup."""
    path = course.root() / course.BACKUPS / file
    if path.name != file or path.suffix != ".zip" or not path.is_file():
        raise KitError(say("desk.list.no_such_backup"))
    return path


def backups() -> list[BackupFile]:
    """Return the class's backups, newest first."""
    found = sorted((course.root() / course.BACKUPS).glob("*.zip"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_backup(path) for path in found[:_MOST_BACKUPS]]


def _backup(path: Path) -> BackupFile:
    about = path.stat()
    at = datetime.fromtimestamp(about.st_mtime).astimezone()
    size = format_number(max(about.st_size / 1_000_000, 0.1), 1)
    return {
        "file": path.name,
        "path": path.relative_to(course.root()).as_posix(),
        "at": format_moment(at),
        "about": say("desk.list.size", size=size),
    }


def _replaced(seen: personal_data.Preview) -> list[str]:
    now = len(gradebook.students()) if seen.people is not None else 0
    lines = [say("desk.list.replaces.folders", files=seen.files, at=format_moment(seen.made_at))]
    if seen.people is not None:
        lines.append(say("desk.list.replaces.people", then=seen.people, now=now))
    if seen.gone:
        lines.append(say("desk.list.replaces.gone", count=len(seen.gone), codes=_some(seen.gone)))
    if seen.back:
        lines.append(say("desk.list.replaces.back", count=len(seen.back), codes=_some(seen.back)))
    word = "attempts" if seen.attempts else "no_attempts"
    lines.append(say(f"desk.list.replaces.{word}", count=seen.attempts))
    lines.append(say("desk.list.replaces.marks", at=format_moment(seen.made_at)))
    if seen.replaced:
        lines.append(say("desk.list.replaces.files", count=len(seen.replaced), files=_some(seen.replaced)))
    return lines


def _some(named: tuple[str, ...]) -> str:
    return ", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")


def _about_list() -> ListAbout:
    """Return which list the class has and when it was read, and the list to hand out."""
    base = reading.name_of_list()
    if base is None:
        return {"read": "", "to_hand_out": ""}
    made = next(path for end in (".csv", ".xlsx") if (path := _beside(base, "suffix", end)).is_file())
    at = datetime.fromtimestamp(made.stat().st_mtime).astimezone()
    names = (path.name for end in sorted(LISTS) if (path := base.with_suffix(end)).is_file())
    handed_out = _beside(base, "to_hand_out", ".xlsx")
    return {
        "read": say("desk.list.read", name=next(names, base.stem), at=format_moment(at)),
        "to_hand_out": handed_out.relative_to(course.root()).as_posix() if handed_out.is_file() else "",
    }


def _beside(base: Path, word: str, end: str) -> Path:
    return base.with_name(f"{base.stem}{say(f'classroom.roster.{word}')}{end}")


def _rows(state: ClassState, names: Names) -> list[ListRow]:
    left = leavers.left()
    codes = sorted(gradebook.students())
    roles = {one.code: one.role for one in state.people if one.role} | assigned_roles.all_of(left)
    return [
        {
            "code": code,
            "name": names.person(code).name,
            "office": names.person(code).office,
            "role": course.role_title(roles[code]) if code in roles else "",
            "own": "; ".join(_extra_times(state, code)),
            "left": say("desk.list.left", day=_day(left[code])) if code in left else "",
        }
        for code in codes
    ]


def _day(text: str) -> str:
    """Return an ISO date as people write it, or "" if it is none."""
    with suppress(ValueError, TypeError):
        return format_date(date.fromisoformat(text))
    return ""


def _extra_times(state: ClassState, code: str) -> list[str]:
    own = [(unit.id, until) for unit in state.units if (until := state.extended.get((unit.id, code)))]
    return [say("desk.list.own", unit=unit_names.spoken(name), at=reminders.clock_and_day(at)) for name, at in own]


def _unit(unit: Unit) -> UnitDeadline:
    return {
        "unit": unit.id,
        "short": unit_names.short(unit.id),
        "subject": unit_names.subject(unit.id),
        "deadline": reminders.clock_and_day(unit.deadline) if unit.deadline else "",
        "until": reminders.in_field(unit.deadline),
    }


def _own(state: ClassState, unit: Unit, code: str) -> OwnDeadline:
    own = state.extended.get((unit.id, code))
    words = section("desk.states")[state.cell(unit.id, code).state]
    return {
        **_unit(unit),
        "own": reminders.clock_and_day(own) if own else "",
        "until": reminders.in_field(own or unit.deadline),
        "state": words["full"],
    }


def bundle() -> NewestBundle:
    """Return the newest bundle for trainees, or empty words; one of an exam alone is none for who begins."""
    zips = [path for path in (course.root() / course.DIST).glob("*.zip") if not _is_of_units(path)]
    found = max(zips, key=lambda path: path.stat().st_mtime, default=None)
    if found is None:
        return {"path": "", "about": ""}
    at = datetime.fromtimestamp(found.stat().st_mtime).astimezone()
    return {
        "path": found.relative_to(course.root()).as_posix(),
        "about": say("desk.list.bundle", file=found.name, at=format_moment(at)),
    }


def _is_of_units(path: Path) -> bool:
    return any(map(course.graded, path.stem.split("-")))


def _waiting() -> ListWaiting | None:
    """Return the questions about a list that waits; while the desk is projected only that there are some."""
    if projection.on():
        return None
    one = reading.waiting()
    if one is None:
        return None
    foreign = say("desk.list.foreign", file=one.path.name, count=one.enrolled) if one.foreign else ""
    return {
        "file": one.path.name,
        "foreign": foreign,
        "questions": [_question(name, doubt) for name, doubt in one.questions.items()],
        "notes": notes(one.doubts),
    }


def notes(doubts: tuple[Doubt, ...] | list[Doubt]) -> list[str]:
    """Return what to check in a list and is no question between two answers."""
    return [say(f"desk.list.notes.{one.name}", **one.values) for one in doubts if one.row is None]


def _question(name: str, doubt: Doubt) -> ListQuestion:
    return {
        "id": name,
        "text": say("desk.list.question", **doubt.values),
        "detail": say(f"desk.list.why.{doubt.name}", **doubt.values),
    }

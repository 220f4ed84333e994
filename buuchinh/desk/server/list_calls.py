"""Define what the buttons of the class list's page do, each by the function that its command calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from buuchinh import course, personal_data
from buuchinh.classroom import gradebook, leavers
from buuchinh.classroom.enrolment import Enrolment
from buuchinh.classroom.roster_doubts import found
from buuchinh.codes import normalise
from buuchinh.desk.actions import clicks
from buuchinh.desk.arrivals import inbox
from buuchinh.desk.class_list import details, reading
from buuchinh.desk.naming import unit_names
from buuchinh.desk.other_classes import class_folders
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server.call_parts import Given, code, refuse_while_busy, saved, sizes, started, text, unit
from buuchinh.desk_payloads.desk_screens import CallReply
from buuchinh.errors import KitError
from buuchinh.files import rename
from buuchinh.intake import recount
from buuchinh.intake.filenames import safe
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.text import format_moment


def receive(_desk: Desk, given: Given) -> CallReply:
    """Take a class list that was dropped, and enrol it at once if nothing about it is in doubt."""
    refuse_while_busy()
    batch = inbox.finish(text(given, "batch"), sizes(given))
    one = reading.receive(batch.id)
    if one.asks:
        return {"text": say("desk.list.asks", count=max(len(one.questions), 1)), "asks": True}
    return _enrolled(reading.enrol({}))


def enrol(_desk: Desk, given: Given) -> CallReply:
    """Enrol the list that waits, with the answers to its questions."""
    answers = given.get("answers")
    if not isinstance(answers, dict) or not all(isinstance(one, bool) for one in answers.values()):
        raise KitError(say("desk.errors.not_understood"))
    refuse_while_busy()
    return _enrolled(reading.enrol(answers))


def drop_list(_desk: Desk, _given: Given) -> CallReply:
    """Drop the list that waits."""
    reading.drop()
    return {"text": say("desk.list.dropped")}


def leave(_desk: Desk, given: Given) -> CallReply:
    """Record that a person left the class."""
    refuse_while_busy()
    gone = leavers.leave(code(given))
    return saved(say("cli.leave.left", code=gone), clicks.command_line("leave", {"code": gone}))


def come_back(_desk: Desk, given: Given) -> CallReply:
    """Record that a person who left is back."""
    refuse_while_busy()
    back = leavers.come_back(code(given))
    return saved(say("cli.leave.is_back", code=back), clicks.command_line("come_back", {"code": back}))


def take_back_extra_time(_desk: Desk, given: Given) -> CallReply:
    """Take a person's extra time back."""
    name, whom = unit(given), code(given)
    refuse_while_busy()
    made = recount.take_back_extra_time(name, whom)
    until = format_moment(made.until) if made.until else say("desk.list.no_deadline")
    words = say("desk.list.taken_back", code=made.code, unit=unit_names.spoken(name), until=until)
    return saved(words, clicks.command_line("take_back_extra_time", {"unit": name, "code": whom}))


def remove_deadline(_desk: Desk, given: Given) -> CallReply:
    """Take the class's deadline for a unit away."""
    name = unit(given)
    refuse_while_busy()
    recount.change_deadline(name, None)
    words = say("desk.list.deadline_removed", unit=unit_names.spoken(name))
    return saved(words, clicks.command_line("no_deadline", {"unit": name}))


def forget(_desk: Desk, given: Given) -> CallReply:
    """Erase a person's data, if the code was typed by hand; say what is left for the instructor to erase."""
    whom, typed = code(given), given.get("typed")
    if not isinstance(typed, str) or not _is_same(typed, whom):
        raise KitError(say("desk.list.typed_otherwise", code=whom))
    refuse_while_busy()
    erased = personal_data.forget(whom)
    words = say("desk.list.forgotten.done", code=whom, count=len(erased.places))
    return saved(words, clicks.command_line("forget", {"code": whom})) | {"lines": _left_to_do(erased)}


def restore(_desk: Desk, given: Given) -> CallReply:
    """Start to restore a backup, with its exercises too if the page says that they were agreed to."""
    path = details.backup_path(text(given, "file"))
    agreed = {"exercises": True} if given.get("exercises") is True else {}
    return started("restore", {"file": path.relative_to(course.root()).as_posix(), **agreed})


def take_backup_in(_desk: Desk, given: Given) -> CallReply:
    """Put a backup from elsewhere, such as a USB stick, among the class's backups, if it is one."""
    batch = inbox.finish(text(given, "batch"), sizes(given))
    try:
        if len(batch.files) != 1 or Path(batch.files[0]).suffix.lower() != ".zip":
            raise KitError(say("desk.list.one_backup"))
        source, folder = batch.folder / batch.files[0], course.root() / course.BACKUPS
        personal_data.preview(source)
        folder.mkdir(parents=True, exist_ok=True)
        name = safe(f"{source.stem}.zip", {path.name for path in folder.iterdir()})
        rename(source, folder / name)
    finally:
        inbox.remove(batch.id)
    return {"file": name}


def open_class(_desk: Desk, given: Given) -> CallReply:
    """Open another class's folder in a tab of its own."""
    folder = class_folders.open_beside(text(given, "folder"))
    return {"text": say("desk.list.opening", name=folder.name)}


CALLS: Mapping[str, Callable[[Desk, Given], CallReply]] = {
    "danh-sach": receive,
    "ghi-danh-sach": enrol,
    "bo-danh-sach": drop_list,
    "roi-lop": leave,
    "tro-lai": come_back,
    "thoi-gia-han": take_back_extra_time,
    "bo-han": remove_deadline,
    "xoa-han": forget,
    "khoi-phuc": restore,
    "nhan-ban-sao": take_backup_in,
    "lop-khac": open_class,
}
"""The function of each address below the desk's ``lam/`` that belongs to this page."""


def _enrolled(done: Enrolment) -> CallReply:
    made = done.roster
    words = say("desk.steps.enrolled", count=len(made.codes), new=done.new, file=done.handed_out.name)
    lines = details.notes([one for one in found(made) if one.name != "gone"])
    if stay := sorted(set(gradebook.students()) - set(made.codes) - set(leavers.left())):
        lines.append(say("desk.list.stay", count=len(stay), people=Names.read().with_names(stay)))
    if done.back:
        lines.insert(0, say("classroom.roster.back", codes=Names.read().with_names(done.back)))
    line = clicks.command_line("roster", {"file": made.path.relative_to(course.root()).as_posix()})
    return saved(words, line) | {"lines": lines, "file": done.handed_out.relative_to(course.root()).as_posix()}


def _is_same(typed: str, whom: str) -> bool:
    try:
        return normalise(typed) == whom
    except KitError:
        return False


def _left_to_do(erased: personal_data.Erased) -> list[str]:
    """Return what the instructor must still erase by hand."""
    lines = [say("cli.forget.roster")]
    if any(place.startswith(f"{course.REPORTS}/") for place in erased.places):
        lines.append(say("desk.list.forgotten.reports"))
    if erased.rows:
        lines.append(say("cli.forget.row", rows="; ".join(erased.rows)))
    if erased.left:
        lines.append(say("cli.forget.left", paths=", ".join(erased.left)))
    if erased.unread:
        lines.append(say("cli.forget.unread", paths=", ".join(erased.unread)))
    if erased.nobodys:
        lines.append(say("cli.forget.nobodys", count=len(erased.nobodys), paths=", ".join(erased.nobodys)))
    lines += erased.on_hub
    if erased.uncleaned:
        lines.append(say("desk.list.forgotten.uncleaned", reason=erased.uncleaned))
    if erased.on_server:
        lines.append(say("cli.forget.server"))
    if erased.backups:
        lines.append(say("cli.forget.still", code=erased.code, backups=", ".join(erased.backups)))
    return lines

"""Tell how an exam is given out, and how its next sitting comes about, for the sheet of its column."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.desk.class_state import sitting_again
from buuchinh.desk.class_state.read_class import ClassState, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk_payloads.desk_dialogs import GiveBack, OpenedFile
from buuchinh.desk_payloads.desk_screens import DeskButton
from buuchinh.exam import exam_groups, later_sittings
from buuchinh.messages import say
from buuchinh.release import bundle
from buuchinh.text import format_moment


def hand_out(unit: Unit) -> GiveBack:
    """Return the sentences, the button and the file that are about a bundle of one exam alone."""
    if not unit.exam:
        return _part()
    no_deadline = [] if unit.deadline else [say("desk.exam.no_deadline")]
    if course.is_practice_class():
        return _part([*no_deadline, say("desk.exam.practice")])
    job = _button("do_bundle", "job", action="bundle", unit=unit.id)
    return _part([*no_deadline, say("desk.exam.bundle")], [job], list(_bundle(unit.id)))


def next_sitting(state: ClassState, unit: Unit) -> GiveBack:
    """Return the sentences and the button that are about the sitting after this one, for people who have not passed."""
    if not sitting_again.is_latest(unit):
        return _part()
    group = exam_groups.group_of_exam(unit.id)
    drawn = [name for name in later_sittings.unreleased() if exam_groups.group_of_exam(name) == group]
    if drawn:
        words = say("desk.exam.drawn", unit=unit_names.spoken(drawn[0]))
        return _part([words], [_button("do_read", "exam", unit=drawn[0])])
    codes = sitting_again.not_passed(state, unit)
    if not codes or not unit.graded_at:
        return _part()
    following = later_sittings.following(unit.id)
    if not later_sittings.can_be_drawn(following):
        return _part([say("desk.exam.no_pool", count=len(codes))])
    draw = _button("do_draw", "job", action="exam_build", unit=following)
    return _part([say("desk.exam.to_draw", count=len(codes))], [draw])


def _bundle(unit: str) -> list[OpenedFile]:
    """Return the bundle of this exam alone, if it was made."""
    path = bundle.archive_of_units(unit)
    if not path.is_file():
        return []
    at = format_moment(datetime.fromtimestamp(path.stat().st_mtime).astimezone())
    shown = path.relative_to(course.root()).as_posix()
    return [{"text": say("desk.exam.file", file=path.name, at=at), "path": shown, "opens": False}]


def _button(name: str, kind: str, **values: Any) -> DeskButton:
    return {"text": say(f"desk.exam.{name}"), "kind": kind, "values": values}


def _part(
    lines: list[str] | None = None, actions: list[DeskButton] | None = None, files: list[OpenedFile] | None = None
) -> GiveBack:
    return {"lines": lines or [], "actions": actions or [], "files": files or []}

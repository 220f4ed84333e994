"""Tell what can be given back for one unit: feedback to send and to print, solutions, and who is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import ClassState, Unit
from buuchinh.desk.naming import projection
from buuchinh.desk.tasks.now import outdated
from buuchinh.desk_payloads.desk_dialogs import GiveBack, OpenedFile
from buuchinh.desk_payloads.desk_screens import DeskButton
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.release import propagate_correction
from buuchinh.results import feedback_pages, feedback_sent, send_feedback, solution_pack
from buuchinh.text import format_moment


def payload(state: ClassState, unit: Unit, at: datetime, names: Names) -> GiveBack:
    """Return the sentences, buttons and files of a unit's sheet that are about feedback and solutions."""
    lines, actions = _sending(state, unit, names)
    more_lines, more_actions = _solutions(state, unit, at, names)
    return {"lines": lines + more_lines, "actions": actions + more_actions, "files": list(_files(unit.id))}


def _sending(state: ClassState, unit: Unit, names: Names) -> tuple[list[str], list[DeskButton]]:
    if not unit.graded_at:
        return [], []
    lines = []
    if sent := feedback_sent.of_unit(unit.id):
        newest = max(sent.values())
        lines.append(say("desk.give_back.sent", count=len(sent), when=send_feedback.words(newest)))
    if changed := outdated(state, unit):
        lines.append(say("desk.give_back.outdated", count=len(changed), people="; ".join(names.some(changed))))
    job = {"action": "send_feedback", "unit": unit.id}
    if waiting := send_feedback.waiting_words(unit.id):
        lines.append(say("desk.give_back.waits", what=waiting))
        return lines, [_button("do_anyway", "job", job)]
    return lines, [_button("do_again" if sent else "do_send", "job", job)]


def _solutions(state: ClassState, unit: Unit, at: datetime, names: Names) -> tuple[list[str], list[DeskButton]]:
    if unit.exam or unit.deadline is None:
        return [], []
    if ends := solution_pack.still_open(unit.id, at):
        return [_still_time(state, ends, names)], []
    if propagate_correction.is_corrected(unit.id):
        return [say("desk.give_back.corrected")], []
    return [], [_button("do_solutions", "solutions", {"unit": unit.id})]


def _still_time(state: ClassState, ends: dict[str, datetime], names: Names) -> str:
    """Return a sentence on who still has time, so that there are no solutions yet."""
    latest = reminders.clock_and_day(max(ends.values()))
    if "" in ends:
        return say("desk.give_back.class_has_time", at=latest)
    present = {one.code for one in state.people}
    codes = [code for code in ends if code in present] or list(ends)
    return say("desk.give_back.people_have_time", people="; ".join(names.some(codes)), at=latest)


def _files(unit: str) -> Iterator[OpenedFile]:
    """Yield what was made, each with its use and its path within the course."""
    for name, path in (
        ("zip", send_feedback.place(unit)),
        ("print", feedback_pages.of_class(unit)),
        ("solutions", solution_pack.place(unit)),
    ):
        if path.is_file() and not (name == "print" and projection.on()):  # it may show names
            at = format_moment(datetime.fromtimestamp(path.stat().st_mtime).astimezone())
            yield {"text": say(f"desk.give_back.file_{name}", at=at), "path": _shown(path), "opens": name == "print"}


def _button(name: str, kind: str, values: dict[str, Any]) -> DeskButton:
    return {"text": say(f"desk.give_back.{name}"), "kind": kind, "values": values}


def _shown(path: Path) -> str:
    return path.relative_to(course.root()).as_posix()

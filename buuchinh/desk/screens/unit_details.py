"""Tell everything about one unit, for the sheet that opens from the head of its column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from buuchinh import course
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import NOT_ASKED, ClassState, Unit
from buuchinh.desk.naming import file_names, unit_names
from buuchinh.desk.screens import exam_details, feedback_details
from buuchinh.desk.screens.class_table import STATES
from buuchinh.desk.tasks import now as rules
from buuchinh.desk_payloads.desk_dialogs import StateCount, UnitSheet
from buuchinh.desk_payloads.desk_screens import DeskButton, NamedFile
from buuchinh.messages import say, section
from buuchinh.personal_data.names import Names
from buuchinh.release import propagate_correction
from buuchinh.results import feedback_pages, report_parts

_SETTLED = NOT_ASKED | {"passed"}


def payload(state: ClassState, name: str, at: datetime, names: Names) -> UnitSheet:
    """Return the sheet of one unit; raise ``KeyError`` if it was never released."""
    unit = state.unit(name)
    folder = report_parts.folder(name)
    root = course.root()
    return {
        "unit": name,
        "heading": say("desk.cell.heading", unit=unit_names.short(name), subject=unit_names.subject(name)),
        "deadline": _deadline(unit),
        "until": reminders.in_field(unit.deadline),
        "states": list(_states(state, name, names)),
        "waits": _still_time(state, unit, at),
        "reports": [_offered(path.relative_to(root).as_posix()) for path in sorted(folder.glob("*.xlsx"))],
        "actions": _actions(state, unit, at),
        "hand_out": exam_details.hand_out(unit),
        "next_sitting": exam_details.next_sitting(state, unit),
        "give_back": feedback_details.payload(state, unit, at, names),
    }


def _offered(path: str) -> NamedFile:
    return {"path": path, "text": file_names.label(path)}


def _deadline(unit: Unit) -> str:
    if unit.deadline is None:
        return say("desk.unit.none")
    words = say("desk.unit.deadline", at=reminders.clock_and_day(unit.deadline))
    if unit.last and unit.last > unit.deadline:
        words += " " + say("desk.unit.last", at=reminders.clock_and_day(unit.last))
    return words


def _states(state: ClassState, name: str, names: Names) -> Iterator[StateCount]:
    """Yield how many people are in each state, and who they are where something is still to come from them or for them.

    Of whom an exam is not expected, those who passed an earlier sitting are counted by themselves.
    """
    words = section("desk.states")
    for one in STATES:
        groups: dict[str, list[str]] = {}
        for code in state.with_state(name, one):
            full = say("desk.unit.passed_before") if state.cell(name, code).passed_before else words[one]["full"]
            groups.setdefault(full, []).append(code)
        for full, codes in groups.items():
            yield {
                "sign": words[one]["sign"],
                "tone": words[one]["tone"],
                "text": say("desk.unit.count", count=len(codes), state=full),
                "who": [] if one in _SETTLED else names.some(codes),
            }


def _still_time(state: ClassState, unit: Unit, at: datetime) -> str:
    """Return a sentence on how many have handed in nothing and still have time, or "" if nobody is graded."""
    missing = state.with_state(unit.id, "nothing")
    in_time = [code for code in missing if (end := reminders.own_deadline(state, unit, code)) and end > at]
    if in_time and state.with_state(unit.id, "passed", "failed", "open"):
        return say("desk.unit.still_time", count=len(in_time))
    return ""


def _actions(state: ClassState, unit: Unit, at: datetime) -> list[DeskButton]:
    """Return the buttons of a unit; what cannot be done now has none."""

    def job(name: str, action: str) -> DeskButton:
        return {"text": say(f"desk.unit.do_{name}"), "kind": "job", "values": {"action": action, "unit": unit.id}}

    found: list[DeskButton] = []
    if state.with_state(unit.id, "new", "look", "waiting", "passed", "failed", "open"):
        found.append(job("grade", "grade"))
    if rules.marked_by_hand(state, unit.id) or state.with_state(unit.id, "waiting"):
        found.append({"text": say("desk.unit.do_mark"), "kind": "mark", "values": {"unit": unit.id}})
    if corrected := propagate_correction.is_corrected(unit.id):
        found.append({"text": say("desk.unit.do_regrade"), "kind": "regrade", "values": {"unit": unit.id}})
    if unit.graded_at and not corrected:  # feedback made now would tell the old key
        again = "_again" if feedback_pages.of_class(unit.id).is_file() else ""
        found.append(job(f"feedback{again}", "feedback"))
    if unit.graded_at:
        found.append(job("report", "report"))
    if unit.given_out and reminders.still_asked(state, unit, at):
        found.append({"text": say("desk.unit.do_remind"), "kind": "remind", "values": {"unit": unit.id}})
    return found

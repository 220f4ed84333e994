"""Tell, unit by unit, how far feedback is: packed when, ready, or what it waits for, each with its one button.

A button does what the head of the unit's column does (``class_table.next_step``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from buuchinh import course
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import ClassState, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk.screens import class_table
from buuchinh.desk.tasks import now as rules
from buuchinh.desk_payloads.desk_screens import DeskButton, FeedbackRow
from buuchinh.messages import say
from buuchinh.results import feedback_sent, send_feedback

_BEFORE_FEEDBACK: Mapping[str, str] = MappingProxyType(
    {"decisions": "look", "cell": "look", "mark": "mark", "regrade": "regrade"}
)
"""Map the kind of a column's next step to what feedback waits for."""


def payload(state: ClassState, at: datetime, corrected: Collection[str] = ()) -> list[FeedbackRow]:
    """Return a row for each unit with graded work; of ``corrected`` units a corrected key waits to be applied."""
    return [_row(state, unit, at, corrected=unit.id in corrected) for unit in state.units if unit.graded_at]


def _row(state: ClassState, unit: Unit, at: datetime, *, corrected: bool) -> FeedbackRow:
    step = class_table.next_step(state, unit, at, corrected=corrected)
    kind, values = step.get("kind", ""), step.get("values", {})
    name = _BEFORE_FEEDBACK.get(kind) or {"grade": "grade", "send_feedback": "send"}.get(values.get("action", ""))
    if name:
        words = _counts(state, unit, at, name)
        button = _button(name, kind, values, begun=name == "mark" and rules.marked_by_hand(state, unit.id) > 0)
        return _filled(unit, name, words, button=button)
    if changed := rules.outdated(state, unit):
        again = _button("again", "job", {"action": "send_feedback", "unit": unit.id})
        return _filled(unit, "again", {"count": len(changed)}, button=again)
    sent = feedback_sent.of_unit(unit.id)
    if sent and all(state.cell(unit.id, code).sent for code in state.with_state(unit.id, "passed", "failed")):
        words = {"count": len(sent), "when": send_feedback.words(max(sent.values()))}
        return _filled(unit, "sent", words, done=say("desk.feedback.sent_done"), file=_zip(unit.id))
    if unit.last and unit.last > at:
        missing = len(state.with_state(unit.id, "nothing"))
        return _filled(unit, "in_time", {"count": missing, "until": reminders.clock_and_day(unit.last)})
    return _filled(unit, "open", {})


def _counts(state: ClassState, unit: Unit, at: datetime, name: str) -> dict[str, Any]:
    if name == "send":
        return {"count": len(rules.ready_to_send(state, unit, at))}
    count = len(state.with_state(unit.id, "new" if name == "grade" else "waiting"))
    return {"count": count, "minutes": rules.minutes_to_mark(count)}


def _filled(
    unit: Unit,
    name: str,
    words: Mapping[str, Any],
    *,
    button: DeskButton | None = None,
    done: str = "",
    file: str = "",
) -> FeedbackRow:
    return {
        "unit": unit.id,
        "name": unit_names.short(unit.id),
        "text": say(f"desk.feedback.{name}", **words),
        "about": say(f"desk.feedback.{name}_about", **words),
        "done": done,
        "file": file,
        "button": button,
    }


def _button(name: str, kind: str, values: Mapping[str, Any], *, begun: bool = False) -> DeskButton:
    return {"text": say(f"desk.feedback.do_{name}{'_on' if begun else ''}"), "kind": kind, "values": values}


def _zip(unit: str) -> str:
    """Return the path of the file with everybody's feedback, or "" if it is not there."""
    path = send_feedback.place(unit)
    return path.relative_to(course.root()).as_posix() if path.is_file() else ""

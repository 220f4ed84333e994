"""Tell everything about one person in one unit, for the sheet that opens beside the table."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader, trainee_deadline
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import Cell, ClassState
from buuchinh.desk.naming import question_names, unit_names
from buuchinh.desk.screens import accept_preview
from buuchinh.desk.screens.class_table import points, score
from buuchinh.desk.tasks import time_again
from buuchinh.desk_payloads.desk_dialogs import CellSheet, HandedIn, QuestionPoints
from buuchinh.desk_payloads.desk_screens import DeskButton, SignedText
from buuchinh.errors import KitError
from buuchinh.grading import blank_answers
from buuchinh.messages import say, section
from buuchinh.personal_data.names import Names
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.results import feedback_pages, feedback_sent, result_list, results, send_feedback
from buuchinh.results.results import QuestionResult, Standing
from buuchinh.text import format_moment

_LONGEST = 110


def payload(state: ClassState, unit: str, code: str, names: Names, corrected: Collection[str] = ()) -> CellSheet:
    """Return the sheet of one person in one unit; raise ``KeyError`` if the class has no such person or unit.

    Of ``corrected`` units a corrected key waits to be applied, so that no feedback is offered.
    """
    cell = state.cell(unit, code)
    person = names.person(code)
    standing = _standing(unit, code)
    submitted = reader.submitted(unit, code)
    return {
        "unit": unit,
        "code": code,
        "name": person.name,
        "office": person.office,
        "heading": say("desk.cell.heading", unit=unit_names.short(unit), subject=unit_names.subject(unit)),
        "state": _state_words(cell),
        "total": _total(standing),
        "reasons": result_list.reasons(standing) if standing else [],
        "why": _why(standing) if standing and cell.state == "look" else [],
        "deadline": _deadline(state, unit, code),
        "handed_in": _handed_in(unit, code),
        "notes": question_names.in_notes(submitted.notes, unit, submitted.version, code) if submitted else [],
        "questions": _questions(standing) if standing else [],
        "feedback": _feedback(unit, code),
        "sent": send_feedback.words(feedback_sent.at(unit, code)),
        "outdated": say("desk.cell.outdated") if cell.outdated else "",
        "refused": [one.folder.name for one in state.refused if (one.unit, one.code) == (unit, code)],
        "until": _suggested(state, unit, code),
        "to_accept": (offered := accept_preview.payload(unit, code) if cell.state == "look" else None),
        "actions": _actions(
            state, cell, unit, code, standing, may_accept=offered is not None, corrected=unit in corrected
        ),
    }


def _state_words(cell: Cell) -> SignedText:
    words = dict(section("desk.states")[cell.state])
    if cell.passed_before:
        words["full"] = say("desk.cell.passed_before")
    return {"sign": words["sign"], "text": words["full"], "tone": words["tone"]}


def _standing(unit: str, code: str) -> Standing | None:
    try:
        return results.standings(unit, code)[0]
    except KitError:  # not graded
        return None


def _total(standing: Standing | None) -> str:
    return say("desk.cell.total", score=score(standing.earned, standing.most)) if standing else ""


def _why(standing: Standing) -> list[str]:
    """Return why answers await a decision, and what there is to do: a sentence for each reason."""
    counts = {reason: len(_undecided(standing, reason)) for reason in ("unknown", "waits")}
    return [say(f"desk.cell.why_{reason}", count=count) for reason, count in counts.items() if count]


def _undecided(standing: Standing, reason: str) -> list[str]:
    return [item.id for item in standing.items if item.earned is None and item.score.get("reason") == reason]


def _deadline(state: ClassState, unit: str, code: str) -> str:
    own = state.extended.get((unit, code))
    about = state.unit(unit)
    common = about.deadline
    if common is None:
        return say("desk.cell.no_deadline")
    if own and own > common:
        words = say("desk.cell.extended", at=reminders.clock_and_day(own), was=reminders.clock_and_day(common))
        after = bool(about.gone_out and own > about.gone_out)
        what = time_again.what_went_out(about)
        return " ".join(filter(None, (words, say("desk.cell.time_again", what=what) if after else "")))
    return say("desk.cell.deadline", at=reminders.clock_and_day(common))


def _handed_in(unit: str, code: str) -> list[HandedIn]:
    """Return the attempts, newest first, each with the path of its original."""
    counting = reader.submitted(unit, code)
    found: list[HandedIn] = []
    for attempt in reversed(reader.attempts(unit, code)):
        late = trainee_deadline.is_late(unit, code, attempt.judged_at)
        counts = counting is not None and counting.sha256 == attempt.sha256
        word = "counts" if counts else "late" if late else "earlier"
        original = attempt.original
        path = original.relative_to(course.root()).as_posix() if original else ""
        found.append(
            {"at": format_moment(attempt.at), "text": say(f"desk.cell.{word}"), "counts": counts, "path": path}
        )
    return found


def _questions(standing: Standing) -> list[QuestionPoints]:
    asked = _asked(standing)
    return [_question(number, item, asked) for number, item in enumerate(standing.items, 1)]


def _question(number: int, item: QuestionResult, asked: dict[str, AuthoredQuestion]) -> QuestionPoints:
    words = question_names.opening(asked[item.id], _LONGEST) if item.id in asked else item.id
    sign, tone = ("✎", "open") if item.earned is None else ("✓", "green") if item.right else ("↺", "ink")
    if _blank_zero(item):
        sign, tone = "·", "soft"
    return {
        "text": say("desk.cell.numbered", number=number, words=words),
        "points": say(
            "desk.cell.of", points="–" if item.earned is None else points(item.earned), most=points(item.most)
        ),
        "sign": sign,
        "tone": tone,
        "critical": ", ".join(_about(item)),
        "comment": item.comment,
    }


def _about(item: QuestionResult) -> list[str]:
    """Return what is to be known of a question's points: a blank answer got none, or a person gave none."""
    found = [say("desk.cell.critical")] if item.critical else []
    if _blank_zero(item):
        found.append(say("desk.cell.blank"))
    elif item.manual and item.earned == 0:
        found.append(say("desk.cell.zero_given"))
    return found


def _blank_zero(item: QuestionResult) -> bool:
    return item.earned == 0 and (item.score.get("reason") == "missing" or blank_answers.is_blank(item.answer))


def _asked(standing: Standing) -> dict[str, AuthoredQuestion]:
    try:
        return dict(versions.released_for(standing.unit, standing.version, standing.code).obscured)
    except KitError:  # the release is not on this machine
        return {}


def _feedback(unit: str, code: str) -> str:
    path = feedback_pages.place(unit, code)
    return path.relative_to(course.root()).as_posix() if path.is_file() else ""


def _suggested(state: ClassState, unit: str, code: str) -> str:
    """Return a deadline that lets the late submission count, for the field of “Gia hạn”, or ""."""
    at = state.late_at.get((unit, code))
    return reminders.in_field(reminders.until_after(at)) if at else ""


def _actions(
    state: ClassState, cell: Cell, unit: str, code: str, standing: Standing | None, *, may_accept: bool, corrected: bool
) -> list[DeskButton]:
    """Return the buttons for the state of a cell, the likeliest first."""
    both = {"unit": unit, "code": code}

    def button(name: str, kind: str, **values: Any) -> DeskButton:
        return {"text": say(f"desk.cell.do_{name}"), "kind": kind, "values": {**both, **values}}

    grade = {"action": "grade", "unit": unit}
    found: list[DeskButton] = []
    match cell.state:
        case "new":
            found.append({"text": say("desk.cell.do_grade"), "kind": "job", "values": grade})
        case "look":
            if may_accept:
                found.append(button("accept", "accept"))
            undecided = (
                [name for reason in ("unknown", "waits") for name in _undecided(standing, reason)] if standing else []
            )
            found.append(button("mark", "mark", **({"question": undecided[0]} if undecided else {})))
            if standing and _undecided(standing, "unknown"):
                found.append(button("ask", "copy", text=reminders.ask_own_form(unit, code)))
        case "waiting":
            found.append(button("mark", "mark"))
        case "refused":
            found.append(button("decide", "decisions"))
        case "nothing" if reminders.is_asked(state, state.unit(unit), code, datetime.now().astimezone()):
            found.append(button("remind", "remind"))
        case "passed" | "failed" if not cell.sent and not corrected:
            again = "_again" if _feedback(unit, code) else ""
            values = {"action": "feedback", "unit": unit, "only": code}
            found.append({"text": say(f"desk.cell.do_feedback{again}"), "kind": "job", "values": values})
    if state.unit(unit).deadline and cell.state in {"nothing", "not_given", "joined_after", "late", "refused", "new"}:
        found.append(button("extend", "extend"))
    if cell.state in {"passed", "failed", "open"} and cell.by_hand:
        found.append(button("see_marks", "mark"))
    return found

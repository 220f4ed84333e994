"""Define what the desk's buttons do: one function for each address, each calling what its command calls.

Long work starts a job. Short work is done at once, unless a job runs: it would have to wait for that job, and the
button says so instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader, refusals, typed_moment
from buuchinh.classroom import gradebook
from buuchinh.codes import normalise
from buuchinh.desk.actions import clicks, last_change
from buuchinh.desk.arrivals import decisions, inbox, late_work
from buuchinh.desk.class_state import reminders
from buuchinh.desk.comparisons import equal_pairs, pair_notes
from buuchinh.desk.naming import projection, unit_names
from buuchinh.desk.other_classes import practice
from buuchinh.desk.screens import accept_preview
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import call_parts, exam_calls
from buuchinh.desk.server.call_parts import RUNNER, Given
from buuchinh.desk.tasks import put_off, time_again
from buuchinh.desk_payloads.desk_screens import CallReply
from buuchinh.errors import KitError
from buuchinh.intake import recount
from buuchinh.jobs import job_state, start_job, stop_job
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.results import send_feedback, solution_pack
from buuchinh.text import format_moment

_REPORTS = frozenset({"report", "report_course", "report_tests"})
_OF_EXAM = frozenset({"exam_build", "release"})
_OF_CLASS = frozenset({"collect", "collect_exchange", "grade", "feedback", "send_feedback", "backup", "bundle"})
_STARTED = _OF_CLASS | _OF_EXAM | _REPORTS
"""The jobs that the pages of the class and of its results start; other pages have their own."""


def start(_desk: Desk, given: Given) -> CallReply:
    """Start long work: ``action`` with the other values as its arguments.

    Feedback is packed only after a question if something still waits, unless ``anyway`` is true.
    """
    action = call_parts.text(given, "action")
    if action not in _STARTED:
        raise call_parts.misunderstood()
    allowed = clicks.click(action).arguments
    arguments: dict[str, Any] = {name: value for name, value in given.items() if name in allowed and value}
    if action == "collect":
        batch = inbox.find(call_parts.text(given, "batch"))
        arguments = {"folder": f"{course.INBOX}/{batch.id}"}
    elif action == "bundle":
        arguments = {"only": [call_parts.unit(given)]} if given.get("unit") else {"without_exams": True}
    elif action in _OF_EXAM:
        arguments = exam_calls.arguments(
            action, call_parts.unit(given), redraw=given.get("redraw") is True, read=str(given.get("read", ""))
        )
    elif "unit" in allowed:
        arguments["unit"] = call_parts.unit(given)
    if action == "send_feedback" and not arguments.get("anyway") and (doubt := _doubt_of_packing(arguments["unit"])):
        return {"ask": doubt}
    return call_parts.started(action, arguments)


def stop(_desk: Desk, given: Given) -> CallReply:
    """Ask the running job to stop."""
    return {"job": stop_job.stop(call_parts.text(given, "job")).id}


def resume(_desk: Desk, given: Given) -> CallReply:
    """Do the rest of a job that did not come to its end."""
    job = job_state.read(call_parts.text(given, "job"))
    try:
        again = stop_job.resume(job.id, RUNNER)
        return {"job": again.id, "command": again.command}
    except start_job.Busy as busy:
        raise call_parts.busy(busy.job) from busy


def later(_desk: Desk, given: Given) -> CallReply:
    """Put a task behind the others until the morning."""
    until = put_off.add(call_parts.text(given, "task"), datetime.now().astimezone())
    return {"text": say("desk.done.later", at=f"{until:%H:%M}")}


def project(_desk: Desk, given: Given) -> CallReply:
    """Take names off every screen, or show them again."""
    projection.switch(to=bool(given.get("on")))
    return {"on": projection.on()}


def remind(desk: Desk, given: Given) -> CallReply:
    """Return a reminder to copy: for one person, or for all who owe the unit."""
    state, unit = desk.state(), call_parts.unit(given)
    about = next((one for one in state.units if one.id == unit), None)
    if about is None:
        raise call_parts.misunderstood()
    at = datetime.now().astimezone()
    missing = reminders.to_remind(state, about, at) or reminders.still_asked(state, about, at)
    codes = [call_parts.code(given)] if given.get("code") else missing
    if not codes:
        return {"text": say("desk.done.nobody_to_remind", unit=unit_names.spoken(unit))}
    until = state.extended.get((unit, codes[0])) if len(codes) == 1 else None
    text = reminders.reminder(unit, codes, max(filter(None, (about.deadline, until)), default=None))
    return {"copy": text, "text": say("desk.done.copied", count=len(codes))}


def finish_upload(_desk: Desk, given: Given) -> CallReply:
    """Make a batch of files whole, and take it in."""
    batch = inbox.finish(call_parts.text(given, "batch"), call_parts.sizes(given))
    try:
        return call_parts.started("collect", {"folder": f"{course.INBOX}/{batch.id}"})
    except call_parts.BusyNow:  # it stays in the inbox, and the page offers to take it in
        return {"text": say("desk.done.in_inbox", count=len(batch.files))}


def own(desk: Desk, given: Given) -> CallReply:
    """Take a refused file in as the work of one person."""
    refusal = _refusal(call_parts.text(given, "refusal"))
    path = decisions.original(refusal.folder).relative_to(course.root()).as_posix()
    code = call_parts.code(given)
    if code not in {one.code for one in desk.state().people}:
        raise call_parts.misunderstood()
    return call_parts.started("collect", {"folder": path, "owner": code})


def asked(_desk: Desk, given: Given) -> CallReply:
    """Record that a refused file was asked for again, from a person if one is known."""
    refusal = _refusal(call_parts.text(given, "refusal"))
    refusals.note_asked(refusal, call_parts.code(given) if given.get("code") else "")
    return {"text": decisions.asked(_refusal(refusal.folder.name), projection.names_to_show())}


def settle(_desk: Desk, given: Given) -> CallReply:
    """Settle a refused file, so that it is named nowhere any more."""
    refusal = _refusal(call_parts.text(given, "refusal"))
    call_parts.refuse_while_busy()
    refusals.settle(refusal.folder.name)
    return call_parts.saved(say("desk.done.settled"), clicks.command_line("settle", {"file": refusal.folder.name}))


def no_hand_in(_desk: Desk, given: Given) -> CallReply:
    """Record that a file of the inbox, such as a photo, is no submission, so that it is named no more."""
    call_parts.refuse_while_busy()
    inbox.leave_out(call_parts.text(given, "batch"), call_parts.text(given, "file"))
    return {"text": say("desk.done.no_hand_in", days=inbox.KEPT.days)}


def extend(desk: Desk, given: Given) -> CallReply:
    """Give one person more time; ask first if feedback has gone out, unless ``anyway`` is true."""
    unit, code, until = (
        call_parts.unit(given),
        call_parts.code(given),
        call_parts.text(given, "until").replace("T", " "),
    )
    at = typed_moment.read(until)
    call_parts.refuse_while_busy()
    if (doubt := _doubt_of_person(desk, unit, code, at)) and not given.get("anyway"):
        return {"ask": doubt}
    made = recount.give_extra_time(unit, code, at)
    words = say("desk.done.extended", code=Names.read().shown(made.code), at=format_moment(made.until or at))
    return call_parts.saved(words, clicks.command_line("extend", {"unit": unit, "code": code, "until": until}))


def leave_out(_desk: Desk, given: Given) -> CallReply:
    """Record that late work is not taken."""
    unit, code = call_parts.unit(given), call_parts.code(given)
    call_parts.refuse_while_busy()
    came = {one.judged_at.isoformat(): one.judged_at for one in reader.attempts(unit, code)}
    if (at := call_parts.text(given, "at")) not in came:
        raise call_parts.misunderstood()
    late_work.leave_out(unit, code, came[at])
    return call_parts.saved(say("desk.done.not_taken"))


def set_deadline(desk: Desk, given: Given) -> CallReply:
    """Set the class's deadline for a unit; ask first if feedback has gone out, unless ``anyway`` is true."""
    unit, until = call_parts.unit(given), call_parts.text(given, "until").replace("T", " ")
    at = typed_moment.read(until)
    call_parts.refuse_while_busy()
    if (doubt := _doubt_of_class(desk, unit, at)) and not given.get("anyway"):
        return {"ask": doubt}
    count = recount.change_deadline(unit, at)
    words = say("desk.unit.deadline_set", unit=unit_names.spoken(unit), at=format_moment(at), count=count)
    if at <= datetime.now().astimezone():
        words += " " + say("desk.unit.deadline_past")
    done = call_parts.saved(words, clicks.command_line("deadline", {"unit": unit, "until": until}))
    if not gradebook.has_unit(unit):
        done |= {"job": call_parts.started("release", {"unit": unit})["job"]}
    return done


def accept(_desk: Desk, given: Given) -> CallReply:
    """Accept answers as they were handed in, and grade them."""
    from buuchinh.grading import accept

    unit, code = call_parts.unit(given), call_parts.code(given)
    call_parts.refuse_while_busy()
    accept_preview.refuse_changed(unit, code, call_parts.text(given, "seen"))
    accepted = accept.accept(unit, code, accept.account())
    started = call_parts.started("grade", {"unit": unit, "only": code})
    last_change.keep("other")
    return started | {"text": say("desk.done.accepted", count=len(accepted))}


def put_away(_desk: Desk, given: Given) -> CallReply:
    """Put a pair of equal works away."""
    unit = call_parts.unit(given)
    call_parts.refuse_while_busy()
    equal_pairs.put_away(unit, normalise(call_parts.text(given, "first")), normalise(call_parts.text(given, "second")))
    return call_parts.saved(say("desk.done.put_away"))


def note_pair(_desk: Desk, given: Given) -> CallReply:
    """Keep what was noted after asking two people; an empty text takes the note back."""
    text = given.get("text")
    if not isinstance(text, str):
        raise call_parts.misunderstood()
    people = (normalise(call_parts.text(given, "first")), normalise(call_parts.text(given, "second")))
    pair_notes.keep(call_parts.unit(given), *people, text)
    return call_parts.saved(say("desk.done.noted"))


def open_practice(_desk: Desk, _given: Given) -> CallReply:
    """Open the class to practise on in a tab of its own."""
    practice.open_beside()
    return {"text": say("desk.practice.opening"), "command": "buuchinh demo --open"}


def remove_practice(_desk: Desk, _given: Given) -> CallReply:
    """Remove the class to practise on; a server whose own class is gone ends."""
    call_parts.refuse_while_busy()
    own = course.is_practice_class()
    if not practice.remove():
        return {"text": say("desk.practice.none")}
    return {"text": say("desk.practice.removed"), "course_gone": own}


def seen(_desk: Desk, given: Given) -> CallReply:
    """Close the dialog of a batch: what is stored as somebody's work leaves the inbox."""
    batch = inbox.find(call_parts.text(given, "batch"))
    if job_state.running() is None:
        inbox.remove_stored(batch.id, decisions.stored_files(batch))
    return {}


def append_piece(batch: str, name: str, offset: int, total: int, data: bytes) -> int:
    """Store a piece of a file, and return how much of the file is here."""
    return inbox.append(batch, name, offset, total, data)


def make_solutions(_desk: Desk, given: Given) -> CallReply:
    """Make the solutions of an exercise for the whole class."""
    unit = call_parts.unit(given)
    call_parts.refuse_while_busy()
    path = solution_pack.make(unit)
    words = say("desk.give_back.solutions_made", file=path.name)
    done = call_parts.saved(words, clicks.command_line("solution_pack", {"unit": unit}))
    return done | {"file": path.relative_to(course.root()).as_posix()}


CALLS: Mapping[str, Callable[[Desk, Given], CallReply]] = {
    "viec": start,
    "dung": stop,
    "lam-tiep": resume,
    "de-sau": later,
    "chieu": project,
    "nhac": remind,
    "thu": finish_upload,
    "cua-ai": own,
    "xin-lai": asked,
    "giai-quyet": settle,
    "khong-phai-bai": no_hand_in,
    "gia-han": extend,
    "khong-nhan": leave_out,
    "han": set_deadline,
    "chap-nhan": accept,
    "cat-cap": put_away,
    "ghi-cap": note_pair,
    "lop-thu": open_practice,
    "xoa-lop-thu": remove_practice,
    "xem-xong": seen,
    "loi-giai": make_solutions,
}
"""The function of each address below the desk's ``lam/``."""


def _refusal(name: str) -> refusals.Refusal:
    found = next((one for one in refusals.every() if one.folder.name == PurePosixPath(name).name), None)
    if found is None:
        raise KitError(say("desk.errors.gone"))
    return found


def _doubt_of_packing(unit: str) -> str:
    """Return a question on packing feedback while something waits, or ""."""
    waiting = send_feedback.waiting_words(unit)
    return say("desk.give_back.ask", unit=unit_names.spoken(unit), what=waiting) if waiting else ""


def _doubt_of_person(desk: Desk, unit: str, code: str, until: datetime) -> str:
    """Return what to consider before a person gets time until ``until``, or ""."""
    state = desk.state()
    if (unit, code) not in state.cells:
        return ""
    called = projection.names_to_show().shown(code)
    return time_again.for_person(state, state.unit(unit), code, until, called)


def _doubt_of_class(desk: Desk, unit: str, until: datetime) -> str:
    """Return what to consider before the class gets time until ``until``, or ""."""
    state = desk.state()
    known = next((one for one in state.units if one.id == unit), None)
    return time_again.for_class(state, known, until, projection.names_to_show()) if known else ""

"""Decide what an instructor should do now: ordered rules over what is known of the class, without reading any file.

The first rule that holds gives the big button, the others stand beside it. A task that was put off stands behind
the others until the next morning.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from buuchinh.desk.actions import clicks
from buuchinh.desk.arrivals.inbox import Batch
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import ClassState, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks import next_sitting, refused_files, time_again
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.jobs.job_state import Job
from buuchinh.messages import say
from buuchinh.text import format_date, format_moment

AHEAD = timedelta(days=30)
"""How far the desk looks ahead at law that lapses."""
_LONG_AGO = timedelta(days=7)
_FAILED_FOR = timedelta(days=7)
_MOST_NAMED = 3
_MINUTES_A_TEXT = 1.3
"""Minutes that a person takes to mark one person's texts in a unit."""


@dataclass(frozen=True)
class Facts:
    """The facts that the rules look at.

    ``called`` maps a code to what this screen shows of the person: code, name and office, without the name while the
    desk is projected.
    """

    state: ClassState
    now: datetime
    jobs: tuple[Job, ...] = ()
    batches: tuple[Batch, ...] = ()
    backup_at: datetime | None = None
    lapses: tuple[tuple[str, str], ...] = ()
    put_off: frozenset[str] = frozenset()
    late: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    """When the work came that is late and needs a decision, by unit and code."""
    called: Callable[[str], str] = str
    questions: tuple[Task, ...] = ()
    """Tasks found beside the class's state: keys that were corrected, work that is alike."""
    corrected: tuple[str, ...] = ()
    """The units whose corrected key awaits: feedback made now would tell the old one."""
    drawn: tuple[str, ...] = ()
    """The exams that are drawn but not released."""


def now(facts: Facts) -> tuple[Task | None, tuple[Task, ...]]:
    """Return the first task, or None if nothing waits, and all that follow."""
    found = list({task.id: task for rule in RULES for task in rule(facts)}.values())
    in_order = sorted(found, key=lambda task: task.id in facts.put_off)
    return (in_order[0], tuple(in_order[1:])) if in_order else (None, ())


def _failed_jobs(facts: Facts) -> Iterator[Task]:
    """Yield the newest run of each piece of work if it did not end, unless it was done since."""
    seen: list[tuple[str, Mapping[str, Any]]] = []
    for job in facts.jobs:
        work = (job.action, job.arguments)
        if work in seen:
            continue
        seen.append(work)
        recent = facts.now - job.created_at < _FAILED_FOR
        if job.state in {"failed", "interrupted"} and recent and not job.resumed_as:
            problem = next((str(one.get("message", "")) for one in job.problems), "") or job.sentence
            problem = unit_names.in_words(problem)
            yield Task(
                f"job:{job.id}",
                "!",
                "open",
                say(f"desk.now.job_{job.state}", work=clicks.title(job.action, job.arguments)),
                problem if job.state == "failed" else say("desk.now.job_resumes"),
                say("desk.now.resume"),
                Action("resume", {"job": job.id}),
            )


def _refused(facts: Facts) -> Iterator[Task]:
    yield from refused_files.undecided(facts.state.refused)


def _late(facts: Facts) -> Iterator[Task]:
    if facts.late:
        (unit, code), at = max(facts.late.items(), key=lambda item: item[1])
        words = {"unit": unit_names.spoken(unit), "person": facts.called(code), "at": format_moment(at)}
        yield Task(
            f"late:{at.isoformat()}", "◷", "open",
            say("desk.now.late", count=len(facts.late)),
            say("desk.now.late_one" if len(facts.late) == 1 else "desk.now.late_last", **words),
            say("desk.now.decide"),
            Action("decisions"),
            line=say("desk.now.late_line", count=len(facts.late)),
        )  # fmt: skip


def _begun_marking(facts: Facts) -> Iterator[Task]:
    yield from (_to_mark(facts, unit) for unit in facts.state.units if _waiting(facts, unit) and _begun(facts, unit))


def _inbox(facts: Facts) -> Iterator[Task]:
    """Yield what arrived: files that were not collected, and collected work that was not graded."""
    collected = {str(job.arguments.get("folder")) for job in facts.jobs if job.action == "collect"}
    for batch in facts.batches:
        if f"{batch.folder.parent.name}/{batch.id}" not in collected:
            yield Task(
                f"inbox:{batch.id}",
                str(len(batch.files)),
                "blue",
                say("desk.now.inbox", count=len(batch.files)),
                say("desk.now.arrived", at=f"{batch.at:%H:%M}"),
                say("desk.now.collect"),
                Action("job", {"action": "collect", "batch": batch.id}),
            )
    for unit in facts.state.units:
        if fresh := facts.state.with_state(unit.id, "new"):
            yield Task(
                f"new:{unit.id}", str(len(fresh)), "blue",
                say("desk.now.new", count=len(fresh), unit=unit_names.spoken(unit.id)),
                unit_names.subject(unit.id),
                say("desk.now.grade", count=len(fresh)),
                Action("job", {"action": "grade", "unit": unit.id}),
            )  # fmt: skip


def _looks(facts: Facts) -> Iterator[Task]:
    for unit in facts.state.units:
        if codes := facts.state.with_state(unit.id, "look"):
            one = len(codes) == 1
            words = {"unit": unit_names.spoken(unit.id), "person": facts.called(codes[0]), "count": len(codes)}
            yield Task(
                f"look:{unit.id}", "?", "open",
                say("desk.now.look_one" if one else "desk.now.look_many", **words),
                say("desk.now.look_why"),
                say("desk.now.see"),
                Action("cell", {"unit": unit.id, "code": codes[0]}),
            )  # fmt: skip


def _time_again(facts: Facts) -> Iterator[Task]:
    """Yield the units that somebody still works on although feedback or solutions have gone out."""
    for unit in facts.state.units:
        if task := time_again.task(facts.state, unit, facts.now, facts.called):
            yield task


def _marking(facts: Facts) -> Iterator[Task]:
    yield from (_to_mark(facts, u) for u in facts.state.units if _waiting(facts, u) and not _begun(facts, u))


def _questions(facts: Facts) -> Iterator[Task]:
    yield from facts.questions


def _to_send(facts: Facts) -> Iterator[Task]:
    for unit in facts.state.units:
        if unit.id in facts.corrected:
            continue
        if changed := outdated(facts.state, unit):
            job = {"action": "send_feedback", "unit": unit.id}
            named = "; ".join(map(facts.called, changed[:_MOST_NAMED])) + (" …" if len(changed) > _MOST_NAMED else "")
            yield Task(
                f"again:{unit.id}", "➤", "open",
                say("desk.now.outdated", count=len(changed), unit=unit_names.spoken(unit.id)),
                say("desk.now.outdated_why", people=named),
                say("desk.now.pack_again"),
                Action("job", job),
            )  # fmt: skip
        elif codes := ready_to_send(facts.state, unit, facts.now):
            yield Task(
                f"send:{unit.id}", "➤", "blue",
                say("desk.now.send", unit=unit_names.spoken(unit.id)),
                say("desk.now.send_why", count=len(codes)),
                say("desk.now.write_feedback"),
                Action("job", {"action": "send_feedback", "unit": unit.id}),
                note=say("desk.now.people", count=len(codes)),
            )  # fmt: skip


def _reminders(facts: Facts) -> Iterator[Task]:
    for unit in facts.state.units:
        missing = reminders.to_remind(facts.state, unit, facts.now)
        if unit.deadline and missing and -_LONG_AGO < unit.deadline - facts.now < reminders.SOON:
            over = unit.deadline < facts.now
            due = say("desk.now.was_due" if over else "desk.now.due", at=reminders.spoken_day(unit.deadline, facts.now))
            owing = sum(reminders.owes(facts.state, unit, one.code, facts.now) for one in facts.state.people)
            more = owing - len(missing)
            yield Task(
                f"remind:{unit.id}", "✉", "soft",
                say("desk.now.missing", count=len(missing), unit=unit_names.spoken(unit.id)),
                "; ".join((due, say("desk.now.not_counted", count=more))) if more else due,
                say("desk.now.remind"),
                Action("remind", {"unit": unit.id}),
            )  # fmt: skip


def _asked_again(facts: Facts) -> Iterator[Task]:
    yield from refused_files.asked_for(facts.state.refused, facts.now)


def _sittings(facts: Facts) -> Iterator[Task]:
    yield from next_sitting.tasks(facts.state, facts.now, facts.drawn)


def _backup(facts: Facts) -> Iterator[Task]:
    newest = facts.state.graded_at
    if newest is None:
        return
    made = facts.backup_at
    if made is None:
        words = say("desk.now.no_backup")
    elif made < newest or facts.now - made > _LONG_AGO:
        words = say("desk.now.old_backup", day=format_date(made.date()))
    else:
        return
    yield Task(
        "backup", "⛁", "soft", words, say("desk.now.backup_why"), say("desk.now.backup"),
        Action("job", {"action": "backup"}),
    )  # fmt: skip


def _lapses(facts: Facts) -> Iterator[Task]:
    if facts.lapses:
        lines = [say("desk.now.lapse_line", where=where, basis=basis) for where, basis in facts.lapses]
        yield Task(
            "law", "§", "open",
            say("desk.now.lapses", count=len(facts.lapses)),
            facts.lapses[0][1],
            say("desk.now.copy_lapses"),
            Action("copy", {"text": "\n".join([say("desk.now.lapses_head", days=AHEAD.days), *lines])}),
        )  # fmt: skip


RULES: tuple[Callable[[Facts], Iterator[Task]], ...] = (
    _failed_jobs,
    _refused,
    _late,
    _begun_marking,
    _inbox,
    _looks,
    _marking,
    _questions,
    _to_send,
    _reminders,
    _asked_again,
    _time_again,
    _sittings,
    _backup,
    _lapses,
)
"""The rules, most urgent first."""


def ready_to_send(state: ClassState, unit: Unit, at: datetime) -> list[str]:
    """Return the codes of the people whose feedback can be written: all is graded, and nobody has time left."""
    if _is_waited_for(state, unit):
        return []
    if unit.last and unit.last > at and state.with_state(unit.id, "nothing"):
        return []
    return [one for one in state.with_state(unit.id, "passed", "failed") if not state.cell(unit.id, one).sent]


def outdated(state: ClassState, unit: Unit) -> list[str]:
    """Return the codes of the people whose points changed since their feedback was sent."""
    return [one.code for one in state.people if state.cell(unit.id, one.code).outdated]


def _is_waited_for(state: ClassState, unit: Unit) -> bool:
    return bool(state.with_state(unit.id, "new", "look", "waiting", "refused"))


def marked_by_hand(state: ClassState, unit: str) -> int:
    """Return how many people's texts in ``unit`` are marked."""
    return sum(state.cell(unit, code).by_hand for code in state.with_state(unit, "passed", "failed", "open"))


def minutes_to_mark(texts: int) -> int:
    """Return about how many minutes a person needs to mark ``texts`` people's texts."""
    return math.ceil(texts * _MINUTES_A_TEXT)


def _to_mark(facts: Facts, unit: Unit) -> Task:
    count = len(_waiting(facts, unit))
    spoken = unit_names.spoken(unit.id)
    then = "_corrected" if unit.id in facts.corrected else ""
    return Task(
        f"mark:{unit.id}",
        "✎",
        "open",
        say("desk.now.waiting", count=count, unit=spoken),
        say(f"desk.now.minutes{then}", minutes=minutes_to_mark(count)),
        say("desk.now.go_on" if _begun(facts, unit) else "desk.now.begin"),
        Action("mark", {"unit": unit.id}),
        line=say("desk.now.waiting_line", count=count, unit=spoken),
        note=say("desk.now.minutes_note", minutes=minutes_to_mark(count)),
    )


def _waiting(facts: Facts, unit: Unit) -> list[str]:
    return facts.state.with_state(unit.id, "waiting")


def _begun(facts: Facts, unit: Unit) -> bool:
    return marked_by_hand(facts.state, unit.id) > 0

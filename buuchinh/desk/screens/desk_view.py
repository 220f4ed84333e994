"""Put together what the desk's page shows: the head, what to do now, the table, the foot line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.desk.actions import clicks, last_change
from buuchinh.desk.arrivals import decisions, inbox, late_work
from buuchinh.desk.class_state.read_class import ClassReader, ClassState
from buuchinh.desk.comparisons import alike_signs, changed_keys, equal_pairs, law_watch, two_works
from buuchinh.desk.comparisons.alike_signs import AlikeSigns
from buuchinh.desk.comparisons.changed_keys import ChangedKeys
from buuchinh.desk.naming import file_names, projection, unit_names
from buuchinh.desk.screens import cell_details, class_table, feedback_card, first_steps, unit_details
from buuchinh.desk.tasks import now, put_off
from buuchinh.desk.tasks.task import Task
from buuchinh.desk_payloads.desk_dialogs import CellSheet, Decisions, EqualPairs, TwoWorks, UnitSheet
from buuchinh.desk_payloads.desk_screens import (
    DeskFoot,
    DeskFrame,
    DeskHead,
    DeskPayload,
    EndedJob,
    FeedbackRow,
    NowPanel,
    RunningJob,
)
from buuchinh.errors import KitError, Problem
from buuchinh.exam import later_sittings
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job
from buuchinh.messages import say
from buuchinh.personal_data.names import Names

_CHANGES = frozenset({"regrade", "release", "restore"})
"""Jobs that change more of a class than marks and hand-ins."""
_TAKES_IN = frozenset({"collect", "collect_exchange"})
_NAMES_KEEP = 5.0
"""Seconds for which names are taken from the last look at the class lists."""


class Desk:
    """The desk of one class, which remembers between two requests what has not changed."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._reader = ClassReader()
        self._names: tuple[float, Names] = (0.0, Names())
        self.pressed: tuple[datetime, str] | None = None
        """When a button was last pressed, and the command that does the same, or "" if none does."""
        self.alike, self.changed_keys = AlikeSigns(), ChangedKeys()

    def state(self) -> ClassState:
        """Return the class as it is now."""
        return self._reader.read()

    def desk(self) -> DeskPayload:
        """Return everything that changes on the page, as JSON data without a name while the desk is projected."""
        at = datetime.now().astimezone()
        state, names, jobs = self.state(), self._shown_names(), tuple(job_state.all_jobs())
        self.alike.look(state, busy=any(not job.finished for job in jobs))
        self.changed_keys.look(one.id for one in state.units)
        alike = self.alike.known()
        signs = {unit: alike_signs.codes(alike, unit) for unit in alike}
        corrected = tuple(self.changed_keys.known())
        questions = (*changed_keys.tasks(corrected), *alike_signs.tasks(alike, names.shown))
        data: DeskPayload = {
            "head": self._head(state, jobs),
            "now": _now(state, names, jobs, at, questions, corrected),
            "table": class_table.payload(state, names, at, signs, corrected),
            "foot": self._foot(jobs),
            "collected": _newest_collected(jobs),
            "empty": first_steps.payload(state, put_off.active(at)),
        }
        return projection.shown(data)

    def frame(self) -> DeskFrame:
        """Return the head and the foot line, which every page of the desk has."""
        jobs = tuple(job_state.all_jobs())
        data: DeskFrame = {"head": self._head(self.state(), jobs), "foot": self._foot(jobs)}
        return projection.shown(data)

    def feedback(self) -> list[FeedbackRow]:
        """Return how far feedback is, unit by unit, each with the button of its column's head."""
        rows = feedback_card.payload(self.state(), datetime.now().astimezone(), self.changed_keys.known())
        return projection.shown(rows)

    def cell(self, unit: str, code: str) -> CellSheet:
        """Return the sheet of one person in one unit; raise ``KitError`` if the class has no such person or unit."""
        names, corrected = projection.names_to_show(), self.changed_keys.known()
        try:
            return projection.shown(cell_details.payload(self.state(), unit, code, names, corrected))
        except KeyError as error:
            raise _unknown() from error

    def unit(self, name: str) -> UnitSheet:
        """Return the sheet of one unit; raise ``KitError`` if it was never released."""
        names = projection.names_to_show()
        try:
            return projection.shown(unit_details.payload(self.state(), name, datetime.now().astimezone(), names))
        except KeyError as error:
            raise _unknown() from error

    def decisions(self, job_id: str) -> Decisions:
        """Return the dialog of what the job ``job_id`` took in or, if that is "", of all refused files."""
        state, names = self.state(), projection.names_to_show()
        if not job_id:
            return projection.shown(decisions.of_class(state, names))
        return projection.shown(decisions.of_job(job_state.read(job_id), state, names))

    def equal(self, unit: str, job_id: str = "") -> EqualPairs:
        """Return the pairs whose work on ``unit`` is alike, or those with work taken in since the job ``job_id``."""
        since = job_state.read(job_id).created_at.replace(microsecond=0) if job_id else None
        return projection.shown(equal_pairs.payload(unit, projection.names_to_show(), since))

    def pair(self, unit: str, first: str, second: str) -> TwoWorks:
        """Return two works beside each other."""
        page = two_works.payload(unit, first, second, projection.names_to_show(), covered=projection.on())
        return projection.shown(page)

    def _shown_names(self) -> Names:
        """Return the names to show; the course folder is searched for lists every few seconds at most."""
        if projection.on():
            return projection.names_to_show()
        at, names = self._names
        if not at or time.monotonic() - at > _NAMES_KEEP:
            self._names = (time.monotonic(), names := Names.read())
        return names

    def _head(self, state: ClassState, jobs: tuple[Job, ...]) -> DeskHead:
        backup = _backup_time()
        since = self._changed_since(backup, state, jobs) if backup else []
        waiting = sum(len(state.with_state(unit.id, "waiting")) for unit in state.units)
        return {
            "name": course.root().name,
            "about": say("desk.head.about", course=course.settings().title, count=len(state.people)),
            "backup": _spoken_backup(backup, changed=bool(since)),
            "backup_about": say("desk.head.changed", what=", ".join(since)) if since else "",
            "waiting": waiting,
            "projecting": projection.on(),
            "practice": course.is_practice_class(),
        }

    def _changed_since(self, backup: datetime, state: ClassState, jobs: tuple[Job, ...]) -> list[str]:
        """Return what is known to have changed since the newest backup, in words."""
        since = [job for job in jobs if job.ended_at and job.ended_at > backup and job.state == "done"]
        marked, other = (last_change.at("marks"), state.graded_at), last_change.at("other")
        found = {
            "marks": any(at > backup for at in marked if at),
            "work": any(job.action in _TAKES_IN and job.result.get("taken") for job in since),
            "other": bool(other and other > backup) or any(job.action in _CHANGES for job in since),
        }
        return [say(f"desk.head.changed_{name}") for name, changed in found.items() if changed]

    def _foot(self, jobs: tuple[Job, ...]) -> DeskFoot:
        running = next((job for job in jobs if not job.finished), None)
        last = running or (jobs[0] if jobs else None)
        ended = jobs[0] if jobs and jobs[0].finished else None
        done = next((job.ended_at for job in jobs if job.finished), None)
        moments = [at for at in (last_change.at("other"), done) if at and _is_today(at)]
        return {
            "job": _running(running) if running else None,
            "ended": _ended(ended) if ended and not running and _is_recent(ended) else None,
            "saved": say("desk.foot.saved", at=f"{max(moments):%H:%M}") if moments else "",
            "command": self._command(last),
        }

    def _command(self, last: Job | None) -> str:
        """Return the command of what was done last: the newest job, or the button that was pressed since."""
        if self.pressed and (last is None or self.pressed[0] > last.created_at):
            return self.pressed[1]
        return last.command if last else ""


def _backup_time() -> datetime | None:
    """Return when the newest backup was made, or None if there is none."""
    newest = gradebook.newest_backup()
    try:
        return datetime.fromtimestamp((course.root() / newest).stat().st_mtime).astimezone() if newest else None
    except OSError:  # removed since it was listed; the next poll sees the one before
        return None


def _now(
    state: ClassState,
    names: Names,
    jobs: tuple[Job, ...],
    at: datetime,
    questions: tuple[Task, ...],
    corrected: tuple[str, ...],
) -> NowPanel:
    facts = now.Facts(
        state=state,
        now=at,
        jobs=jobs,
        batches=tuple(inbox.batches()),
        backup_at=_backup_time(),
        lapses=law_watch.known(),
        put_off=put_off.active(at),
        late=late_work.undecided(state),
        called=names.shown,
        questions=questions,
        corrected=corrected,
        drawn=tuple(later_sittings.unreleased()),
    )
    first, then = now.now(facts)
    return {"first": first.as_json() if first else None, "then": [task.as_json() for task in then]}


def _running(job: Job) -> RunningJob:
    left = "" if job.seconds_left is None else _spoken_time(job.seconds_left)
    count = say("desk.foot.count", done=job.done, total=job.total) if job.total else ""
    return {
        "id": job.id,
        "title": clicks.title(job.action, job.arguments),
        "done": job.done,
        "total": job.total,
        "text": " · ".join(filter(None, (count, left))) or job.sentence,
        "stopping": job.stopping_at is not None,
    }


def _ended(job: Job) -> EndedJob:
    problem = unit_names.in_words(next((Problem(**one).message for one in job.problems), ""))
    words = say(f"desk.foot.{job.state}", work=clicks.title(job.action, job.arguments))
    path = _written(job.result) if job.state == "done" else ""
    written = say("desk.foot.written", name=file_names.label(path)) if path else ""
    doubt = str(job.result.get("doubt", ""))
    text = " ".join(filter(None, (words, problem, written, doubt)))
    return {"id": job.id, "text": text, "tone": job.state, "file": path}


def _written(result: Mapping[str, Any]) -> str:
    """Return the path of the file that a job wrote, the workbook of several, or "" if it wrote none."""
    paths = [str(one) for one in (result.get("path"), result.get("of_class"), *result.get("paths", ())) if one]
    return min(paths, key=lambda one: Path(one).suffix != ".xlsx", default="")


def _spoken_time(seconds: int) -> str:
    if seconds < 90:
        return say("desk.foot.seconds", count=max(5, round(seconds / 5) * 5))
    return say("desk.foot.minutes", count=round(seconds / 60))


def _is_today(at: datetime) -> bool:
    return at.date() == datetime.now().astimezone().date()


def _is_recent(job: Job) -> bool:
    """Return whether a job ended within the last hour."""
    return job.ended_at is not None and datetime.now().astimezone() - job.ended_at < timedelta(hours=1)


def _newest_collected(jobs: tuple[Job, ...]) -> str:
    """Return the id of the last finished ``collect`` of this hour, whose dialog the page opens once."""
    for job in jobs:
        if job.action in _TAKES_IN and job.state == "done":
            return job.id if _is_recent(job) and not job.arguments.get("owner") else ""
    return ""


def _spoken_backup(at: datetime | None, *, changed: bool) -> str:
    if at is None:
        return say("desk.head.no_backup")
    return say("desk.head.backup_since" if changed else "desk.head.backup", day=_day(at), clock=f"{at:%H:%M}")


def _day(at: datetime) -> str:
    days = (course.today() - at.date()).days
    word = {0: "today", 1: "yesterday"}.get(days)
    return say(f"desk.head.{word}") if word else f"{at:%d-%m}"


def reports() -> list[dict[str, str]]:
    """Return all report files, workbooks first: what each is, and its path relative to the course."""
    root = course.root()
    found = [path.relative_to(root).as_posix() for path in (root / course.REPORTS).rglob("*") if path.is_file()]
    tables = [path for path in found if Path(path).suffix in {".xlsx", ".csv"}]
    in_order = sorted(tables, key=lambda path: (Path(path).suffix == ".csv", path))
    return [{"path": path, "text": file_names.label(path)} for path in in_order]


def _unknown() -> KitError:
    return KitError(say("desk.errors.unknown_cell"))

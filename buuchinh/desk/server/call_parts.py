"""Share what the buttons of all pages need: reading what a page sent, starting a job, refusing while another runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buuchinh import course
from buuchinh.codes import normalise
from buuchinh.desk.actions import clicks, last_change
from buuchinh.desk.arrivals import inbox
from buuchinh.desk_payloads.desk_screens import CallReply
from buuchinh.errors import KitError
from buuchinh.jobs import job_state, start_job
from buuchinh.jobs.job_state import Job
from buuchinh.messages import say

RUNNER = "buuchinh.desk.actions.run"
_LONGEST = 300

Given = Mapping[str, Any]


class BusyNow(KitError):
    """Something that cannot be done while a job runs."""


def started(action: str, arguments: Mapping[str, Any]) -> CallReply:
    """Start a job, and return its id and its command; raise ``BusyNow`` while another one runs."""
    try:
        job = start_job.start(action, arguments, clicks.command_line(action, arguments), RUNNER)
    except start_job.Busy as error:
        raise busy(error.job) from error
    return {"job": job.id, "command": job.command}


def busy(job: Job) -> BusyNow:
    """Return the refusal that names the job which runs."""
    return BusyNow(say("desk.errors.busy", work=clicks.title(job.action, job.arguments)))


def refuse_while_busy() -> None:
    """Raise ``BusyNow`` while a job runs."""
    job = job_state.running()
    if job:
        raise busy(job)


def saved(words: str, command: str = "") -> CallReply:
    """Return what to say of something that was written just now, and remember the time for head and foot line."""
    last_change.keep("other")
    return {"text": words, "command": command}


def sizes(given: Given) -> list[tuple[str, int]]:
    """Return the names and sizes of the files that the page has sent."""
    files = given.get("files")
    if not isinstance(files, list) or len(files) > inbox.MOST_FILES:
        raise misunderstood()
    try:
        return [(str(one["name"]), int(one["size"])) for one in files]
    except (KeyError, TypeError, ValueError) as error:
        raise misunderstood() from error


def text(given: Given, name: str) -> str:
    """Return a text that the page sent; raise ``KitError`` if there is none, or if it is too long."""
    value = given.get(name)
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise misunderstood()
    return value


def unit(given: Given) -> str:
    """Return the exercise or exam that the page names; raise ``KitError`` if it is none."""
    name = text(given, "unit")
    if not course.graded(name):
        raise misunderstood()
    return name


def code(given: Given) -> str:
    """Return the code that the page sent, normalised; raise ``KitError`` if it is none."""
    return normalise(text(given, "code"))


def misunderstood() -> KitError:
    """Return the refusal of what the desk's own pages never send."""
    return KitError(say("desk.errors.not_understood"))

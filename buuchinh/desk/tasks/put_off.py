"""Put a task behind the others until the next morning, in ``so-cham/de-sau.json``; no task can be hidden for good."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from buuchinh import course
from buuchinh.files import sound_record, write_json

FILE = "de-sau.json"
MORNING = time(6)
_MOST = 200


def add(task: str, now: datetime) -> datetime:
    """Put off the task with the id ``task``, and return until when."""
    until = (now + timedelta(days=1)).replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    active_tasks = {name: at for name, at in sound_record(_path()).items() if _later(at, now) and name != task}
    newest = dict(list(active_tasks.items())[-_MOST + 1 :])
    write_json(_path(), newest | {task: until.isoformat()})
    return until


def active(now: datetime) -> frozenset[str]:
    """Return the ids of the tasks that are put off at ``now``."""
    return frozenset(name for name, at in sound_record(_path()).items() if _later(at, now))


def _later(at: object, now: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(at)) > now
    except (ValueError, TypeError):
        return False


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE

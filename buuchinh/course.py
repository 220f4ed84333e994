"""The course as it lies on disk: where it is, how it is set, where a trainee works.

``course.toml`` at the root is the one place for the version, the day on which the law
was last reviewed, the pass mark and the deadlines.
"""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_json
from buuchinh.messages import say
from buuchinh.text import parse_date

SETTINGS = "course.toml"
LAW_DAY = "BUUCHINH_LAW_DAY"
"""The variable that ``buuchinh lab --date`` sets for all that it starts."""
WORK = "bai-lam"
GUEST = "khach"
"""The folder of somebody who has not given a code yet."""
HANDED_IN = "da-nop"
"""The folder, within a trainee's own, that keeps every zip that was handed in."""


_GRADED = re.compile(r"bt\d{2}|thi\d{1,2}")


class Settings(BaseModel):
    """What ``course.toml`` holds; ``deadlines`` are local times, a unit without one has no deadline.

    ``complete`` says that every lesson is there: what the whole lacks is then an error and no longer a warning.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    reviewed_on: date
    report_date: date
    pass_mark: Annotated[float, Field(gt=0, le=1)]
    complete: bool = False
    deadlines: dict[str, datetime | date] = {}

    def deadline(self, unit: str) -> datetime | None:
        """Return the last moment at which a hand-in of ``unit`` counts; a bare day counts to its end."""
        found = self.deadlines.get(unit)
        if found is None:
            return None
        if not isinstance(found, datetime):
            found = datetime.combine(found, time(23, 59, 59))
        return found if found.tzinfo else found.astimezone()


def root() -> Path:
    """Return the course's folder: ``BUUCHINH_COURSE``, or the nearest one upwards that holds ``course.toml``.

    From the folder one is in, then from this package. Raises ``KitError`` where there is none.
    """
    given = os.environ.get("BUUCHINH_COURSE")
    starts = [Path(given)] if given else [Path.cwd(), Path(__file__).resolve().parent]
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return folder
    raise KitError([Problem(str(starts[0]), 0, say("course.not_found"), say("course.not_found_way_out"))])


def settings() -> Settings:
    """Read ``course.toml``; raises ``KitError`` naming every setting that is wrong."""
    path = root() / SETTINGS
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except tomllib.TOMLDecodeError as error:
        raise KitError([Problem(SETTINGS, 0, say("course.not_toml", reason=str(error)))]) from error
    except ValidationError as error:
        raise KitError(
            [
                Problem(SETTINGS, 0, say("course.bad_setting", name=".".join(map(str, fault["loc"]))))
                for fault in error.errors()
            ]
        ) from error


def today() -> date:
    """Return the day at this desk, in its own time zone."""
    return datetime.now().astimezone().date()


def law_day() -> date:
    """Return the day whose law practice asks about: the one in ``BUUCHINH_LAW_DAY``, or today."""
    return read_day(os.environ.get(LAW_DAY) or None)


def read_day(given: str | None) -> date:
    """Read the day that a person asks for: ISO, day first, ``reviewed`` or ``report`` (settings), or today.

    Raises ``KitError`` for what is no day.
    """
    if given is None:
        return today()
    if given in {"reviewed", "report"}:
        known = settings()
        return known.reviewed_on if given == "reviewed" else known.report_date
    for read in (date.fromisoformat, parse_date):
        try:
            return read(given)
        except ValueError:
            continue
    raise KitError([Problem("", 0, say("course.bad_day", given=given), say("course.bad_day_way_out"))])


def graded(unit: str) -> bool:
    """Whether ``unit`` names an exercise (``bt02``) or an exam (``thi1``): what is handed in and counts."""
    return _GRADED.fullmatch(unit) is not None


def units() -> list[str]:
    """Return the exercises and exams that trainees are given, in order: ``["bt02", "bt06", "thi1"]``."""
    found = (path.parent.name for path in (root() / "exercises").glob("*/questions.json"))
    return sorted(filter(graded, found))


def lessons() -> list[Path]:
    """Return the lessons' notebooks in order, without the start page."""
    return sorted(path for path in (root() / "lessons").glob("[0-9][0-9]-*.ipynb") if not path.name.startswith("00"))


def current_code() -> str | None:
    """Return the code of the trainee at this desk, None before one was given."""
    path = root() / WORK / "hoc-vien.json"
    if not path.exists():
        return None
    try:
        return normalise(str(read_json(path)["code"]))
    except (KitError, KeyError, TypeError):
        return None


def set_current_code(typed: str) -> str:
    """Keep the code of the trainee at this desk and return it; ``KitError`` where it is mistyped.

    What was answered before stays where it is open; ``notebook.desk.lay_out`` brings it along.
    """
    code = normalise(typed)
    write_json(root() / WORK / "hoc-vien.json", {"code": code})
    return code


def workplace(code: str | None, unit: str) -> Path:
    """Return the folder in which the trainee ``code`` works on ``unit``."""
    return root() / WORK / (code or GUEST) / unit

"""Read and validate the course settings in ``course.toml``: version, last law review, pass mark, deadlines and more."""

from __future__ import annotations

import tomllib
from datetime import MAXYEAR, MINYEAR, date, datetime, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from buuchinh.course.layout import SETTINGS, root
from buuchinh.course.roles import GROUPS
from buuchinh.course.units import Version
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.parsed import once, parsed
from buuchinh.text import visible


def _moment(value: object) -> date:
    """Return a day or moment from a TOML value or a quoted string; raise ``ValueError`` for anything else.

    The first and the last year that Python knows are refused, since they have no local time everywhere.
    """
    if isinstance(value, str):
        text = value.strip()
        try:
            value = date.fromisoformat(text)
        except ValueError:
            value = datetime.fromisoformat(text)
    if not isinstance(value, date) or not MINYEAR < value.year < MAXYEAR:
        raise ValueError(value)
    return value


Deadline = Annotated[date, PlainValidator(_moment)]
"""The last day or, since a ``datetime`` is also a ``date``, the last moment for submission."""


class Web(BaseModel):
    """The web address of the course's pages: ``url``, empty until they are published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(pattern=r"^(https?://[^\s<>\"#?]+)?$", max_length=200)] = ""

    def address(self, route: str = "") -> str:
        """Return the address of the page with this route (``mon-nay``), or of the first page if ``route`` is "".

        Return "" if ``url`` is empty, which means that the pages have not been published.
        """
        if not self.url:
            return ""
        start = self.url if self.url.endswith(("/", ".html")) else f"{self.url}/"
        return f"{start}#/{route}" if route else start


def _one_line(value: str) -> str:
    """Return ``value`` stripped; raise ``ValueError`` if it has several lines or invisible characters."""
    text = value.strip()
    if "\n" in text or visible(text) != text:
        raise ValueError(value)
    return text


class Leader(BaseModel):
    """The person who receives a class's hand-ins: a ``name`` and a ``channel``; each may be empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(max_length=80), AfterValidator(_one_line)] = ""
    channel: Annotated[str, Field(max_length=160), AfterValidator(_one_line)] = ""

    @property
    def named(self) -> bool:
        """Whether a name or channel is set, so that something more specific than "người phụ trách lớp" can be shown."""
        return bool(self.name or self.channel)

    @property
    def words(self) -> str:
        """The name and channel, worded so that they can follow "gửi tệp cho"."""
        name = self.name or say("course.leader.nobody")
        return say("course.leader.by", name=name, channel=self.channel) if self.channel else name


class Settings(BaseModel):
    """The settings in ``course.toml``; ``deadlines`` are local times, and a unit may have none.

    ``deadline_by`` selects the time that is compared with them: that of the receipt, set by the trainee's computer, or
    that at which ``collect`` received the submission. ``complete`` states that all lessons exist: gaps in the course
    are then errors instead of warnings. ``lesson_order`` names the lessons that come first on the start page
    (``"05"``); the others follow by number. ``paths`` lists the units of each group of roles in order: lessons
    (``l05``), exercises, exams, short tests (``kt2``) and sheets to print. ``site`` is the web address of the pages, to
    which the QR codes on the campaign sheets lead. ``leader`` is the person who receives hand-ins, and the channel,
    displayed wherever a file has been created.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    version: Version
    reviewed_on: date
    report_date: date
    pass_mark: Annotated[float, Field(gt=0, le=1)]
    complete: bool = False
    lesson_order: tuple[Annotated[str, Field(pattern=r"^\d\d$")], ...] = ()
    paths: dict[Annotated[str, Field(pattern="^(staff|head|officer)$")], tuple[str, ...]] = {}
    deadlines: dict[str, Deadline] = {}
    deadline_by: Literal["receipt", "collected"] = "receipt"
    site: Web = Web()
    leader: Leader = Leader()

    def path(self, role: str) -> tuple[str, ...]:
        """Return the units on a role's path, in order; the path is empty if the role is unknown."""
        return next((self.paths.get(group, ()) for group, roles in GROUPS.items() if role in roles), ())

    def learnt_by(self, unit: str, role: str | None) -> bool:
        """Whether ``unit`` is meant for trainees with this role.

        A unit that is on no path is meant for everybody. Every unit is meant for a trainee whose role is None or has no
        path.
        """
        paths = self.path(role) if role else ()
        return not paths or unit in paths or not any(unit in path for path in self.paths.values())

    def deadline(self, unit: str) -> datetime | None:
        """Return the last moment at which a submission of ``unit`` counts, or None if ``unit`` has no deadline.

        If the deadline is a bare day, it lasts until the end of that day.
        """
        deadline = self.deadlines.get(unit)
        if deadline is None:
            return None
        if not isinstance(deadline, datetime):
            deadline = datetime.combine(deadline, time(23, 59, 59))
        return deadline if deadline.tzinfo else deadline.astimezone()


def settings() -> Settings:
    """Return the current settings from ``course.toml``; raise ``KitError`` with a problem for every invalid setting."""
    return once(_current, root())


def _current(folder: Path) -> Settings:
    return parsed(_read, folder / SETTINGS)


def _read(path: Path) -> Settings:
    return parse(read_text(path))


def parse(text: str) -> Settings:
    """Parse the contents of a ``course.toml`` file; raise ``KitError`` with a problem for every invalid setting."""
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        words, way_out = say("course.not_toml", reason=str(error)), say("course.not_toml_way_out")
        raise KitError(words, way_out, path=SETTINGS) from error
    except ValidationError as error:
        raise KitError([_problem([str(part) for part in fault["loc"]]) for fault in error.errors()]) from error


def _problem(place: list[str]) -> Problem:
    """Return a problem for the invalid setting at ``place``, which lists the keys that lead to it."""
    if place[0] == "deadlines" and len(place) > 1:
        way_out = say("course.bad_deadline_way_out", unit=place[1])
        return Problem(SETTINGS, 0, say("course.bad_deadline", unit=place[1]), way_out)
    if place[0] == "leader":
        return Problem(SETTINGS, 0, say("course.bad_leader", name=".".join(place)), say("course.bad_leader_way_out"))
    return Problem(SETTINGS, 0, say("course.bad_setting", name=".".join(place)))

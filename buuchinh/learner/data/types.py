"""Define the types of the screens' payloads; ``learner/src/payloads.d.ts`` is generated from this module.

All values are sent as JSON, so a tuple becomes an array.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

Page = dict[str, Any]
"""The payload of a page that is no unit; its ``kind`` names the screen that displays it."""

QuestionData = Annotated[dict[str, Any], "Question"]
"""A question; ``learner/src/types.d.ts`` has its type, and each folder of ``questions/types/`` adds its own fields."""

Displayed = Mapping[str, list[dict[str, Any]]]
"""The outputs of a notebook's cells, by cell id."""


class PageScreen(TypedDict):
    """A screen; each part has one name, such as `ask` or `html`. The main way leaves `extra` out, pages leave `lab`."""

    title: str
    parts: list[dict[str, str]]
    extra: NotRequired[bool]
    lab: NotRequired[bool]


class UnitPage(TypedDict):
    """A unit's page: practice has the variants of each question, an exercise or exam has forms, a test has both."""

    id: str
    kind: Literal["lesson", "test", "try", "exercise", "exam", "alone"]
    title: str
    version: str
    seed: NotRequired[str]
    screens: NotRequired[list[PageScreen]]
    questions: NotRequired[dict[str, list[QuestionData]]]
    forms: NotRequired[dict[str, dict[str, QuestionData]]]
    ids: NotRequired[list[str]]
    needs_code: NotRequired[bool]
    shown: NotRequired[list[QuestionData]]
    told: NotRequired[dict[str, QuestionData]]
    again: NotRequired[dict[str, str]]
    pass_mark: NotRequired[float]
    remember: NotRequired[list[str]]
    objectives: NotRequired[Mapping[str, str | None]]
    asked: NotRequired[str]
    about: NotRequired[str]
    cases: NotRequired[dict[str, str]]
    openings: NotRequired[dict[str, dict[str, str]]]
    cited: NotRequired[dict[str, Any]]
    read: NotRequired[list[str]]
    law: NotRequired[dict[str, Any]]
    on: NotRequired[str]
    notice: NotRequired[str]
    notices: NotRequired[dict[str, str]]
    obstacles: NotRequired[dict[str, str]]


class UnitRow(TypedDict):
    """A unit in the lists of the course; the last five fields exist only for some kinds of units or hosts."""

    id: str
    title: str
    version: str
    total: int
    minutes: int
    why: str
    core: NotRequired[list[str]]
    extra: NotRequired[list[str]]
    way: NotRequired[list[tuple[int, str, list[int]]]]
    earlier: NotRequired[dict[str, int]]
    until: NotRequired[str | None]


class CaseRow(TypedDict):
    """A scenario of a lesson: `ids` are its variants, separated by spaces, `at` the 1-based number of its screen."""

    unit: str
    at: int
    title: str | None
    ids: str
    role: str | None


class RoleRow(TypedDict):
    """A role with the available steps of its path; `later` says that an exam on it will be given on its day."""

    id: str
    title: str
    about: str
    path: list[str]
    minutes: int
    cases: list[str]
    later: bool


class CallRow(TypedDict):
    """A telephone number and who answers it, as a full and a short name."""

    number: str
    answers: str
    short: str


class SheetRow(TypedDict):
    """A sheet to print, with its path within the course."""

    unit: str
    title: str
    sheet: str


class CourseWords(TypedDict):
    """Sentences from messages/vi/, by name."""

    site: dict[str, Any]
    law: dict[str, Any]
    questions: NotRequired[dict[str, Any]]
    keys: NotRequired[dict[str, Any]]
    lab: NotRequired[dict[str, Any]]


class HostPages(TypedDict):
    """The pages that only the host knows: their addresses, and in `later` the name of each page's script."""

    goods: str | None
    quick: str | None
    later: Mapping[str, Any]


class Course(HostPages):
    """The course as shown on its front page; the last four fields exist only in notebooks."""

    title: str
    version: str
    on: str
    reviewed: str
    drill: str | None
    follow: str | None
    packs: list[int]
    alone: str | None
    card: str
    typed: list[str]
    numbers: list[CallRow]
    person: str
    leader: str
    leader_name: str
    leader_channel: str
    roles: list[RoleRow]
    cases: dict[str, CaseRow]
    pictures: dict[str, str]
    words: CourseWords
    units: dict[str, UnitRow]
    lessons: list[UnitRow]
    tests: list[UnitRow]
    exercises: list[UnitRow]
    exams: list[UnitRow]
    self_checks: list[UnitRow]
    sheets: NotRequired[list[SheetRow]]
    law_day: NotRequired[str | None]
    start: NotRequired[str]
    logout: NotRequired[str | None]

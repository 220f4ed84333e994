"""Define the types of what the desk's pages show.

Texts are ready to be shown; "" stands for none. A ``tone`` names a colour, a ``sign`` the mark beside a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict


class SignedText(TypedDict):
    """A text with its sign."""

    sign: str
    tone: str
    text: str


class UnitText(TypedDict):
    """A text about a unit."""

    unit: str
    text: str


class NamedFile(TypedDict):
    """A file of the course and its name in words."""

    path: str
    text: str


class DeskAction(TypedDict):
    """The effect of a button (desk/tasks/task.py): ``kind`` names the way in which acting.js does it."""

    kind: str
    values: Mapping[str, Any]


class DeskButton(DeskAction):
    """A button with its text."""

    text: str


class DeskTask(TypedDict):
    """A thing to do; ``line`` and ``note`` are shown in place of sentence and detail where it is not the first."""

    id: str
    sign: str
    tone: str
    sentence: str
    detail: str
    button: str
    action: DeskAction
    line: str
    note: str


class NowPanel(TypedDict):
    """The task of the moment, and those after it."""

    first: DeskTask | None
    then: list[DeskTask]


class DeskHead(TypedDict):
    """The head of every page; ``waiting`` counts the answers that a person must mark."""

    name: str
    about: str
    backup: str
    backup_about: str
    waiting: int
    projecting: bool
    practice: bool


class RunningJob(TypedDict):
    """The job that is running now: ``done`` of ``total`` steps; ``stopping`` once a stop was requested."""

    id: str
    title: str
    done: int
    total: int
    text: str
    stopping: bool


class EndedJob(TypedDict):
    """The job that ended last, with the path of a file that it wrote."""

    id: str
    text: str
    tone: str
    file: str


class DeskFoot(TypedDict):
    """The foot line of every page."""

    job: RunningJob | None
    ended: EndedJob | None
    saved: str
    command: str


class DeskFrame(TypedDict):
    """The head and the foot line."""

    head: DeskHead
    foot: DeskFoot


class CellState(TypedDict):
    """A state of a person's work on a unit, as one word and in full."""

    id: str
    sign: str
    word: str
    full: str
    tone: str


class NextStep(TypedDict):
    """The next step of a unit; it is a button if it has an action."""

    text: str
    tone: str
    kind: NotRequired[str]
    values: NotRequired[Mapping[str, Any]]


class UnitColumn(TypedDict):
    """The head of a unit's column: ``done`` of ``of`` people have handed in."""

    id: str
    short: str
    subject: str
    done: int
    of: int
    due: str
    next: NextStep


class RowFilter(TypedDict):
    """A filter of rows, by numbers of states or by a flag of cells."""

    id: str
    text: str
    states: NotRequired[list[int]]
    flag: NotRequired[int]


class ClassTable(TypedDict):
    """The table: each row has code, name, office, role and cells, each cell ``[state, points, flags]`` or less."""

    states: list[CellState]
    units: list[UnitColumn]
    rows: list[tuple[str, str, str, str, list[list[Any]]]]
    filters: list[RowFilter]
    named: bool


class FirstUnit(UnitText):
    """A unit among the first steps, and its deadline."""

    due: str


class NewestBundle(TypedDict):
    """The newest bundle for trainees."""

    path: str
    about: str


class FirstSteps(TypedDict):
    """The three steps of an empty class, of which ``at`` is the next one; ``exams`` are never in its bundle."""

    words: Mapping[str, str]
    id: str
    at: int
    units: list[FirstUnit]
    done: str
    bundle: str
    exams: bool


class DeskPayload(DeskFrame):
    """Everything that changes on the desk's page; ``collected`` is the job whose dialog is opened once."""

    now: NowPanel
    table: ClassTable
    collected: str
    empty: FirstSteps | None


class FeedbackRow(TypedDict):
    """A unit's feedback: how far it is, its file if it was packed, and the one button if there is something to do."""

    unit: str
    name: str
    text: str
    about: str
    done: str
    file: str
    button: DeskButton | None


class ResultsPayload(DeskFrame):
    """The data of the results' page: the unit that it shows, None while nothing is graded, and feedback by unit."""

    unit: str | None
    feedback: list[FeedbackRow]
    regrade: str


class DrawnExamPayload(DeskFrame):
    """The data of a drawn exam's page, whose HTML holds the questions; ``read`` is the fingerprint of their draw."""

    unit: str
    read: str


class ListAbout(TypedDict):
    """The class list that was read, and the path of the list to hand out."""

    read: str
    to_hand_out: str


class ListQuestion(TypedDict):
    """A doubt about a class list, answered with yes or no."""

    id: str
    text: str
    detail: str


class ListWaiting(TypedDict):
    """A class list that waits for answers; with ``foreign`` it may belong to another class."""

    file: str
    foreign: str
    questions: list[ListQuestion]
    notes: list[str]


class ListRow(TypedDict):
    """A person of the class list; ``own`` tells extra time, ``left`` when the person left."""

    code: str
    name: str
    office: str
    role: str
    own: str
    left: str


class UnitDeadline(TypedDict):
    """A unit with its deadline, in words and as a field has it."""

    unit: str
    short: str
    subject: str
    deadline: str
    until: str


class BackupFile(TypedDict):
    """A backup of the class."""

    file: str
    path: str
    at: str
    about: str


class ClassFolder(TypedDict):
    """Another class and its folder."""

    name: str
    folder: str


class ClassList(TypedDict):
    """Everything that changes on the page of the class list, without the head and the foot line."""

    list: ListAbout
    waiting: ListWaiting | None
    rows: list[ListRow]
    units: list[UnitDeadline]
    backups: list[BackupFile]
    bundle: NewestBundle
    folder: str
    others: list[ClassFolder]


class ListPayload(ClassList, DeskFrame):
    """Everything that changes on that page."""


class CallReply(TypedDict, total=False):
    """The reply to a button: a sentence, a question to ask first, a job, a command, a file, a text to copy, lines.

    ``course_gone`` is True once the class of the page was removed.
    """

    text: str
    ask: str
    job: str
    command: str
    file: str
    copy: str
    lines: list[str]
    asks: bool
    on: bool
    course_gone: bool

"""Define the types of what the desk's sheets and dialogs show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from buuchinh.desk_payloads.desk_screens import DeskButton, ListRow, NamedFile, SignedText, UnitDeadline


class HandedIn(NamedFile):
    """An attempt, with the path of its original."""

    at: str
    counts: bool


class QuestionPoints(SignedText):
    """The points on a question."""

    points: str
    critical: str
    comment: str


class OfferedAnswer(TypedDict):
    """An answer that would be accepted as it was handed in."""

    question: str
    stem: str
    words: str
    rerun: str
    points: str


class AcceptPreview(TypedDict):
    """The answers that would be accepted; ``seen`` is their fingerprint."""

    seen: str
    title: str
    answers: list[OfferedAnswer]
    total: str


class CellSheet(TypedDict):
    """The sheet of one person in one unit."""

    unit: str
    code: str
    name: str
    office: str
    heading: str
    state: SignedText
    total: str
    reasons: Sequence[str]
    why: Sequence[str]
    deadline: str
    handed_in: list[HandedIn]
    notes: Sequence[str]
    questions: list[QuestionPoints]
    feedback: str
    sent: str
    outdated: str
    refused: list[str]
    until: str
    to_accept: AcceptPreview | None
    actions: list[DeskButton]


class StateCount(SignedText):
    """A state with the number of people in it, and their names if something is still to come."""

    who: list[str]


class OpenedFile(NamedFile):
    """A file that is opened in the browser, or else downloaded."""

    opens: bool


class GiveBack(TypedDict):
    """Part of a unit's sheet, such as the feedback and solutions to give back: sentences, buttons and files."""

    lines: list[str]
    actions: list[DeskButton]
    files: list[OpenedFile]


class UnitSheet(TypedDict):
    """The sheet of one unit."""

    unit: str
    heading: str
    deadline: str
    until: str
    states: list[StateCount]
    waits: str
    reports: list[NamedFile]
    actions: list[DeskButton]
    hand_out: GiveBack
    next_sitting: GiveBack
    give_back: GiveBack


class EqualPair(TypedDict):
    """Two people whose work is alike; ``asked`` is whether the pair was put away."""

    first: str
    second: str
    text: str
    asked: bool


class EqualPairs(TypedDict):
    """The pairs of one unit; the title is "" if all were put away."""

    unit: str
    title: str
    lead: str
    pairs: list[EqualPair]


class PairSign(TypedDict):
    """A sign computed from two works; ``alike`` if it is part of what makes them alike."""

    text: str
    alike: bool


class AnswerPart(TypedDict):
    """A run of words of an answer; ``same`` if the other answer has the same run."""

    text: str
    same: bool


class PairAnswer(TypedDict):
    """One person's answer, with a soft remark on when it was saved."""

    parts: list[AnswerPart]
    about: str


class EqualRow(TypedDict):
    """A question beside two answers; ``alike`` if it is part of the evidence, else the answers differ."""

    number: int
    stem: str
    why: str
    alike: bool
    left: PairAnswer
    right: PairAnswer


class TwoWorks(TypedDict):
    """Two works beside each other.

    ``asked`` says when the pair was put away, or is "". ``note`` is what was noted after asking; ``note_closed`` is the
    reason why it is not shown now, or "". ``originals`` are the files as they were handed in.
    """

    unit: str
    first: str
    second: str
    title: str
    lead: str
    left: str
    right: str
    signs: list[PairSign]
    rows: list[EqualRow]
    others: str
    asked: str
    note: str
    note_closed: str
    originals: list[NamedFile]


class PossibleOwner(TypedDict):
    """A person who may own a refused file."""

    code: str
    text: str


class StrayFile(TypedDict):
    """A file of a batch that was stored nowhere."""

    batch: str
    file: str


class RefusedFile(TypedDict):
    """A refused file, or a ``stray`` one; ``ask_whom`` is the request to a person who is chosen, at first ``likely``.

    ``asked`` says that the file was asked for again.
    """

    id: str
    who: str
    unit: str
    reason: str
    file: str
    at: str
    owners: list[PossibleOwner]
    ask: str
    ask_whom: str
    likely: str
    asked: str
    files: list[str]
    stray: StrayFile | None
    choose: bool


class MendedWork(TypedDict):
    """Work that was taken in after something in it was mended."""

    unit_id: str
    code: str
    who: str
    unit: str
    notes: Sequence[str]


class LateWork(TypedDict):
    """Late work on which nobody has decided."""

    unit_id: str
    code: str
    at: str
    text: str
    files: list[str]
    button: str
    until: str


class PlainWork(TypedDict):
    """The work that was taken in as it was."""

    count: int
    text: str
    codes: list[str]


class MissingWork(TypedDict):
    """The people whose work on a unit has not come."""

    unit_id: str
    text: str
    who: str


class Decisions(TypedDict):
    """The dialog of what was taken in, or of all that needs a decision."""

    title: str
    lead: str
    refused: list[RefusedFile]
    mended: list[MendedWork]
    late: list[LateWork]
    fine: PlainWork
    known: str
    missing: list[MissingWork]
    units: list[str]
    count: int
    batch: str


class OwnDeadline(UnitDeadline):
    """A unit's deadline for one person, with the state of the person's work."""

    own: str
    state: str


class PersonSheet(ListRow):
    """The sheet of one person of the class list."""

    units: list[OwnDeadline]


class ErasePreview(TypedDict):
    """The places that hold data about one person."""

    code: str
    places: list[str]


class RestorePreview(TypedDict):
    """The effects of restoring a backup; ``exercises`` is a question about them."""

    file: str
    at: str
    lines: list[str]
    exercises: str

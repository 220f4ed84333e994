"""Define the types of what the desk shows of marks: a corrected key, and the page that marks by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from buuchinh.desk_payloads.desk_screens import SignedText


class CorrectedQuestion(TypedDict):
    """A question whose key changes, with its right answer before and after."""

    number: int
    stem: str
    before: list[str]
    after: list[str]
    note: str


class MoveCount(TypedDict):
    """The number of people who move in one way."""

    count: int
    tone: str
    text: str


class PersonMove(SignedText):
    """A person whose points change; the sign is the direction in which the pass mark is crossed."""

    code: str
    name: str
    before: str
    after: str


class ReachedVersion(TypedDict):
    """A released version that a correction may reach."""

    id: str
    text: str
    about: str
    chosen: bool


class ProvisionName(TypedDict):
    """A provision by reference, and how it is cited."""

    ref: str
    text: str


class RegradePreview(TypedDict):
    """The effects of a corrected answer key."""

    unit: str
    fingerprint: str
    only: list[str]
    title: str
    lead: str
    questions: list[CorrectedQuestion]
    counts: list[MoveCount]
    moves: list[PersonMove]
    ungraded: str
    kept: list[str]
    versions: list[ReachedVersion]
    after: str
    needs_reason: bool
    provisions: list[ProvisionName]
    button: str


class RubricLineText(TypedDict):
    """A line of a rubric; ``half`` tells whether half of its points can be given."""

    id: str
    points: float
    half: bool
    text: str


class BeforeQuestion(TypedDict):
    """The texts and tables before a question on the sheet, as safe HTML, and whether they are shown unfolded."""

    html: str
    short: bool


class MarkingSheet(TypedDict):
    """A question as one version asked it and how it is marked, as safe HTML.

    ``right`` is the right answer by the key if the machine scores the question (``by_machine``).
    """

    before: BeforeQuestion
    title: str
    stem: str
    most: float
    model: str
    advice: str
    by_machine: bool
    right: list[str]
    lines: list[RubricLineText]


class CodeOutput(TypedDict):
    """An output of code; a picture has no text."""

    kind: str
    text: str


class MarkedCode(TypedDict):
    """Code that was handed in, and what came of running it."""

    source: str
    rerun: str
    outputs: list[CodeOutput]


class MarkedPerson(TypedDict):
    """One person's answer under an opaque id, and its mark; ``sheet`` counts in the sheets, ``words`` in the text.

    ``why`` says why the machine gave no points, ``of_other`` what is known of the form that offers the answer.
    """

    id: str
    sheet: int
    state: str
    points: float | None
    automatic: float | None
    extra: float
    comment: str | None
    fingerprint: str
    lines: Mapping[str, str]
    typed: bool
    elsewhere: bool
    text: str
    words: int
    about: str
    same: int
    code: MarkedCode | None
    empty_cell: bool
    why: str
    of_other: list[str]


class OtherQuestion(TypedDict):
    """Another question of the unit that a person marks; ``by_machine`` only since the machine could not."""

    question: str
    number: int | str
    waiting: int
    total: int
    by_machine: bool


class OtherUnit(TypedDict):
    """Another unit in which answers wait."""

    unit: str
    name: str


class MarkingPayload(TypedDict):
    """All answers to one question; a comment comes with the number of people who have it."""

    unit: str
    question: str
    number: int | str
    title: str
    sheets: list[MarkingSheet]
    people: list[MarkedPerson]
    comments: list[tuple[str, int]]
    others: list[OtherQuestion]
    other_unit: OtherUnit | None
    only_read: str
    words: Mapping[str, Any]

"""Read the made-up class: its people, what each of them did, and the texts that some wrote (``made_up.toml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from buuchinh.errors import KitError
from buuchinh.messages import say

FILE = Path(__file__).with_name("made_up.toml")


class MadeUpPerson(BaseModel):
    """One person of the class; ``borrows`` is the 1-based number of the person whose code was used instead.

    ``misses`` is the number of questions of the exercise that the person gets wrong. ``short`` leaves out the option
    that the slip in the answer key forgets. ``text`` names one of the class's texts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    office: str
    role: str
    work: Literal["in_time", "late", "broken", "borrowed", "second", "none"]
    borrows: int = 0
    text: str = ""
    misses: int = 0
    short: bool = False
    exam: Literal["", "pass", "fail", "absent"] = ""


class KeySlip(BaseModel):
    """A slip in a released answer key, as two lines of its file: the ``right`` line and the ``wrong`` one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    right: str
    wrong: str


class MadeUpClass(BaseModel):
    """The whole class: ``exercise`` is being collected, ``first_sitting`` is over, ``second_sitting`` is to come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: str
    prefix: str
    exercise: str
    text_question: str
    first_sitting: str
    second_sitting: str
    slip: KeySlip
    texts: dict[str, str]
    people: Annotated[tuple[MadeUpPerson, ...], Field(min_length=1)]

    @property
    def units(self) -> tuple[str, ...]:
        """The exercise and both sittings of the exam."""
        return (self.exercise, self.first_sitting, self.second_sitting)


@cache
def made_up_class() -> MadeUpClass:
    """Return the made-up class; raise ``KitError`` in a trainee's bundle, which does not contain it."""
    import tomllib

    try:
        return MadeUpClass.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        way_out = say("practice_class.not_here_way_out")
        raise KitError(say("practice_class.not_here"), way_out) from error

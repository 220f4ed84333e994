"""Shows what is damaged in a hand-in and what ``collect`` will make of it: the same reading, the same judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError, Problem
from buuchinh.intake.arrivals import arrivals
from buuchinh.intake.decide import Line, judge
from buuchinh.intake.notes import Note
from buuchinh.messages import say, section


@dataclass(frozen=True)
class Remark:
    """One thing that was found, what is made of it, and what a person can do, "" where there is nothing to do."""

    found: str
    does: str
    person: str


@dataclass(frozen=True)
class Look:
    """One hand-in as ``collect`` would judge it now, with a word on each thing that is not as it was handed out."""

    line: Line
    remarks: tuple[Remark, ...]


def look(path: Path) -> list[Look]:
    """Judge every hand-in in a zip, a folder or a notebook and write nothing.

    Raises ``KitError`` where there is none.
    """
    if not path.exists():
        raise KitError([Problem(str(path), 0, say("files.missing"))])
    enrolled = frozenset(gradebook.students())
    now = datetime.now().astimezone().replace(microsecond=0)
    lines = [judge(arrived, enrolled, now) for arrived, _ in arrivals(path)]
    if not lines:
        raise KitError([Problem(path.name, 0, say("intake.submission.not_a_handin"))])
    return [Look(line, tuple(map(_remark, (*line.notes, *line.mended)))) for line in lines]


def _remark(note: str) -> Remark:
    _, _, rest = note.key.partition(".") if isinstance(note, Note) else ("", "", "")
    step, _, key = rest.partition(".")
    words = section("intake.inspect")
    does, person = (words[part].get(step, {}).get(key, "") for part in ("does", "person"))
    return Remark(str(note), does, person)

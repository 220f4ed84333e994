"""Record of the draw of an exam: ``source/<unit>/forms/exam.toml`` and ``slots.csv``.

From these two and the pool the forms can be rebuilt at any time, even after changes of the
blueprint; the seed and the blueprint reproduce the draw itself.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_text
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.release import versions

ABOUT = "exam.toml"
SLOTS = versions.SLOTS
COLUMNS = ("form", "slot", "question", "item", "points")
DECISION = "decision"
"""A last column, present only where a slot asks for a decision."""


class About(BaseModel):
    """The head of an exam. ``seed`` determines the draw and the opaque ids; it must never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1)]
    version: course.Version
    seed: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class ExamDraw:
    """The draw of one exam: the items of each form, the points and the decisions, in the order of the slots.

    A slot without a decision has ""; one slot of each decision must be right to pass.
    """

    unit: str
    about: About
    forms: Mapping[str, tuple[str, ...]]
    points: tuple[float, ...]
    decisions: tuple[str, ...] = ()

    @property
    def by_slot(self) -> tuple[tuple[float, str], ...]:
        """The points and the decision of each slot."""
        return tuple(zip(self.points, self.decisions or [""] * len(self.points), strict=True))


def folder(unit: str) -> Path:
    """Return the folder of the test forms of ``unit``."""
    return course.source_folder(unit) / course.FORMS


def exists(unit: str) -> bool:
    """Whether an exam was drawn under this name."""
    return (folder(unit) / ABOUT).is_file()


def units() -> list[str]:
    """Return the exams that were drawn, in order."""
    records = (course.root() / course.SOURCE).glob(f"*/{course.FORMS}/{ABOUT}")
    return sorted(path.parents[1].name for path in records)


def question_id(unit: str, slot: int) -> str:
    """Return the question id of slot ``slot`` (from 1) in every form."""
    return f"{unit}-q{slot:02d}"


def read(unit: str) -> ExamDraw:
    """Return the draw of an exam; raise ``KitError`` where there is none, or where its files are invalid."""
    path = folder(unit) / ABOUT
    if not path.is_file():
        raise KitError([Problem(question_bank.shown(path), 0, say("exam.not_built"), say("exam.build_it", unit=unit))])
    try:
        about = About.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise KitError([Problem(question_bank.shown(path), 0, say("exam.bad_about"))]) from error
    return _with_slots(unit, about)


def write(drawn: ExamDraw) -> None:
    """Write the record of a draw."""
    lines = [say("exam.about_note", unit=drawn.unit)]
    lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in drawn.about.model_dump().items()]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    decided = any(drawn.decisions)
    table.writerow((*COLUMNS, DECISION) if decided else COLUMNS)
    for form, items in drawn.forms.items():
        for slot, (item, (points, decision)) in enumerate(zip(items, drawn.by_slot, strict=True), 1):
            row = (form, slot, question_id(drawn.unit, slot), item, f"{points:g}")
            table.writerow((*row, decision) if decided else row)
    write_text(folder(drawn.unit) / SLOTS, out.getvalue())
    write_text(folder(drawn.unit) / ABOUT, "\n".join(lines) + "\n")


def usage_counts(exclude: str) -> dict[str, int]:
    """Return the number of test forms with each item, over all exams except ``exclude``."""
    count: dict[str, int] = {}
    for unit in units():
        for items in read(unit).forms.values() if unit != exclude else ():
            for item in items:
                count[item] = count.get(item, 0) + 1
    return count


def _with_slots(unit: str, about: About) -> ExamDraw:
    path = folder(unit) / SLOTS
    rows = [(line, cells) for line, cells in spreadsheet.rows(path) if any(cells)]
    forms: dict[str, list[str]] = {}
    slots: dict[str, list[tuple[float, str]]] = {}
    faults = [] if rows and tuple(rows[0][1]) in {COLUMNS, (*COLUMNS, DECISION)} else [1]
    for line, cells in rows[1:]:
        items = forms.setdefault(cells[0], [])
        try:
            _, slot, _, item, worth, *decision = cells
            slots.setdefault(cells[0], []).append((float(worth), "".join(decision)))
        except ValueError:
            faults.append(line)
            continue
        if slot != str(len(items) + 1):
            faults.append(line)
        items.append(item)
    if len({tuple(of_form) for of_form in slots.values()}) != 1:
        faults.append(0)
    if faults:
        raise KitError([Problem(question_bank.shown(path), line, say("exam.bad_slots")) for line in faults])
    points, decisions = zip(*next(iter(slots.values())), strict=True)
    return ExamDraw(unit, about, {form: tuple(items) for form, items in forms.items()}, points, decisions)

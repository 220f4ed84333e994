"""Store the draw of an exam in ``source/<unit>/forms/exam.toml`` and ``slots.csv``.

A unit is the short name of an exam, such as ``thi1``. The test forms can be rebuilt from these two files and the item
pool at any time, even after the blueprint has changed. The seed and the blueprint reproduce the draw itself.
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
"""The last column, present only if a slot tests a critical decision."""


class About(BaseModel):
    """The title, version and seed of an exam; ``seed`` determines the draw and the opaque ids and must never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1)]
    version: course.Version
    seed: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class ExamDraw:
    """The draw of one exam: the items of each form, and the points and the decision of each slot.

    ``forms`` maps the name of each form to its item ids in slot order. ``decisions`` is empty if no slot has a
    decision; otherwise it has "" for each slot without one. To pass, a trainee must answer at least one slot of each
    decision correctly.
    """

    unit: str
    about: About
    forms: Mapping[str, tuple[str, ...]]
    points: tuple[float, ...]
    decisions: tuple[str, ...] = ()

    @property
    def by_slot(self) -> tuple[tuple[float, str], ...]:
        """The points and the decision ("" if none) of each slot, in slot order."""
        return tuple(zip(self.points, self.decisions or [""] * len(self.points), strict=True))


def folder(unit: str) -> Path:
    """Return the folder that holds the test forms of ``unit``."""
    return course.source_folder(unit) / course.FORMS


def exists(unit: str) -> bool:
    """Whether an exam has been drawn for ``unit``."""
    return (folder(unit) / ABOUT).is_file()


def units() -> list[str]:
    """Return the units of all exams that have been drawn, sorted."""
    records = (course.root() / course.SOURCE).glob(f"*/{course.FORMS}/{ABOUT}")
    return sorted(path.parents[1].name for path in records)


def question_id(unit: str, slot: int) -> str:
    """Return the question id of ``slot`` (1-based), which is the same in every form."""
    return f"{unit}-q{slot:02d}"


def read(unit: str) -> ExamDraw:
    """Return the recorded draw of ``unit``; raise ``KitError`` if it has not been drawn or its files are invalid."""
    path = folder(unit) / ABOUT
    if not path.is_file():
        raise KitError(say("exam.not_built"), say("exam.build_it", unit=unit), path=question_bank.shown(path))
    try:
        about = About.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise KitError(say("exam.bad_about"), path=question_bank.shown(path)) from error
    return _with_slots(unit, about)


def write(drawn: ExamDraw) -> None:
    """Write the record of a draw to ``exam.toml`` and ``slots.csv``."""
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
    """Return the number of test forms that contain each item, over all exams except ``exclude``."""
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

"""Read and validate an exam's blueprint, the table that states the requirements for each slot of the exam.

``exam/blueprint.csv`` applies to exams for everybody; ``exam/blueprint-staff.csv`` and its siblings apply to the exams
of one group of roles (``exam_groups``). Each row describes one slot. ``objectives`` names learning objectives or
lessons (``m2`` stands for every objective of lesson 2), separated by spaces; ``bloom`` names cognitive levels in the
same way. ``critical`` is empty, a plain yes, or the decision that the item must be about: of two slots on the same
decision, at least one must be answered correctly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from buuchinh import course, datasets, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.exam.exam_groups import GROUPS, Group
from buuchinh.messages import say
from buuchinh.questions.dated_keys import Bloom, ExamGroup, Notes
from buuchinh.text import fold, parse_number

FOLDER = "exam"
BLUEPRINT = "exam/blueprint.csv"
COLUMNS = ("slot", "objectives", "bloom", "points", "critical")
LEVELS = get_args(Bloom)
_YES = {"x", "true", "1", "co", "yes"}
_NO = {"", "false", "0", "khong", "no"}


@dataclass(frozen=True)
class Slot:
    """One place in the exam, with the requirements for its item.

    An item fits if its objective and level are among those named, ``critical`` agrees, it is about the slot's
    ``decision`` (if any), and it may be used for this exam's group. ``table`` is the path of the blueprint, ``line``
    the slot's row, and ``words`` describes the requirements in messages.
    """

    number: int
    objectives: frozenset[str]
    blooms: frozenset[str]
    points: float
    critical: bool
    line: int
    words: str
    table: str = BLUEPRINT
    group: ExamGroup | None = None
    decision: str | None = None

    def fits(self, item: Notes) -> bool:
        """Whether ``item``, from the pool, meets the requirements of this slot."""
        asked = item.objective in self.objectives and item.bloom in self.blooms and item.critical == self.critical
        asked = asked and self.decision in {None, item.decision}
        return asked and (self.group is None or not item.exam_for or self.group in item.exam_for)


def path(group: Group | None = None) -> Path:
    """Return the path of the blueprint for ``group``, or of the one for everybody if ``group`` is None."""
    return course.root() / _table(group)


def written() -> list[Group | None]:
    """Return the groups that have a blueprint in the course; None stands for everybody."""
    return [group for group in (None, *GROUPS) if path(group).is_file()]


def load(group: Group | None = None) -> list[Slot]:
    """Return the slots of a blueprint in order; raise ``KitError`` with every fault in the file."""
    table = _table(group)
    if not path(group).is_file():
        raise KitError(say("exam.no_blueprint"), say("exam.no_blueprint_way_out"), path=table)
    rows = spreadsheet.rows(path(group))
    header = [cell.lower() for cell in rows[0][1]] if rows else []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise KitError(say("exam.no_columns", columns=", ".join(missing)), path=table, line=1)
    lesson_of, decisions = _objectives(), _decisions()
    slots: list[Slot] = []
    problems: list[Problem] = []
    for line, cells in rows[1:]:
        if any(cells):
            row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
            faults = list(_faults(row, lesson_of, decisions, table, line))
            problems += faults
            if not faults:
                slots.append(_slot(row, lesson_of, group, line))
    if not problems and [slot.number for slot in slots] != list(range(1, len(slots) + 1)):
        problems.append(Problem(table, 0, say("exam.slots_in_order")))
    if problems or not slots:
        raise KitError(problems or [Problem(table, 0, say("exam.no_slots"))])
    return slots


def _table(group: Group | None) -> str:
    return group.blueprint if group else BLUEPRINT


def _objectives() -> dict[str, str]:
    """Map each learning objective to its lesson, as in ``{"m2-1": "m2"}``."""
    return {row["id"]: course.unit_of(row["id"]) for row in datasets.read("questions/objectives").rows}


def _decisions() -> set[str]:
    return {str(row["id"]) for row in datasets.read("questions/decisions").rows}


def _faults(
    row: Mapping[str, str], lesson_of: Mapping[str, str], decisions: Collection[str], table: str, line: int
) -> Iterator[Problem]:
    if not row["slot"].isdigit():
        yield Problem(table, line, say("exam.bad_slot", value=row["slot"]))
    names = row["objectives"].split()
    for name in names:
        if name not in lesson_of and name not in lesson_of.values():
            yield Problem(table, line, say("exam.no_objective", name=name), say("exam.objectives_are"))
    levels = row["bloom"].split()
    for name in levels:
        if name not in LEVELS:
            yield Problem(table, line, say("exam.no_level", name=name, levels=", ".join(LEVELS)))
    if not names or not levels:
        yield Problem(table, line, say("exam.empty_slot"))
    try:
        sound = 0 < parse_number(row["points"]) <= 100
    except ValueError:
        sound = False
    if not sound:
        yield Problem(table, line, say("exam.bad_points", value=row["points"]))
    if fold(row["critical"]) not in _YES | _NO and row["critical"].strip() not in decisions:
        way_out = say("exam.decisions_are", ids=", ".join(sorted(decisions)))
        yield Problem(table, line, say("exam.bad_critical", value=row["critical"]), way_out)


def _slot(row: Mapping[str, str], lesson_of: Mapping[str, str], group: Group | None, line: int) -> Slot:
    names = row["objectives"].split()
    critical = fold(row["critical"]) not in _NO
    decision = row["critical"].strip() if critical and fold(row["critical"]) not in _YES else None
    wanted = say("exam.wanted_decision", id=decision) if decision else say("exam.wanted_critical")
    words = say("exam.wanted", objectives=", ".join(names), bloom=", ".join(row["bloom"].split()))
    return Slot(
        number=int(row["slot"]),
        objectives=frozenset(
            objective for objective, lesson in lesson_of.items() if objective in names or lesson in names
        ),
        blooms=frozenset(row["bloom"].split()),
        points=parse_number(row["points"]),
        critical=critical,
        line=line,
        words=f"{words}, {wanted}" if critical else words,
        table=_table(group),
        group=group.id if group else None,
        decision=decision,
    )

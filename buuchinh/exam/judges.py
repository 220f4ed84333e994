"""Write the judges' rating sheet as a workbook, and read ratings back from Excel or CSV files.

One file may hold the ratings of one judge or of several. The sheet shows items with their answer keys and is for
instructors only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.exam.angoff import ENOUGH
from buuchinh.exam.item_pool import PoolItem
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.text import AmbiguousNumber, fold, parse_number

FOLDER = "exam/angoff"
_WIDTHS = (11, 10, 50, 36, 30)
_JUDGE_WIDTH, _GUIDE_WIDTH = 8, 110


def write(items: Sequence[PoolItem], name: str) -> Path:
    """Write ``exam/angoff/phieu_<name>.xlsx`` with a row per item and a column per judge, and return its path."""
    path = course.root() / FOLDER / f"phieu_{name}.xlsx"
    write_bytes(path, _workbook(items))
    return path


def read(paths: Sequence[Path], items: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return each judge's ratings of ``items`` as shares from 0 to 1.

    ``paths`` are files, or folders of which all Excel and CSV files are read. Each non-empty column whose heading
    begins with "Người" belongs to one judge. Numbers are per cent, except that a column without a number above 1 is
    read as shares. Raise ``KitError`` with every cell that is empty or invalid, or if there is no judge at all.
    """
    ratings: dict[str, dict[str, float]] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(file.resolve() for named in paths for file in _files(named)):
        try:
            judges, faults = _judges(path, items)
        except KitError as error:
            problems += error.problems
            continue
        problems += faults
        ratings |= judges
    if not ratings and not problems:
        problems.append(Problem("", 0, say("exam.angoff.nobody"), say("exam.angoff.nobody_way_out")))
    if problems:
        raise KitError(problems)
    return ratings


def _files(named: Path) -> list[Path]:
    if not named.is_dir():
        return [named]
    kinds = {".csv", *spreadsheet.WORKBOOKS}
    return [path for path in sorted(named.iterdir()) if path.suffix.lower() in kinds and path.name[0] not in "~."]


def _judges(path: Path, items: Sequence[str]) -> tuple[dict[str, dict[str, float]], list[Problem]]:
    rows = spreadsheet.rows(path)
    start = next((number for number, (_, cells) in enumerate(rows) if "ma cau" in map(fold, cells)), None)
    if start is None:
        return {}, [Problem(path.name, 1, say("exam.angoff.no_head"))]
    head = [fold(cell) for cell in rows[start][1]]
    by_item: dict[str, tuple[int, list[str]]] = {}
    problems: list[Problem] = []
    for line, cells in rows[start + 1 :]:
        name = cells[head.index("ma cau")] if len(cells) > head.index("ma cau") else ""
        if name in by_item and name:
            problems.append(Problem(path.name, line, say("exam.angoff.item_twice", item=name, line=by_item[name][0])))
        by_item.setdefault(name, (line, [*cells, *[""] * len(head)]))
    gone = [name for name in items if name not in by_item]
    if gone:
        return {}, [*problems, Problem(path.name, 0, say("exam.angoff.no_item", ids=", ".join(gone)))]
    judges: dict[str, dict[str, float]] = {}
    for column, name in enumerate(head):
        rated = {item: (by_item[item][0], by_item[item][1][column]) for item in items}
        if name.startswith("nguoi") and any(cell for _, cell in rated.values()):
            judge = f"{path}: {rows[start][1][column]}"
            values, faults = _ratings(path.name, rows[start][1][column], rated)
            problems += faults
            if judge in judges:
                problems.append(
                    Problem(path.name, rows[start][0], say("exam.angoff.judge_twice", judge=rows[start][1][column]))
                )
            judges[judge] = values
    return judges, problems


def _ratings(file: str, judge: str, cells: dict[str, tuple[int, str]]) -> tuple[dict[str, float], list[Problem]]:
    values: dict[str, float] = {}
    problems: list[Problem] = []
    for item, (line, cell) in cells.items():
        try:
            values[item] = parse_number(cell, units=("%",)) if cell else -1
        except (AmbiguousNumber, ValueError):
            values[item] = -1
        if not 0 <= values[item] <= 100:
            key = "exam.angoff.bad_number" if cell else "exam.angoff.empty"
            problems.append(Problem(file, line, say(key, judge=judge, item=item, value=cell)))
    if problems:
        return {}, problems
    if max(values.values()) <= 1:
        return values, []
    mixed = [item for item, value in values.items() if 0 < value < 1]
    if mixed:
        line = cells[mixed[0]][0]
        return {}, [Problem(file, line, say("exam.angoff.mixed", judge=judge, item=mixed[0], value=cells[mixed[0]][1]))]
    return {item: value / 100 for item, value in values.items()}, []


def _workbook(items: Sequence[PoolItem]) -> bytes:
    columns = [say(f"exam.angoff.column_{name}") for name in ("item", "objective", "question", "options", "key")]
    judges = [say("exam.angoff.judge", number=number) for number in range(1, ENOUGH + 1)]
    rows = [[item.id, item.question.objective, *_shown(item), _key(item)] for item in items]
    title = say("exam.angoff.sheet")
    look = spreadsheet.Look(widths=(*_WIDTHS, *[_JUDGE_WIDTH] * len(judges)), wrapped=len(columns))
    first = len(columns) + 1
    percents = spreadsheet.Percents(first, first + len(judges) - 1, say("exam.angoff.cell_error"), title)
    table = spreadsheet.Sheet("", title, [[*columns, *judges], *rows], look, percents)
    guide = spreadsheet.Sheet(
        "",
        say("exam.angoff.guide_title"),
        [[line] for line in say("exam.angoff.guide").strip().splitlines()],
        spreadsheet.Look(head="", freeze=None, widths=(_GUIDE_WIDTH,), wrapped=1),
    )
    return spreadsheet.as_workbook([table, guide])


def _shown(item: PoolItem) -> tuple[str, str]:
    kind = types.type_of(item.question)
    return kind.stem_for_judges(item.question), kind.render_for_judges(item.question)


def _key(item: PoolItem) -> str:
    question = item.question
    key: Any = getattr(question, "key_on", lambda day: None)(item.as_of)
    return "\n".join(types.type_of(question).render_key_for_judges(question, key)) if key else ""

"""Call questions by their numbers in what people read of a report; its CSV files, for machines, keep the ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from buuchinh.messages import say
from buuchinh.release.source import WORDS_CELL, WORK_CELL
from buuchinh.spreadsheet import Cell, Sheet


def in_order(names: Iterable[str]) -> dict[str, int]:
    """Map the ids of an exercise's questions, in its order, to their numbers."""
    return {name: number for number, name in enumerate(names, 1)}


def in_sheet(sheet: Sheet, numbers: Mapping[str, int]) -> Sheet:
    """Return ``sheet`` with numbers in place of ids."""
    if not numbers:
        return sheet
    head, *body = sheet.rows
    rows = [[_headed(cell, numbers) for cell in head], *([_cell(cell, numbers) for cell in row] for row in body)]
    return replace(sheet, rows=rows)


def in_text(text: str, numbers: Mapping[str, int]) -> str:
    """Return ``text`` with “câu 3” in place of each id, also of one in quotation marks or with the end of a cell's."""
    if not numbers:
        return text
    found = re.sub(_pattern(numbers), lambda one: say("results.report.numbered", number=numbers[one[1]]), text)
    return re.sub(r"\b(câu:? )câu ", r"\1", found, flags=re.IGNORECASE)


def _headed(cell: Cell, numbers: Mapping[str, int]) -> Cell:
    """Return the head of a column, such as “Câu 3” with the question's title below."""
    text = in_text(cell, numbers) if isinstance(cell, str) else cell
    return text[:1].upper() + text[1:] if isinstance(text, str) and text != cell else text


def _cell(cell: Cell, numbers: Mapping[str, int]) -> Cell:
    """Return a cell with numbers; where only ids stand, nothing but the numbers."""
    if not isinstance(cell, str):
        return cell
    alone = [numbers.get(name) for name in cell.split(", ")]
    if None in alone:
        return in_text(cell, numbers)
    return alone[0] if len(alone) == 1 else ", ".join(map(str, alone))


def _pattern(numbers: Mapping[str, int]) -> str:
    ids = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    return rf"“?(?<![\w-])({ids})(?:{WORK_CELL}|{WORDS_CELL})?(?![\w-])”?"

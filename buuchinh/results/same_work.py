"""The report's sheet of work that is the same beyond chance (``grading.equal_work``): pairs, evidence, a question."""

from __future__ import annotations

from buuchinh.grading import equal_work
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.spreadsheet import Cell, Sheet


def sheets(unit: str) -> list[Sheet]:
    """Return the sheet with a row a pair; none where no work is the same."""
    pairs = once(equal_work.find, unit)
    if not pairs:
        return []
    columns = ("first", "second", *equal_work.KINDS, "question")
    rows: list[list[Cell]] = [[say(f"results.same_work.{name}") for name in columns]]
    rows += [
        [
            pair.first,
            pair.second,
            *(", ".join(pair.kinds.get(kind, ())) for kind in equal_work.KINDS),
            say("results.same_work.ask"),
        ]
        for pair in pairs
    ]
    return [Sheet("bai-giong", say("results.same_work.title"), rows)]

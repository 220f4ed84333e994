"""Build the sheet of pairs of trainees whose submissions are more alike than chance explains.

``grading.equal_work`` finds the pairs.
"""

from __future__ import annotations

from buuchinh.grading import equal_work
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.personal_data.names import Names
from buuchinh.spreadsheet import Cell, Look, Sheet

_LOOK = Look(widths=(30, 30, 20, 20, 20, 20, 40), wrapped=7)


def sheets(unit: str, people: Names | None = None) -> list[Sheet]:
    """Return a list with one sheet, which has a row per pair of trainees, or an empty list if there are no pairs.

    If ``people`` is given, the sheet shows names as well as codes.
    """
    shown = (people or Names()).shown
    pairs = once(equal_work.find, unit)
    if not pairs:
        return []
    columns = ("first", "second", *equal_work.KINDS, "question")
    rows: list[list[Cell]] = [[say(f"results.same_work.{name}") for name in columns]]
    rows += [
        [
            shown(pair.first),
            shown(pair.second),
            *(", ".join(pair.kinds.get(kind, ())) for kind in equal_work.KINDS),
            say("results.same_work.ask"),
        ]
        for pair in pairs
    ]
    return [Sheet("bai-giong", say("results.same_work.title"), rows, _LOOK)]

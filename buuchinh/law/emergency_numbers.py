"""Emergency telephone numbers with their periods, and a search for them in text.

Texts name a number in digits, because people read them in a hurry. The table holds the numbers with their days, so that
``audit`` can list every mention on the day on which one of them changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from buuchinh import datasets

TABLE = "law/emergency-numbers"
_BEFORE = r"(?<![\w.,/:-])(?<!điều )(?<!khoản )(?<!mục )(?<!câu )(?<!trang )"
_AFTER = r"(?![\w]|[-.,/:][\d])"


@dataclass(frozen=True)
class EmergencyNumber:
    """One number in one period (from ``from_``, before ``to``; None where the day is not known or has not come)."""

    id: str
    number: str
    answers: str
    call_for: str
    short: str
    from_: date | None
    to: date | None
    provision: str
    see: tuple[str, ...]
    confidence: str
    source: str
    note: str

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in the period, as far as its ends are known."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


def all_numbers() -> Sequence[EmergencyNumber]:
    """Return every row of the table in its own order, those of the past included."""
    return datasets.made_of(_read, TABLE)


def numbers_on(day: date) -> list[EmergencyNumber]:
    """Return the numbers to call on a day."""
    return [number for number in all_numbers() if number.covers(day)]


def named_in(text: str) -> list[str]:
    """Return the numbers of the table that ``text`` tells people to call, each once, in the order of the text.

    "Điều 114", "115.1" and "1143/UBND" are no telephone numbers.
    """
    numbers = dict.fromkeys(row.number for row in all_numbers())
    if not numbers:
        return []
    any_number = "|".join(map(re.escape, numbers))
    several = f"(?:{any_number})(?: ?[-–/] ?(?:{any_number}))*"  # "113/114", "113-114-115"
    runs = re.findall(f"{_BEFORE}({several}){_AFTER}", text, re.IGNORECASE)
    return list(dict.fromkeys(number for run in runs for number in re.findall(any_number, run)))


def _read() -> Sequence[EmergencyNumber]:
    return tuple(
        EmergencyNumber(
            id=row["id"],
            number=row["number"],
            answers=row["answers"],
            call_for=row["call_for"],
            short=row["short"],
            from_=row["from"],
            to=row["to"],
            provision=row["provision"],
            see=tuple(row["see"] or ()),
            confidence=row["confidence"],
            source=row["source"],
            note=row["note"] or "",
        )
        for row in datasets.read(TABLE).rows
    )

"""Look up emergency telephone numbers by day, and find mentions of them in text.

Lessons write the numbers in digits, because people read them in a hurry. The table records when each number is valid,
so ``audit`` can list every mention of a number that changes.
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
    """One number in one period of validity, which lasts from ``from_`` until the day before ``to``.

    ``from_`` is None if the first day is unknown; ``to`` is None if the last day is unknown or not yet set.
    """

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
        """Whether ``day`` lies in the number's period of validity, as far as the ends of that period are known."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


def all_numbers() -> Sequence[EmergencyNumber]:
    """Return all numbers in table order, including those that are no longer valid."""
    return datasets.made_of(_read, TABLE)


def numbers_on(day: date) -> list[EmergencyNumber]:
    """Return the numbers that are valid on ``day``."""
    return [number for number in all_numbers() if number.covers(day)]


def named_in(text: str) -> list[str]:
    """Return the emergency numbers that ``text`` tells people to call, without duplicates, in order of appearance.

    Article and document numbers such as "Điều 114", "115.1" and "1143/UBND" are not mistaken for telephone numbers.
    """
    numbers = dict.fromkeys(row.number for row in all_numbers())
    if not numbers:
        return []
    any_number = "|".join(map(re.escape, numbers))
    several = f"(?:{any_number})(?: ?[-–/] ?(?:{any_number}))*"  # "113/114", "113-114-115"
    runs = re.findall(f"{_BEFORE}({several}){_AFTER}", text, re.IGNORECASE)
    return list(dict.fromkeys(number for run in runs for number in re.findall(any_number, run)))


def _read() -> Sequence[EmergencyNumber]:
    return tuple(row.made_into(EmergencyNumber) for row in datasets.read(TABLE).rows)

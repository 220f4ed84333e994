"""Comparison of two figures: difference and change, an error for incomparable ones, a caution for small counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.statistics.figures import Figure, several
from buuchinh.text import format_number

SMALL = 30
"""Below this count one case more or less moves a percentage by over 3 points: no trend is read from it."""

_LEAP = 3
"""Half-years and years differ by a day or two; anything longer is another kind of period."""


@dataclass(frozen=True)
class Comparison:
    """Two figures of the same unit, scope and length of period; ``difference`` is later minus earlier."""

    earlier: Figure
    later: Figure

    @property
    def difference(self) -> float:
        """Later minus earlier, in the figures' unit."""
        return round(self.later.value - self.earlier.value, 9)

    @property
    def change_percent(self) -> float | None:
        """Change in per cent of the earlier figure; ``None`` where that is zero."""
        return 100 * self.difference / self.earlier.value if self.earlier.value else None

    @property
    def caution(self) -> str:
        """A sentence where the earlier figure is too small for a percentage to mean much, else ``""``."""
        base = self.earlier.value
        if not 0 < base < SMALL or base != int(base):
            return ""
        step = format_number(100 / base, 1)
        return say("statistics.compare.caution", base=format_number(base), unit=self.earlier.unit, step=step)

    def __str__(self) -> str:
        difference = _direction(self.difference, f" {self.later.unit}", None)
        change = self.change_percent
        percent = say("statistics.compare.no_percent") if change is None else _direction(change, " %", 1)
        line = say(
            "statistics.compare.words",
            earlier=self.earlier.words,
            later=self.later.words,
            difference=difference,
            percent=percent,
        )
        return f"{line}. {self.caution}".rstrip(" ") if self.caution else line

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the comparison as a paragraph, with the caution in one of its own."""
        line, _, caution = str(self).partition(". ")
        rest = f"<br><em>{escape(caution)}</em>" if caution else ""
        return f'<p lang="vi"><strong>{escape(line)}</strong>{rest}</p>'


def compare(earlier: str | Figure, later: str | Figure) -> Comparison:
    """Compare two figures or ids.

    Raises ``KitError`` with every reason why not: different units, different scopes, periods of different or unknown
    length. A figure of one province is not compared with one of the country.
    """
    first, second = several([earlier, later])
    reasons = []
    if first.unit != second.unit:
        units = {"first_unit": first.unit, "second_unit": second.unit}
        titles = {"first": first.title, "second": second.title}
        reasons.append(say("statistics.compare.different_unit", **titles, **units))
    if first.scope != second.scope:
        reasons.append(say("statistics.compare.different_scope", first=first.scope, second=second.scope))
    first_days, second_days = _days(first), _days(second)
    if first_days is None or second_days is None:
        reasons.append(say("statistics.compare.unknown_length", first=first.title, second=second.title))
    elif abs(first_days - second_days) > _LEAP:
        reasons.append(
            say(
                "statistics.compare.different_length",
                first=first.period,
                first_days=first_days,
                second=second.period,
                second_days=second_days,
            )
        )
    if reasons:
        way_out = say("statistics.compare.way_out")
        raise KitError([Problem("", 0, reason, way_out) for reason in reasons])
    return Comparison(first, second)


def _days(figure: Figure) -> int | None:
    if figure.period_from is None or figure.period_to is None:
        return None
    return (figure.period_to - figure.period_from + timedelta(days=1)).days


def _direction(amount: float, unit: str, decimals: int | None) -> str:
    if not amount:
        return say("statistics.compare.same")
    word = "up" if amount > 0 else "down"
    return say(f"statistics.compare.{word}", amount=format_number(abs(amount), decimals) + unit)

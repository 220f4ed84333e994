"""Compare two figures: return difference and change, reject incomparable figures, and warn about small counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.statistics.figures import Figure, several
from buuchinh.text import format_number

SMALL = 30
"""The count below which no trend can be inferred, since one case shifts a percentage by more than 3 points."""

_LEAP = 3
"""The tolerance in days when comparing lengths of periods, because years and half-years vary by a day or two."""


@dataclass(frozen=True)
class Comparison:
    """Two figures that have the same unit of measure, the same scope and periods of the same length."""

    earlier: Figure
    later: Figure

    @property
    def difference(self) -> float:
        """The later figure minus the earlier one, in their unit of measure."""
        return round(self.later.value - self.earlier.value, 9)

    @property
    def change_percent(self) -> float | None:
        """The change as a percentage of the earlier figure, or None if the earlier figure is zero."""
        return 100 * self.difference / self.earlier.value if self.earlier.value else None

    @property
    def caution(self) -> str:
        """A warning if the earlier figure is too small for a meaningful percentage, otherwise ""."""
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
        """Return the comparison as an HTML paragraph, with the caution, if any, on a separate line."""
        line, _, caution = str(self).partition(". ")
        rest = f"<br><em>{escape(caution)}</em>" if caution else ""
        return f'<p lang="vi"><strong>{escape(line)}</strong>{rest}</p>'


def compare(earlier: str | Figure, later: str | Figure) -> Comparison:
    """Compare two figures, each given as a ``Figure`` or by its id.

    Raise ``KitError`` with every reason why they cannot be compared: different units of measure, different scopes (such
    as one province and the whole country), or periods of different or unknown length.
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

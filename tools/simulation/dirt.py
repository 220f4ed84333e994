"""Soil clean incidents like a real office's table: copies, gaps, spellings and formats, at documented rates.

Every kind of dirt can be undone: by a rule (spelling, decimal comma, day/month/year), by dropping a row (copies) or by
treating a value as unknown (empty cells, negative minutes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from types import MappingProxyType

from buuchinh.text import fold
from simulation.cell_words import mark, with_kind_of_unit
from simulation.chance import between, happens

DIRT: Mapping[str, int] = MappingProxyType(
    {
        "copy": 25,
        "empty_weight": 40,
        "empty_minutes": 15,
        "negative_minutes": 4,
        "decimal_comma": 90,
        "unit_in_cell": 15,
        "date_day_first": 40,
        "province_spelling": 60,
        "old_province": 15,
        "item_spelling": 60,
        "stage_spelling": 40,
    }
)
"""Soiled cells per thousand; ``copy``: repeated rows; ``old_province``: per thousand places whose name has changed."""

COLUMNS = (
    "incident_id",
    "date",
    "province",
    "item_kind",
    "weight_kg",
    "stage",
    "action",
    "minutes_to_report",
    "channel",
    "simulated",
)


@dataclass(frozen=True)
class Incident:
    """One simulated incident before soiling.

    ``grams`` and ``minutes`` are the true values. ``weight_kg`` and ``minutes_to_report`` are the values that cleaning
    can recover, or None if the table has lost them. ``old_province`` is the name of the place before 1-7-2025.
    """

    incident_id: str
    date: date
    province: str
    old_province: str
    item_kind: str
    grams: int
    stage: str
    action: str
    minutes: int
    channel: str
    weight_kg: float | None
    minutes_to_report: int | None


def soiled_row(incident: Incident, chance: Random) -> tuple[str, ...]:
    """Return the cells of one row of the table, in the order of ``COLUMNS``."""
    return (
        incident.incident_id,
        _date(incident.date, chance),
        _province(incident, chance),
        _spelling(incident.item_kind, "item_spelling", chance),
        _weight(incident, chance),
        _spelling(incident.stage, "stage_spelling", chance),
        incident.action,
        _minutes(incident, chance),
        incident.channel,
        mark(),
    )


def _date(day: date, chance: Random) -> str:
    return f"{day:%d/%m/%Y}" if happens(chance, DIRT["date_day_first"]) else day.isoformat()


def _province(incident: Incident, chance: Random) -> str:
    if incident.old_province != incident.province and happens(chance, DIRT["old_province"]):
        return incident.old_province
    if not happens(chance, DIRT["province_spelling"]):
        return incident.province
    ways: tuple[Callable[[str], str], ...] = (str.upper, str.lower, _old_tone, with_kind_of_unit)
    return ways[between(chance, 0, len(ways) - 1)](incident.province)


def _spelling(words: str, kind: str, chance: Random) -> str:
    if not happens(chance, DIRT[kind]):
        return words
    ways: tuple[Callable[[str], str], ...] = (str.upper, str.capitalize, _unmarked_comma, fold)
    return ways[between(chance, 0, len(ways) - 1)](words)


def _old_tone(words: str) -> str:
    """Return the words with the tone mark on the other vowel: Thanh Hoá for Thanh Hóa."""
    return words.replace("óa", "oá").replace("òa", "oà")


def _unmarked_comma(words: str) -> str:
    return words.replace(", ", " - ")


def _weight(incident: Incident, chance: Random) -> str:
    if incident.weight_kg is None:
        return ""
    written = f"{incident.grams // 1000}.{incident.grams % 1000:03d}"[:-1]
    if happens(chance, DIRT["decimal_comma"]):
        written = written.replace(".", ",")
    return f"{written} kg" if happens(chance, DIRT["unit_in_cell"]) else written


def _minutes(incident: Incident, chance: Random) -> str:
    if incident.minutes_to_report is not None:
        return str(incident.minutes_to_report)
    return str(-incident.minutes) if happens(chance, _NEGATIVE_OF_LOST) else ""


_NEGATIVE_OF_LOST = 1000 * DIRT["negative_minutes"] // (DIRT["negative_minutes"] + DIRT["empty_minutes"])

"""Generate incidents by day, place, kind and stage, with four patterns for learners to find.

1. Counts rise over the thirty months, because more incidents are reported (not because more happen).
2. The time to report falls after 1-7-2025, most of all at the counter.
3. A few incidents account for most of the kilograms, so that the number of cases and the quantity differ.
4. Most incidents are noticed in sorting; those noticed at delivery are reported latest.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from simulation.cell_words import word
from simulation.chance import between, happens, pick
from simulation.dirt import COLUMNS, DIRT, Incident, soiled_row
from simulation.places import MERGER, FormerProvince, places

SEED = 20260701
"""The seed; changing it changes every row, every answer key of bt06 and every chart of the table."""

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)

_ITEMS = {
    "weapon": 16,
    "fireworks": 19,
    "drug": 11,
    "vape": 18,
    "flammable": 13,
    "wildlife": 6,
    "counterfeit": 7,
    "unknown_origin": 10,
}
_STAGES = {"counter": 27, "pickup": 9, "sorting": 40, "transport": 10, "delivery": 14}
_CHANNELS = {"phone": 52, "person": 12, "software": 28, "letter": 8}
_REFUSABLE = {"counter", "pickup"}

# Bands of ten grams (low, high) with their weights, by kind of item where they differ.
_WEIGHTS: Mapping[str, Mapping[tuple[int, int], int]] = {
    "": {(5, 50): 46, (51, 200): 36, (201, 800): 14, (801, 3000): 4},
    "fireworks": {(20, 150): 34, (151, 600): 42, (601, 1500): 18, (1501, 4500): 6},
    "counterfeit": {(2, 20): 80, (21, 60): 20},
    "drug": {(2, 30): 55, (31, 150): 33, (151, 900): 10, (901, 2500): 2},
}
_MINUTES: Mapping[tuple[int, int], tuple[int, int]] = {
    (3, 15): (22, 40),
    (16, 30): (27, 30),
    (31, 60): (24, 18),
    (61, 240): (19, 9),
    (241, 1440): (8, 3),
}
"""Bands of minutes with their weights before 1-7-2025 and since then."""


def rows() -> list[tuple[str, ...]]:
    """Return the soiled table, including copies, as rows of cells in the order of ``COLUMNS``."""
    chance = Random(SEED + 1)
    table = []
    for incident in clean_incidents():
        row = soiled_row(incident, chance)
        table.append(row)
        if happens(chance, DIRT["copy"]):
            table.append(row)
    return table


def incidents_csv() -> str:
    """Return the contents of ``statistics/incidents-simulated.csv``, byte for byte as in the repository."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    return text.getvalue()


def clean_incidents(where: Sequence[FormerProvince] | None = None) -> list[Incident]:
    """Return the incidents before soiling in order of date, each with an id of its own.

    ``where`` lists the places in which they happen; by default, the provinces in ``organisation/provinces``.
    """
    chance = Random(SEED)
    by_weight = {place: place.weight for place in (where if where is not None else places())}
    incidents: list[Incident] = []
    day = FIRST
    while day <= LAST:
        for _ in range(_how_many(day, chance)):
            incidents.append(_incident(len(incidents) + 1, day, by_weight, chance))
        day += timedelta(days=1)
    return incidents


def _how_many(day: date, chance: Random) -> int:
    """Return the number of incidents on one day: rising over the months, fewer on Sundays, more around Tết."""
    month = 12 * (day.year - FIRST.year) + day.month - 1
    per_mille = 950 + 22 * month
    if day.month in {1, 12}:
        per_mille += 350
    if day.weekday() == 6:
        per_mille //= 3
    return sum(happens(chance, per_mille // 4) for _ in range(4))


def _incident(number: int, day: date, by_weight: Mapping[FormerProvince, int], chance: Random) -> Incident:
    place = pick(chance, by_weight)
    item = pick(chance, _ITEMS)
    stage = pick(chance, _STAGES)
    action = _action(stage, chance)
    grams = 10 * between(chance, *pick(chance, _WEIGHTS.get(item, _WEIGHTS[""])))
    minutes = _minutes_to_report(day, stage, action, chance)
    weight_lost = happens(chance, DIRT["empty_weight"])
    minutes_lost = happens(chance, DIRT["empty_minutes"] + DIRT["negative_minutes"])
    return Incident(
        incident_id=f"MP-{number:04d}",
        date=day,
        province=place.name_on(day),
        old_province=place.before,
        item_kind=word("item", item),
        grams=grams,
        stage=word("stage", stage),
        action=word("action", action),
        minutes=minutes,
        channel=word("channel", pick(chance, _CHANNELS)),
        weight_kg=None if weight_lost else grams / 1000,
        minutes_to_report=None if minutes_lost else minutes,
    )


def _action(stage: str, chance: Random) -> str:
    if stage in _REFUSABLE and happens(chance, 620):
        return "refused"
    return pick(chance, {"authority": 58, "supervisor": 33, "forwarded": 9})


def _minutes_to_report(day: date, stage: str, action: str, chance: Random) -> int:
    since = day >= MERGER
    likely = {band: pair[since] for band, pair in _MINUTES.items()}
    minutes = between(chance, *pick(chance, likely))
    if stage == "delivery" or action == "forwarded":
        return minutes + between(chance, 20, 90)
    return minutes

"""Rules for what a key cites: a law at least, and the register's fines, time limits and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

from buuchinh import datasets, law, statistics
from buuchinh.authoring.foundations import Foundation, keyed
from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import any_of
from buuchinh.errors import KitError
from buuchinh.text import format_number

_MILLION = 1_000_000
WIDE = 50
"""Least width of the range of a value that code computes."""
_QUOTED = re.compile("“([^”]+)”")
_HOURS = re.compile(r"(\d+) giờ\b(?: (\d+))?(?: (?:phút )?ngày (\d+)-\d+)?")
_TERM = re.compile(r"(\d+) giờ")
_TABLES = ("law/provisions", "law/documents", "coverage/sentences", "statistics/facts")
"""Tables whose words may stand between curly quotes."""


def basis_paper(item: Item) -> Iterator[ItemFault]:
    """A key cites papers alone that set no rules (plans, letters, regulations of two ministries between themselves)."""
    for found in item.founded:
        refs = found.key.provisions
        if refs and not found.key.sources and not any(_is_norm(ref) for ref in refs):
            yield ItemFault((*found.steps, "provisions"), {"refs": ", ".join(refs)})


def critical_basis(item: Item) -> Iterator[ItemFault]:
    """A key of an item that nobody may fail rests on no provision whose own words were read."""
    if not getattr(item.question, "critical", False):
        return
    for found in item.founded:
        refs = found.key.provisions
        if not any(period.confidence == "A" for ref in refs for period in _known(ref)):
            yield ItemFault(found.steps, {"refs": ", ".join((*refs, *found.key.sources))})


def fine_key(item: Item) -> Iterator[ItemFault]:
    """The amount of a fine that a key calls right is none that its provisions give, for the person or body asked about.

    Half of what is written for organisations and twice what is written for persons count where the key cites
    the provision that says so; then the amount as written is wrong.
    """
    for found, part, key in numeric_keys(item):
        if part.unit != "triệu đồng":
            continue
        periods = [period for ref in found.key.provisions for period in law.periods(ref)]
        amounts = [period for period in periods if period.amount_max is not None and period.amount_for]
        converts = any(any_of("fine-key", "converting").search(period.summary) for period in periods)
        allowed = {
            float(amount) * _share(period.amount_for, converts) / _MILLION
            for period in amounts
            for amount in (period.amount_min, period.amount_max)
            if amount is not None
        }
        if amounts and not _close(key.correct, allowed):
            shown = "; ".join(format_number(amount) for amount in sorted(allowed))
            yield ItemFault((*found.steps, "correct"), {"key": format_number(key.correct), "amounts": shown})


def term_key(item: Item) -> Iterator[ItemFault]:
    """What a key says is left of a term in hours is not the term less the time since its beginning.

    Read are the times of the stem: the last is now, the one before it the beginning.
    """
    for found, part, key in numeric_keys(item):
        if part.unit != "giờ":
            continue
        times = [24 * int(day or 0) + int(hour) + int(minute or 0) / 60 for hour, minute, day in _times(part.stem)]
        terms = {
            float(hours[1])
            for ref in found.key.provisions
            for period in law.periods(ref)
            if (hours := _TERM.fullmatch(period.amount or ""))
        }
        if len(times) < 2 or not terms:
            continue
        left = {term - (times[-1] - times[-2]) for term in terms}
        if not _close(key.correct, left):
            shown = "; ".join(format_number(hours) for hours in sorted(left))
            yield ItemFault((*found.steps, "correct"), {"key": format_number(key.correct), "hours": shown})


def figure_key(item: Item) -> Iterator[ItemFault]:
    """A number that rests on figures is none of them and no sum, difference, share or change of two of them."""
    for found, part, key in numeric_keys(item):
        if not found.key.sources or any_of("figure-key", "assumed").search(f"{item.question.stem} {part.stem}"):
            continue
        figures = [figure.value for figure in statistics.figures() if figure.id in found.key.sources]
        if figures and not _close(key.correct, set(_combined(figures)), key.tolerance):
            names = ", ".join(found.key.sources)
            yield ItemFault((*found.steps, "correct"), {"key": format_number(key.correct), "names": names})


def value_bounds(item: Item) -> Iterator[ItemFault]:
    """The plausible range that a trainee is told does not hold the key, or is so narrow that it tells it."""
    for found in item.founded:
        values = getattr(item.question, "values", ())
        right: Any = getattr(found.key, "correct", None)
        for number, value in enumerate(values):
            asked = right[value.id]
            if isinstance(asked, dict) and value.columns and list(value.columns) != asked.get("columns"):
                yield ItemFault((*item.place, "values", number), {"id": value.id, "words": ", ".join(value.columns)})
            if not isinstance(asked, int | float) or value.minimum is None or value.maximum is None:
                continue
            if not value.minimum <= asked <= value.maximum or value.maximum - value.minimum < WIDE:
                shown = f"{format_number(value.minimum)}–{format_number(value.maximum)}"
                yield ItemFault((*item.place, "values", number), {"id": value.id, "words": shown})
    for found, part, key in numeric_keys(item):
        low, high = part.minimum, part.maximum
        if (low is not None and key.correct < low) or (high is not None and key.correct > high):
            yield ItemFault((*found.steps, "correct"), {"id": found.name, "words": format_number(key.correct)})


def quote_source(item: Item) -> Iterator[ItemFault]:
    """Curly quotes hold words that neither law nor source has."""
    for passage in item.texts:
        for words in strange_quotes(passage.text):
            yield ItemFault(passage.steps, {"words": words})


def strange_quotes(text: str) -> list[str]:
    """Return what ``text`` puts between curly quotes and no table holds; an ellipsis parts a quotation."""
    pieces = [
        piece.strip(" .,;:")
        for quoted in _QUOTED.findall(text)
        for piece in re.split(r"…|\.\.\.", quoted)
        if piece.strip(" .,;:")
    ]
    if not pieces:
        return []
    paths = tuple(datasets.resources()[name].path for name in _TABLES)
    sayings = _sayings(paths, tuple(path.stat().st_mtime_ns for path in paths))
    return [piece for piece in pieces if _plain(piece) not in sayings]


def numeric_keys(item: Item) -> Iterator[tuple[Foundation, Any, Any]]:
    """Yield foundation, question or field, and key of each key whose right answer is a number."""
    parts = {name: part for name, part, _ in keyed(item.question)}
    for found in item.founded:
        part, key = parts[found.name], found.key
        if hasattr(part, "unit") and isinstance(getattr(key, "correct", None), int | float):
            yield found, part, key


def _is_norm(ref: str) -> bool:
    try:
        return law.document(law.parse(ref).document).norm
    except KitError:
        return True  # said elsewhere


def _known(ref: str) -> tuple[law.Provision, ...]:
    try:
        return law.periods(ref)
    except KitError:
        return ()  # said elsewhere


def _share(bearer: str, converts: bool) -> float:
    if not converts:
        return 1.0
    return 0.5 if bearer == "organisation" else 2.0


def _close(number: float, allowed: set[float], tolerance: float = 0.0) -> bool:
    return any(abs(number - amount) <= max(tolerance, 1e-6) for amount in allowed)


def _times(stem: str) -> list[tuple[str, str, str]]:
    return [found for found in _HOURS.findall(stem) if int(found[0]) <= 24]


def _combined(figures: Sequence[float]) -> Iterator[float]:
    yield from figures
    yield sum(figures)
    for first, second in permutations(figures, 2):
        yield from (first + second, first - second)
        if second:
            yield from (100 * first / second, 100 * (first - second) / second, first / second)


@lru_cache(maxsize=4)
def _sayings(_paths: tuple[Path, ...], _changed: tuple[int, ...]) -> str:
    provisions, documents, sentences, facts = (datasets.read(name).rows for name in _TABLES)
    texts = [row["quote"] for row in (*provisions, *facts)]
    texts += [row["text"] for row in sentences]
    texts += [row[name] for row in documents for name in ("title", "short_title")]
    return "\n".join(_plain(text) for text in texts if text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


RULES = {
    "basis-paper": basis_paper,
    "critical-basis": critical_basis,
    "fine-key": fine_key,
    "term-key": term_key,
    "figure-key": figure_key,
    "value-bounds": value_bounds,
    "quote-source": quote_source,
}

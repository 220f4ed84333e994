"""Check that answer keys cite real law, and that their fines, time limits and figures agree with what they cite."""

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
"""Minimum width of the plausible range shown for a value that code computes."""
_QUOTED = re.compile("“([^”]+)”")
_HOURS = re.compile(r"(\d+) giờ\b(?: (\d+))?(?: (?:phút )?ngày (\d+)-\d+)?")
_TERM = re.compile(r"(\d+) giờ")
_TABLES = ("law/provisions", "law/documents", "coverage/sentences", "statistics/facts")
"""Tables whose text may be quoted in curly quotes."""


def basis_paper(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each answer key that cites only documents without legal rules.

    Examples are plans, letters and regulations between two ministries.
    """
    for foundation in item.founded:
        refs = foundation.key.provisions
        if refs and not foundation.key.sources and not any(_is_norm(ref) for ref in refs):
            yield ItemFault((*foundation.steps, "provisions"), {"refs": ", ".join(refs)})


def critical_basis(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each answer key of a critical item if no cited provision was read first-hand (confidence A)."""
    if not getattr(item.question, "critical", False):
        return
    for foundation in item.founded:
        refs = foundation.key.provisions
        if not any(period.confidence == "A" for ref in refs for period in _known(ref)):
            yield ItemFault(foundation.steps, {"refs": ", ".join((*refs, *foundation.key.sources))})


def fine_key(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each answer key whose fine is not what its provisions set for the offender asked about.

    An offender is a person or an organisation. If the key also cites the provision that converts fines, only converted
    amounts are right: half of an amount for organisations and twice an amount for individuals. Otherwise only the
    amounts as written are right.
    """
    for foundation, part, key in numeric_keys(item):
        if part.unit != "triệu đồng":
            continue
        periods = [period for ref in foundation.key.provisions for period in law.periods(ref)]
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
            yield ItemFault((*foundation.steps, "correct"), {"key": format_number(key.correct), "amounts": shown})


def term_key(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each answer key that miscalculates how many hours of a time limit are left.

    The hours left are the time limit less the time since it began. Both times come from the stem: the last time named
    is now, and the one before it is the beginning.
    """
    for foundation, part, key in numeric_keys(item):
        if part.unit != "giờ":
            continue
        times = [24 * int(day or 0) + int(hour) + int(minute or 0) / 60 for hour, minute, day in _times(part.stem)]
        terms = {
            float(hours[1])
            for ref in foundation.key.provisions
            for period in law.periods(ref)
            if (hours := _TERM.fullmatch(period.amount or ""))
        }
        if len(times) < 2 or not terms:
            continue
        left = {term - (times[-1] - times[-2]) for term in terms}
        if not _close(key.correct, left):
            shown = "; ".join(format_number(hours) for hours in sorted(left))
            yield ItemFault((*foundation.steps, "correct"), {"key": format_number(key.correct), "hours": shown})


def figure_key(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each numeric answer key that cannot be calculated from the figures it cites.

    The answer must be one of the figures, the sum of all, or the sum, difference, ratio, share or relative change of
    two.
    """
    for foundation, part, key in numeric_keys(item):
        if not foundation.key.sources or any_of("figure-key", "assumed").search(f"{item.question.stem} {part.stem}"):
            continue
        figures = [figure.value for figure in statistics.figures() if figure.id in foundation.key.sources]
        if figures and not _close(key.correct, set(_combined(figures)), key.tolerance):
            names = ", ".join(foundation.key.sources)
            yield ItemFault((*foundation.steps, "correct"), {"key": format_number(key.correct), "names": names})


def value_bounds(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each value whose range or columns, as shown to trainees, do not fit the answer key.

    A range must include the right answer and, for values computed by code, be wide enough not to reveal it.
    """
    for foundation in item.founded:
        values = getattr(item.question, "values", ())
        right: Any = getattr(foundation.key, "correct", None)
        for number, value in enumerate(values):
            asked = right[value.id]
            if isinstance(asked, dict) and value.columns and list(value.columns) != asked.get("columns"):
                yield ItemFault((*item.place, "values", number), {"id": value.id, "words": ", ".join(value.columns)})
            if not isinstance(asked, int | float) or value.minimum is None or value.maximum is None:
                continue
            if not value.minimum <= asked <= value.maximum or value.maximum - value.minimum < WIDE:
                shown = f"{format_number(value.minimum)}–{format_number(value.maximum)}"
                yield ItemFault((*item.place, "values", number), {"id": value.id, "words": shown})
    for foundation, part, key in numeric_keys(item):
        low, high = part.minimum, part.maximum
        if (low is not None and key.correct < low) or (high is not None and key.correct > high):
            yield ItemFault(
                (*foundation.steps, "correct"), {"id": foundation.name, "words": format_number(key.correct)}
            )


def quote_source(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each quotation in curly quotes that occurs neither in the law nor in the course's sources."""
    for passage in item.texts:
        for words in strange_quotes(passage.text):
            yield ItemFault(passage.steps, {"words": words})


def strange_quotes(text: str) -> list[str]:
    """Return the pieces of quotations in ``text`` that no table contains; an ellipsis separates pieces."""
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
    """Yield ``(foundation, part, key)`` for each answer key whose right answer is a number.

    ``part`` is the question or the form field that the key belongs to.
    """
    parts = {name: part for name, part, _ in keyed(item.question)}
    for foundation in item.founded:
        part, key = parts[foundation.name], foundation.key
        if hasattr(part, "unit") and isinstance(getattr(key, "correct", None), int | float):
            yield foundation, part, key


def _is_norm(ref: str) -> bool:
    try:
        return law.document(law.parse(ref).document).norm
    except KitError:
        return True  # question_checks reports it


def _known(ref: str) -> tuple[law.Provision, ...]:
    try:
        return law.periods(ref)
    except KitError:
        return ()  # question_checks reports it


def _share(bearer: str, converts: bool) -> float:
    if not converts:
        return 1.0
    return 0.5 if bearer == "organisation" else 2.0


def _close(number: float, allowed: set[float], tolerance: float = 0.0) -> bool:
    return any(abs(number - amount) <= max(tolerance, 1e-6) for amount in allowed)


def _times(stem: str) -> list[tuple[str, str, str]]:
    return [time for time in _HOURS.findall(stem) if int(time[0]) <= 24]


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

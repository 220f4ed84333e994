"""Explore the simulated incidents by half-year, stage and denominator: ``explore_periods()`` and ``explore_rates()``.

The current selection is shown as a sentence, a table and bars. If no kernel is running, the notebook still shows a
static version. Everything is labelled as simulated. The reader sets the volumes of mail, which are made up, to see how
dividing by volume changes a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets
from IPython.display import display
from ipywidgets import BoundedIntText, Dropdown, VBox

from buuchinh.messages import say
from buuchinh.notebook.count_bars import Bars, CountSummary
from buuchinh.notebook.incident_counts import Cases, Half, cases, stages
from buuchinh.statistics import TextTable
from buuchinh.text import format_number

_FEW = 30
"""Count below which a single incident changes a share by more than three percentage points."""
_WIDE = {"width": "auto", "max_width": "32rem"}
_NEVER, _MONTHS, _VOLUME = "never", "months", "volume"
_THOUSANDS = (1, 100_000)


def explore_periods() -> None:
    """Show incident counts for two half-years by stage, with controls if a kernel is running."""
    table = cases()
    now, before = table.halves[-3], table.halves[0]
    options = [(_half(half), half) for half in reversed(table.halves)]
    controls = (
        _choice("now", options, now),
        _choice("before", options, before),
        _choice("stage", _stage_options(), ""),
    )

    def summarise(now: Half, before: Half, stage: str) -> CountSummary:
        return summarise_periods(table, now, before, stage or None)

    _show("periods", controls, summarise, _every_count(table))


def explore_rates() -> None:
    """Show incident counts for two provinces in one half-year, undivided or divided by months or by volume.

    The reader sets each province's volume.
    """
    table = cases()
    places = [(name, name) for name in table.provinces]
    halves = [(_half(half), half) for half in reversed(table.halves)]
    divisors = [(say(f"notebook.explorers.divisor.{name}"), name) for name in (_NEVER, _MONTHS, _VOLUME)]
    controls = (
        _choice("half", halves, table.halves[-1]),
        _choice("stage", _stage_options(), ""),
        _choice("first", places, "Hà Nội"),
        _choice("second", places, "Nghệ An"),
        _choice("divisor", divisors, _VOLUME),
        _volume("first_volume", 900),
        _volume("second_volume", 150),
    )

    def summarise(
        half: Half, stage: str, first: str, second: str, divisor: str, first_volume: int, second_volume: int
    ) -> CountSummary:
        volumes = {_NEVER: None, _MONTHS: (6, 6), _VOLUME: (first_volume, second_volume)}[divisor]
        return summarise_rates(table, half, stage or None, (first, second), volumes, months=divisor == _MONTHS)

    _show("rates", controls, summarise, None)


def summarise_periods(table: Cases, now: Half, before: Half, stage: str | None) -> CountSummary:
    """Summarise two half-years' incidents as a sentence with cautions, a table and bars.

    If ``stage`` is None, the sentence and bars cover all stages.
    """
    count_before, count_now = (table.count(half, stage=stage) for half in (before, now))
    words = say("notebook.explorers.every_stage") if stage is None else stages()[stage]
    values = {"stage": words, "now": _half(now), "here": count_now, "before": _half(before), "there": count_before}
    sentences = [say("notebook.explorers.periods.says", **values), _difference(count_now - count_before)]
    if now == before:
        sentences.append(say("notebook.explorers.periods.same"))
    elif now.number != before.number:
        sentences.append(say("notebook.explorers.periods.other_half"))
    if 0 < count_before < _FEW:
        points = format_number(100 / count_before, 1)
        sentences.append(say("notebook.explorers.periods.few", there=count_before, points=points))
    sentences.append(say("notebook.explorers.periods.no_trend"))
    counted = {key: (table.count(before, stage=key), table.count(now, stage=key)) for key in stages()}
    rows = [(stages()[key], *pair) for key, pair in counted.items()]
    rows.append((say("notebook.explorers.every_stage"), table.count(before), table.count(now)))
    head = (say("notebook.explorers.columns.stage"), _half(before), _half(now))
    bars = [(_half(before), count_before), (_half(now), count_now)]
    return CountSummary(
        " ".join(sentences), TextTable(head, _texts(rows), say("notebook.explorers.periods.table")), bars
    )


def summarise_rates(
    table: Cases,
    half: Half,
    stage: str | None,
    places: tuple[str, str],
    divisors: tuple[int, int] | None,
    *,
    months: bool = False,
) -> CountSummary:
    """Summarise two provinces' incidents, with counts before and after division.

    ``divisors`` holds one number per province: thousands of mail items or, if ``months`` is True, months. If it is
    None, nothing is divided.
    """
    counts = tuple(table.count(half, stage=stage, province=place) for place in places)
    words = say("notebook.explorers.every_stage") if stage is None else stages()[stage]
    placeholders = {"stage": words, "half": _half(half), "first": places[0], "second": places[1]}
    sentences = [
        say("notebook.explorers.rates.counted", **placeholders, a=counts[0], b=counts[1], order=_order(places, counts))
    ]
    rates: Sequence[float] = counts
    if divisors is None:
        sentences.append(say("notebook.explorers.rates.undivided"))
    else:
        per = 1 if months else 100
        rates = tuple(count / divisor * per for count, divisor in zip(counts, divisors, strict=True))
        kind = "by_month" if months else "by_volume"
        figures = {"a": format_number(rates[0], 1), "b": format_number(rates[1], 1)}
        if not months:
            figures |= {"c": format_number(divisors[0]), "d": format_number(divisors[1])}
        sentences.append(
            say(f"notebook.explorers.rates.{kind}", **placeholders, **figures, order=_order(places, rates))
        )
        turned = (counts[0] - counts[1]) * (rates[0] - rates[1]) < 0
        sentences.append(say(f"notebook.explorers.rates.{'turned' if turned else 'unturned'}"))
    if min(counts) < _FEW:
        sentences.append(say("notebook.explorers.rates.few"))
    columns = ["place", "count"] if divisors is None else ["place", "count", "divided"]
    head = tuple(say(f"notebook.explorers.columns.{name}") for name in columns)
    rows = [
        (place, str(count)) if divisors is None else (place, str(count), format_number(rate, 1))
        for place, count, rate in zip(places, counts, rates, strict=True)
    ]
    bars = list(zip(places, rates, strict=True))
    return CountSummary(" ".join(sentences), TextTable(head, tuple(rows), say("notebook.explorers.rates.table")), bars)


def _show(name: str, controls: Sequence[Any], summarise: Callable[..., CountSummary], static: TextTable | None) -> None:
    """Show a static stand-in, followed by the controls and a live summary that they update."""
    title, mark, hint = (say(f"notebook.explorers.{part}") for part in (f"{name}.title", "mark", "hint"))

    def chosen() -> CountSummary:
        return summarise(**{control.key: control.value for control in controls})

    first = chosen()
    below = static.html() if static else ""
    note = f'<p class="bc-hint">{escape(hint)}</p>'
    heading = f"<p><strong>{escape(title)}</strong> <strong>{escape(mark)}</strong></p>"
    standin = f'<div class="bc-standin" lang="vi">{heading}{first.html()}{below}{note}</div>'
    display({"text/html": standin, "text/plain": f"{title} {first.sentence}"}, raw=True)
    bars = Bars()
    bars.tell(first)
    for control in controls:
        control.observe(lambda _change: bars.tell(chosen()), names="value")
    box = VBox([ipywidgets.HTML(value=f'<div lang="vi">{heading}</div>'), *controls, bars])
    box.add_class("bc-part")
    bundle = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    display({"text/plain": "", "application/vnd.jupyter.widget-view+json": bundle}, raw=True)


class _ListControl(Dropdown):
    """A drop-down list; ``key`` is the name of the parameter that the list sets."""

    key = ""


class _VolumeControl(BoundedIntText):
    """An integer field; ``key`` is the name of the parameter that the field sets."""

    key = ""


def _choice(key: str, options: Sequence[tuple[str, Any]], value: Any) -> _ListControl:
    made = _ListControl(options=options, value=value, **_labelled(key))
    made.key = key
    return made


def _volume(key: str, value: int) -> _VolumeControl:
    low, high = _THOUSANDS
    made = _VolumeControl(value=value, min=low, max=high, step=50, **_labelled(key))
    made.key = key
    return made


def _labelled(key: str) -> dict[str, Any]:
    label = say(f"notebook.explorers.controls.{key}")
    return {"description": label, "tooltip": label, "style": {"description_width": "12rem"}, "layout": _WIDE}


def _stage_options() -> list[tuple[str, str]]:
    return [(say("notebook.explorers.every_stage"), ""), *((words, key) for key, words in stages().items())]


def _half(half: Half) -> str:
    return say(f"notebook.explorers.half.{'first' if half.number == 1 else 'second'}", year=half.year)


def _difference(change: int) -> str:
    kind = "equal" if change == 0 else "more" if change > 0 else "fewer"
    return say(f"notebook.explorers.periods.{kind}", count=abs(change))


def _order(places: tuple[str, str], values: Sequence[float]) -> str:
    if values[0] == values[1]:
        return say("notebook.explorers.rates.equal")
    return say("notebook.explorers.rates.higher", place=places[0] if values[0] > values[1] else places[1])


def _texts(rows: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, str(before), str(now)) for name, before, now in rows)


def _every_count(table: Cases) -> TextTable:
    """Return a table of incident counts by stage (rows) and half-year (columns)."""
    head = (say("notebook.explorers.columns.stage"), *map(_half, table.halves))
    rows = [(words, *(str(table.count(half, stage=key)) for half in table.halves)) for key, words in stages().items()]
    return TextTable(head, tuple(rows), say("notebook.explorers.periods.every"))

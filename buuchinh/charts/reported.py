"""Draw charts of reported and derived figures; bars of derived figures are hatched."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from buuchinh.charts.bar_chart import LOOKS, ROW, Bar, horizontal_bars
from buuchinh.charts.canvas import (
    GREY,
    INK,
    PAPER,
    REPORTED,
    UNKNOWN,
    Chart,
    Look,
    axes,
    finish,
    sheet,
    style,
)
from buuchinh.messages import say
from buuchinh.statistics import Figure, figure, finding
from buuchinh.text import format_number

_START = 8.0
"""The start of the truncated axis, chosen so close to 9 that 11 looks three times as large as 9."""


def cases_and_persons() -> Chart:
    """Chart the numbers of cases and persons in the first half of 2022 (derived) and of 2023 (reported)."""
    cases = [figure("seed-cases-h1-2022"), figure("seed-cases-h1-2023")]
    persons = [figure("seed-persons-h1-2022"), figure("seed-persons-h1-2023")]
    shown = [*cases, *persons]
    with style():
        drawing = sheet(ROW * len(shown))
        (place,) = axes(drawing)
        horizontal_bars(place, [_bar(f) for f in shown], max(f.value for f in shown))
    alt = say(
        "charts.cases.alt",
        cases_earlier=cases[0].words,
        cases_later=cases[1].words,
        persons_earlier=persons[0].words,
        persons_later=persons[1].words,
    )
    words = (say("charts.cases.title"), alt)
    return finish(drawing, "cases-and-persons", words, provenance(shown), _table(shown), below=0)


def guns() -> Chart:
    """Chart the reported number of guns above the numbers by type in the source and the remainder left unexplained."""
    total, military = figure("seed-guns-h1-2023"), figure("seed-guns-military-h1-2023")
    homemade, missing = figure("seed-guns-homemade-h1-2023"), figure("seed-guns-unexplained-h1-2023")
    shown = [total, military, homemade, missing]
    with style():
        drawing = sheet(1.75)
        (place,) = axes(drawing)
        place.text(0, 1.02, say("charts.guns.total"), va="bottom", fontsize=10)
        _block(place, 0, 0.6, total.value, total.number, REPORTED)
        place.text(0, 0.28, say("charts.guns.parts"), va="bottom", fontsize=10)
        _block(place, 0, -0.14, military.value, military.number, REPORTED)
        listed = say("charts.guns.homemade", value=homemade.number)
        _block(place, military.value, -0.14, homemade.value, listed, REPORTED)
        _block(
            place,
            military.value + homemade.value,
            -0.14,
            missing.value,
            say("charts.guns.unexplained"),
            UNKNOWN,
        )
        below = say("charts.guns.unexplained_below", value=missing.number, origin=missing.origin)
        place.text(total.value, -0.22, below, va="top", ha="right", fontsize=9.5, color=UNKNOWN["edgecolor"])
        left = say("charts.guns.military", value=military.number)
        place.text(0, -0.52, left, va="top", ha="left", fontsize=9.5)
        place.plot([0.5, 0.5], [-0.14, -0.5], color=INK, linewidth=0.8)
        place.set_xlim(0, total.value)
        place.set_ylim(-0.75, 1.2)
        place.set_axis_off()
    alt = say(
        "charts.guns.alt",
        total=total.words,
        military=military.number,
        homemade=homemade.number,
        finding=finding("guns-h1-2023"),
    )
    return finish(drawing, "guns", (say("charts.guns.title"), alt), provenance(shown), _table(shown), below=0)


def hanoi_shares() -> Chart:
    """Chart the first five months of 2023 as a share of a two-year total, by cases, persons and kilograms."""
    shares = {key: figure(f"hanoi-drug-{key}-share") for key in ("cases", "persons", "kg")}
    parts = {key: figure(f"hanoi-drug-{key}-m5-2023") for key in shares}
    wholes = {key: figure(f"hanoi-drug-{key}-2y") for key in shares}
    with style():
        drawing = sheet(ROW * len(shares))
        (place,) = axes(drawing)
        bars = []
        for position, (key, share) in enumerate(shares.items()):
            label = say(f"charts.hanoi.{key}", part=parts[key].words, whole=wholes[key].words)
            bars.append(Bar(label, share.value, share.words, LOOKS["derived"]))
            frame = Rectangle((0, -position - 0.3), 100, 0.38, facecolor="#eeeeee", edgecolor=GREY, linewidth=0.8)
            place.add_patch(frame)
        horizontal_bars(place, bars, 100)
        place.set_xlim(0, 101)
    alt = say("charts.hanoi.alt", **{key: share.words for key, share in shares.items()})
    shown = [*parts.values(), *wholes.values(), *shares.values()]
    words = (say("charts.hanoi.title"), alt)
    return finish(drawing, "hanoi-shares", words, provenance(shown), _table(shown), below=0)


def misleading_pair() -> Chart:
    """Chart the same two figures twice: on a truncated axis, which misleads, and on an axis that starts at zero."""
    earlier, later = figure("seed-cases-h1-2022"), figure("seed-cases-h1-2023")
    with style():
        drawing = sheet(2.0)
        left, right = axes(drawing, 2)
        _vertical_bars(left, [earlier, later], _START)
        left.set_title(say("charts.axis.truncated", start=format_number(_START)), fontsize=10)
        _vertical_bars(right, [earlier, later], 0.0)
        right.set_title(say("charts.axis.zero"), fontsize=10)
    alt = say(
        "charts.axis.alt",
        start=format_number(_START),
        factor=format_number((later.value - _START) / (earlier.value - _START)),
        earlier=earlier.words,
        later=later.words,
        difference=figure("seed-cases-change-h1-2023").words.removeprefix("tăng "),
    )
    shown = [earlier, later]
    words = (say("charts.axis.title"), alt)
    table = _table(shown)
    return finish(drawing, "axis-pair", words, provenance(shown), table, left=0.62, below=0.56, above=0.24)


def provenance(shown: Sequence[Figure]) -> str:
    """Return the provenance line: the sources of reported figures, the formulas of derived figures, and the scope."""
    lines = []
    for kind in ("reported", "derived"):
        origins = dict.fromkeys(f.origin for f in shown if f.kind == kind)
        if origins:
            lines.append(say(f"charts.provenance.{kind}", origins="; ".join(origins)))
    scopes = dict.fromkeys(f.scope for f in shown)
    lines.append(say("charts.provenance.scope", scope="; ".join(scopes)))
    return " ".join(lines)


def _vertical_bars(place: Axes, shown: Sequence[Figure], start: float) -> None:
    """Draw two figures as vertical bars on an axis that starts at ``start``."""
    for position, bar in enumerate(shown):
        place.add_patch(Rectangle((position - 0.32, start), 0.64, bar.value - start, **LOOKS[bar.kind]))
        place.text(position, bar.value, bar.number, ha="center", va="bottom", fontsize=11, fontweight="bold")
    place.set_xlim(-0.6, 1.6)
    place.set_ylim(start, 11.8)
    place.set_yticks([start, 9, 11])
    place.set_xticks([0, 1], [say("charts.axis.first"), say("charts.axis.second")], fontsize=9)
    place.set_ylabel(say("charts.axis.unit"), fontsize=9.5)


def _bar(shown: Figure) -> Bar:
    label = say("charts.cases.label", period=shown.period, kind=say(f"statistics.kind.{shown.kind}"))
    return Bar(label, shown.value, shown.words, LOOKS[shown.kind])


def _block(place: Axes, left: float, bottom: float, width: float, words: str, look: Look) -> None:
    place.add_patch(Rectangle((left + 0.03, bottom), width - 0.06, 0.38, **look))
    colour = PAPER if look is REPORTED else UNKNOWN["edgecolor"]
    place.text(
        left + width / 2,
        bottom + 0.18,
        words,
        ha="center",
        va="center",
        color=colour,
        fontsize=10.5,
        fontweight="bold",
    )


def _table(shown: Sequence[Figure]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    head = [say(f"charts.head.{name}") for name in ("figure", "period", "value", "kind", "origin")]
    rows = [[f.title, f.period, f.words, say(f"statistics.kind.{f.kind}"), f.origin] for f in shown]
    return head, rows

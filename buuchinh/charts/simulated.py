"""Charts of the made-up incidents: each says so in a band, in its look, in its provenance and its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from buuchinh import datasets
from buuchinh.charts.bars import ROW, Bar, lying
from buuchinh.charts.canvas import SIMULATED, Chart, axes, finish, sheet, style
from buuchinh.messages import say, section
from buuchinh.simulation import SEED, clean_incidents
from buuchinh.text import format_number


def simulated_by_month() -> Chart:
    """Draw incidents of the simulated table by month."""
    counts = Counter((i.date.year, i.date.month) for i in clean_incidents())
    months = sorted(counts)
    with style():
        drawing = sheet(2.1)
        (place,) = axes(drawing)
        for position, month in enumerate(months):
            place.add_patch(Rectangle((position - 0.4, 0), 0.8, counts[month], **SIMULATED))
        place.set_xlim(-0.8, len(months) - 0.2)
        place.set_ylim(0, max(counts.values()) * 1.08)
        ticks = [position for position, (_, month) in enumerate(months) if month in {1, 7}]
        place.set_xticks(ticks, [f"{months[t][1]}-{months[t][0]}" for t in ticks], fontsize=9)
        place.set_ylabel(say("charts.months.axis"), fontsize=9.5)
    alt = say("charts.months.alt", low=min(counts.values()), high=max(counts.values()))
    rows = [(f"{month}-{year}", str(counts[year, month])) for year, month in months]
    words = (say("charts.months.title"), alt)
    return _finished(drawing, "simulated-by-month", words, "month", rows, left=0.66, below=0.28)


def simulated_by_stage() -> Chart:
    """Draw incidents of the simulated table by the stage at which they were noticed."""
    counts = Counter(i.stage for i in clean_incidents())
    stages = list(section("simulation")["stage"].values())
    with style():
        drawing = sheet(ROW * len(stages))
        (place,) = axes(drawing)
        bars = [Bar(stage, counts[stage], format_number(counts[stage]), SIMULATED) for stage in stages]
        lying(place, bars, max(counts.values()))
    ((most, count),) = counts.most_common(1)
    total = format_number(sum(counts.values()))
    alt = say("charts.stages.alt", most=most, count=format_number(count), total=total)
    rows = [(stage, format_number(counts[stage])) for stage in stages]
    words = (say("charts.stages.title"), alt)
    return _finished(drawing, "simulated-by-stage", words, "stage", rows, left=0.16, below=0)


def _finished(
    drawing: Figure,
    name: str,
    words: tuple[str, str],
    first: str,
    rows: Sequence[Sequence[str]],
    *,
    left: float,
    below: float,
) -> Chart:
    table = datasets.resources()["statistics/incidents-simulated"].shown_path
    origin = say("charts.provenance.simulated", table=table, seed=SEED)
    head = [say(f"charts.head.{first}"), say("charts.head.incidents")]
    return finish(drawing, name, words, origin, (head, rows), left=left, below=below, simulated=True)

"""Draw timelines whose bars show when legal documents were in force and when authorities existed."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from buuchinh import course, datasets, law
from buuchinh.charts.canvas import BLUE, GREY, INK, PAPER, RED, Chart, Look, axes, finish, sheet, style
from buuchinh.messages import say
from buuchinh.text import format_date

Standing = Literal["standing", "ended", "unknown"]
_ROW = 0.66
_LABEL = 52
_LOOKS: dict[Standing, Look] = {
    "standing": {"facecolor": BLUE, "edgecolor": BLUE},
    "ended": {"facecolor": "#d0d0d0", "edgecolor": GREY},
    "unknown": {"facecolor": PAPER, "edgecolor": RED, "hatch": "////", "linewidth": 1.2},
}
_ENDED = {"lapsed", "replaced", "carried_out"}
_BODIES = ("bo-tttt", "bo-khcn", "so-tttt", "so-khcn", "cong-an-huyen", "cong-an-xa")


@dataclass(frozen=True)
class Span:
    """One bar: its label, first day and end day (None if unknown or open), and whether it has ended or is unknown."""

    label: str
    start: date | None
    end: date | None
    standing: Standing
    span_words: str


def law_timeline(ids: Iterable[str], mark: Iterable[str | date] = ()) -> Chart:
    """Chart when documents or provisions of the law register were in force.

    ``mark`` holds the days (``date`` or ISO string) to mark with a vertical line; by default, only the day of the
    report is marked. The axis ends on the day on which the law was last reviewed. Raise ``KitError`` if a reference is
    unknown.
    """
    spans, rows = [], []
    for row in law.timeline(ids).to_dict("records"):
        known = law.document(law.parse(str(row["id"])).document)
        standing = _standing(known.status, row["to"])
        end = _end(row["to"], standing)
        start = format_date(row["from"]) if row["from"] else say("charts.law.unknown_start")
        if row["from"] is None and known.issued:
            start = say("charts.law.signed", day=format_date(known.issued))
        status = law.status_words(known.id)
        words = say("charts.law.span", start=start, end=end)
        if not status.startswith(end):
            words += f" · {status}"
        label = str(row["label"])
        spans.append(Span(_label(label, known), row["from"] or known.issued, row["to"], standing, words))
        rows.append((label, start, end, status, str(row["confidence"] or "")))
    counts = Counter(span.standing for span in spans)
    alt = say(
        "charts.law.alt",
        reviewed=format_date(course.settings().reviewed_on),
        ended=counts["ended"],
        standing=counts["standing"],
        unknown=counts["unknown"],
    )
    head = [say(f"charts.head.{name}") for name in ("document", "from", "to", "status", "confidence")]
    return _drawn("law", spans, mark, (say("charts.law.title"), alt), (head, rows))


def bodies_timeline(ids: Sequence[str] = _BODIES, mark: Iterable[str | date] = ()) -> Chart:
    """Chart when the authorities in ``organisation/bodies`` existed; the chart's table also lists their tasks.

    ``ids`` selects the authorities. The column ``from`` is the first day of the authority itself, and is empty if the
    authority already existed before it took on a task. In that case its bar begins at the left edge ("trước"), and the
    first day of its task is given in the table. ``mark`` is as in ``law_timeline``.
    """
    bodies = datasets.read("organisation/bodies")
    known = {row["id"]: row for row in bodies.rows}
    spans, rows = [], []
    for wanted in ids:
        row = known[wanted]
        standing: Standing = "ended" if row["to"] else "standing"
        start = format_date(row["from"]) if row["from"] else say("charts.bodies.earlier")
        end = format_date(row["to"]) if row["to"] else say("charts.bodies.now")
        words = say("charts.law.span", start=start, end=end)
        if row["confidence"] == "C":
            words += f" ({say('charts.bodies.unverified')})"
            standing = "unknown"
        spans.append(Span(row["name"], row["from"], row["to"], standing, words))
        rows.append((row["name"], row["role"] or "", start, end, row["confidence"]))
    ended = sum(span.end is not None for span in spans)
    reviewed = format_date(course.settings().reviewed_on)
    alt = say("charts.bodies.alt", reviewed=reviewed, ended=ended, standing=len(spans) - ended)
    words_of_chart = (say("charts.bodies.title"), alt)
    head = [say(f"charts.head.{name}") for name in ("body", "from", "to", "confidence")]
    head.insert(1, bodies.resource.field("role").title)
    return _drawn("bodies", spans, mark, words_of_chart, (head, rows))


def _drawn(
    kind: Literal["law", "bodies"],
    spans: Sequence[Span],
    mark: Iterable[str | date],
    words: tuple[str, str],
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
) -> Chart:
    settings = course.settings()
    last = settings.reviewed_on
    marks = [date.fromisoformat(day) if isinstance(day, str) else day for day in mark] or [settings.report_date]
    starts = [day for span in spans for day in (span.start, span.end) if day] + marks
    first = min(starts) - timedelta(days=400)
    with style():
        drawing = sheet(_ROW * len(spans) + 0.5)
        (place,) = axes(drawing)
        for position, span in enumerate(spans):
            _bar(place, -position, span, first, last)
        for day in marks:
            place.plot(
                [day.toordinal()] * 2,
                [-len(spans) + 0.45, 0.75],
                color=RED,
                linewidth=1.2,
                linestyle="--",
                zorder=0,
            )
            place.text(day.toordinal(), 0.78, format_date(day), ha="center", va="bottom", color=RED, fontsize=9)
        _dress(place, len(spans), first, last)
        _legend(place, kind, {span.standing for span in spans})
    origin = say(f"charts.provenance.{kind}", reviewed=format_date(last))
    return finish(drawing, f"{kind}-timeline", words, origin, table, below=0.5)


def _bar(place: Axes, height: float, span: Span, first: date, last: date) -> None:
    start = span.start or first
    width = max((span.end or last).toordinal() - start.toordinal(), 25)
    place.add_patch(Rectangle((start.toordinal(), height - 0.45), width, 0.24, **_LOOKS[span.standing]))
    backing = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.9}
    place.text(
        first.toordinal(),
        height + 0.17,
        span.label,
        fontsize=9.5,
        fontweight="bold",
        va="center",
        bbox=backing,
    )
    place.text(first.toordinal(), height - 0.06, span.span_words, fontsize=8.5, color=INK, va="center", bbox=backing)


def _dress(place: Axes, count: int, first: date, last: date) -> None:
    place.set_xlim(first.toordinal(), last.toordinal() + 40)
    place.set_ylim(-count + 0.45, 1.05)
    place.set_yticks([])
    place.spines["left"].set_visible(False)
    years = range(first.year + 1, last.year + 1)
    step = 1 + len(years) // 8
    shown = [year for year in years if (last.year - year) % step == 0]
    place.set_xticks([date(year, 1, 1).toordinal() for year in shown], [str(year) for year in shown], fontsize=9)


def _legend(place: Axes, kind: str, present: set[Standing]) -> None:
    order: tuple[Standing, ...] = ("standing", "ended", "unknown")
    patches = [
        Patch(label=say(f"charts.{kind}.legend.{standing}"), **_LOOKS[standing])
        for standing in order
        if standing in present
    ]
    place.legend(
        handles=patches,
        loc="upper left",
        bbox_to_anchor=(-0.02, 0),
        bbox_transform=place.transAxes,
        borderaxespad=1.9,
        ncols=len(patches),
        frameon=False,
        fontsize=8,
        handlelength=1.2,
        columnspacing=0.8,
        handletextpad=0.4,
    )


def _standing(status: str, end: date | None) -> Standing:
    if status == "presumed_replaced":
        return "unknown"
    if status in _ENDED or (end and end <= course.settings().reviewed_on):
        return "ended"
    return "unknown" if status == "unknown" else "standing"


def _label(citation: str, known: law.Document) -> str:
    """Return the citation or, if it is too long, the document's kind and number; the table has the full citation."""
    if len(citation) <= _LABEL or "/" in citation.partition("(")[0] or not known.number:
        return textwrap.shorten(citation, _LABEL + 4, placeholder="…")
    return say("charts.law.small_label", kind=known.kind, number=known.number)


def _end(day: date | None, standing: Standing) -> str:
    if day:
        return format_date(day)
    return say("charts.law.unknown_end" if standing != "standing" else "charts.law.open")

"""Generate ``docs/quality.md``: the figures of item quality with their goals, as ``check --items`` prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from buuchinh import course
from buuchinh.authoring.item_quality import copies, cues, feedback_fields, formula, scenario_changes, stems
from buuchinh.authoring.item_quality.quality_figures import figures
from buuchinh.authoring.scenario_walk import LEAST
from buuchinh.messages import say, section
from buuchinh.text import per_cent

PAGE = Path("docs/quality.md")


@dataclass(frozen=True)
class QualityTable:
    """A titled table; the first of ``rows`` is the header, and ``met`` says whether every goal in the table is met."""

    title: str
    rows: list[list[str]]
    met: bool

    def aligned(self) -> Iterator[str]:
        """Yield the table's rows as lines for a terminal, with aligned columns."""
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        for row in self.rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

    def markdown(self) -> Iterator[str]:
        """Return an iterator over the table's lines in Markdown."""
        head, *body = self.rows
        return (f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))


def quality_tables() -> list[QualityTable]:
    """Return all tables with newly computed figures."""
    pairs = copies.near_copies()
    revealing = [*stems.quotations("graded"), *stems.quotations("pool"), *stems.legal_details()]
    return [
        _figures(pairs, revealing),
        _formula(),
        *_cues(),
        _scenarios(),
        _pairs(pairs),
        _revealing(revealing),
        _feedback(),
    ]


def page(tables: Sequence[QualityTable]) -> str:
    """Return the Markdown page that contains ``tables``."""
    parts = [f"## {table.title}\n\n" + "\n".join(table.markdown()) for table in tables]
    head = f"# {say('authoring.item_quality.title')}\n\n{say('authoring.item_quality.intro')}"
    return "\n\n".join([head, *parts]) + "\n"


def path() -> Path:
    """Return the path of ``docs/quality.md`` within this course."""
    return course.root() / PAGE


def _figures(pairs: Sequence[copies.Pair], revealing: Sequence[stems.StemFinding]) -> QualityTable:
    counted = figures(pairs, revealing)
    names = section("authoring.item_quality.name")
    rows = [
        [names[figure.name], figure.group, figure.goal, figure.value, _verdict(met=figure.met)] for figure in counted
    ]
    return QualityTable(
        say("authoring.item_quality.guessed"), [_head("heads"), *rows], all(figure.met for figure in counted)
    )


def _formula() -> QualityTable:
    counts = formula.formula_counts()
    banks = section("authoring.item_quality.formula_of")
    rows = [
        [banks[count.group], str(count.texts), str(count.formula), per_cent(count.share), _verdict(met=count.met)]
        for count in counts
    ]
    title = say("authoring.item_quality.formula", most=per_cent(formula.MOST))
    return QualityTable(title, [_head("formula_heads"), *rows], all(count.met for count in counts))


def _cues() -> Iterator[QualityTable]:
    banks = section("authoring.items.banks")
    for cue, of_cue in groupby(cues.measures(), key=lambda measure: measure.cue):
        measures = list(of_cue)
        goal = per_cent(*cue.between) if cue.between else say("authoring.items.chance", fewest=cues.FEWEST)
        rows = [
            [
                banks[measure.bank],
                str(measure.options),
                str(measure.right),
                per_cent(measure.share) if measure.share is not None else "–",
                per_cent(*measure.interval) if measure.interval else "–",
                _verdict(met=measure.meets),
            ]
            for measure in measures
        ]
        title = say(f"authoring.items.cue.{cue.id}", goal=goal)
        columns = ("bank", "options", "right", "share", "interval", "verdict")
        head = [say(f"authoring.items.heads.{name}") for name in columns]
        yield QualityTable(title, [head, *rows], all(measure.meets for measure in measures))


def _scenarios() -> QualityTable:
    scenarios = list(scenario_changes.scenario_walks())
    yes_no = section("authoring.item_quality.after_bad_start")
    rows = []
    for scenario in scenarios:
        whole = yes_no["full" if scenario.walk.still_full else "less"]
        safe = yes_no["lost" if scenario.walk.lost or scenario.walk.lost_starts else "mended"]
        rows.append([*scenario.cells(), whole, safe, _verdict(met=scenario.met)])
    title = say("authoring.item_quality.scenarios", least=per_cent(LEAST))
    return QualityTable(
        title, [_head("scenario_heads"), *rows], all(scenario.met for scenario in scenarios if scenario.graded)
    )


def _pairs(pairs: Sequence[copies.Pair]) -> QualityTable:
    parts = section("authoring.item_quality.part")
    rows = [[pair.graded, pair.practice, parts[pair.part], per_cent(pair.alike)] for pair in pairs]
    title = say("authoring.item_quality.pairs", most=per_cent(copies.MOST))
    return QualityTable(title, [_head("pair_heads"), *rows], not pairs)


def _revealing(findings: Sequence[stems.StemFinding]) -> QualityTable:
    kinds = section("authoring.item_quality.told_kind")
    rows = [[stem.id, kinds[stem.kind], stem.words] for stem in findings]
    return QualityTable(say("authoring.item_quality.told"), [_head("told_heads"), *rows], not findings)


def _feedback() -> QualityTable:
    counts = list(feedback_fields.feedback_counts())
    rows = [
        [
            count.name,
            str(count.texts),
            str(count.in_fields),
            per_cent(count.in_fields / count.texts) if count.texts else "–",
            " ".join(count.incomplete) or "–",
            _verdict(met=count.met),
        ]
        for count in counts
    ]
    return QualityTable(
        say("authoring.item_quality.parted"), [_head("parted_heads"), *rows], all(count.met for count in counts)
    )


def _head(name: str) -> list[str]:
    return list(section(f"authoring.item_quality.{name}").values())


def _verdict(*, met: bool) -> str:
    return say("authoring.items.meets" if met else "authoring.items.misses")

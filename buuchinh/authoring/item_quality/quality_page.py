"""``docs/quality.md``: the figures of item quality with their goals, as ``check --items`` prints them."""

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
    """Rows under a title, the head first; ``met`` says whether every goal in it is met."""

    title: str
    rows: list[list[str]]
    met: bool

    def aligned(self) -> Iterator[str]:
        """Yield the rows as a terminal shows them."""
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        for row in self.rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

    def markdown(self) -> Iterator[str]:
        """Yield the rows as Markdown."""
        head, *body = self.rows
        return (f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))


def quality_tables() -> list[QualityTable]:
    """Count everything and return the tables."""
    pairs = copies.near_copies()
    told = [*stems.quotations("graded"), *stems.quotations("pool"), *stems.legal_details()]
    return [_figures(pairs, told), _formula(), *_cues(), _scenarios(), _pairs(pairs), _told(told), _parted()]


def page(tables: Sequence[QualityTable]) -> str:
    """Return the page as Markdown."""
    parts = [f"## {table.title}\n\n" + "\n".join(table.markdown()) for table in tables]
    head = f"# {say('authoring.item_quality.title')}\n\n{say('authoring.item_quality.intro')}"
    return "\n\n".join([head, *parts]) + "\n"


def path() -> Path:
    """Return where the page of this course lies."""
    return course.root() / PAGE


def _figures(pairs: Sequence[copies.Pair], told: Sequence[stems.StemFinding]) -> QualityTable:
    found = figures(pairs, told)
    names = section("authoring.item_quality.name")
    rows = [[names[one.name], one.of, one.goal, one.value, _verdict(met=one.met)] for one in found]
    return QualityTable(say("authoring.item_quality.guessed"), [_head("heads"), *rows], all(one.met for one in found))


def _formula() -> QualityTable:
    found = formula.formula_counts()
    banks = section("authoring.item_quality.formula_of")
    rows = [
        [banks[one.group], str(one.texts), str(one.formula), per_cent(one.share), _verdict(met=one.met)]
        for one in found
    ]
    title = say("authoring.item_quality.formula", most=per_cent(formula.MOST))
    return QualityTable(title, [_head("formula_heads"), *rows], all(one.met for one in found))


def _cues() -> Iterator[QualityTable]:
    banks = section("authoring.items.banks")
    for cue, of_one in groupby(cues.measures(), key=lambda measure: measure.cue):
        measures = list(of_one)
        goal = per_cent(*cue.between) if cue.between else say("authoring.items.chance", fewest=cues.FEWEST)
        rows = [
            [
                banks[one.bank],
                str(one.options),
                str(one.right),
                per_cent(one.share) if one.share is not None else "–",
                per_cent(*one.interval) if one.interval else "–",
                _verdict(met=one.meets),
            ]
            for one in measures
        ]
        title = say(f"authoring.items.cue.{cue.id}", goal=goal)
        columns = ("bank", "options", "right", "share", "interval", "verdict")
        head = [say(f"authoring.items.heads.{name}") for name in columns]
        yield QualityTable(title, [head, *rows], all(one.meets for one in measures))


def _scenarios() -> QualityTable:
    found = list(scenario_changes.scenario_walks())
    yes_no = section("authoring.item_quality.after_bad_start")
    rows = []
    for one in found:
        whole = yes_no["full" if one.found.still_full else "less"]
        safe = yes_no["lost" if one.found.lost or one.found.lost_starts else "mended"]
        rows.append([*one.cells(), whole, safe, _verdict(met=one.met)])
    title = say("authoring.item_quality.scenarios", least=per_cent(LEAST))
    return QualityTable(title, [_head("scenario_heads"), *rows], all(one.met for one in found if one.graded))


def _pairs(pairs: Sequence[copies.Pair]) -> QualityTable:
    parts = section("authoring.item_quality.part")
    rows = [[pair.graded, pair.practice, parts[pair.part], per_cent(pair.alike)] for pair in pairs]
    title = say("authoring.item_quality.pairs", most=per_cent(copies.MOST))
    return QualityTable(title, [_head("pair_heads"), *rows], not pairs)


def _told(found: Sequence[stems.StemFinding]) -> QualityTable:
    kinds = section("authoring.item_quality.told_kind")
    rows = [[one.id, kinds[one.kind], one.words] for one in found]
    return QualityTable(say("authoring.item_quality.told"), [_head("told_heads"), *rows], not found)


def _parted() -> QualityTable:
    found = list(feedback_fields.feedback_counts())
    rows = [
        [
            one.name,
            str(one.said),
            str(one.in_fields),
            per_cent(one.in_fields / one.said) if one.said else "–",
            " ".join(one.rest) or "–",
            _verdict(met=one.met),
        ]
        for one in found
    ]
    return QualityTable(
        say("authoring.item_quality.parted"), [_head("parted_heads"), *rows], all(one.met for one in found)
    )


def _head(name: str) -> list[str]:
    return list(section(f"authoring.item_quality.{name}").values())


def _verdict(*, met: bool) -> str:
    return say("authoring.items.meets" if met else "authoring.items.misses")

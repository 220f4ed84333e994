"""Writes the report of a class: points of each trainee, item statistics of each question, and who is missing or late.

Codes, no names; sorted by code, never by points. Written as CSV and as one workbook (``spreadsheet``).
The item statistics of an exam are those of each test form, with the item of the pool behind each question.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import lateness
from buuchinh.classroom.turn import turn
from buuchinh.exam import cut_scores
from buuchinh.files import write_bytes
from buuchinh.grading import grade_class
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.results import item_statistics, point_changes, same_work
from buuchinh.results.results import Standing, standings
from buuchinh.spreadsheet import Cell, Look, Sheet, as_csv, as_workbook
from buuchinh.text import format_date

_PLAIN = Look(head="", freeze=None)


def folder(unit: str) -> Path:
    """Return where the report of ``unit`` is written."""
    return course.root() / course.REPORTS / unit


@turn()
def write(unit: str) -> list[Path]:
    """Write the report of ``unit`` and return its files; ``KitError`` where nobody was graded."""
    found = standings(unit)
    sheets = [trainees(unit, found), questions(unit, found), missing(unit), about(unit, found), *same_work.sheets(unit)]
    written = []
    for sheet in sheets[:3]:
        path = folder(unit) / f"{sheet.name}_{unit}.csv"
        write_bytes(path, as_csv(sheet.rows))
        written.append(path)
    path = folder(unit) / f"bao-cao_{unit}.xlsx"
    write_bytes(path, as_workbook(sheets))
    return [*written, path]


def trainees(unit: str, found: Sequence[Standing]) -> Sheet:
    """Return a row a trainee; the first row after the head holds the most that can be earned."""
    names = question_ids(unit, found)
    most = {item.id: item.most for standing in found for item in standing.items}
    columns = ("code", "version", "handed_in", "result", "points", "percent")
    head: list[Cell] = [say(f"results.report.{name}") for name in columns]
    last: list[Cell] = [say("results.report.pending"), say("results.report.criticals"), say("results.report.notes")]
    forms = {standing.code: form_of(standing) for standing in found}
    exam = any(forms.values())
    rows: list[list[Cell]] = [[*head, *names, *last, *([say("results.report.form")] if exam else [])]]
    total = sum(most[name] for name in names)
    rows.append([say("results.report.maximum"), "", "", "", total, 100, *(most[name] for name in names), "", "", ""])
    for standing in found:
        earned = {item.id: item.earned for item in standing.items}
        handed = f"{standing.handed_in:%Y-%m-%d %H:%M}" if standing.handed_in else ""
        late = f" ({say('results.feedback.late')})" if standing.late else ""
        rows.append(
            [
                standing.code,
                standing.version,
                handed + late,
                _result(standing, forms[standing.code]),
                round(standing.earned, 4),
                round(100 * standing.share, 1),
                *(_points(earned[name]) if name in earned else say("results.report.not_asked") for name in names),
                round(standing.pending, 4) or None,
                ", ".join(item.id for item in standing.missed_criticals),
                "; ".join([*standing.notes, *_changes(standing)]),
                *([forms[standing.code].upper()] if exam else []),
            ]
        )
    return Sheet("bang-diem", say("results.report.trainees"), rows)


def _changes(standing: Standing) -> list[str]:
    """Say for each correction of a key what it moved; the instructor may know of which question, of an exam too."""
    numbers = {item.id: item.id for item in standing.items}
    return [point_changes.sentence(one, numbers) for one in point_changes.told(standing)]


def questions(unit: str, found: Sequence[Standing]) -> Sheet:
    """Return a row a question, over all whose answer is graded; of an exam a row a question of each form."""
    head = ("question", "title", "most", "n", "mean", "right", "low", "high", "item_rest", "reading")
    forms = versions.released_forms(unit)
    exam = "" not in forms
    more = [say("results.report.form"), say("results.report.item")] if exam else []
    rows: list[list[Cell]] = [[*(say(f"results.report.{name}") for name in head), *more]]
    names = question_ids(unit, found)
    for form, released in forms.items():
        of_form = [one for one in found if not exam or (form_of(one), one.version) == (form, released.version)]
        behind = versions.items_of(released) if exam else {}
        for name in names:
            asked = released.obscured.get(name)
            row = [*_question(name, asked.title or asked.stem[:60] if asked else "", of_form)]
            rows.append([*row, *([form.upper(), behind.get(name, "")] if exam else [])])
    return Sheet("cau-hoi", say("results.report.questions"), rows)


def missing(unit: str) -> Sheet:
    """Return a row for each of the class of whom nothing counts: late, or not there at all."""
    deadline = course.settings().deadline(unit)
    until = f"{deadline:%Y-%m-%d %H:%M}" if deadline else ""
    rows: list[list[Cell]] = [[say(f"results.report.{name}") for name in ("code", "state", "handed_in", "deadline")]]
    rows += [
        [code, say("results.report.late"), f"{at:%Y-%m-%d %H:%M}", until] for code, at in lateness.late(unit).items()
    ]
    rows += [[code, say("results.report.not_handed_in"), "", until] for code in grade_class.absent(unit)]
    return Sheet("chua-nop", say("results.report.missing"), rows)


def _question(name: str, title: str, found: Sequence[Standing]) -> list[Cell]:
    """Return the row of one question over those who were asked it."""
    shares, rests, most = [], [], 0.0
    for standing in found:
        for item in standing.items:
            if item.id == name:
                most = item.most
                if item.earned is not None and item.most:
                    shares.append(item.earned / item.most)
                    rests.append(standing.earned - item.earned)
    figures = item_statistics.figures(shares, rests)
    shown = (figures.mean, figures.right, figures.low, figures.high)
    rounded = [None if value is None else round(value, 3) for value in shown]
    return [name, title, most, figures.n, *rounded, _correlation(figures), _reading(figures)]


def form_of(standing: Standing) -> str:
    """Return the form of an exam that a trainee sat, "" for an exercise."""
    return versions.released_for(standing.unit, standing.version, standing.code).form


def _result(standing: Standing, form: str) -> str:
    verdict = standing.verdict
    word = say(f"results.feedback.verdicts.{verdict}")
    known = cut_scores.standard(standing.unit, form, standing.version) if verdict == "fail" else None
    if known and not standing.missed_criticals and cut_scores.near(standing.share, standing.pass_mark, known):
        return f"{word} ({say('results.report.near')})"
    return word


def _reliabilities(found: Sequence[Standing]) -> list[list[Cell]]:
    """Return KR-20 for each version and form by itself: over people who got different questions it means nothing."""
    groups: dict[tuple[str, str], list[list[float]]] = {}
    for standing in found:
        scored = [item for item in standing.items if item.most]
        group = groups.setdefault((standing.version, form_of(standing)), [])
        if scored and all(item.earned is not None for item in scored):
            group.append([(item.earned or 0.0) / item.most for item in scored])
    rows: list[list[Cell]] = []
    for (version, form), shares in sorted(groups.items()):
        value = item_statistics.kr20(shares)
        which = say("results.report.kr20_form", version=version, form=form.upper()) if form else version
        shown: Cell = say("results.report.not_enough") if value is None else round(value, 2)
        rows.append([say("results.report.kr20", which=which, n=len(shares)), shown])
    return rows


def about(unit: str, found: Sequence[Standing]) -> Sheet:
    """Return what one must know to read the other sheets."""
    settings = course.settings()
    verdicts = [standing.verdict for standing in found]
    rows: list[list[Cell]] = [
        [say("results.report.about_unit"), unit],
        [say("results.report.about_count"), len(found)],
        [say("results.report.about_late"), len(lateness.late(unit))],
        [say("results.report.about_missing"), len(grade_class.absent(unit))],
        [say("results.report.about_mark"), _pass_marks(found)],
        [say("results.report.about_reviewed"), format_date(settings.reviewed_on)],
    ]
    rows.extend(
        [say(f"results.feedback.verdicts.{name}"), verdicts.count(name)] for name in ("pass", "fail", "pending")
    )
    rows.extend(_reliabilities(found))
    rows.extend([say("results.report.about_note"), line] for line in say("results.report.about_lines").splitlines())
    return Sheet("ghi-chu", say("results.report.about"), rows, _PLAIN)


def _pass_marks(found: Sequence[Standing]) -> str:
    """Return the pass mark as it was recorded at release; where versions differ in it, each with its version."""
    marks = {standing.version: f"{standing.pass_mark:.0%}" for standing in found}
    if len(set(marks.values())) == 1:
        return next(iter(marks.values()))
    return "; ".join(f"{marks[version]} ({version})" for version in sorted(marks, key=versions.order))


def question_ids(unit: str, found: Sequence[Standing]) -> list[str]:
    """Return the ids of all questions that somebody was asked, in the order of the newest version first."""
    newest = list(versions.released(unit).obscured)
    seen = dict.fromkeys(item.id for standing in found for item in standing.items)
    return [name for name in newest if name in seen] + [name for name in seen if name not in newest]


def _points(earned: float | None) -> Cell:
    return say("grading.pending") if earned is None else round(earned, 4)


def _correlation(figures: item_statistics.ItemFigures) -> Cell:
    if figures.n < item_statistics.ENOUGH:
        return say("results.report.not_enough")
    return "" if figures.item_rest is None else round(figures.item_rest, 2)


def _reading(figures: item_statistics.ItemFigures) -> str:
    """Say what to look at; in a test of mastery a high share of right answers is no fault."""
    said = []
    if figures.item_rest is not None:
        if figures.item_rest < 0:
            said.append(say("results.report.check_key"))
        elif figures.item_rest < 0.2:
            said.append(say("results.report.weak"))
        if figures.n < item_statistics.CAUTION:
            said.append(say("results.report.caution"))
    if figures.n >= item_statistics.ENOUGH and figures.right is not None and figures.right < 0.2:
        said.append(say("results.report.hard"))
    return "; ".join(said)

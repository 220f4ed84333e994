"""Build the class report's sheets about questions: item statistics, answer counts, and KR-20 (reliability) per form.

For an exam, the sheets treat each test form separately and name the pool item from which each question was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.release.versions import Released
from buuchinh.results import choice_counts, item_statistics
from buuchinh.results.results import QuestionResult, Standing
from buuchinh.spreadsheet import Cell, Look, Sheet

QUESTIONS = Look(widths=(12, 34, 9, 8, 11, 11, 10, 9, 13, 28, 6, 12), wrapped=10, points=True)
_ITEM = 11
"""The column, counted from 0, with the pool's item behind an exam's question."""
CHOICES = Look(widths=(12, 32, 20, 46, 8, 9, 9, 6), wrapped=5, points=True)


def questions(unit: str, standings: Sequence[Standing]) -> Sheet:
    """Return a sheet with each question's item statistics over all graded answers (in an exam, per test form)."""
    head = ("question", "title", "most", "n", "mean", "right", "low", "high", "item_rest", "reading")
    forms, asked = versions.released_forms(unit), asked_of(standings)
    exam = "" not in forms
    more = [say("results.report.form"), say("results.report.item")] if exam else []
    rows: list[list[Cell]] = [[*(say(f"results.report.{name}") for name in head), *more]]
    names = question_ids(unit, standings)
    for form, released in forms.items():
        of_form = [
            one for one in standings if not exam or (asked[one.code].form, one.version) == (form, released.version)
        ]
        behind = versions.items_of(released) if exam else {}
        of_all = released.obscured if exam else asked_by_any(unit, standings)
        for name in names:
            one = of_all.get(name)
            row = [*_question(name, title_of(one) if one else "", of_form)]
            rows.append([*row, *([form.upper(), behind.get(name, "")] if exam else [])])
    return Sheet("cau-hoi", say("results.report.questions"), rows, QUESTIONS)


def without_items(sheet: Sheet) -> Sheet:
    """Return the sheet of questions without the names of the pool's items, which mean something to authors alone."""
    look = replace(sheet.look, widths=sheet.look.widths[:_ITEM])
    return replace(sheet, rows=[row[:_ITEM] for row in sheet.rows], look=look)


def asked_by_any(unit: str, standings: Sequence[Standing]) -> dict[str, AuthoredQuestion]:
    """Map question ids to questions: first the newest version's, then those found only in older submitted versions."""
    asked = dict(versions.released(unit).obscured)
    for version in sorted({standing.version for standing in standings}, key=versions.order, reverse=True):
        for name, question in versions.released(unit, version).obscured.items():
            asked.setdefault(name, question)
    return asked


def title_of(question: AuthoredQuestion) -> str:
    """Return a question's title, or the beginning of its stem if it has none."""
    return question.title or question.stem[:60]


def choices(unit: str, standings: Sequence[Standing]) -> Sheet:
    """Return a sheet with a row for each option or typed answer and the number of trainees who gave that answer.

    Manually graded questions and values computed by trainees' code are left out.
    """
    columns = ("question", "title", "part", "choice", "right_choice", "chosen", "of")
    forms, asked = versions.released_forms(unit), asked_of(standings)
    exam = "" not in forms
    rows: list[list[Cell]] = [[say(f"results.report.{name}") for name in (*columns, *(("form",) if exam else ()))]]
    for form, released in forms.items():
        of_form = [
            one for one in standings if not exam or (asked[one.code].form, one.version) == (form, released.version)
        ]
        for name, question in (released.obscured if exam else asked_by_any(unit, standings)).items():
            kind = types.type_of(question)
            if of_form and not (kind.from_code or kind.by_hand(question) or kind.is_task(question)):
                more = [form.upper()] if exam else []
                rows += [
                    [name, title_of(question), *row, *more]
                    for row in choice_counts.rows(question, name, of_form, asked)
                ]
    return Sheet("phuong-an", say("results.report.choices"), rows, CHOICES)


def _question(name: str, title: str, standings: Sequence[Standing]) -> list[Cell]:
    """Return one question's row of item statistics, computed over the trainees who were asked that question."""
    most, figures = figures_of(name, standings)
    shown = (figures.mean, figures.right, figures.low, figures.high)
    rounded = [None if value is None else round(value, 3) for value in shown]
    return [name, title, most, figures.n, *rounded, _correlation(figures), _reading(figures)]


def figures_of(name: str, standings: Sequence[Standing]) -> tuple[float, item_statistics.ItemFigures]:
    """Return a question's maximum points, and its statistics over the graded answers in ``standings``."""
    shares: list[float] = []
    rests: list[float | None] = []
    most = 0.0
    for standing in standings:
        for item in standing.items:
            if item.id == name:
                most = item.most
                if item.earned is not None and item.most:
                    shares.append(item.earned / item.most)
                    rests.append(_rest(standing, item))
    return most, item_statistics.figures(shares, rests)


def _rest(standing: Standing, item: QuestionResult) -> float | None:
    """Return a trainee's points in all other questions, or None if one of those awaits manual grading."""
    others = [one for one in standing.items if one is not item and one.most]
    waits = any(one.earned is None for one in others)
    return None if waits else sum(one.earned or 0.0 for one in others)


def asked_of(standings: Sequence[Standing]) -> dict[str, Released]:
    """Map each trainee's code to the release that the trainee was given.

    The release's ``form`` is "" if the unit has no test forms.
    """
    return {one.code: versions.released_for(one.unit, one.version, one.code) for one in standings}


def question_ids(unit: str, standings: Sequence[Standing]) -> list[str]:
    """Return the ids of all questions asked of any trainee, beginning with the newest version's in released order."""
    newest = list(versions.released(unit).obscured)
    seen = dict.fromkeys(item.id for standing in standings for item in standing.items)
    return [name for name in newest if name in seen] + [name for name in seen if name not in newest]


def reliabilities(standings: Sequence[Standing]) -> list[list[Cell]]:
    """Return a row with the reliability (KR-20) of each version and form, over trainees with all questions graded.

    Versions and forms are kept apart, since KR-20 is meaningless over different questions.
    """
    groups: dict[tuple[str, str], list[list[float]]] = {}
    asked = asked_of(standings)
    for standing in standings:
        scored = [item for item in standing.items if item.most]
        group = groups.setdefault((standing.version, asked[standing.code].form), [])
        if scored and all(item.earned is not None for item in scored):
            group.append([(item.earned or 0.0) / item.most for item in scored])
    rows: list[list[Cell]] = []
    for (version, form), shares in sorted(groups.items()):
        value = item_statistics.kr20(shares)
        which = say("results.report.kr20_form", version=version, form=form.upper()) if form else version
        shown: Cell = say("results.report.not_enough") if value is None else round(value, 2)
        rows.append([say("results.report.kr20", which=which, n=len(shares)), shown])
    return rows


def _correlation(figures: item_statistics.ItemFigures) -> Cell:
    if figures.compared < item_statistics.ENOUGH:
        return say("results.report.not_enough")
    return "" if figures.item_rest is None else round(figures.item_rest, 2)


def _reading(figures: item_statistics.ItemFigures) -> str:
    """Return remarks on conspicuous item statistics, joined by "; ".

    A high share of right answers is not remarked on, since it is no flaw in a mastery test.
    """
    remarks = []
    if figures.item_rest is not None:
        if figures.item_rest < 0:
            remarks.append(say("results.report.check_key"))
        elif figures.item_rest < 0.2:
            remarks.append(say("results.report.weak"))
        if figures.compared < item_statistics.CAUTION:
            remarks.append(say("results.report.caution"))
    if figures.n >= item_statistics.ENOUGH and figures.right is not None and figures.right < 0.2:
        remarks.append(say("results.report.hard"))
    return "; ".join(remarks)

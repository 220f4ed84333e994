"""Check the tables of goods that counter staff consult: every ban cites its provision, and every object has one answer.

A word may occur in only one row, so whatever a customer calls an object, the table gives one answer. Above all, a word
must not stand both for something dangerous and for everyday goods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from buuchinh import datasets
from buuchinh.datasets import Row
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.text import fold

CATALOGUE, HOUSEHOLD = "goods/catalogue", "goods/household"
POSTED = ("LBC-2010/29.4", "LBC-2010/29.7")
"""Provisions on the operator's right to refuse goods under its own conditions, and its duty to display them."""
_ALIKE = ("answer", "say", "why", "hazard_class", "source", "confidence", "differs", "note")


def faults() -> list[Problem]:
    """Return a problem for each row whose answer its source does not support, and for each conflict between rows.

    The list is empty if a table cannot be read, which ``datasets.check`` reports.
    """
    try:
        catalogue, household = datasets.read(CATALOGUE).rows, datasets.read(HOUSEHOLD).rows
    except KitError:
        return []
    problems = [problem for row in catalogue for problem in _row(row)]
    return [*problems, *_twice(catalogue), *_differing(catalogue, household)]


def _row(row: Row) -> Iterator[Problem]:
    bans = set(row["provisions"] or ()) - set(POSTED)
    statement = f"{row['say']} {row['note'] or ''}".lower()
    if row["confidence"] == "A" and not bans:
        yield _problem(CATALOGUE, row, "a_without_provision")
    if row["confidence"] == "C" and row["answer"] != "unit":
        yield _problem(CATALOGUE, row, "c_decides")
    if row["answer"] == "refuse" and not bans and "danh mục" not in statement:
        yield _problem(CATALOGUE, row, "list_unsaid")
    if "luật cấm" in f"{row['say']} {row['why']}".lower() and not bans:
        yield _problem(CATALOGUE, row, "ban_without_provision")
    if row["answer"] == "refuse" and "chưa nhận" in row["say"].lower() and "trưởng bưu cục" not in row["say"].lower():
        yield _problem(CATALOGUE, row, "refuse_put_off")


def _twice(catalogue: Sequence[Row]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in catalogue:
        for word in _words(row):
            other = first.setdefault(word, row)
            if other is row:
                continue
            fault = "strict_shared" if bool(row["strict"]) != bool(other["strict"]) else "word_twice"
            yield _problem(CATALOGUE, row, fault, word=word, other=other["id"])


def _differing(catalogue: Sequence[Row], household: Sequence[Row]) -> Iterator[Problem]:
    by_id = {row["id"]: row for row in catalogue}
    answers: dict[str, set[str]] = {}
    for row in catalogue:
        for word in _words(row):
            answers.setdefault(word, set()).add(row["answer"])
    for row in household:
        same = by_id.get(row["id"])
        if same is None:
            yield _problem(HOUSEHOLD, row, "not_in_catalogue")
            continue
        for name in _ALIKE:
            if row[name] != same[name]:
                yield _problem(HOUSEHOLD, row, "told_otherwise", column=name)
        for word in _words(row):
            if row["answer"] not in answers.get(word, {row["answer"]}):
                yield _problem(HOUSEHOLD, row, "answered_otherwise", word=word)


def _words(row: Row) -> list[str]:
    return [fold(word, marks=True) for word in (row["words"] or "").split("; ")]


def _problem(table: str, row: Row, fault: str, **values: str) -> Problem:
    words = say(f"authoring.goods.{fault}", id=row["id"], **values)
    return Problem(datasets.read(table).resource.shown_path, row.line, words, say(f"authoring.goods.way_out.{fault}"))

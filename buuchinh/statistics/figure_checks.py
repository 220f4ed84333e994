"""Check the statistics tables: recompute formulas, require sources, and look for each number in its quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from buuchinh.datasets import Row, Table, read
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.statistics.formulas import evaluate, names, rounded
from buuchinh.text import format_number


def check(package: Path | None = None) -> list[Problem]:
    """Return a problem for each fault in the content of the statistics tables.

    Faults of form, including tables that cannot be read, are reported by ``datasets.check``.
    """
    try:
        facts = read("statistics/facts", package)
        readings = read("statistics/readings", package)
        comparisons = read("statistics/consistency", package)
    except KitError:
        return []
    known = {row["id"]: row["value"] for row in facts.rows if row["value"] is not None}
    problems = [problem for row in facts.rows for problem in _fact(facts, row, known)]
    problems += _circles(facts)
    for row in comparisons.rows:
        for side in ("computed", "reported"):
            problems += _unreadable(comparisons, row, row[side] or "", known)
    for row in readings.rows:
        if (row["kind"] == "not_stated") == bool(row["as_read"]):
            problems.append(_problem(readings, row, "reading_empty", "reading_way_out", id=row["id"]))
    return problems


def _fact(table: Table, row: Row, known: dict[str, float]) -> Iterator[Problem]:
    identifier = row["id"]
    if row["value"] is None:
        yield _problem(table, row, "value_missing", "value_way_out", id=identifier)
        return
    if row["period_from"] and row["period_to"] and row["period_from"] > row["period_to"]:
        yield _problem(table, row, "period_order", "period_way_out", id=identifier)
    if row["kind"] == "derived":
        yield from _derived(table, row, known)
    elif row["formula"] or row["inputs"]:
        yield _problem(table, row, "formula_unwanted", "formula_unwanted_way_out", id=identifier)
    if row["kind"] == "reported":
        if not row["source_id"] or not (row["locator"] or row.values.get("locator_unknown")):
            yield _problem(table, row, "source_missing", "source_way_out", id=identifier)
        quote = row["quote"] or ""
        if quote and row["unit"] not in _SCALED and not _mentions(quote, row["value"]):
            shown = {"quote": quote, "value": format_number(abs(row["value"]))}
            yield _problem(table, row, "quote_number", "quote_way_out", id=identifier, **shown)


_SCALED = {"triệu", "nghìn tỷ đồng", "triệu đồng"}
"""Units of measure that the table converts: where the source prints 3,4 tỷ, the table records 3400 triệu."""


def _mentions(quote: str, value: float) -> bool:
    return format_number(abs(value)) in re.findall(r"\d+(?:[.,]\d+)*", quote)


def _derived(table: Table, row: Row, known: dict[str, float]) -> Iterator[Problem]:
    formula, inputs, decimals = row["formula"], row["inputs"] or (), row["decimals"]
    if not formula or not inputs or decimals is None:
        yield _problem(table, row, "formula_missing", "formula_way_out", id=row["id"])
        return
    if names(formula) != inputs:
        given, used = "; ".join(inputs), "; ".join(names(formula))
        yield _problem(table, row, "inputs_differ", "inputs_way_out", id=row["id"], given=given, used=used)
    faults = _unreadable(table, row, formula, known)
    yield from faults
    if faults:
        return
    result = rounded(evaluate(formula, known), decimals)
    if result != row["value"]:
        shown = {"result": format_number(result), "given": format_number(row["value"])}
        yield _problem(table, row, "value_differs", "value_differs_way_out", id=row["id"], **shown)


def _unreadable(table: Table, row: Row, formula: str, known: dict[str, float]) -> list[Problem]:
    try:
        evaluate(formula, known)
    except KitError as error:
        return [Problem(table.resource.shown_path, row.line, p.message, p.way_out) for p in error.problems]
    return []


def _circles(table: Table) -> Iterator[Problem]:
    inputs = {row["id"]: row["inputs"] or () for row in table.rows}
    for row in table.rows:
        seen: set[str] = set()
        waiting = list(inputs[row["id"]])
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += inputs.get(name, ())
        if row["id"] in seen:
            message = say("statistics.formula.circle", id=row["id"])
            yield Problem(table.resource.shown_path, row.line, message)


def _problem(table: Table, row: Row, fault: str, way_out: str, /, **shown: object) -> Problem:
    message, out = say(f"statistics.check.{fault}", **shown), say(f"statistics.check.{way_out}", **shown)
    return Problem(table.resource.shown_path, row.line, message, out)

"""Check the law tables for faults that a schema cannot express, such as contradictory ids, periods or amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from buuchinh import datasets
from buuchinh.datasets import Row, Table
from buuchinh.errors import KitError, Problem
from buuchinh.law import emergency_acts, quotation
from buuchinh.law.emergency_numbers import TABLE, named_in
from buuchinh.law.references import parse
from buuchinh.messages import say
from buuchinh.text import format_date

_WITH_WAY_OUT = {"cut_quote", "exception_unsaid", "late_start", "not_compared", "outlives"}
_DECREE = "Nghị định"
"""The kind of document whose fines differ for individuals and organisations, so amounts must say whom they concern."""


def check(package: Path | None = None) -> list[Problem]:
    """Return a problem with file and line for each fault in the content of the law tables and the glossary.

    The faults are: an id that contradicts its columns; periods out of order; an amount that does not say whether it
    concerns individuals or organisations, or whose bounds are swapped; a truncated quotation that is not marked as
    such; a provision that starts later than its document without a note, or is in force after its document has
    expired; a provision that was not compared with a later amending document; a replaced document without a
    successor or an end date; a term or emergency number that cites an unknown provision; an emergency instruction
    that mentions numbers other than those in its ``calls`` column.

    Return an empty list if a table breaks its schema, because ``datasets.check`` reports that.
    """
    try:
        documents = datasets.read("law/documents", package)
        provisions = datasets.read("law/provisions", package)
        glossary = datasets.read("glossary", package)
        emergency = datasets.read(TABLE, package)
        acts = datasets.read(emergency_acts.TABLE, package)
    except KitError:
        return []
    return [
        *(problem for row in documents.rows for problem in _document(documents, row)),
        *_provisions(documents, provisions),
        *_unknown(documents, provisions, (glossary, emergency)),
        *(problem for row in acts.rows for problem in _act(acts, row, emergency)),
    ]


def _provisions(documents: Table, provisions: Table) -> Iterator[Problem]:
    """Yield a problem for each fault in the provisions, comparing each with its document and its earlier periods."""
    starts = {row["id"]: row["effective"] for row in documents.rows}
    ends = {row["id"]: row["expires"] for row in documents.rows if row["status"] != "partly_lapsed"}
    amended = {row["id"]: row["amended_by"] or () for row in documents.rows}
    by_decree = {row["id"] for row in documents.rows if row["kind"] == _DECREE}
    seen: dict[str, int] = {}
    for row in provisions.rows:
        yield from _provision(provisions, row, by_decree)
        expected = seen.get(row["id"], 0) + 1
        if row["period"] != expected:
            yield _problem(provisions, row, "period_number", expected=expected)
        seen[row["id"]] = row["period"]
        if (end := ends.get(row["document"])) and (row["to"] is None or row["to"] > end):
            yield _problem(provisions, row, "outlives", id=row["id"], document=row["document"], end=format_date(end))
        if row["period"] == 1 and _is_younger(row, starts.get(row["document"])) and not row["note"]:
            yield _problem(provisions, row, "late_start", start=format_date(row["from"]))
        for one in amended.get(parse(row["id"]).document, ()):
            if _asks_whether(row, one, starts.get(one)):
                yield _problem(provisions, row, "not_compared", id=row["id"], amending=one)


def _unknown(documents: Table, provisions: Table, citing: Iterable[Table]) -> Iterator[Problem]:
    """Yield a problem for each glossary term or emergency number that cites an unknown provision."""
    known = {row["id"] for row in provisions.rows} | {row["id"] for row in documents.rows}
    for table in citing:
        for row in table.rows:
            for ref in filter(None, (row["provision"], *(row.values.get("see") or ()))):
                if not _resolves(ref, known):
                    yield _problem(table, row, "unknown", ref=ref)


def _act(acts: Table, row: Row, numbers: Table) -> Iterator[Problem]:
    """Yield a problem if an instruction mentions numbers other than those in its ``calls`` column.

    For a danger sign, yield a problem for each number whose ``call_for`` column does not mention the sign.
    """
    called = [one for one in numbers.rows if one["id"] in (row["calls"] or ()) and not one["to"]]
    if row["kind"] == "sign":
        for one in called:
            if row["text"] not in one["call_for"]:
                yield _problem(acts, row, "sign_untold", text=row["text"], number=one["number"])
    elif {one["number"] for one in called} != set(named_in(row["text"])):
        yield _problem(acts, row, "other_numbers", numbers=", ".join(one["number"] for one in called) or "–")


def _resolves(ref: str, known: set[str]) -> bool:
    """Whether the register contains ``ref``, either as a row or as the parent of other rows."""
    try:
        wanted = parse(ref).id
    except KitError:
        return False
    below = (f"{wanted}.", f"{wanted}-")
    return wanted in known or ("/" in wanted and any(id_.startswith(below) for id_ in known))


def _names_a_bearer(amount: str) -> bool:
    return "tổ chức" in amount or "cá nhân" in amount


def _is_younger(row: Row, start: date | None) -> bool:
    return bool(start and row["from"] and row["from"] > start)


def _asks_whether(row: Row, amending: str, start: date | None) -> bool:
    """Whether ``row`` has yet to be compared with the document ``amending``, which took effect on ``start``.

    That is so if the row has no last day, does not begin on or after ``start``, and names ``amending`` neither among
    the documents it was checked against nor among those it was not checked against.
    """
    if row["to"] or (start and row["from"] and start <= row["from"]):
        return False
    answered = {*(row.values.get("checked_against") or ()), *(row.values.get("not_checked_against") or ())}
    return amending not in answered


def _document(table: Table, row: Row) -> Iterator[Problem]:
    if row["status"] == "replaced" and not row["replaced_by"]:
        yield _problem(table, row, "no_successor")
    if row["status"] in {"replaced", "presumed_replaced", "lapsed"} and not row["expires"]:
        yield _problem(table, row, "no_end")
    if row["effective"] and row["expires"] and row["effective"] >= row["expires"]:
        yield _problem(table, row, "ends_before_start")


def _provision(table: Table, row: Row, by_decree: set[str]) -> Iterator[Problem]:
    """Yield a problem for each fault within one row of the provisions table.

    ``by_decree`` holds the ids of documents whose fines differ for individuals and organisations.
    """
    reference = parse(row["id"])
    if reference.document != row["document"]:
        yield _problem(table, row, "wrong_document", id=row["id"], document=row["document"])
    numbered = row["article"] and row["article"][0].isdigit()
    columns = [row[name] for name in ("article", "clause", "point") if row[name]]
    steps = ".".join(columns).replace("đ", "dd")
    own = ".".join(reference.steps)
    if numbered and own != steps and not own.startswith(f"{steps}-"):
        yield _problem(table, row, "id_and_columns", id=row["id"], steps=steps)
    low, high = row["amount_min"], row["amount_max"]
    if low is not None and high is not None and low > high:
        yield _problem(table, row, "amounts_upside_down")
    for fault, values in quotation.faults(row):
        yield _problem(table, row, fault, **values)
    if row["amount_for"] and high is None:
        yield _problem(table, row, "bearer_without_amount")
    if row["amount_for"] and not _names_a_bearer(row["amount"] or ""):
        yield _problem(table, row, "bearer_unsaid")
    if high is not None and not row["amount_for"] and row["document"] in by_decree:
        yield _problem(table, row, "amount_without_bearer")


def _problem(table: Table, row: Row, fault: str, /, **values: object) -> Problem:
    way_out = say(f"law.{fault}_way_out") if fault in _WITH_WAY_OUT else ""
    return Problem(table.resource.shown_path, row.line, say(f"law.{fault}", **values), way_out)

"""Build the page of the law register, which lists every document and provision with its periods of validity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from buuchinh import law, routes
from buuchinh.law import provision_text
from buuchinh.messages import say, section

COLUMNS = ("heading", "words", "amount", "dates", "from", "to", "confidence", "state")


def page() -> dict[str, Any]:
    """Return the page's payload: documents with validity and status, and their provisions with one row per period."""
    below: dict[str, list[list[Any]]] = {}
    for ref, periods in law.all_provisions().items():
        rows = [_row(period) for period in periods]
        below.setdefault(periods[0].document.id, []).append([ref, law.cite(ref), rows])
    grades = sorted({period.confidence for periods in law.all_provisions().values() for period in periods})
    return {
        "id": routes.LAW,
        "kind": "law",
        "title": say("site.later.law_title"),
        "columns": list(COLUMNS),
        "documents": [_document(one, below.get(one.id, [])) for one in _laws_first()],
        "confidence": {grade: law.confidence_words(grade) for grade in grades},
        "force": section("law.wording.force"),
    }


def _laws_first() -> list[law.Document]:
    """Return the documents in the register's order, but with news, guidance and other non-legal documents last."""
    return sorted(law.all_documents().values(), key=lambda one: not one.norm)


def _document(known: law.Document, provisions: list[list[Any]]) -> dict[str, Any]:
    return {
        "id": known.id,
        "cite": law.cite(known.id),
        "title": known.title,
        "norm": known.norm,
        "status": known.status,
        "note": known.status_note,
        "days": [_iso(known.effective), _iso(known.expires)],
        "confidence": known.confidence,
        "then": _names(known.replaced_by),
        "provisions": provisions,
    }


def _row(period: law.Provision) -> list[Any]:
    return [
        period.heading,
        provision_text.words(period),
        provision_text.amount(period),
        provision_text.days(period),
        _iso(period.from_),
        _iso(period.to),
        period.confidence,
        provision_text.state(period),
    ]


def _names(ids: Iterable[str]) -> list[str]:
    documents = law.all_documents()
    return [law.cite(one) if one in documents else one for one in ids]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

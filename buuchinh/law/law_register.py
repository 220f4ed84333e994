"""Hold the law register: documents and provisions by id, each provision with its periods of validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Literal

from buuchinh import datasets
from buuchinh.course.day import today
from buuchinh.errors import KitError
from buuchinh.law import quotation
from buuchinh.law.references import Reference, parse
from buuchinh.messages import say
from buuchinh.parsed import FrozenDict
from buuchinh.text import format_date

Force = Literal["in_force", "not_yet", "lapsed", "partly_lapsed", "unknown"]


@dataclass(frozen=True)
class Document:
    """A legal document or, if ``norm`` is false, a document of another kind that is cited in the same way.

    ``effective`` is the first day in force, and ``expires`` the first day no longer in force. None means that the day
    is unknown; for ``expires`` it may also mean that the document is still in force, depending on ``status``.
    """

    id: str
    number: str
    title: str
    short_title: str
    issuer: str
    kind: str
    norm: bool
    issued: date | None
    effective: date | None
    expires: date | None
    status: str
    status_note: str
    replaced_by: tuple[str, ...]
    source: str
    confidence: str
    note: str


@dataclass(frozen=True)
class Provision:
    """An article, clause or point as it reads in one period, which lasts from ``from_`` until the day before ``to``.

    ``amount_min`` and ``amount_max`` are in VND and apply to ``amount_for``: "organisation", "individual", or "" if the
    source does not say. ``left_out`` describes the parts of the provision that ``quote`` omits, and why.
    ``quote_extent`` is "complete" if only the final punctuation mark is missing, "unchecked" if the quotation was not
    compared with the source again, otherwise "". ``not_checked_against`` names the amending documents with which the
    wording was not compared. ``parts`` holds the ids of the rows from which a whole article or document is assembled.
    """

    id: str
    document: Document
    article: str
    clause: str
    point: str
    heading: str
    summary: str
    quote: str | None
    amount: str | None
    amount_for: str
    amount_min: int | None
    amount_max: int | None
    see: tuple[str, ...]
    from_: date | None
    to: date | None
    confidence: str
    source: str
    note: str
    left_out: str = ""
    quote_extent: str = ""
    not_checked_against: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in the provision's period, as far as the ends of that period are known."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


@dataclass(frozen=True)
class _Register:
    documents: Mapping[str, Document]
    provisions: Mapping[str, tuple[Provision, ...]]


def document(document_id: str) -> Document:
    """Return a document by id; if the register does not contain it, raise ``KitError`` suggesting similar ids."""
    documents = _register().documents
    if document_id not in documents:
        raise _unknown(document_id, documents)
    return documents[document_id]


def periods(ref: str) -> tuple[Provision, ...]:
    """Return the wordings of ``ref`` in all its periods, oldest first.

    An article that has no row of its own is assembled from the rows below it, as they read on the day after ``@`` or
    today. A whole document is built from its row in the table of documents. Raise ``KitError`` if the reference is
    unknown.
    """
    reference = parse(ref)
    rows = _register().provisions.get(reference.id)
    if rows:
        return rows
    if not reference.steps:
        return (_bare(document(reference.document), _below(reference)),)
    day = reference.on or today()
    below = _below(reference)
    if below:
        current = [row for rows in below for row in rows if row.covers(day)]
        return (_whole(reference, current or [rows[-1] for rows in below]),)
    document(reference.document)
    raise _unknown(reference.id, _register().provisions)


def histories(ref: str) -> tuple[tuple[Provision, ...], ...]:
    """Return the periods of ``ref`` or, of an article or clause without a row of its own, those of each row below it.

    Raise ``KitError`` if the reference is unknown.
    """
    reference = parse(ref)
    own = periods(ref)
    return tuple(_below(reference)) if reference.steps and reference.id not in _register().provisions else (own,)


def provision(ref: str, on: date | None = None) -> Provision:
    """Return ``ref`` as it read on a day: ``on`` or, if that is None, the day after ``@``.

    If neither day is given, return the wording in force today, or the last wording if the provision has lapsed. Raise
    ``KitError`` if the reference is unknown (suggesting similar ones) or if the provision was not in force on the given
    day.
    """
    day = on or parse(ref).on
    known = periods(ref if day is None else f"{parse(ref).id}@{day.isoformat()}")
    holding = [period for period in known if period.covers(day or today())]
    if holding:
        return holding[-1]
    if day is None:
        return known[-1]
    raise KitError(_not_then(ref, known, day), say("law.not_then_way_out"))


def in_force(ref: str, on: date | None = None) -> Force:
    """Return whether ``ref`` is in force on a day: ``on``, the day after ``@``, or today.

    ``"unknown"`` means that the register does not know when the provision began, or could not verify that it is still
    in force (for instance, because another document seems to have replaced it by that day). ``"partly_lapsed"`` is
    returned only for whole documents, from the day on which parts of them lapsed; look up a provision by its own
    reference.
    """
    reference = parse(ref)
    day = on or reference.on or today()
    known = periods(f"{reference.id}@{day.isoformat()}")
    status = known[0].document.status
    if status == "draft":
        return "not_yet"
    if not any(period.covers(day) for period in known):
        if status == "partly_lapsed" and not reference.steps and known[-1].to and known[-1].to <= day:
            return "partly_lapsed"
        if status == "presumed_replaced" and known[-1].to and known[-1].to <= day:
            return "unknown"
        starts = [period.from_ for period in known if period.from_]
        return "not_yet" if starts and day < min(starts) else "lapsed"
    period = next(period for period in known if period.covers(day))
    if status == "unknown" or period.from_ is None:
        return "unknown"
    return "in_force"


def all_documents() -> Mapping[str, Document]:
    """Return all documents by id, in the order of the register."""
    return _register().documents


def all_provisions() -> Mapping[str, tuple[Provision, ...]]:
    """Return the wordings of all provisions by provision id, one for each period."""
    return _register().provisions


def _register() -> _Register:
    return datasets.made_of(_read, "law/documents", "law/provisions")


def _read() -> _Register:
    documents = {row["id"]: row.made_into(Document) for row in datasets.read("law/documents").rows}
    provisions: dict[str, list[Provision]] = {}
    for row in datasets.read("law/provisions").rows:
        if row["document"] not in documents:
            raise _unknown(row["document"], documents)
        left_out, extent = quotation.extent(row)
        provisions.setdefault(row["id"], []).append(
            row.made_into(Provision, document=documents[row["document"]], left_out=left_out, quote_extent=extent)
        )
    ordered = {key: tuple(sorted(rows, key=_start)) for key, rows in provisions.items()}
    return _Register(FrozenDict(documents), FrozenDict(ordered))


def _start(period: Provision) -> date:
    return period.from_ or date.min


def _below(reference: Reference) -> list[tuple[Provision, ...]]:
    starts = (f"{reference.id}.", f"{reference.id}-") if reference.steps else (f"{reference.id}/",)
    return [rows for key, rows in _register().provisions.items() if key.startswith(starts)]


def _whole(reference: Reference, rows: list[Provision]) -> Provision:
    """Assemble an article or clause from the rows below it; its confidence is the least certain row's (A before C)."""
    first = rows[0]
    depth = len(reference.steps)
    ends = [row.to for row in rows]
    return replace(
        first,
        id=reference.id,
        article=first.article,
        clause=first.clause if depth >= 2 else "",
        point="",
        heading="; ".join(dict.fromkeys(row.heading for row in rows)),
        summary=" ".join(dict.fromkeys(row.summary for row in rows)),
        quote=None,
        left_out="",
        quote_extent="",
        amount=None,
        amount_for="",
        amount_min=None,
        amount_max=None,
        see=(),
        not_checked_against=tuple(dict.fromkeys(one for row in rows for one in row.not_checked_against)),
        from_=min((row.from_ for row in rows if row.from_), default=None),
        to=None if None in ends else max(end for end in ends if end),
        confidence=max(row.confidence for row in rows),
        source=" ; ".join(dict.fromkeys(row.source for row in rows)),
        note="",
        parts=tuple(row.id for row in rows),
    )


def _bare(known: Document, below: list[tuple[Provision, ...]]) -> Provision:
    return Provision(
        id=known.id,
        document=known,
        article="",
        clause="",
        point="",
        heading=known.title,
        summary=known.title,
        quote=None,
        amount=None,
        amount_for="",
        amount_min=None,
        amount_max=None,
        see=(),
        from_=known.effective,
        to=known.expires,
        confidence=known.confidence,
        source=known.source,
        note=known.note,
        parts=tuple(rows[0].id for rows in below),
    )


def _not_then(ref: str, known: tuple[Provision, ...], day: date) -> str:
    starts = [period.from_ for period in known if period.from_]
    if starts and day < min(starts):
        return say("law.not_yet", ref=ref, day=format_date(day), start=format_date(min(starts)))
    ends = [period.to for period in known if period.to and period.to <= day]
    successors = known[-1].document.replaced_by
    more = say("law.successor", ids=", ".join(successors)) if successors else ""
    return say("law.lapsed", ref=ref, day=format_date(day), end=format_date(max(ends)), successor=more)


def _unknown(ref: str, known: Mapping[str, object]) -> KitError:
    near = get_close_matches(ref, known, n=3, cutoff=0.6)
    way_out = say("law.unknown_way_out", ids=", ".join(near)) if near else say("law.unknown_nothing_near")
    return KitError(say("law.unknown", ref=ref), way_out)

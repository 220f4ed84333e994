"""Cite documents and provisions in Vietnamese legal style, and put confidence grades and statuses into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from buuchinh import datasets
from buuchinh.law.law_register import Document, document, in_force, periods
from buuchinh.law.references import Reference, parse
from buuchinh.messages import say
from buuchinh.text import format_date

_ARTICLE = re.compile(r"\d+[a-zđ]?")


def cite(ref: str) -> str:
    """Return the citation as a lawyer would write it: ``Điều 29 khoản 3 Luật Bưu chính (49/2010/QH12)``.

    Raise ``KitError`` if the register does not contain the reference.
    """
    reference = parse(ref)
    known = periods(ref)[-1]
    source = _document_words(known.document)
    place = _place(reference, known.article, known.clause, known.point)
    words = f"{place} {source}" if place else source
    if reference.steps and not known.article and not known.parts:
        words = say("law.topic", document=source, topic=known.heading)
    if reference.on:
        words = say("law.text_of_day", citation=words, day=format_date(reference.on))
    return words


def cite_together(refs: Iterable[str], day: date) -> str:
    """Return the citations of ``refs`` on one line, grouped by document; each group ends with the document's name.

    Provisions that may or may not be in force on ``day`` (``in_force`` returns ``"unknown"``) form separate groups,
    which are marked as unverified.
    """
    places: dict[tuple[str, bool], list[str]] = {}
    for ref in refs:
        source = cite(parse(ref).document)
        unknown = in_force(ref, day) == "unknown"
        places.setdefault((source, unknown), []).append(cite(ref).removesuffix(f" {source}"))
    cites = [(f"{', '.join(named)} {source}", unknown) for (source, unknown), named in places.items()]
    return "; ".join(say("law.unverified", cite=words) if unknown else words for words, unknown in cites)


def confidence_words(grade: str) -> str:
    """Return what the confidence grade A, B or C means, in words; raise ``KeyError`` for any other grade."""
    labels = datasets.resources()["law/provisions"].field("confidence").labels or {}
    return labels[grade]


def status_words(document_id: str) -> str:
    """Return, in words, the status that the register records for a document."""
    known = document(document_id)
    return datasets.resources()["law/documents"].label("status", known.status)


def _place(reference: Reference, article: str, clause: str, point: str) -> str:
    if not article:
        return ""
    if not _ARTICLE.fullmatch(article):
        return ", ".join(filter(None, [article, clause, point]))
    words = [say("law.place.article", number=article)]
    if clause:
        words.append(say("law.place.clause", number=clause))
    if point:
        words.append(say("law.place.point", number=point))
    return " ".join(words)


def _document_words(known: Document) -> str:
    if not known.number or known.number in known.short_title:
        return known.short_title
    return f"{known.short_title} ({known.number})"

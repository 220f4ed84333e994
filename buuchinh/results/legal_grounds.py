"""Number the legal provisions and statistical sources cited on a feedback page, each once, with its validity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from buuchinh import course, law, statistics
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_date

_NUMBER = re.compile(r" \([^() ]*\d/[^()]*\)$")


@dataclass(frozen=True)
class Ground:
    """One legal provision or statistical source, as cited on a feedback page.

    ``number`` is 1-based. ``place`` is the provision's place within ``document``, or the whole citation. ``document``
    is "" for a statistical source. ``standing`` states a provision's period of validity and how certain it is.
    """

    number: int
    place: str
    document: str
    standing: str

    @property
    def words(self) -> str:
        """The citation with the document's name but without its official number, which the list of grounds shows."""
        return " ".join(filter(None, (self.place, _NUMBER.sub("", self.document))))


def refs(score: Mapping[str, Any]) -> list[str]:
    """Return the ids of a score's provisions, followed by the ids of its statistical sources, without duplicates."""
    return list(dict.fromkeys((*score["provisions"], *score["sources"])))


def numbered(scores: Iterable[Mapping[str, Any]]) -> dict[str, Ground]:
    """Map the reference ids cited in ``scores`` to grounds numbered from 1 in order of appearance."""
    grounds: dict[str, Ground] = {}
    for score in scores:
        of_law = set(score["provisions"])
        for ref in refs(score):
            if ref not in grounds:
                grounds[ref] = Ground(len(grounds) + 1, *(_provision if ref in of_law else _source)(course.root(), ref))
    return grounds


def by_document(cited: Iterable[Ground]) -> list[tuple[str, str, list[Ground]]]:
    """Group grounds as (document, standing, grounds); statistical sources, which have neither, come last."""
    found: dict[tuple[str, str], list[Ground]] = {}
    for one in cited:
        found.setdefault((one.document, one.standing), []).append(one)
    groups = sorted(found.items(), key=lambda group: not any(group[0]))
    return [(document, standing, grounds) for (document, standing), grounds in groups]


@lru_cache(maxsize=1024)
def _provision(_root: Path, ref: str) -> tuple[str, str, str]:
    """Return a provision's (place, document, standing), as in ``Ground``; cached, since a class cites the same ones.

    For an unknown provision, the document is ``ref`` and the rest is "".
    """
    try:
        known = law.provision(ref)
        words = law.cite(ref)
        document = law.cite(known.document.id)
        confidence = law.confidence_words(known.confidence) if known.confidence else ""
    except (KitError, KeyError):
        return "", ref, ""
    days = say("results.feedback.no_days")
    if known.from_ and known.to:
        days = say("results.feedback.from_to", start=format_date(known.from_), end=format_date(known.to))
    elif known.from_:
        days = say("results.feedback.from", start=format_date(known.from_))
    place, in_document, of_day = words.partition(document)  # after the document: the day of the cited text
    if not in_document or (of_day and "@" not in ref):
        place, document, of_day = words, "", ""
    return place.strip(), document + of_day, "; ".join(filter(None, (days, confidence)))


@lru_cache(maxsize=1024)
def _source(_root: Path, ref: str) -> tuple[str, str, str]:
    return statistics.cited(ref), "", ""

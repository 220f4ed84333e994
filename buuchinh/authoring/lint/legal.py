"""Find articles and fines in plain text and compare them with the provisions that an answer key or a lesson cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from buuchinh import datasets, law
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_number

_NUMBERS = r"\d+[a-zđ]?(?:(?:, | và | hoặc )\d+[a-zđ]?)*"
_PLACE = re.compile(
    rf"\b[Kk]hoản (?P<early>{_NUMBERS}),? [Đđ]iều (?P<own>\d+[a-zđ]?)(?!,? khoản)"
    rf"|\b[Đđ]iều (?P<articles>{_NUMBERS})(?:,? khoản (?P<clauses>{_NUMBERS}))?"
)
_UNITS = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_NUMBER = r"\d[\d.]*(?:,\d+)?"
_UNIT = "nghìn|ngàn|triệu|tỷ"
_AMOUNT = re.compile(rf"({_NUMBER})(?: ({_UNIT}))?(?: đồng)?(?:(?: ?[-–] ?| đến | tới )({_NUMBER}))? ?({_UNIT})? ?đồng")
_SHARES: dict[str, tuple[Decimal, ...]] = {
    "organisation": (Decimal(1), Decimal("0.5")),
    "individual": (Decimal(1), Decimal(2)),
    "": (Decimal(1),),
}
_FINE = re.compile(r"\bphạt\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class LegalPlace:
    """An article, or a clause of an article, named in plain text.

    ``documents`` are the ids of the documents to which the article may belong; it is empty if the text names no
    document.
    """

    article: str
    clause: str = ""
    documents: frozenset[str] = frozenset()

    def __str__(self) -> str:
        words = say("law.place.article", number=self.article)
        return f"{words} {say('law.place.clause', number=self.clause)}" if self.clause else words


def places(text: str) -> list[LegalPlace]:
    """Return the articles and clauses that ``text`` names, whichever of article and clause comes first.

    A place belongs to a document if the text names the document directly before or after it.
    """
    text = " ".join(text.split())
    named: list[LegalPlace] = []
    for match in _PLACE.finditer(text):
        articles = [match["own"]] if match["own"] else _each(match["articles"])
        clauses = match["early"] or (match["clauses"] if len(articles) == 1 else "")
        of = _documents_at(text, match.start(), match.end())
        named += [LegalPlace(article, clause, of) for article in articles for clause in _each(clauses or "") or [""]]
    return list(dict.fromkeys(named))


def rests_on(place: LegalPlace, refs: Iterable[str]) -> bool:
    """Whether one of ``refs`` is ``place``, lies within it, or is the article or document that contains it."""
    for ref in refs:
        try:
            reference = law.parse(ref)
        except KitError:
            continue
        steps = reference.steps
        if place.documents and reference.document not in place.documents:
            continue
        if not steps:
            if _has_article(reference.document, place.article):
                return True
        elif steps[0] == place.article.replace("đ", "dd") and (
            not place.clause or len(steps) == 1 or steps[1].split("-")[0] == place.clause
        ):
            return True
    return False


def strange_fines(text: str, known: Iterable[law.Provision]) -> list[str]:
    """Return, formatted, the amounts in VND that sentences on fines name but no provision in ``known`` gives.

    Allowed amounts are those of the provisions, half of an amount for organisations (the fine for an individual), and
    twice an amount for individuals (the fine for an organisation).
    """
    allowed = {
        Decimal(amount) * share
        for provision in known
        for amount in (provision.amount_min, provision.amount_max)
        if amount is not None
        for share in _SHARES[provision.amount_for]
    }
    named = [amount for sentence in _SENTENCE.split(text) if _FINE.search(sentence) for amount in amounts(sentence)]
    return [format_number(float(amount)) for amount in dict.fromkeys(named) if amount not in allowed]


def amounts(text: str) -> Iterator[Decimal]:
    """Yield the amounts of money that ``text`` names, in VND; ``10–20 triệu đồng`` gives two."""
    for match in _AMOUNT.finditer(text):
        first, own, second, unit = match.groups()
        yield _value(first) * _UNITS.get(own or unit or "", 1)
        if second:
            yield _value(second) * _UNITS.get(unit or "", 1)


def _documents_at(text: str, start: int, end: int) -> frozenset[str]:
    behind, in_front, ids = datasets.made_of(_titles, "law/documents")
    after = behind.match(text[end : end + 120])
    before = in_front.search(text[max(0, start - 120) : start])
    named = after or before
    return ids[named[1]] if named else frozenset()


def _titles() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, frozenset[str]]]:
    """Return ``(after, before, ids)``, with which to find the document that a legal place belongs to.

    The pattern ``after`` matches a document named after the place, and ``before`` one named before it; ``ids`` gives
    the ids of the documents that each name may mean.
    """
    ids: dict[str, set[str]] = {}
    for document in law.all_documents().values():
        plain = re.sub(r" \(\d{4}\)$", "", document.short_title)
        by_number = f"{plain.partition(' ')[0]} {document.number}" if "/" in document.number else ""
        for called in {document.short_title, plain, by_number} - {""}:
            ids.setdefault(called, set()).add(document.id)
    names = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    return (
        re.compile(rf"(?:,? điểm [a-zđ]\b)?,? (?:của )?({names})"),
        re.compile(rf"({names}),? $"),
        {called: frozenset(documents) for called, documents in ids.items()},
    )


def _each(numbers: str) -> list[str]:
    return re.findall(r"\d+[a-zđ]?", numbers)


def _has_article(document: str, article: str) -> bool:
    start = f"{document}/{article.replace('đ', 'dd')}"
    return any(ref == start or ref.startswith((f"{start}.", f"{start}-")) for ref in law.all_provisions())


def _value(digits: str) -> Decimal:
    return Decimal(digits.rstrip(".").replace(".", "").replace(",", "."))

"""The printed legal annex: what lessons and questions cite, as it read on the report's day and at the last review.

``docs/phu-luc-phap-ly.html`` is derived: self-contained, the same on any day, to be printed from any browser.
What only an exam asks about is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from buuchinh import course, law, pages
from buuchinh.authoring.foundations import foundations
from buuchinh.authoring.uses import question_files, uses
from buuchinh.law import provision_text
from buuchinh.messages import say, section
from buuchinh.text import format_date

PAGE = "docs/phu-luc-phap-ly.html"
_TEMPLATE = Path(__file__).with_name("annex.html.j2")


@dataclass(frozen=True)
class Wording:
    """How a provision reads in one period."""

    heading: str
    words: str
    amount: str
    days: str
    confidence: str
    certain: bool
    note: str
    """What is not known of this wording, or how it was read."""
    when: str
    """On which of the two days it reads so, in words; "" for both."""
    seen: bool
    """Whether the text itself was read."""


@dataclass(frozen=True)
class Entry:
    """One provision: where it stands, how it reads, whether it held on each of the two days."""

    ref: str
    place: str
    then: str
    now: str
    wordings: tuple[Wording, ...]

    @property
    def differs(self) -> bool:
        """Whether the two days are not alike."""
        return self.then != self.now or len(self.wordings) > 1

    @property
    def change(self) -> str:
        """What is not alike: whether it held, else that the words (and the amount or term) are others."""
        if self.then != self.now:
            return f"{self.then} → {self.now}"
        amounts = [one.amount for one in self.wordings]
        if len(amounts) == 2 and all(amounts) and amounts[0] != amounts[1]:
            return say("authoring.annex.other_amount", then=amounts[0], now=amounts[1])
        return say(
            "authoring.annex.other_words" if all(one.seen for one in self.wordings) else "authoring.annex.unseen"
        )


@dataclass(frozen=True)
class CitedDocument:
    """One document with what is cited of it."""

    known: law.Document
    title: str
    days: str
    then: str
    now: str
    confidence: str
    certain: bool
    heirs: str
    state: str
    """The state as the register tells it, where that is more than "in force"."""
    entries: tuple[Entry, ...]

    @property
    def differs(self) -> bool:
        """Whether the document or anything cited of it is not alike on the two days."""
        return self.then != self.now or any(entry.differs for entry in self.entries)


def cited_documents(then: date, now: date) -> list[CitedDocument]:
    """Return what the course cites, by document in the order of the register, compared between two days.

    Of a document that is cited every provision with more than one wording is there.

    Raises ``KitError`` where a file cannot be read or cites what there is not.
    """
    cited: dict[str, set[str]] = {}
    for ref in _cited(now):
        cited.setdefault(law.parse(ref).document, set()).add(law.parse(ref).id)
    for ref, periods in law.all_provisions().items():
        if len(periods) > 1 and law.parse(ref).document in cited:
            cited[law.parse(ref).document].add(ref)  # what changed in a law that is cited is told whole
    known = law.all_documents()
    return [_cited_document(known[name], sorted(cited[name], key=_order), then, now) for name in known if name in cited]


@dataclass(frozen=True)
class Doubt:
    """A document of the register of which something is not verified: what stands of it, and how it was read."""

    id: str
    title: str
    state: str
    confidence: str


_OPEN = ("unknown", "presumed_replaced", "draft")


def doubts() -> list[Doubt]:
    """Return every document of the register whose force is open or that was read at second hand, cited or not."""
    return [
        Doubt(known.id, law.cite(known.id), law.status_words(known.id), law.confidence_words(known.confidence))
        for known in law.all_documents().values()
        if known.status in _OPEN or known.confidence != "A"
    ]


def page() -> str:
    """Return the annex as HTML, between the day of the report and the day of the last review."""
    settings = course.settings()
    then, now = settings.report_date, settings.reviewed_on
    documents = cited_documents(then, now)
    return (
        pages.template(_TEMPLATE).render(
            words=section("authoring.annex"),
            course=settings.title,
            version=settings.version,
            then=format_date(then),
            now=format_date(now),
            documents=documents,
            doubts=doubts(),
            differing=[document for document in documents if document.differs],
        )
        + "\n"
    )


def _cited(day: date) -> list[str]:
    """Return what lessons, charts and the glossary cite, and every key of every open question, whatever its days."""
    places = {"lesson", "chart", "glossary"}
    refs = [use.ref for use in uses(day) if use.basis == "law" and use.where in places]
    closed = set(course.pool_paths())
    for path, file in question_files():
        if path not in closed:
            refs += [ref for found in foundations(path, file) for ref in found.key.provisions]
    return refs


def _order(ref: str) -> tuple[tuple[int, str], ...]:
    """Sort articles, clauses and points as a law counts them: 9 before 12, đ after d."""
    return tuple((int("".join(filter(str.isdigit, step)) or 0), step) for step in law.parse(ref).steps)


def _cited_document(known: law.Document, refs: list[str], then: date, now: date) -> CitedDocument:
    whole = law.periods(known.id)[0]
    if known.status in {"partly_lapsed", "presumed_replaced"}:  # the end of a part, or not certain: the state tells
        whole = replace(whole, to=None)
    return CitedDocument(
        known=known,
        title=law.cite(known.id),
        days=provision_text.days(whole),
        then=provision_text.force_words(known.id, then),
        now=provision_text.force_words(known.id, now),
        confidence=law.confidence_words(known.confidence),
        certain=known.confidence == "A",
        heirs=", ".join(law.cite(one) for one in known.replaced_by),
        state="" if known.status == "in_force" else known.status_note.rstrip("."),
        entries=tuple(_entry(ref, known, then, now) for ref in refs if law.parse(ref).steps),
    )


def _entry(ref: str, known: law.Document, then: date, now: date) -> Entry:
    document = law.cite(known.id)
    readings = {day: _reading(ref, day) for day in (then, now)}
    if readings[then] == readings[now]:
        wordings = [(readings[now], "")]
    else:
        days = {then: say("authoring.annex.on_then"), now: say("authoring.annex.on_now")}
        wordings = [(found, days[day]) for day, found in readings.items() if found]
    shown = [_wording(found, when) for found, when in wordings if found] or [_wording(law.periods(ref)[-1], "")]
    return Entry(
        ref=ref,
        place=law.cite(ref).removesuffix(document).strip() or document,
        then=provision_text.force_words(ref, then),
        now=provision_text.force_words(ref, now),
        wordings=tuple(shown),
    )


def _reading(ref: str, day: date) -> law.Provision | None:
    """Return the text that held on a day, None where none did."""
    found = [one for one in law.periods(f"{ref}@{day.isoformat()}") if one.covers(day)]
    return found[-1] if found else None


def _wording(found: law.Provision, when: str) -> Wording:
    return Wording(
        heading=found.heading,
        words=provision_text.words(found),
        amount=found.amount or "",
        days=provision_text.days(found),
        confidence=law.confidence_words(found.confidence),
        certain=found.confidence == "A",
        note=found.note,
        when=when,
        seen=bool(found.quote) or found.confidence == "A",
    )

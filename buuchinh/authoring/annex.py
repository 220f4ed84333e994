"""Generate the printable legal annex: the provisions that the course cites, as they stood on two different days.

The two days are that of the 2023 news report from which the course starts (``report_date``) and that of the authors'
last legal review (``reviewed_on``). The annex, ``docs/phu-luc-phap-ly.html``, is a self-contained file that any browser
can print. It does not depend on the day on which it is generated. Provisions that only an exam asks about are left out.
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
    """The wording of a provision in one of its periods of validity."""

    heading: str
    words: str
    amount: str
    days: str
    confidence: str
    certain: bool
    note: str
    """A remark on this wording: what is unknown about it, or how it was verified."""
    when: str
    """A phrase that names the day on which this wording holds, or "" if it holds on both days."""
    seen: bool
    """Whether the authors have read the wording itself and not only an account of it."""


@dataclass(frozen=True)
class Entry:
    """A cited provision: its place in the document, its wordings, and whether it is in force on each of two days."""

    ref: str
    place: str
    then: str
    now: str
    wordings: tuple[Wording, ...]

    @property
    def differs(self) -> bool:
        """Whether the provision's force or wording differs between the two days."""
        return self.then != self.now or len(self.wordings) > 1

    @property
    def change(self) -> str:
        """A description of what changed: the provision's force, or else its amount or term, or else its wording."""
        if self.then != self.now:
            return f"{self.then} → {self.now}"
        amounts = [wording.amount for wording in self.wordings]
        if len(amounts) == 2 and all(amounts) and amounts[0] != amounts[1]:
            return say("authoring.annex.other_amount", then=amounts[0], now=amounts[1])
        return say(
            "authoring.annex.other_words"
            if all(wording.seen for wording in self.wordings)
            else "authoring.annex.unseen"
        )


@dataclass(frozen=True)
class CitedDocument:
    """A document together with those of its provisions that the course cites."""

    known: law.Document
    title: str
    days: str
    then: str
    now: str
    confidence: str
    certain: bool
    heirs: str
    state: str
    """The register's note on the document's state, or "" if the document is simply in force."""
    entries: tuple[Entry, ...]

    @property
    def differs(self) -> bool:
        """Whether the document, or one of its provisions listed here, differs between the two days."""
        return self.then != self.now or any(entry.differs for entry in self.entries)


def cited_documents(then: date, now: date) -> list[CitedDocument]:
    """Return the documents that the course cites, in the register's order, with their state on both days.

    Every provision of a cited document that has more than one wording is included, even if the course does not cite the
    provision itself. Raise ``KitError`` if a file cannot be read or cites a provision that does not exist.
    """
    cited: dict[str, set[str]] = {}
    for ref in _cited(now):
        cited.setdefault(law.parse(ref).document, set()).add(law.parse(ref).id)
    for ref, periods in law.all_provisions().items():
        if len(periods) > 1 and law.parse(ref).document in cited:
            cited[law.parse(ref).document].add(ref)  # every change of a cited law is shown
    known = law.all_documents()
    return [_cited_document(known[name], sorted(cited[name], key=_order), then, now) for name in known if name in cited]


@dataclass(frozen=True)
class Doubt:
    """A document in the register that is not fully verified, with its state and the confidence in its wording."""

    id: str
    title: str
    state: str
    confidence: str


_OPEN = ("unknown", "presumed_replaced", "draft")


def doubts() -> list[Doubt]:
    """Return every document in the register whose force is uncertain or whose wording was not read first-hand.

    Documents that the course does not cite are included.
    """
    return [
        Doubt(known.id, law.cite(known.id), law.status_words(known.id), law.confidence_words(known.confidence))
        for known in law.all_documents().values()
        if known.status in _OPEN or known.confidence != "A"
    ]


def page() -> str:
    """Return the annex as HTML, comparing the day of the 2023 report with the day of the last legal review."""
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
    """Return the provisions cited by lessons, charts, the glossary and the answer keys of non-confidential questions.

    Answer keys whose period of validity has ended are included.
    """
    places = {"lesson", "chart", "glossary"}
    refs = [use.ref for use in uses(day) if use.basis == "law" and use.where in places]
    closed = set(course.pool_paths())
    for path, file in question_files():
        if path not in closed:
            refs += [ref for foundation in foundations(path, file) for ref in foundation.key.provisions]
    return refs


def _order(ref: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts provisions in the document's order: 9 before 12, and đ after d."""
    return tuple((int("".join(filter(str.isdigit, step)) or 0), step) for step in law.parse(ref).steps)


def _cited_document(known: law.Document, refs: list[str], then: date, now: date) -> CitedDocument:
    whole = law.periods(known.id)[0]
    if known.status in {
        "partly_lapsed",
        "presumed_replaced",
    }:  # the end is uncertain or concerns only a part: ``state`` explains
        whole = replace(whole, to=None)
    return CitedDocument(
        known=known,
        title=law.cite(known.id),
        days=provision_text.days(whole),
        then=provision_text.force_words(known.id, then),
        now=provision_text.force_words(known.id, now),
        confidence=law.confidence_words(known.confidence),
        certain=known.confidence == "A",
        heirs=", ".join(law.cite(successor) for successor in known.replaced_by),
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
        wordings = [(provision, days[day]) for day, provision in readings.items() if provision]
    shown = [_wording(provision, when) for provision, when in wordings if provision] or [
        _wording(law.periods(ref)[-1], "")
    ]
    return Entry(
        ref=ref,
        place=law.cite(ref).removesuffix(document).strip() or document,
        then=provision_text.force_words(ref, then),
        now=provision_text.force_words(ref, now),
        wordings=tuple(shown),
    )


def _reading(ref: str, day: date) -> law.Provision | None:
    """Return the provision's wording in force on ``day``, or None if it had none."""
    periods = [period for period in law.periods(f"{ref}@{day.isoformat()}") if period.covers(day)]
    return periods[-1] if periods else None


def _wording(provision: law.Provision, when: str) -> Wording:
    return Wording(
        heading=provision.heading,
        words=provision_text.words(provision),
        amount=provision.amount or "",
        days=provision_text.days(provision),
        confidence=law.confidence_words(provision.confidence),
        certain=provision.confidence == "A",
        note=provision.note,
        when=when,
        seen=bool(provision.quote) or provision.confidence == "A",
    )

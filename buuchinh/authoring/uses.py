"""Citations of laws, figures and organisations in the course, which ``audit`` judges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from buuchinh import course, datasets, law
from buuchinh.authoring import unlinked_documents as named_documents
from buuchinh.authoring.foundations import foundations, keyed, place_of
from buuchinh.authoring.mentions import cells, mentions
from buuchinh.campaign import sheet_texts as campaign
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile
from buuchinh.yaml_lines import line_of

Where = Literal["question", "lesson", "notice", "feedback", "text", "chart", "glossary", "report"]
"""A question or lesson rests on what it cites; ``feedback``, ``text`` and ``chart`` only name a document or show it.
A ``notice`` is a page for instructors, a sheet to print, a text on a drawn parcel or on goods at a counter, a text of
the campaign."""
Basis = Literal["law", "figure", "body", "number", "none"]


@dataclass(frozen=True)
class Use:
    """One place that rests on ``ref``. ``day`` is the day on which the basis must hold.

    ``dated`` says that the author fixed that day (``ref@day`` or ``as_of``): the place speaks of history, and later
    changes do not affect it. ``name`` is the name of the place for people.
    """

    where: Where
    name: str
    path: str
    line: int
    basis: Basis
    ref: str
    day: date
    dated: bool = False


@dataclass(frozen=True)
class KeyEnd:
    """A question without a key on a day, or with a key that ends soon and has no successor."""

    name: str
    path: str
    line: int
    end: date | None


def uses(day: date) -> list[Use]:
    """Return every use of a basis on ``day``: in questions, notebooks, tables, notices, the 2023 report."""
    places: list[Use] = []
    for path, file in question_files():
        places += _questions(path, file, day)
    for path in notebooks():
        places += _notebook(path, day)
    for path, named in named_documents.drawings():
        shown = question_bank.shown(path)
        places += [Use("chart", shown, shown, 0, "law", ref, day) for ref in named]
    return [
        *places,
        *_glossary(day),
        *_report(day),
        *_emergency(day),
        *_acts(day),
        *_drills(day),
        *_goods(day),
        *_campaign(day),
    ]


def key_ends(day: date, within: timedelta) -> list[KeyEnd]:
    """Return the questions that have no key on ``day`` or will have none within that time."""
    ends = []
    for path, file in question_files():
        places = {foundation.name: foundation for foundation in foundations(path, file)}
        for question in file.questions:
            for name, part, _ in keyed(question):
                key = part.key_on(question.as_of or day)
                soon = key and not question.as_of and key.to and key.to <= day + within
                if key is None:
                    ends.append(KeyEnd(name, places[name].path, places[name].line, None))
                elif soon and key.to and part.key_on(key.to) is None:
                    ends.append(KeyEnd(name, places[name].path, places[name].line, key.to))
    return ends


def question_files() -> list[tuple[Path, QuestionFile]]:
    """Return every authored file with its questions, practice first; raise ``KitError`` for an invalid file."""
    graded, quiz = course.source_question_paths(), campaign.quiz_path()
    practice = [*question_bank.practice_files(), *([quiz] if quiz else [])]
    return [(path, question_bank.load(path)) for path in [*practice, *graded, *course.pool_paths()]]


def notebooks() -> list[Path]:
    """Return the lessons and the exercises' source notebooks."""
    root = course.root()
    return [*sorted((root / course.LESSONS).glob("*.ipynb")), *sorted((root / course.SOURCE).glob("*/*.ipynb"))]


def notices() -> list[Path]:
    """Return the pages beside lessons: instructors' pages and the sheets to hang up."""
    root = course.root()
    docs = [
        root / "docs" / "campaign.md",
        root / "docs" / "instructor.md",
        *sorted((root / "docs" / "instructor").glob("*.md")),
    ]
    return [path for path in (*docs, *sorted((root / course.LESSONS / "phu-luc").glob("*.html"))) if path.is_file()]


def _questions(path: Path, file: QuestionFile, today: date) -> Iterator[Use]:
    for foundation in foundations(path, file):
        day = foundation.as_of or today
        if not foundation.key.holds(day):
            continue
        dated = foundation.as_of is not None
        for ref in foundation.key.provisions:
            on = law.parse(ref).on
            line = foundation.lines.get(ref) or foundation.line
            yield Use(
                "question", foundation.name, foundation.path, line, "law", ref, on or day, dated or on is not None
            )
        for name in foundation.key.sources:
            line = foundation.lines.get(name) or foundation.line
            yield Use("question", foundation.name, foundation.path, line, "figure", name, day, dated)
        for ref in named_documents.in_feedback(foundation.key):
            yield Use("feedback", foundation.name, foundation.path, foundation.line, "law", ref, day, dated)


def _notebook(path: Path, today: date) -> Iterator[Use]:
    shown = question_bank.shown(path)
    for cell in cells(path):
        charted = {mention.name for mention in mentions(cell) if mention.kind == "chart"}
        for ref in named_documents.in_cell(cell):
            yield Use("text", cell.place(1), shown, 0, "law", ref, today)
        for mention in mentions(cell):
            if mention.kind in {"law", "chart"}:
                on = law.parse(mention.name).on
                where: Where = "chart" if mention.name in charted else "lesson"
                yield Use(where, mention.place, shown, 0, "law", mention.name, on or today, on is not None)
            elif mention.kind == "figure":
                yield Use("lesson", mention.place, shown, 0, "figure", mention.name, today)


def _emergency(today: date) -> Iterator[Use]:
    """Yield every place with an emergency number to call, since a number out of service costs minutes."""
    for path, file in question_files():
        for question in file.questions:
            for number in law.named_in("\n".join(named_documents.texts(question.model_dump(mode="json")))):
                line = line_of(question_bank.written(path), place_of(question_bank.written(path), question))
                yield Use("question", question.id, question_bank.shown(path), line, "number", number, today)
    for path in notebooks():
        for cell in cells(path):
            for number in law.named_in(cell.text):
                yield Use("lesson", cell.place(1), question_bank.shown(path), 0, "number", number, today)
    for path in notices():
        shown = question_bank.shown(path)
        for line, text in enumerate(read_text(path, shown).splitlines(), 1):
            for number in law.named_in(text):
                yield Use("notice", shown, shown, line, "number", number, today)


def _acts(today: date) -> Iterator[Use]:
    """Yield the provisions behind the sentences for an emergency, and the numbers to call in them."""
    table = datasets.read("law/emergency-acts")
    for row in table.rows:
        place = (row["id"], table.resource.shown_path, row.line)
        yield from (Use("notice", *place, "law", ref, today) for ref in row["provisions"] or ())
        yield from (Use("notice", *place, "number", number, today) for number in law.named_in(row["text"]))


def _glossary(today: date) -> Iterator[Use]:
    table = datasets.read("glossary")
    for row in table.rows:
        if row["provision"]:
            shown = table.resource.shown_path
            yield Use("glossary", row["term"], shown, row.line, "law", row["provision"], today)


def _drills(today: date) -> Iterator[Use]:
    """Yield the provisions behind the signs of drawn parcels, and the numbers to call."""
    table = datasets.read("drills/signs")
    for row in table.rows:
        place = (row["name"], table.resource.shown_path, row.line)
        yield from (Use("notice", *place, "law", ref, today) for ref in row["provisions"])
        yield from (Use("notice", *place, "number", number, today) for number in law.named_in(row["do"]))


def _goods(today: date) -> Iterator[Use]:
    """Yield the provisions behind the answers at a counter, and the numbers to call in them."""
    table = datasets.read("goods/catalogue")
    for row in table.rows:
        place = (row["name"], table.resource.shown_path, row.line)
        yield from (Use("notice", *place, "law", ref, today) for ref in row["provisions"] or ())
        yield from (Use("notice", *place, "number", number, today) for number in law.named_in(row["note"] or ""))


def _campaign(today: date) -> Iterator[Use]:
    """Yield the provisions of the campaign's sheets, the documents that they name, and the numbers to call."""
    for written in campaign.sheets():
        for said in written.texts():
            place = (f"{said.path}:{said.line}", said.path, said.line)
            for ref in said.provisions:
                on = law.parse(ref).on
                yield Use("notice", *place, "law", ref, on or today, on is not None)
            yield from (Use("text", *place, "law", ref, today) for ref in named_documents.documents_in(said.text))
            yield from (Use("notice", *place, "number", number, today) for number in law.named_in(said.text))


def _report(today: date) -> Iterator[Use]:
    table = datasets.read("law/report-names")
    for row in table.rows:
        ref = row["document"] or row["body"] or ""
        basis: Basis = "law" if row["document"] else "body" if row["body"] else "none"
        name = say("authoring.audit.report_name", words=row["as_printed"], locator=row["locator"])
        yield Use("report", name, table.resource.shown_path, row.line, basis, ref, today)

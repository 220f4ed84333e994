"""Find the places in the course that cite laws, figures, organisations or emergency numbers, for ``audit``."""

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
"""The kind of place that has a citation.

A question or lesson rests on its citations; ``feedback``, ``text`` and ``chart`` only name or show a document. A
``notice`` is a page for instructors, a sheet to print, text of the campaign, or an entry in the tables of signs on
drawn parcels, goods at the counter and emergency instructions.
"""
Basis = Literal["law", "figure", "body", "number", "none"]


@dataclass(frozen=True)
class Use:
    """One place that cites ``ref``, which must be in force on ``day``.

    ``dated`` says that the author fixed that day (``ref@day`` or ``as_of``): the place is about past law, and later
    changes do not affect it. ``name`` is the readable name of the place.
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
    """A question with no answer key on a given day, or with a key that ends soon and has no successor.

    ``end`` is the day on which the key ends, or None if there is no key on the given day.
    """

    name: str
    path: str
    line: int
    end: date | None


def uses(day: date) -> list[Use]:
    """Return every citation, as of ``day``, in questions, notebooks, drawings, tables, notices and the 2023 report."""
    places: list[Use] = []
    for path, file in question_files():
        places += _questions(path, file, day)
    for path in notebooks():
        places += _notebook(path, day)
    for path, words in named_documents.drawings():
        shown = question_bank.shown(path)
        places += [Use("chart", shown, shown, 0, "law", ref, day) for ref in named_documents.documents_in(words)]
        places += [Use("notice", shown, shown, 0, "number", number, day) for number in law.named_in(words)]
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
    """Return the questions that have no answer key on ``day``, or soon will not.

    Soon means that the key ends no later than ``within`` after ``day`` and that no other key takes its place.
    """
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
    """Return each authored question file with its questions, practice first; raise ``KitError`` if one is invalid."""
    graded, quiz = course.source_question_paths(), campaign.quiz_path()
    practice = [*question_bank.practice_files(), *([quiz] if quiz else [])]
    return [(path, question_bank.load(path)) for path in [*practice, *graded, *course.pool_paths()]]


def notebooks() -> list[Path]:
    """Return the paths of the lessons and of the exercises' source notebooks."""
    root = course.root()
    return [*sorted((root / course.LESSONS).glob("*.ipynb")), *sorted((root / course.SOURCE).glob("*/*.ipynb"))]


def notices() -> list[Path]:
    """Return the paths of the instructors' pages and of the printable sheets."""
    root = course.root()
    docs = [
        root / "docs" / "campaign.md",
        root / "docs" / "commands.md",
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
    """Yield every place that names an emergency number, since calling one that is out of service costs minutes."""
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
    """Yield the provisions that the emergency instructions cite, and the emergency numbers that they name."""
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
    """Yield the provisions cited for the signs on drawn parcels, and the emergency numbers in the advice on them."""
    table = datasets.read("drills/signs")
    for row in table.rows:
        place = (row["name"], table.resource.shown_path, row.line)
        yield from (Use("notice", *place, "law", ref, today) for ref in row["provisions"])
        yield from (Use("notice", *place, "number", number, today) for number in law.named_in(row["do"]))


def _goods(today: date) -> Iterator[Use]:
    """Yield the provisions cited for the answers at the counter, and the emergency numbers in their notes."""
    table = datasets.read("goods/catalogue")
    for row in table.rows:
        place = (row["name"], table.resource.shown_path, row.line)
        yield from (Use("notice", *place, "law", ref, today) for ref in row["provisions"] or ())
        yield from (Use("notice", *place, "number", number, today) for number in law.named_in(row["note"] or ""))


def _campaign(today: date) -> Iterator[Use]:
    """Yield the provisions cited by the campaign's sheets, and the documents and emergency numbers that they name."""
    for written in campaign.sheets():
        for text in written.texts():
            place = (f"{text.path}:{text.line}", text.path, text.line)
            for ref in text.provisions:
                on = law.parse(ref).on
                yield Use("notice", *place, "law", ref, on or today, on is not None)
            yield from (Use("text", *place, "law", ref, today) for ref in named_documents.documents_in(text.text))
            yield from (Use("notice", *place, "number", number, today) for number in law.named_in(text.text))


def _report(today: date) -> Iterator[Use]:
    table = datasets.read("law/report-names")
    for row in table.rows:
        ref = row["document"] or row["body"] or ""
        basis: Basis = "law" if row["document"] else "body" if row["body"] else "none"
        name = say("authoring.audit.report_name", words=row["as_printed"], locator=row["locator"])
        yield Use("report", name, table.resource.shown_path, row.line, basis, ref, today)

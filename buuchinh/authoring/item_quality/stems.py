"""Find stems that reveal too much: words shared with the right option, quoted rules, and legal numbers and amounts.

People who have not taken the course should not be able to find the right option by matching words, or to read the
deciding rule in the stem. Counter staff do not need article numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from buuchinh import course, datasets
from buuchinh.authoring import taught
from buuchinh.authoring.item_quality.choices import Group, SingleChoice, live
from buuchinh.authoring.mentions import cells
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.likeness import words
from buuchinh.text import fold

RUN = 8
"""Number of consecutive identical syllables that count as a quotation."""
OF_LAW = re.compile(
    r"\bngày \d{1,2} tháng \d+|\bnăm (?:19|20)\d\d\b|\b(?:điều|nghị định|thông tư|luật)(?: số)? \d[\w/-]*"
    r"|\d[\d.,]* ?(?:%|phần trăm|đồng\b|triệu\b|nghìn\b|ngàn\b|tỷ\b)|\b(?:triệu|nghìn|ngàn|tỷ) đồng\b",
    re.IGNORECASE,
)
"""Matches dates in words, years, numbered articles and documents, percentages and amounts of money."""
DAY = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])[-/](?:0?[1-9]|1[0-2])\b(?! ?(?:giờ|h\b))", re.IGNORECASE)
"""Matches a day and month in digits, which is allowed if trainees must type an answer, such as a date on a form."""
_MARKED = re.compile(r"[⚖✋]\ufe0f?\s*(.+?)(?=[.!?…](?:\s|$)|[⚖✋📋]|\n|$)")
_PLAIN = re.compile(r"\]\([^)]*\)|[*_`\[]")
_WORD = re.compile(r"\w+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class StemFinding:
    """A question whose wording should be changed: its id, the kind of finding and the words.

    ``quoted``: the stem repeats a run of words taught elsewhere. ``of_law``: a question for staff asks for an article
    or a day.
    """

    id: str
    kind: str
    words: str


def most_shared(item: SingleChoice, better: Callable[[list[float]], float] = max) -> float:
    """Return the share of a point earned by choosing the option with the most words from the stem.

    An option's matching words are counted as a share of all its words; options with equal shares divide the point. With
    ``min`` as ``better``, the option with the fewest words from the stem is chosen.
    """
    stem = words(item.stem)
    shared = [len(stem & own) / max(1, len(own)) for own in map(words, item.options)]
    liked = [place for place, value in enumerate(shared) if value == better(shared)]
    return (item.right in liked) / len(liked)


def quotations(group: Group) -> Iterator[StemFinding]:
    """Yield each question whose stem repeats ``RUN`` syllables of a provision or of a rule marked in a lesson."""
    names = _names()
    known = _runs_of_rules(names)
    for question in _once(group):
        for text in _stems(question):
            run = next((run for run in _runs(text, names) if run in known), None)
            if run:
                yield StemFinding(question.id, "quoted", " ".join(run))


def legal_details() -> Iterator[StemFinding]:
    """Yield each graded question for counter staff that names an amount, a date, or an article or document number."""
    for item in taught.graded_items():
        if "staff" in item.groups:
            written = any(types.type_of(part).typed for part, _ in types.parts(item.question))
            text = "\n".join((*_stems(item.question), *_offered(item.question)))
            if match := OF_LAW.search(text) or (None if written else DAY.search(text)):
                yield StemFinding(item.question.id, "of_law", match[0])


def _once(group: Group) -> Iterator[AuthoredQuestion]:
    """Yield each question of ``group``, but only the first of several variants with the same stem."""
    seen = set()
    for question in live(group):
        mark = (asked_as(question), question.stem)
        if mark not in seen:
            seen.add(mark)
            yield question


def _stems(question: AuthoredQuestion) -> list[str]:
    return list(dict.fromkeys((question.stem, *(part.stem for part, _ in types.parts(question)))))


def _offered(question: AuthoredQuestion) -> Iterator[str]:
    for part, _ in types.parts(question):
        for key in getattr(part, "keys", ()):
            for offer in types.type_of(part).offers(part, key):
                yield from (text for _, text in offer.options)
        yield from (entry.text for name in ("items", "left", "right") for entry in getattr(part, name, ()))


def _runs_of_rules(names: re.Pattern[str]) -> set[Run]:
    quotes = [row["quote"] or "" for row in datasets.read("law/provisions").rows]
    taught_so = [
        match[1]
        for lesson in course.lessons()
        for cell in cells(lesson)
        if cell.kind == "markdown"
        for match in _MARKED.finditer(_PLAIN.sub("", cell.text))
    ]
    return {run for text in (*quotes, *taught_so) for run in _runs(text, names)}


def _runs(text: str, names: re.Pattern[str]) -> Iterator[Run]:
    """Yield every run of ``RUN`` consecutive words in ``text``.

    Runs do not extend across names of documents and organisations, because authors cannot reword these names.
    """
    for piece in names.split(fold(text, marks=True)):
        in_order = _WORD.findall(piece)
        yield from (tuple(in_order[start : start + RUN]) for start in range(len(in_order) - RUN + 1))


def _names() -> re.Pattern[str]:
    """Return a pattern that matches the names of documents and organisations, preferring longer names."""
    names = {
        fold(row[field] or "", marks=True)
        for table, fields in (("law/documents", ("title", "short_title")), ("organisation/bodies", ("name",)))
        for row in datasets.read(table).rows
        for field in fields
    }
    return re.compile("|".join(map(re.escape, sorted(names - {""}, key=lambda name: (-len(name), name)))))


def share_of_most(items: Sequence[SingleChoice], better: Callable[[list[float]], float] = max) -> float:
    """Return the points earned on ``items``, one each, by always choosing the option with the most words from the stem.

    See ``most_shared`` for ``better``.
    """
    return sum(most_shared(item, better) for item in items)

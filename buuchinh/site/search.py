"""Build the search index, which has the titles and addresses of pages, lessons, terms and law.

The index includes the questions of lessons, but of graded units only the titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from buuchinh import datasets, law, routes
from buuchinh.learner.data.types import Page, UnitPage
from buuchinh.messages import say
from buuchinh.site import reference_pages

_LONGEST = 110

Row = list[str | None]
"""An address (None if there is no page to link to) and a title, optionally followed by a note and more search terms."""


def page(
    lessons: Sequence[UnitPage],
    others: Sequence[Page | UnitPage],
    sheets: Sequence[UnitPage] = (),
    *,
    quiz: bool = False,
) -> dict[str, Any]:
    """Return the search index of ``lessons`` and ``others``; standalone pages are left out.

    ``sheets`` are the exercises, tests and exams, found by their titles alone; ``quiz`` adds the quiz for customers.
    """
    titles = [(one["id"], one["title"]) for one in others if "title" in one and one["kind"] != "alone"]
    titles += reference_pages.titles()
    asked = [[one["id"], one["title"]] for one in sheets]
    if quiz:
        asked.append([routes.QUICK_QUIZ, say("site.frontend.quick_title"), "", say("site.quick_also")])
    groups = {
        "pages": [*([at, title] for at, title in titles), *asked],
        "lessons": [row for lesson in lessons for row in _of_lesson(lesson)],
        "terms": list(_terms()),
        "law": list(_law()),
    }
    return {"id": routes.SEARCH_INDEX, "kind": "search", "groups": groups}


def _of_lesson(lesson: UnitPage) -> Iterator[Row]:
    yield [lesson["id"], lesson["title"]]
    for number, screen in enumerate(lesson["screens"], 1):
        at = f"{lesson['id']}/{number}"
        if number > 1:
            yield [at, screen["title"], lesson["title"]]
        for part in screen["parts"]:
            if "ask" in part:
                yield [f"{at}/{part['ask']}", _short(lesson["questions"][part["ask"]][0]["stem"]), lesson["title"]]


def _terms() -> Iterator[Row]:
    for row in datasets.read("glossary").rows:
        at = _address(row["provision"]) if row["provision"] else None
        yield [at, row["term"], ". ".join(filter(None, (row["full_form"], row["meaning"])))]


def _law() -> Iterator[Row]:
    for known in law.all_documents().values():
        yield [_address(known.id), law.cite(known.id), known.title if known.title != law.cite(known.id) else ""]
    for ref, periods in law.all_provisions().items():
        yield [_address(ref), law.cite(ref), periods[-1].heading]


def _address(ref: str) -> str:
    """Return the address of a document or provision on the page of the law register."""
    return f"{routes.LAW}/{ref.replace('/', '%2F')}"


def _short(stem: str) -> str:
    """Return the beginning of a question's stem, without markup."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", stem).replace("**", "").replace("`", "")
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]}…"

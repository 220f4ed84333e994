"""The head of office's two-minute sheet: the promise that each lesson asks for, and whether it was seen kept.

``lessons/phu-luc/phieu-hai-phut.html`` is derived from the surveys whose answers come back. It contains no answers:
the learner reads the sentence out and the head writes it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buuchinh import course, pages
from buuchinh.messages import section
from buuchinh.questions import question_bank

PAGE = "lessons/phu-luc/phieu-hai-phut.html"
_TEMPLATE = Path(__file__).with_name("own_sentences.html.j2")


def page() -> str:
    """Return the sheet as HTML: a row for each lesson that asks learners for a sentence of their own."""
    return (
        pages.template(_TEMPLATE).render(
            words=section("authoring.own_sentences"), course=course.settings().title, rows=list(_rows())
        )
        + "\n"
    )


DERIVED = {PAGE: page}


def _rows() -> Iterator[dict[str, str]]:
    for path in question_bank.practice_files():
        for question in question_bank.load(path).questions:
            if getattr(question, "comes_back", False):
                yield {"lesson": path.stem.lstrip("l0"), "title": question.title or ""}

"""Render the two-minute sheet for heads of office: the promise asked for in each lesson, and whether it was kept.

``lessons/phu-luc/phieu-hai-phut.html`` is derived from the questions that ask for such a promise. It contains no
answers: the learner reads the sentence aloud, and the head writes it down.
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
    """Return the sheet as HTML, with a row for each question that asks learners for a sentence of their own."""
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

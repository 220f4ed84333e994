"""Show a drawn exam before it is released: all questions of a form with their right answers, as an instructor reads it.

Nothing of this may be shown while the desk is projected; the caller sees to that.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from typing import Any

from buuchinh import course, law
from buuchinh.desk.naming import unit_names
from buuchinh.errors import KitError
from buuchinh.exam import record
from buuchinh.messages import say
from buuchinh.practice_class.answer_choice import right_answer
from buuchinh.questions import answer_words, markup, scoring
from buuchinh.release import source, versions
from buuchinh.text import format_number


def payload(unit: str, form: str = "") -> dict[str, Any]:
    """Return the page of one form of the drawn exam ``unit``, the first by default, or why it cannot be read.

    Raise ``KeyError`` if the exam has no such form.
    """
    page: dict[str, Any] = {"heading": unit_names.short(unit), "spoken": unit_names.spoken(unit)}
    page |= {"can_redraw": not versions.versions(unit), "faults": [], "forms": [], "questions": []}
    try:
        files = dict(source.load(unit)[0])
        drawn = record.read(unit)
    except KitError as error:
        return page | {"faults": [problem.message for problem in error.problems][:1]}
    if files.keys() != drawn.forms.keys():  # killed while its forms were written
        return page | {"faults": [say("desk.exam.page.half")]}
    form = form or next(iter(files))
    day = files[form].as_of or course.settings().reviewed_on
    page["forms"] = [{"id": name, "name": name.upper(), "here": name == form} for name in files]
    page["questions"] = [_question(number, one, day) for number, one in enumerate(files[form].questions, 1)]
    return page


def _question(number: int, question: Any, day: date) -> dict[str, Any]:
    day = question.as_of or day
    key = question.key_on(day)
    answer = right_answer(question, day)
    right = set(answer) if isinstance(answer, list) else {answer} if isinstance(answer, str) else set()
    kind = "decision" if question.decision else "critical" if question.critical else ""
    choices = [] if question.type == "ordering" else getattr(question, "options", ())
    return {
        "number": number,
        "title": question.title or "",
        "stem": markup.paragraphs(question.stem),
        "critical": say(f"desk.exam.page.{kind}") if kind else "",
        "points": say("desk.exam.page.points", points=format_number(source.points(question))),
        "picture": b64encode(question.svg.encode("utf-8")).decode("ascii") if question.type == "picture" else "",
        "alt": getattr(question, "alt", ""),
        "choices": [{"text": markup.inline(one.text), "right": one.id in right} for one in choices],
        "answers": [] if choices else [markup.inline(words) for words in _in_words(question, answer)],
        "why": [markup.inline(words) for words in dict.fromkeys(_why(question, answer, day))],
        "basis": "; ".join(map(law.cite, key.provisions)) if key else "",
    }


def _in_words(question: Any, answer: Any) -> Iterator[str]:
    """Yield the right answer: its items in their order, its pairs, or its number."""
    if isinstance(answer, dict):
        yield from (answer_words.in_words(question, {left: right}) for left, right in answer.items())
    elif isinstance(answer, list):
        yield from (answer_words.in_words(question, one) for one in answer)
    else:
        yield f"{answer_words.in_words(question, answer)} {getattr(question, 'unit', None) or ''}".rstrip()


def _why(question: Any, answer: Any, day: date) -> Iterator[str]:
    """Yield what a trainee is told of the right answer."""
    score = scoring.score(question, answer, day).as_json()
    for line in answer_words.lines(question, answer, score):
        yield dict(line.parts).get("why") or line.remark

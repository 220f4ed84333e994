"""What a critical item of the staff's exercises asks stands open in the lessons of their path, never only in a fold.

Two things can be counted: its objective is asked by an open question, and each provision of its key is named by an open
cell or by an open question's key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buuchinh import course, law
from buuchinh.authoring.lengths import shown
from buuchinh.course.core import asked_in_core
from buuchinh.messages import say
from buuchinh.questions import bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as


def folded_away() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the critical items that ask what is only folded: the rule, and the values of its sentence."""
    path = course.settings().paths.get("staff", ())
    objectives: set[str] = set()
    provisions: set[str] = set()
    for lesson in course.lessons():
        if f"l{course.lesson_number(lesson)}" in path:
            for question in _open_questions(lesson):
                objectives |= {question.objective} if question.objective else set()
                provisions |= _provisions(question)
            provisions |= {ref for text in shown(lesson) for ref, _ in law.references_in(text)}
    for unit in filter(course.is_exercise, path):
        for question in bank.load(course.source_folder(unit) / course.QUESTIONS).questions:
            if question.critical:
                lacks = sorted(_provisions(question) - provisions)
                if question.objective and question.objective not in objectives:
                    lacks.insert(0, say("authoring.paths.objective", id=question.objective))
                if lacks:
                    yield "critical-open", {"id": question.id, "lacks": ", ".join(lacks)}


def _open_questions(lesson: Path) -> Iterator[AuthoredQuestion]:
    asked = set(asked_in_core(lesson))
    for file in bank.practice_files():
        if file.stem == f"l{course.lesson_number(lesson)}":
            yield from (question for question in bank.load(file).questions if asked_as(question) in asked)


def _provisions(question: AuthoredQuestion) -> set[str]:
    """Return the provisions of the key that holds now, of all fields where there are several."""
    keys = (part.keys[-1] for part, _ in types.parts(question) if getattr(part, "keys", ()))
    return {ref for key in keys for ref in key.provisions}

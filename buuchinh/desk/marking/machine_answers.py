"""Show an answer that the machine scores but gave no points: its words, the form that offers it, and what is right.

Such an answer came with work of another code or version: its choices have ids that the person's own form does not
offer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buuchinh import course
from buuchinh.desk.naming import question_names
from buuchinh.messages import say
from buuchinh.practice_class.answer_choice import right_answer
from buuchinh.questions import answer_words, scoring
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import source, versions
from buuchinh.release.versions import Released
from buuchinh.text import format_number

_LONGEST = 400
_NOT_OFFERED = frozenset({"unknown", "malformed"})


@dataclass(frozen=True)
class MachineAnswer:
    """An answer in words, why the machine gave no points, and what is known of the form that offers it."""

    words: str
    why: str = ""
    about: tuple[str, ...] = ()


def of(released: Released, question: AuthoredQuestion, answer: Any) -> MachineAnswer:
    """Return what a person reads of an answer, with the words of the form that offers it."""
    if scoring.score(question, answer, _day(released)).reason != "unknown":
        return MachineAnswer(answer_words.in_words(question, answer))
    for other in _others(released):
        asked = other.obscured.get(question.id)
        earned = scoring.score(asked, answer, _day(other)) if asked else None
        if asked and earned and earned.reason not in _NOT_OFFERED:
            where, most = _called(other, released), source.points(asked)
            stem = question_names.cut(" ".join(asked.stem.split()), _LONGEST)
            about = [say("desk.marking.other_asks", where=where, stem=stem)] if asked.stem != question.stem else []
            earns = {"points": format_number(round(most * earned.fraction, 2)), "most": format_number(most)}
            about.append(say("desk.marking.other_earns", where=where, **earns))
            words = answer_words.in_words(asked, answer)
            return MachineAnswer(words, say("desk.marking.of_other", where=where), tuple(about))
    return MachineAnswer(say("desk.marking.of_nowhere_words"), say("desk.marking.of_nowhere"))


def is_scored_by_machine(question: AuthoredQuestion) -> bool:
    """Return whether the machine scores a question, so that a person marks it only where the machine could not."""
    return not source.by_hand(question)


def right_words(question: AuthoredQuestion) -> list[str]:
    """Return the right answer as a person reads it, an entry for each option; [] if a person marks it."""
    day = course.settings().reviewed_on
    key = next(iter(_keys(question)), None) if question.type == "code" else None
    try:
        answer = key.correct if key else right_answer(question, day)
    except (AssertionError, AttributeError):  # no key is in force on that day
        return []
    if question.type == "scenario":
        answer = [step["choice"] for step in answer]
    several = answer if isinstance(answer, list) else [] if answer is None else [answer]
    return [question_names.cut(answer_words.in_words(question, one), _LONGEST) for one in several]


def _others(released: Released) -> Iterator[Released]:
    """Yield the other forms of a version, then those of the other versions, newest first."""
    rest = [name for name in reversed(versions.versions(released.unit)) if name != released.version]
    for version in (released.version, *rest):
        for form, other in versions.released_forms(released.unit, version).items():
            if (version, form) != (released.version, released.form):
                yield other


def _called(other: Released, own: Released) -> str:
    """Return what a form is called by who reads of another one: “đề B”, “bản 1.0.0”, “đề B của bản 1.0.0”."""
    kind = "form" if other.form else ""
    kind += "version" if other.version != own.version else ""
    return say(f"desk.marking.{kind}_called", form=other.form.upper(), version=other.version)


def _day(released: Released) -> date:
    return released.questions.as_of or course.settings().reviewed_on


def _keys(question: Any) -> Sequence[Any]:
    return getattr(question, "keys", ())

"""Measure how much feedback is written in three fields: the belief, why it is wrong here, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh.authoring.item_quality.choices import Group, paths
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.keys import Parted, Verdict

LEAST = 1.0
"""Minimum share of feedback that should be written in fields."""


@dataclass(frozen=True)
class FeedbackCount:
    """The number of pieces of feedback in one file, and how many of them are written in fields.

    ``name`` is the unit; ``incomplete`` lists the ids, without the unit, of questions with feedback not in fields.
    """

    group: Group
    name: str
    texts: int
    in_fields: int
    incomplete: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether the share of feedback in fields is at least ``LEAST``."""
        return self.in_fields >= LEAST * self.texts


def feedback_counts() -> Iterator[FeedbackCount]:
    """Yield the counts for each exercise and for each file in the exam pool."""
    groups: tuple[Group, ...] = ("graded", "pool")
    for group in groups:
        for path in paths()[group]:
            yield _of_file(group, path)


def _of_file(group: Group, path: Path) -> FeedbackCount:
    by_question: dict[str, list[bool]] = {}
    for question in question_bank.load(path).questions:
        if not question.retired:
            by_question.setdefault(asked_as(question), []).extend(_in_fields(question))
    every = [in_fields for texts in by_question.values() for in_fields in texts]
    name = path.parent.name if group == "graded" else path.stem
    incomplete = tuple(asked.removeprefix(f"{name}-") for asked, texts in by_question.items() if not all(texts))
    return FeedbackCount(group, name, len(every), sum(every), incomplete)


def _in_fields(question: AuthoredQuestion) -> Iterator[bool]:
    """Yield, for each piece of feedback on a choice or on a whole answer, whether it is written in fields."""
    for part, _ in types.parts(question):
        for key in getattr(part, "keys", ()):
            feedback: Any = getattr(key, "feedback", None)
            if isinstance(feedback, Verdict):
                yield from (_whole(feedback.right, right=True), _whole(feedback.wrong, right=False))
                continue
            for offer in types.type_of(part).offers(part, key):
                texts = [(feedback[name], name in offer.right) for name, _ in offer.options if name in feedback]
                yield from (_whole(text, right=right) for text, right in texts if not isinstance(text, Mapping))


def _whole(text: Any, *, right: bool) -> bool:
    return isinstance(text, Parted) and bool(text.why and (right or (text.believed and text.do)))

"""How much feedback is in three fields: what one believed, why it is different here, what to do now."""

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
"""The share of words of feedback that should be in fields."""


@dataclass(frozen=True)
class FeedbackCount:
    """Words of feedback of one file and how many are in fields; ``rest`` are the questions with one that is not."""

    group: Group
    name: str
    said: int
    in_fields: int
    rest: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.in_fields >= LEAST * self.said


def feedback_counts() -> Iterator[FeedbackCount]:
    """Count exercise by exercise and file by file of the pool."""
    groups: tuple[Group, ...] = ("graded", "pool")
    for group in groups:
        for path in paths()[group]:
            yield _of_file(group, path)


def _of_file(group: Group, path: Path) -> FeedbackCount:
    said: dict[str, list[bool]] = {}
    for question in question_bank.load(path).questions:
        if not question.retired:
            said.setdefault(asked_as(question), []).extend(_in_fields(question))
    every = [one for found in said.values() for one in found]
    name = path.parent.name if group == "graded" else path.stem
    rest = tuple(one.removeprefix(f"{name}-") for one, found in said.items() if not all(found))
    return FeedbackCount(group, name, len(every), sum(every), rest)


def _in_fields(question: AuthoredQuestion) -> Iterator[bool]:
    """Yield for each word of feedback on a choice, or on a whole answer, whether it is taken apart."""
    for part, _ in types.parts(question):
        for key in getattr(part, "keys", ()):
            feedback: Any = getattr(key, "feedback", None)
            if isinstance(feedback, Verdict):
                yield from (_whole(feedback.right, right=True), _whole(feedback.wrong, right=False))
                continue
            for offer in types.type_of(part).offers(part, key):
                words = [(feedback[name], name in offer.right) for name, _ in offer.options if name in feedback]
                yield from (_whole(said, right=right) for said, right in words if not isinstance(said, Mapping))


def _whole(said: Any, *, right: bool) -> bool:
    return isinstance(said, Parted) and bool(said.why and (right or (said.believed and said.do)))

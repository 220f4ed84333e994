"""Share of feedback on wrong choices that concedes and then contradicts ("… nghe hợp lý. Nhưng …"), by bank."""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, paths
from buuchinh.authoring.lint.item import items
from buuchinh.authoring.lint.language import formula
from buuchinh.questions import question_bank
from buuchinh.questions.authored import asked_as

MOST = 0.10
"""The share of texts that may follow the formula."""
_PRAISE = ("Đúng", "Phải sửa")
"""Beginnings of feedback on a right answer."""


@dataclass(frozen=True)
class FormulaCount:
    """The texts on wrong choices of a group, each once, and how many follow the formula."""

    group: Group
    texts: int
    formula: int

    @property
    def share(self) -> float:
        """The share of texts that follow the formula."""
        return self.formula / self.texts if self.texts else 0.0

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.share <= MOST


def formula_counts() -> list[FormulaCount]:
    """Return the counts of each group; retired questions are left out."""
    counts = []
    for group, files in paths().items():
        texts = {
            (asked_as(item.question), passage.steps, passage.text)
            for path in files
            for item in items(path, question_bank.load(path))
            if not item.question.retired
            for _, passages in item.feedback
            for passage in passages
            if not passage.text.startswith(_PRAISE)
        }
        counts.append(FormulaCount(group, len(texts), sum(bool(formula(text)) for *_, text in texts)))
    return counts

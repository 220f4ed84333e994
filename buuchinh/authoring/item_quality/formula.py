"""Measure how much feedback on wrong choices follows the formula "sounds reasonable. But …" ("… nghe hợp lý. Nhưng …").

The share is measured for each group of questions.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, paths
from buuchinh.authoring.lint.item import items
from buuchinh.authoring.lint.language import formula
from buuchinh.questions import question_bank
from buuchinh.questions.authored import asked_as

MOST = 0.10
"""Largest share of feedback that may follow the formula."""
_PRAISE = ("Đúng", "Phải sửa")
"""Words with which feedback on a right answer begins."""


@dataclass(frozen=True)
class FormulaCount:
    """The number of distinct pieces of feedback on wrong choices in a group, and how many follow the formula."""

    group: Group
    texts: int
    formula: int

    @property
    def share(self) -> float:
        """The share of feedback that follows the formula, from 0 to 1."""
        return self.formula / self.texts if self.texts else 0.0

    @property
    def met(self) -> bool:
        """Whether the share is at most ``MOST``."""
        return self.share <= MOST


def formula_counts() -> list[FormulaCount]:
    """Return the counts for each group, leaving out retired questions."""
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

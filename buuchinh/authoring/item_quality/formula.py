"""How often feedback on a wrong choice grants first and then takes back ("… nghe hợp lý. Nhưng …"), by bank."""

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
"""How feedback on what is right begins."""


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
    """Count the feedback of each group; what is retired is left out."""
    found = []
    for group, files in paths().items():
        texts = {
            (asked_as(item.question), said.steps, said.text)
            for path in files
            for item in items(path, question_bank.load(path))
            if not item.question.retired
            for _, feedback in item.feedback
            for said in feedback
            if not said.text.startswith(_PRAISE)
        }
        found.append(FormulaCount(group, len(texts), sum(bool(formula(text)) for *_, text in texts)))
    return found

"""Score ``matching`` questions by the share of entries on the left that are paired with the right partner."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.asked import ids
from buuchinh.questions.scored import Remark, Score, remark
from buuchinh.questions.types.matching.model import MatchingField, MatchingKey


def score(question: MatchingField, key: MatchingKey, answer: Any) -> Score:
    """Return the score of ``answer``, which maps ids of entries on the left to ids of entries on the right."""
    if not isinstance(answer, dict) or not all(isinstance(right, str) for right in answer.values()):
        return Score(0.0, "malformed")
    offered = set(ids(question.right))
    if any(left not in key.correct for left in answer) or any(right not in offered for right in answer.values()):
        return Score(0.0, "unknown")
    remarks = tuple(_remark(key, left, answer[left]) for left in ids(question.left) if left in answer)
    return Score(sum(bool(remark.right) for remark in remarks) / len(key.correct), remarks=remarks)


def _remark(key: MatchingKey, left: str, right: str) -> Remark:
    """Return the remark on the chosen pair or, if the author wrote none, the remark on the entry on the left."""
    correct = right == key.correct[left]
    feedback = key.feedback[left] if correct else key.chosen.get(left, {}).get(right, key.feedback[left])
    return remark(left, correct, feedback)

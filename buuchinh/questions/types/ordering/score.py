"""The score of ``ordering``: the share of items that stand in their right place."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Remark, Score, is_id_list
from buuchinh.questions.types.ordering.model import OrderingField, OrderingKey


def score(_question: OrderingField, key: OrderingKey, answer: Any) -> Score:
    """Score a list of all ids, first to last."""
    if not is_id_list(answer):
        return Score(0.0, "malformed")
    if any(item_id not in key.feedback for item_id in answer):
        return Score(0.0, "unknown")
    if len(answer) != len(key.correct):
        return Score(0.0, "malformed")
    remarks = tuple(
        Remark(item_id, item_id == wanted, key.feedback[item_id])
        for item_id, wanted in zip(answer, key.correct, strict=True)
    )
    return Score(sum(bool(remark.right) for remark in remarks) / len(remarks), remarks=remarks)

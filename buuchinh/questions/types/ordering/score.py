"""Score ``ordering`` questions by the share of items that are in their right place."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Remark, Score, is_id_list, remark
from buuchinh.questions.types.ordering.model import OrderingField, OrderingKey


def score(_question: OrderingField, key: OrderingKey, answer: Any) -> Score:
    """Return the score of ``answer``, a list of all item ids from first to last."""
    if not is_id_list(answer):
        return Score(0.0, "malformed")
    if any(item_id not in key.feedback for item_id in answer):
        return Score(0.0, "unknown")
    if len(answer) != len(key.correct):
        return Score(0.0, "malformed")
    remarks = tuple(_remark(key, item_id, place) for place, item_id in enumerate(answer))
    return Score(sum(bool(remark.right) for remark in remarks) / len(remarks), remarks=remarks)


def _remark(key: OrderingKey, item_id: str, place: int) -> Remark:
    """Return the author's remark on an item in the right place or, if it was put too early or late, the remark on that.

    If the author wrote no special remark on early or late placement, the general remark on the item is used.
    """
    right = key.correct.index(item_id)
    feedback = key.early if place < right else key.late if place > right else key.feedback
    return remark(item_id, place == right, feedback.get(item_id, key.feedback[item_id]))

"""Score ``code`` questions by the weighted mean of their values, with feedback on typical mistakes."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.compare_values import is_kind, share_equal
from buuchinh.questions.scored import PartScore, Remark, Score, remark
from buuchinh.questions.types.code.model import CodeKey, CodeQuestion


def score(question: CodeQuestion, key: CodeKey, answer: Any) -> Score:
    """Return the score of ``answer``, which maps value ids to values."""
    if not isinstance(answer, dict):
        return Score(0.0, "malformed")
    if any(name not in key.correct for name in answer):
        return Score(0.0, "unknown")
    parts: dict[str, PartScore] = {}
    slips: list[Remark] = []
    for value in question.values:
        submitted = answer.get(value.id)
        if submitted is None:
            parts[value.id] = PartScore(0.0, "missing")
        elif not is_kind(value.kind, submitted):
            parts[value.id] = PartScore(0.0, "malformed")
        else:
            share = share_equal(
                value.kind,
                submitted,
                key.correct[value.id],
                key.tolerance,
                relative=key.relative,
                row_order=key.row_order,
            )
            parts[value.id] = PartScore(share)
            slips += [
                remark(value.id, False, slip.feedback)
                for slip in key.mistakes
                if share < 1
                and slip.value_id == value.id
                and share_equal(value.kind, submitted, slip.value, slip.tolerance, relative=False) == 1
            ]
    weights = {value.id: key.weights.get(value.id, 1.0) for value in question.values}
    share = sum(weights[name] * part.fraction for name, part in parts.items()) / sum(weights.values())
    whole = all(part.fraction == 1 for part in parts.values())
    if whole:
        slips = [remark("", True, key.feedback.right)]
    elif not slips:
        slips = [remark("", False, key.feedback.wrong)]
    return Score(1.0 if whole else share, remarks=tuple(slips), parts=parts)

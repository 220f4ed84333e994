"""Score ``multiple`` questions and all other types that may have several right options."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.asked import ids
from buuchinh.questions.scored import Score, is_id_list, remark
from buuchinh.questions.types.multiple.model import MultipleKey


def score(question: Any, key: MultipleKey, answer: Any) -> Score:
    """Return the score of a list of ids: (right chosen − wrong chosen) / all right options, but at least 0.

    ``question`` has the attributes ``options`` and ``all_or_nothing``. If ``all_or_nothing`` is true, only the exact
    set of right options earns points.
    """
    if not is_id_list(answer):
        return Score(0.0, "malformed")
    if any(option_id not in key.feedback for option_id in answer):
        return Score(0.0, "unknown")
    wanted = set(key.correct)
    chosen = [option_id for option_id in ids(question.options) if option_id in answer]
    right = sum(option_id in wanted for option_id in chosen)
    share = max(0.0, (right - (len(chosen) - right)) / len(wanted))
    if question.all_or_nothing:
        share = float(set(chosen) == wanted)
    remarks = tuple(remark(option_id, option_id in wanted, key.feedback[option_id]) for option_id in chosen)
    return Score(share, remarks=remarks)

"""Score ``form`` questions by the weighted mean of their fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.scored import PartScore, Score, is_empty
from buuchinh.questions.types.form.model import FormQuestion


def score(question: FormQuestion, answer: Any, day: date) -> Score:
    """Return the score of ``answer``, which maps field ids to answers; an empty field scores 0 as ``missing``."""
    if is_empty(answer):
        return Score(0.0, "missing")
    if not isinstance(answer, dict):
        return Score(0.0, "malformed")
    if any(name not in {field.id for field in question.fields} for name in answer):
        return Score(0.0, "unknown")
    scores = {
        field.id: types.type_of(field).score(field, answer.get(field.id), field.as_of or day)
        for field in question.fields
    }
    weight = sum(field.points for field in question.fields)
    earned = sum(field.points * scores[field.id].fraction for field in question.fields)
    return Score(
        earned / weight if weight else 0.0,
        remarks=tuple(
            replace(remark, on=f"{name}/{remark.on}" if remark.on else name)
            for name, score in scores.items()
            for remark in score.remarks
        ),
        parts={name: PartScore(score.fraction, score.reason) for name, score in scores.items()},
        provisions=tuple(dict.fromkeys(ref for score in scores.values() for ref in score.provisions)),
        sources=tuple(dict.fromkeys(ref for score in scores.values() for ref in score.sources)),
    )

"""Scoring: the shared vectors, and the promise that it never raises."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scoring import score

VECTORS = sorted((Path(__file__).parents[1] / "buuchinh" / "questions" / "types").glob("*/vectors.json"))
QUESTION: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)
CASES = [case for path in VECTORS for case in json.loads(path.read_text(encoding="utf-8"))]


def test_every_type_has_vectors() -> None:
    assert {case["question"]["type"] for case in CASES} == set(types.names())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vector(case: dict[str, Any]) -> None:
    question = QUESTION.validate_python(case["question"])
    for row in case["answers"]:
        found = score(question, row["answer"], date.fromisoformat(case["on"]))
        assert found.fraction == pytest.approx(row["fraction"], abs=1e-9), row["answer"]
        assert found.reason == row.get("reason"), row["answer"]
        if "remarks" in row:
            assert [[remark.on, remark.right] for remark in found.remarks] == row["remarks"], row["answer"]


def _json_values() -> st.SearchStrategy[Any]:
    known = sorted({word for case in CASES for word in _ids(case["question"])})
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(known)
    )
    names = st.one_of(st.text(max_size=8), st.sampled_from([*known, "node", "choice", "columns", "rows"]))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=6),
            st.dictionaries(names, inner, max_size=5),
        ),
        max_leaves=20,
    )


def _ids(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["id"]} if isinstance(value.get("id"), str) else set()
        return own.union(*map(_ids, value.values())) if value else own
    if isinstance(value, list):
        return set().union(*map(_ids, value)) if value else set()
    return set()


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(CASES), st.data())
def test_never_raises_and_stays_within_bounds(case: dict[str, Any], data: st.DataObject) -> None:
    question = QUESTION.validate_python(case["question"])
    found = score(question, data.draw(_json_values()), date(2026, 11, 25))
    assert 0 <= found.fraction <= 1
    json.dumps(found.as_json(), allow_nan=False)


def test_the_key_of_the_day_is_used() -> None:
    words = {"right": "r", "wrong": "w"}
    question = QUESTION.validate_python(
        {
            "id": "q",
            "type": "numeric",
            "stem": "S",
            "bloom": "apply",
            "difficulty": 0.5,
            "intent": "i",
            "keys": [
                {"to": "2026-07-01", "correct": 1, "provisions": ["ND15-2020/9.1"], "feedback": words},
                {"from": "2026-07-01", "correct": 2, "provisions": ["ND174-2026/11.1"], "feedback": words},
            ],
        }
    )
    assert score(question, "1", date(2026, 6, 30)).fraction == 1
    assert score(question, "1", date(2026, 7, 1)).fraction == 0
    assert score(question, "2", date(2026, 7, 1)).provisions == ("ND174-2026/11.1",)

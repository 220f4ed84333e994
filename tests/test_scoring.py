"""Scoring: the shared vectors, keys and their days, what takes no time; that it never raises: test_both_languages."""

from __future__ import annotations

import json
import time
from copy import deepcopy
from dataclasses import asdict
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.compare_values import share_equal
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
        assert (found.fraction == 1) == (row["fraction"] == 1), row["answer"]  # mastery asks for the whole
        assert found.reason == row.get("reason"), row["answer"]
        if "remarks" in row:
            for remark, expected in zip(found.remarks, row["remarks"], strict=True):
                assert [remark.on, remark.right, remark.text][: len(expected)] == expected, row["answer"]
        for name, part in row.get("parts", {}).items():
            assert asdict(found.parts[name]) == part | {"fraction": pytest.approx(part["fraction"])}, row["answer"]


def test_a_word_that_its_author_took_apart_is_kept_in_its_parts_and_another_as_it_was() -> None:
    asked = next(case["question"] for case in CASES if case["name"] == "words that are taken apart")
    question = QUESTION.validate_python(asked)
    (wrong,) = score(question, "a", date(2026, 11, 25)).as_json()["remarks"]
    assert wrong["told"] == {"believed": "Điều hay nghĩ.", "why": "Vì sao khác.", "do": "Việc làm ngay."}
    (right,) = score(question, "b", date(2026, 11, 25)).as_json()["remarks"]
    assert right["text"] == "Lời cũ về b."
    plain = next(case["question"] for case in CASES if case["name"] == "one right option")
    (one,) = score(QUESTION.validate_python(plain), "b", date(2026, 11, 25)).as_json()["remarks"]
    assert one == {"on": "b", "right": True, "text": "Lời về b."}, "what was kept before has no new field"


@pytest.mark.parametrize("said", [{"do": "Chỉ có việc làm."}, {"wy": "Gõ sai tên."}, "", 3])
def test_a_word_that_says_nothing_is_refused(said: Any) -> None:
    asked = deepcopy(next(case["question"] for case in CASES if case["name"] == "words that are taken apart"))
    asked["keys"][0]["feedback"]["a"] = said
    with pytest.raises(ValidationError, match="feedback"):
        QUESTION.validate_python(asked)


@pytest.mark.parametrize("odd", [{}, [], None, 5, [[]]])
def test_an_answer_with_damaged_steps_or_partners_is_left_open(odd: Any) -> None:
    asked: dict[str, Any] = {case["question"]["type"]: QUESTION.validate_python(case["question"]) for case in CASES}
    assert types.type_of(asked["scenario"]).left_open(asked["scenario"], [{"node": odd, "choice": odd}])
    matching = asked["matching"]
    assert types.type_of(matching).left_open(matching, {one.id: [] for one in matching.left})


@pytest.mark.parametrize("odd", [{}, [], None, 5, [[]]])
def test_an_answer_with_damaged_steps_is_left_open(odd: Any) -> None:
    asked = next(case["question"] for case in CASES if case["question"]["type"] == "scenario")
    scenario = QUESTION.validate_python(asked)
    assert types.type_of(scenario).left_open(scenario, [{"node": odd, "choice": odd}])


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


def code_key(kind: str, correct: Any, slip: Any = None, columns: tuple[str, ...] = ()) -> None:
    words = {"right": "r", "wrong": "w"}
    value = {"id": "a", "label": "A", "kind": kind, "columns": columns}
    slips = [] if slip is None else [{"value_id": "a", "value": slip, "feedback": "x"}]
    key = {"correct": {"a": correct}, "sources": ["X"], "feedback": words, "mistakes": slips}
    about = {"bloom": "apply", "difficulty": 0.5, "intent": "x"}
    QUESTION.validate_python({"id": "q", "type": "code", "stem": "?", "values": [value], "keys": [key], **about})


TABLE = {"columns": ["x"], "rows": [[1]]}


@pytest.mark.parametrize(
    ("kind", "correct", "slip"),
    [
        ("table", [[1]], None),
        ("list", 5, None),
        ("number", [5], None),
        ("number", 10**400, None),
        ("number", float("nan"), None),
        ("integer", 5.5, None),
        ("text", 5, None),
        ("table", TABLE, [[1]]),
        ("number", 5, "5"),
        ("table", {"columns": ["x", "x"], "rows": [[1, 2]]}, None),
        ("table", {"columns": ["x"], "rows": [[1, 2]]}, None),
        ("table", {"columns": ["x"], "rows": [[float("nan")]]}, None),
        ("table", {"columns": ["y"], "rows": [[1]]}, None),
        ("list", [[1]], None),
    ],
)
def test_a_key_of_another_form_than_is_asked_for_is_refused_when_it_is_read(kind: str, correct: Any, slip: Any) -> None:
    with pytest.raises(ValidationError, match="của a"):
        code_key(kind, correct, slip, ("x",) if kind == "table" else ())


def test_keys_of_the_form_that_is_asked_for_are_read() -> None:
    code_key("table", TABLE, {"columns": ["x"], "rows": [["a"], [None], [True]]}, ("x",))
    code_key("list", [1, "a", None], [])


def test_a_long_scenario_is_reckoned_in_no_time() -> None:
    names = [f"n{number}" for number in range(16)]
    choices = {name: [f"{letter}" for letter in "abc"] for name in names}
    nodes = {
        name: {"text": "?", "choices": [{"id": one, "text": one, "next": after} for one in choices[name]]}
        for name, after in zip(names, [*names[1:], "end"], strict=True)
    }
    key = {
        "correct": {name: {"a": 1, "b": 0, "c": 0.5} for name in names},
        "feedback": {name: dict.fromkeys("abc", "x") for name in names},
        "ends": {"end": {"kind": "safe", "feedback": "x"}},
        "sources": ["X"],
    }
    about = {"bloom": "apply", "difficulty": 0.5, "intent": "x", "role": "r", "ends": {"end": {"text": "."}}}
    started = time.process_time()
    question = QUESTION.validate_python(
        {"id": "q", "type": "scenario", "stem": "?", "start": "n0", "nodes": nodes, "keys": [key], **about}
    )
    found = score(question, [{"node": name, "choice": "c"} for name in names], date(2026, 11, 25))
    assert found.fraction == 0.5
    assert time.process_time() - started < 2


@pytest.mark.slow
def test_a_table_of_thousands_of_rows_is_compared_in_no_time() -> None:
    rows = [[number % 300 + number / 10_000, "Tỉnh Quảng Ngãi"] for number in range(5_000)]
    wanted = {"columns": ["a", "b"], "rows": [[number, "tỉnh quảng ngãi"] for number in range(300)]}
    started = time.process_time()
    found = share_equal("table", {"columns": ["a", "b"], "rows": rows}, wanted, 0.5, relative=False)
    assert found == 300 / 5_000
    same = {"columns": ["a", "b"], "rows": [[1, "x"]] * 5_000}
    assert (
        share_equal("table", same, {"columns": ["a", "b"], "rows": [[1, "X"]] * 300}, 0, relative=False) == 300 / 5_000
    )
    assert time.process_time() - started < 5


@given(st.lists(st.integers(0, 8), max_size=7), st.lists(st.integers(0, 8), max_size=7))
def test_as_many_rows_count_as_can_be_paired_in_any_order(rows: list[int], wanted: list[int]) -> None:
    """Compared with every way to pair them."""
    shorter, longer = sorted((rows, wanted), key=len)
    best = max(
        (sum(abs(one - other) <= 1 for one, other in zip(shorter, way, strict=False)) for way in permutations(longer)),
        default=0,
    )
    given_rows, wanted_rows = ({"columns": ["a"], "rows": [[one] for one in some]} for some in (rows, wanted))
    found = share_equal("table", given_rows, wanted_rows, 1, relative=False)
    assert found == (best / len(longer) if longer else 1)


@pytest.mark.parametrize(("given", "expected"), [(5, [5]), ([5], 5), ([5], {"columns": ["a"], "rows": [[5]]})])
def test_a_value_of_another_form_than_the_key_or_a_key_of_another_form_earns_nothing(given, expected):
    assert share_equal("list", given, expected, 0, relative=False) == 0

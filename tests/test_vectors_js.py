"""The front end scores as Python does: the same vectors, under node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kit import node
from pydantic import TypeAdapter

from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scoring import score
from buuchinh.text import AmbiguousNumber, parse_number

VECTORS = sorted((Path(__file__).parents[1] / "buuchinh" / "questions" / "types").glob("*/vectors.json"))


@pytest.fixture(scope="module")
def tab() -> Iterator[node.Node]:
    """Yield a node in which scoring and reading of numbers stand as ``kit``."""
    with node.running([*node.OF_TYPES, "question/scoring.js", "question/number.js"]) as tab:
        yield tab


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.parent.name)
def test_every_answer_of_the_vectors_scores_as_it_says(tab, path):
    for case in json.loads(path.read_text(encoding="utf-8")):
        found = tab.evaluate(
            "({question, answers, on}) => answers.map((one) => kit.score(question, one.answer, on))", case
        )
        for expected, given in zip(case["answers"], found, strict=True):
            where = f"{case['name']}: {json.dumps(expected['answer'], ensure_ascii=False)[:80]}"
            assert given["fraction"] == pytest.approx(expected["fraction"], abs=1e-9), where
            assert (given["fraction"] == 1) == (expected["fraction"] == 1), where
            assert given["reason"] == expected["reason"], where
            if "remarks" in expected:
                for one, remark in zip(given["remarks"], expected["remarks"], strict=True):
                    assert [one["on"], one["right"], one["text"]][: len(remark)] == remark, where
            if "parts" in expected:
                assert given["parts"].keys() == expected["parts"].keys(), where
                for name, part in expected["parts"].items():
                    assert given["parts"][name] == part | {"fraction": pytest.approx(part["fraction"])}, where


def test_what_the_two_languages_tell_is_the_same_to_the_letter(tab):
    read = TypeAdapter(AuthoredQuestion)
    for path in VECTORS:
        for case in json.loads(path.read_text(encoding="utf-8")):
            question = read.validate_python(case["question"])
            for one in case["answers"]:
                python = score(question, one["answer"], date.fromisoformat(case["on"])).as_json()
                javascript = tab.evaluate(
                    "([question, answer, on]) => kit.score(question, answer, on)",
                    [case["question"], one["answer"], case["on"]],
                )
                assert javascript == python, (case["name"], one["answer"])


def test_numbers_made_of_every_few_signs_are_read_alike(tab):
    signs = "1023.,  -k"
    typed = [f"{a}{b}{c}{d}{e}" for a in "1-0 " for b in signs for c in "2.,0" for d in signs for e in "3.0 "]
    typed += [
        f"{whole}{mark}{rest}"
        for whole in ("1", "12", "123", "1234", "0")
        for mark in "., "
        for rest in ("5", "50", "500", "5000", "500.000", "500,5")
    ]

    def read(text: str) -> float | str:
        try:
            return parse_number(text, units=("k",))
        except AmbiguousNumber:
            return "ambiguous"
        except ValueError:
            return "not_a_number"

    found = tab.evaluate(
        "(typed) => typed.map((one) => { const r = kit.parseNumber(one, ['k']); return r.fault ?? r.value; })", typed
    )
    differing = [(one, read(one), other) for one, other in zip(typed, found, strict=True) if read(one) != other]
    assert not differing

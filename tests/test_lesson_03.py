"""Lesson 3: fines follow the register, the exam keeps its own stories, pictures can be read.

What holds for every lesson is in ``test_lessons.py``.
"""

from __future__ import annotations

import re

import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import NumericQuestion

ROOT = course.root()
PRACTICE, GRADED, POOL = (
    bank.load(ROOT / path) for path in ("datasets/questions/l03.yml", "source/bt03/questions.yml", "exam/pool/x03.yml")
)


@pytest.mark.parametrize(
    ("name", "act", "end", "share"),
    [
        ("l03-q15-v1", "ND282-2025/12.4.dd", "amount_max", 2),
        ("l03-q15-v2", "ND174-2026/11.1.b", "amount_max", 0.5),
        ("l03-q15-v3", "ND282-2025/13.5", "amount_min", 2),
        ("bt03-q07", "ND282-2025/13.4.d", "amount_max", 2),
        ("x03-q05", "ND174-2026/11.2", "amount_min", 0.5),
    ],
)
def test_a_fine_is_the_registers_doubled_or_halved_for_the_other_kind_of_person(
    name: str, act: str, end: str, share: float
) -> None:
    register = law.provision(act)
    assert (register.amount_for, share) in {("individual", 2), ("organisation", 0.5)}
    question = next(one for file in (PRACTICE, GRADED, POOL) for one in file.questions if one.id == name)
    assert isinstance(question, NumericQuestion)
    assert question.keys[0].correct == getattr(register, end) * share / 1_000_000


def test_the_exam_tells_other_stories_than_practice_and_exercise() -> None:
    told = {question.stem.casefold() for file in (PRACTICE, GRADED) for question in file.questions}
    assert not told & {question.stem.casefold() for question in POOL.questions}
    assert len(POOL.questions) >= 12


@pytest.mark.parametrize("path", ["lessons/hinh/03-sau-hop.svg", "source/bt03/hinh/ke-cho-nhan.svg"])
def test_letters_in_a_picture_are_large_enough_at_600_pixels(path: str) -> None:
    svg = (ROOT / path).read_text(encoding="utf-8")
    assert 'viewBox="0 0 600 ' in svg
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 14

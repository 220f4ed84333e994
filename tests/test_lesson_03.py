"""Lesson 3: fines follow the register, people leave before anyone calls, the exam has its own stories.

What holds for every lesson is in ``test_lessons.py``.
"""

from __future__ import annotations

import re

import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.matching.model import MatchingQuestion
from buuchinh.questions.types.numeric.model import NumericQuestion
from buuchinh.questions.types.ordering.model import OrderingQuestion
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.questions.types.single.model import SingleQuestion

ROOT = course.root()
PRACTICE, GRADED, POOL = (
    bank.load(ROOT / path) for path in ("datasets/questions/l03.yml", "source/bt03/questions.yml", "exam/pool/x03.yml")
)


def asked(name: str) -> AuthoredQuestion:
    return next(one for file in (PRACTICE, GRADED, POOL) for one in file.questions if one.id == name)


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
    question = asked(name)
    assert isinstance(question, NumericQuestion)
    assert question.keys[0].correct == getattr(register, end) * share / 1_000_000


def test_the_exam_tells_other_stories_than_practice_and_exercise() -> None:
    told = {question.stem.casefold() for file in (PRACTICE, GRADED) for question in file.questions}
    assert not told & {question.stem.casefold() for question in POOL.questions}
    assert len(POOL.questions) >= 12


@pytest.mark.parametrize(
    ("name", "first_three"),
    [("l03-q22", ("khong-cham", "lui", "goi-cong-an")), ("x03-q10", ("dung", "ra-ngoai", "goi-so"))],
)
def test_people_leave_then_call_from_outside_and_only_then_tell_the_head(
    name: str, first_three: tuple[str, ...]
) -> None:
    question = asked(name)
    assert isinstance(question, OrderingQuestion)
    order = question.keys[0].correct
    assert order[:3] == first_three
    assert order[3] in {"bao-truong", "bao-ca"}


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("l03-q23", {"da-nhan", "tu-phan", "bi-thuong", "khong-bao"}),
        ("bt03-q11", {"canh-nguoi", "tre-con", "ngay-cua"}),
    ],
)
def test_the_ends_in_which_somebody_is_in_danger_say_so(name: str, ends: set[str]) -> None:
    question = asked(name)
    assert isinstance(question, ScenarioQuestion)
    assert {end for end, meant in question.keys[0].ends.items() if meant.kind == "danger"} == ends


def test_at_the_door_what_may_explode_is_never_held_or_left_beside_people_on_the_way_to_a_safe_end() -> None:
    question = asked("bt03-q11")
    assert isinstance(question, ScenarioQuestion)
    key = question.keys[0]
    for name in ("cua-nha", "bao-ai", "nguoi-nhan"):
        for choice in question.nodes[name].choices:
            if key.correct[name][choice.id] == 0:
                assert key.ends[choice.next].back_to == name, choice.id


def test_a_blade_said_to_be_an_heirloom_is_neither_taken_nor_sent_away() -> None:
    practice, exam = asked("l03-q11-v5"), asked("x03-q03")
    assert isinstance(practice, SingleQuestion)
    assert isinstance(exam, MatchingQuestion)
    assert practice.keys[0].correct == "hoi"
    assert exam.keys[0].correct["ma-tau"] == "chua"
    for question in (practice, exam):
        assert "L42-2024/4.9.b" in {str(one) for one in question.keys[0].provisions}


@pytest.mark.parametrize("path", ["lessons/hinh/03-sau-hop.svg", "source/bt03/hinh/ke-cho-nhan.svg"])
def test_letters_in_a_picture_are_large_enough_at_600_pixels(path: str) -> None:
    svg = (ROOT / path).read_text(encoding="utf-8")
    assert 'viewBox="0 0 600 ' in svg
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 14

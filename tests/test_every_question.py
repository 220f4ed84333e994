"""Every question of the course is answered: the key gets full marks, each wrong choice less, each with its word."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.answering import best_steps, end_of, paths, right_answer, wrong_answers

from buuchinh import course
from buuchinh.questions import question_bank
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.publish import obscure, public_json, publish, shuffle
from buuchinh.questions.scoring import score
from buuchinh.questions.types.scenario.model import ScenarioQuestion

ROOT = Path(__file__).parents[1]
PLACES = ("datasets/questions/*.yml", "source/bt*/questions.yml", "exam/pool/*.yml")
FILES = [path for place in PLACES for path in sorted(ROOT.glob(place))]
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
"""A test a file, not a question: of some thousand tests pytest's own work is the larger part."""
DAYS = [course.settings().report_date, course.settings().reviewed_on]


def test_there_are_questions() -> None:
    assert len(FILES) >= 4
    names = [question.id for path in FILES for question in question_bank.load(path).questions]
    assert len({*names}) == len(names)


@EACH
def test_the_key_gets_full_marks_and_a_wrong_choice_less(path: Path) -> None:
    file = question_bank.load(path)
    for question in file.questions:
        full_marks_for_the_key_alone(file.seed, question)


def full_marks_for_the_key_alone(seed: str, question: AuthoredQuestion) -> None:
    day = course.settings().reviewed_on
    for shown in (question, shuffle(question, seed), obscure(question, seed)):
        answer = right_answer(shown, day)
        found = score(shown, answer, day)
        if question.type == "survey":
            assert found.reason == "unscored", question.id
            continue
        if answer is None:
            assert score(shown, "Một câu viết ra.", day).reason == "manual", question.id
            continue
        assert found.fraction == 1, (question.id, found)
        assert found.provisions or found.sources, question.id
        assert all(remark.text for remark in found.remarks), question.id
        for wrong in wrong_answers(shown, day):
            less = score(shown, wrong, day)
            assert less.fraction < 1, (question.id, wrong)
            assert less.reason is None, question.id
            told = any(remark.right is False and remark.text for remark in less.remarks)
            assert told or question.type in {"multiple", "picture", "mark"}, question.id


@EACH
def test_every_path_ends_and_every_bad_end_shows_the_way_back(path: Path) -> None:
    for question in question_bank.load(path).questions:
        if isinstance(question, ScenarioQuestion):
            each_bad_end_shows_the_way_back(question)


def each_bad_end_shows_the_way_back(question: ScenarioQuestion) -> None:
    for key in question.keys:
        for steps in paths(question):
            ending = key.ends[end_of(question, steps)]
            assert ending.kind == "safe" or ending.back_to in {step["node"] for step in steps}, question.id
        assert 2 <= len(best_steps(question, key)) <= 6, question.id


@EACH
def test_the_public_shape_tells_no_key(path: Path) -> None:
    file = question_bank.load(path)
    for question in file.questions:
        no_key_is_told(file.seed, question)


def no_key_is_told(seed: str, question: AuthoredQuestion) -> None:
    shown = public_json(publish(question, seed))
    text = str(shown)
    for name in ("keys", "correct", "feedback", "intent", "rubric", "model_answer", "provisions"):
        assert f"'{name}'" not in text, question.id
    assert question.intent not in text, question.id
    for option in getattr(question, "options", ()):
        assert f"'{option.id}'" not in text, question.id

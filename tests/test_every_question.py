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
QUESTIONS = [(file.seed, question) for file in map(question_bank.load, FILES) for question in file.questions]
DAYS = [course.settings().report_date, course.settings().reviewed_on]


def test_there_are_questions() -> None:
    assert len(FILES) >= 4
    assert len({question.id for _, question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(("seed", "question"), QUESTIONS, ids=lambda value: getattr(value, "id", ""))
def test_the_key_gets_full_marks_and_a_wrong_choice_less(seed: str, question: AuthoredQuestion) -> None:
    day = course.settings().reviewed_on
    for shown in (question, shuffle(question, seed), obscure(question, seed)):
        answer = right_answer(shown, day)
        found = score(shown, answer, day)
        if question.type == "survey":
            assert found.reason == "unscored"
            continue
        if answer is None:
            assert score(shown, "Một câu viết ra.", day).reason == "manual"
            continue
        assert found.fraction == 1, (question.id, found)
        assert found.provisions or found.sources
        assert all(remark.text for remark in found.remarks)
        for wrong in wrong_answers(shown, day):
            less = score(shown, wrong, day)
            assert less.fraction < 1, (question.id, wrong)
            assert less.reason is None
            told = any(remark.right is False and remark.text for remark in less.remarks)
            assert told or question.type in {"multiple", "picture", "mark"}


@pytest.mark.parametrize(
    "question", [q for _, q in QUESTIONS if isinstance(q, ScenarioQuestion)], ids=lambda question: question.id
)
def test_every_path_ends_and_every_bad_end_shows_the_way_back(question: ScenarioQuestion) -> None:
    for key in question.keys:
        for path in paths(question):
            ending = key.ends[end_of(question, path)]
            assert ending.kind == "safe" or ending.back_to in {step["node"] for step in path}
        assert 2 <= len(best_steps(question, key)) <= 6


@pytest.mark.parametrize(("seed", "question"), QUESTIONS, ids=lambda value: getattr(value, "id", ""))
def test_the_public_shape_tells_no_key(seed: str, question: AuthoredQuestion) -> None:
    shown = public_json(publish(question, seed))
    text = str(shown)
    for name in ("keys", "correct", "feedback", "intent", "rubric", "model_answer", "provisions"):
        assert f"'{name}'" not in text
    assert question.intent not in text
    for option in getattr(question, "options", ()):
        assert f"'{option.id}'" not in text

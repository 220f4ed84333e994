"""Lesson 2 and bt02: each citation resolves, each quotation stands in the register, keys earn what they should."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from typing import Any

import nbformat
import pytest

from buuchinh import charts, course, law
from buuchinh.questions import bank, publish
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.scoring import score
from buuchinh.questions.types.form.model import FormQuestion
from buuchinh.questions.types.survey.model import SurveyQuestion

ROOT = course.root()
TODAY = date(2026, 11, 25)
BEFORE = date(2026, 6, 30)
PRACTICE = bank.load(ROOT / "datasets" / "questions" / "l02.yml")
GRADED = bank.load(ROOT / "source" / "bt02" / "questions.yml")
LESSON = ROOT / "lessons" / "02-khung-phap-ly.ipynb"
CELLS = nbformat.read(LESSON, as_version=4).cells
FILES = pytest.mark.parametrize("file", [PRACTICE, GRADED], ids=["l02", "bt02"])


def parts(question: AuthoredQuestion) -> tuple[Any, ...]:
    return question.fields if isinstance(question, FormQuestion) else (question,)


def keys(file: QuestionFile) -> list[tuple[str, Any]]:
    return [
        (part.id, key)
        for question in file.questions
        if not isinstance(question, SurveyQuestion)
        for part in parts(question)
        for key in part.keys
    ]


def right(part: Any, on: date = TODAY) -> Any:
    if isinstance(part, FormQuestion):
        return {field.id: right(field, on) for field in part.fields}
    key = part.key_on(on)
    assert key, f"{part.id} has no key on {on}"
    if part.type == "scenario":
        steps, node = [], part.start
        while node in part.nodes:
            choice = max(part.nodes[node].choices, key=lambda one: key.correct[node][one.id])
            steps.append({"node": node, "choice": choice.id})
            node = choice.next
        return steps
    if part.type == "text":
        return key.correct[0]
    return list(key.correct) if part.type in {"multiple", "ordering"} else key.correct


def by_hand(question: Any) -> bool:
    return bool(question.type == "survey" or (question.type == "text" and question.manual))


def words(node: Any) -> list[str]:
    """Return all that is written in a question or a notebook, whatever its shape."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for value in node.values() for text in words(value)]
    return [text for value in node for text in words(value)] if isinstance(node, list | tuple) else []


@FILES
def test_each_key_rests_on_law_that_the_register_knows(file: QuestionFile) -> None:
    for name, key in keys(file):
        assert key.provisions, name
        for ref in key.provisions:
            law.provision(ref)


def test_three_coordination_documents_are_no_basis_of_any_answer_that_holds_something() -> None:
    history = {"QCPH02-2021", "KHPH77-2022", "CV1143-2020"}
    for file in (PRACTICE, GRADED):
        for name, key in keys(file):
            assert not history.issuperset(key.provisions), f"{name} rests on history alone"


@FILES
def test_the_key_earns_all_and_each_other_choice_less(file: QuestionFile) -> None:
    for question in file.questions:
        if by_hand(question):
            continue
        answer = right(question)
        assert score(question, answer, TODAY).fraction == pytest.approx(1), question.id
        for wrong in slips(question, answer):
            got = score(question, wrong, TODAY)
            assert got.fraction < 1, (question.id, wrong)
            assert all(len(remark.text) > 40 for remark in got.remarks), (question.id, wrong)


def slips(question: Any, answer: Any) -> list[Any]:
    match question.type:
        case "single":
            return [option.id for option in question.options if option.id != answer]
        case "multiple":
            wrong = [option.id for option in question.options if option.id not in answer]
            return [answer[1:], *([*answer, one] for one in wrong)]
        case "ordering":
            return [answer[::-1]]
        case "matching":
            rights = [option.id for option in question.right]
            return [answer | {left: rights[rights.index(one) - 1]} for left, one in answer.items()]
        case "numeric":
            return [mistake.value for key in question.keys for mistake in key.mistakes]
        case "text":
            return [mistake.text for key in question.keys for mistake in key.mistakes]
        case "scenario":
            return [
                walk(question, answer, at, one.id) for at, step in enumerate(answer) for one in others(question, step)
            ]
        case "form":
            return [answer | {field.id: slip} for field in question.fields for slip in slips(field, answer[field.id])]
    raise AssertionError(question.type)


def others(question: Any, step: dict[str, str]) -> list[Any]:
    return [choice for choice in question.nodes[step["node"]].choices if choice.id != step["choice"]]


def walk(question: Any, best: list[dict[str, str]], at: int, instead: str) -> list[dict[str, str]]:
    """Follow the best path, choose otherwise once, then do one's best until an end."""
    steps = [*best[:at], {"node": best[at]["node"], "choice": instead}]
    key = question.key_on(TODAY)
    node = next(one.next for one in question.nodes[best[at]["node"]].choices if one.id == instead)
    while node in question.nodes:
        choice = max(question.nodes[node].choices, key=lambda one: key.correct[node][one.id])
        steps.append({"node": node, "choice": choice.id})
        node = choice.next
    return steps


@pytest.mark.parametrize("name", ["l02-q03", "l02-q15", "bt02-q02"])
def test_what_is_right_turns_on_the_day(name: str) -> None:
    question: Any = next(one for one in (*PRACTICE.questions, *GRADED.questions) if one.id == name)
    old, new = right(question, BEFORE), right(question, TODAY)
    assert score(question, old, BEFORE).fraction == score(question, new, TODAY).fraction == 1
    assert score(question, old, TODAY).fraction < 1


@pytest.mark.parametrize(("name", "act"), [("l02-q16", "12.3.c"), ("bt02-q08", "12.4.a")])
def test_a_person_pays_half_of_what_the_register_says_for_an_organisation(name: str, act: str) -> None:
    question: Any = next(one for one in (*PRACTICE.questions, *GRADED.questions) if one.id == name)
    most = law.provision(f"ND174-2026/{act}").amount_max
    assert most
    assert score(question, most / 2 / 1_000_000, TODAY).fraction == 1


@FILES
def test_the_mixture_of_types_and_levels(file: QuestionFile) -> None:
    scored = [question for question in file.questions if question.type != "survey"]
    levels = Counter(question.bloom for question in scored)
    assert len({question.type for question in scored}) >= (8 if file.unit == "l02" else 6)
    assert levels["apply"] + levels["analyse"] + levels["evaluate"] >= len(scored) / 2
    assert levels["remember"] <= len(scored) / 4


def test_bt02_has_what_must_be_right_and_what_a_person_grades() -> None:
    assert sum(question.critical for question in GRADED.questions) >= 3
    assert sum(by_hand(question) for question in GRADED.questions) == 2
    assert sum(question.points for question in GRADED.questions) == 40


@FILES
def test_the_right_option_is_not_told_by_its_length(file: QuestionFile) -> None:
    singles = [part for question in file.questions for part in parts(question) if part.type == "single"]
    longest = 0
    for part in singles:
        lengths = {option.id: len(option.text) for option in part.options}
        key = lengths.pop(part.key_on(TODAY).correct)
        assert key <= 1.3 * sum(lengths.values()) / len(lengths), part.id
        longest += key > max(lengths.values())
    assert longest <= len(singles) / 3


def test_no_way_through_the_counter_case_is_told_by_where_it_goes() -> None:
    case: Any = next(question for question in GRADED.questions if question.type == "scenario")
    public = json.dumps(publish.public_json(publish.publish(case, GRADED.seed)), ensure_ascii=False)
    for telling in ("vi phạm", "an toàn", "đúng", "sai", "Đúng", "Sai"):
        assert telling not in "".join(words([end.text for end in case.ends.values()]))
    assert '"points": 6' in public
    assert not [word for word in ("feedback", "kind", "correct") if word in public]
    told: Any = case.key_on(TODAY)
    early = {
        choice.next
        for name, node in case.nodes.items()
        if name != "to-cong-tac"
        for choice in node.choices
        if choice.next in case.ends
    }
    danger = {end for end, meant in told.ends.items() if meant.kind == "danger"}
    assert early == danger == {"tren-tay", "sau-quay", "mep-mo", "tren-xe"}, "only what endangers people ends early"


def test_at_the_counter_nobody_ends_safe_after_touching_opening_or_sending_on_what_may_be_a_weapon() -> None:
    case: Any = next(question for question in GRADED.questions if question.id == "bt02-q11")
    key = case.key_on(TODAY)
    leads = {(name, choice.id): choice.next for name, node in case.nodes.items() for choice in node.choices}
    for harmful in (("hop-mo", "cam-xem"), ("hop-mo", "nhan-hang"), ("da-nhan", "mo-not"), ("da-nhan", "dan-di")):
        end = key.ends[leads[harmful]]
        assert (end.kind, end.back_to) == ("danger", harmful[0]), harmful
        assert "113" in end.feedback


@FILES
def test_feedback_says_enough(file: QuestionFile) -> None:
    for name, key in keys(file):
        short = [text for text in words(key.model_dump(mode="json").get("feedback")) if len(text) < 60]
        assert not short, (name, short)


@FILES
def test_objectives_exist_and_all_are_asked_about(file: QuestionFile) -> None:
    with (ROOT / "datasets/questions/objectives.csv").open(encoding="utf-8", newline="") as table:
        mine = {row["id"] for row in csv.DictReader(table) if row["lesson"] == "02"}
    assert {question.objective for question in file.questions} == mine


@pytest.mark.parametrize("name", ["l02-q10", "bt02-q05"])
def test_people_leave_and_the_number_is_called_before_the_head(name: str) -> None:
    """Smell, heat, smoke: out, then 114 (L55-2024/6), then whoever leads the shift or the office."""
    question: Any = next(one for one in (*PRACTICE.questions, *GRADED.questions) if one.id == name)
    order = right(question)
    out = next(one for one in order if one in {"lui-ra", "dua-nguoi"})
    head = next(one for one in order if one in {"goi-truong-ca", "bao-truong"})
    assert order.index(out) < order.index("goi-114") < order.index(head)
    assert {"L55-2024/6.1", "L55-2024/6.2"} <= set(question.key_on(TODAY).provisions)


def test_in_the_night_of_the_powder_the_ways_that_harm_people_end_in_danger() -> None:
    case: Any = next(one for one in PRACTICE.questions if one.id == "l02-q19")
    key = case.key_on(TODAY)
    harm = {end for end, told in key.ends.items() if told.kind == "danger"}
    assert harm == {"lan-bot", "bao-cham", "da-mo"}
    assert key.correct["bao-ai"]["goi-so"] > key.correct["bao-ai"]["truong-ca-truoc"]


def test_a_parcel_that_shows_a_sign_is_opened_by_nobody_whatever_side_of_the_line_it_lies() -> None:
    question: Any = next(one for one in PRACTICE.questions if one.id == "l02-q09")
    assert right(question) == "tu-choi-bao"
    told = next(option.text for option in question.options if option.id == "tu-choi-bao")
    assert "mở" not in told


def test_bodies_that_were_there_before_are_drawn_from_before() -> None:
    rows = {row[0]: row for row in charts.bodies_timeline().rows}
    for name in ("Bộ Khoa học và Công nghệ", "Sở Khoa học và Công nghệ", "Công an xã, phường, đặc khu"):
        assert rows[name][2] == "trước"
    assert "từ 01-3-2025" in rows["Bộ Khoa học và Công nghệ"][1]

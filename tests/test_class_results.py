"""What a class can do, by question and objective: people with an interval in words, and nothing that n cannot carry."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.handin import answers, code_of, hand_in

from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import results_page
from buuchinh.grading import grade_class
from buuchinh.proportions import wilson, wilson_counts
from buuchinh.results import class_results
from buuchinh.results.results import QuestionResult, Standing, standings


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_all_published_figures_of_newcombe(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3."""
    assert [round(end, 4) for end in wilson(successes, n)] == [low, high]


@pytest.mark.parametrize("n", [10, 22, 24, 200])
def test_wilson_is_where_the_score_test_just_fails(n: int) -> None:
    """Another way to the same interval: halve between p and the end of the scale until the test's z is 1.96."""
    z = 1.959963984540054

    def end(p: float, out: float) -> float:
        inside = p
        for _ in range(200):
            middle = (inside + out) / 2
            if abs(p - middle) <= z * math.sqrt(middle * (1 - middle) / n):
                inside = middle
            else:
                out = middle
        return inside

    for successes in range(n + 1):
        p = successes / n
        assert wilson(successes, n) == pytest.approx((end(p, 0.0), end(p, 1.0)), abs=1e-9)


def test_an_interval_is_told_in_people() -> None:
    assert wilson_counts(9, 22) == (5, 13)
    assert (wilson_counts(0, 10), wilson_counts(10, 10), wilson_counts(5, 10)) == ((0, 3), (7, 10), (2, 8))


@pytest.fixture
def one(course: Path) -> Standing:
    """Return a graded result with everything right, the text of a person's marking included."""
    hand_in(course, code_of(1), answers())
    grade_class.grade(UNIT)
    return replace(standings(UNIT)[0], items=tuple(_right(item) for item in standings(UNIT)[0].items))


@pytest.fixture
def trapped(one: Standing, course: Path) -> Standing:
    """Return a graded result with the wrong option of question 1."""
    hand_in(course, code_of(2), answers(right=False))
    grade_class.grade(UNIT)
    return standings(UNIT)[1]


def _right(item: QuestionResult) -> QuestionResult:
    return replace(item, earned=item.most)


def wrong(standing: Standing, *names: str, waiting: bool = False) -> Standing:
    """Return the result with these questions wrong, or waiting to be marked by hand."""
    items = (replace(item, earned=None if waiting else 0.0) if item.id in names else item for item in standing.items)
    return replace(standing, items=tuple(items))


def class_of(*those: Standing) -> list[Standing]:
    return [replace(standing, code=code_of(number)) for number, standing in enumerate(those, 1)]


def by_id(found: list[Standing]) -> dict[str, class_results.QuestionResults]:
    return {one.id: one for one in class_results.by_question(UNIT, found)}


def test_nine_of_twenty_two_with_the_interval(one: Standing) -> None:
    found = by_id(class_of(*[one] * 9, *[wrong(one, "bt90-q1")] * 13))["bt90-q1"]
    assert found.share == class_results.ClassShare(9, 22, 5, 13)
    assert (found.n, found.number, found.waiting) == (22, 1, 0)


@pytest.mark.parametrize("people", [1, 5, 9])
def test_with_fewer_than_ten_there_is_the_number_and_nothing_else(one: Standing, people: int) -> None:
    found = class_of(*[wrong(one, "bt90-q1")] * people)
    asked = class_results.by_question(UNIT, found)
    assert {(each.n, each.share, each.trap) for each in asked} == {(people, None, None)}
    assert class_results.to_repeat(asked) == []
    assert {each.share for each in class_results.by_objective(_about(found, "m5-1"))} == {None}


def test_the_trap_is_the_wrong_answer_of_most_people_and_never_of_one(one: Standing, trapped: Standing) -> None:
    assert by_id(class_of(*[one] * 9, trapped))["bt90-q1"].trap is None
    found = by_id(class_of(*[one] * 8, trapped, trapped))["bt90-q1"].trap
    assert found == class_results.Trap("Lau khô rồi chuyển tiếp", 2)


def test_the_lowest_shares_come_first_and_what_all_know_is_left_out(one: Standing) -> None:
    found = class_of(*[one] * 6, *[wrong(one, "bt90-q2")] * 4, *[wrong(one, "bt90-q1", "bt90-q2")] * 2)
    assert [each.id for each in class_results.to_repeat(class_results.by_question(UNIT, found))] == [
        "bt90-q2",
        "bt90-q1",
    ]


def test_a_question_of_which_answers_wait_counts_nowhere(one: Standing) -> None:
    """The empty answers have their zero at once; the written ones wait, and so "0 of 11" would say nothing true."""
    empty, written = wrong(one, "bt90-q3"), wrong(one, "bt90-q3", waiting=True)
    found = class_of(*[empty] * 11, *[written] * 9)
    question = by_id(found)["bt90-q3"]
    assert (question.share, question.waiting) == (None, 9)
    assert class_results.to_repeat(by_id(found).values()) == []
    (objective,) = class_results.by_objective(_about(found, "m5-1"))
    assert objective.share
    assert (objective.share.right, objective.n) == (20, 20), "the other questions about it are right"


def _about(found: list[Standing], objective: str) -> list[Standing]:
    return [replace(each, items=tuple(replace(item, objective=objective) for item in each.items)) for each in found]


def test_an_objective_counts_people_who_reached_the_pass_mark_in_it(one: Standing) -> None:
    """11 of 14 points are 79 %: not reached, though three of four questions are right."""
    found = _about(class_of(*[one] * 7, *[wrong(one, "bt90-q3")] * 5), "m5-1")
    (objective,) = class_results.by_objective(found)
    assert objective.share == class_results.ClassShare(7, 12, *wilson_counts(7, 12))
    assert objective.title != "m5-1"


def test_a_text_that_a_person_marks_counts_from_half_of_its_points(one: Standing) -> None:
    def given(share: float) -> Standing:
        items = (replace(item, earned=share * item.most) if item.id == "bt90-q3" else item for item in one.items)
        return replace(one, items=tuple(items))

    found = by_id(class_of(one, *[given(2 / 3)] * 6, *[given(0.5)] * 4, *[given(0.49)] * 9))
    text, choice = found["bt90-q3"], found["bt90-q1"]
    assert (text.counted, text.share) == ("half", class_results.ClassShare(11, 20, *wilson_counts(11, 20)))
    assert (choice.counted, choice.share) == ("right", class_results.ClassShare(20, 20, *wilson_counts(20, 20)))


def test_a_question_scored_in_parts_counts_whole_answers_and_the_page_says_so(course: Path) -> None:
    for number in range(1, 13):
        hand_in(course, code_of(number), answers(), text=str(number))
    grade_class.grade(UNIT)
    found = {each.number: each.counted for each in class_results.by_question(UNIT, standings(UNIT))}
    page = results_page.payload(ClassReader().read(), UNIT)
    said = {each["number"]: each.get("of") for each in page["questions"]}
    ends = {"right": "người đúng", "whole": "người đúng trọn", "half": "được từ nửa số điểm trở lên"}
    assert "whole" in found.values()
    assert all(said[number] is None or said[number].endswith(ends[counted]) for number, counted in found.items())
    assert all(
        each["words"].endswith("chưa đủ để nói") or " người làm được; " in each["words"] for each in page["objectives"]
    )


def test_only_the_last_sitting_of_an_exam_counts(one: Standing) -> None:
    first = _about(class_of(*[wrong(one, "bt90-q1", "bt90-q2")] * 12), "m5-1")
    second = _about(class_of(*[one] * 12), "m5-1")
    sittings = [replace(each, unit="thinv2") for each in first] + [replace(each, unit="thinv3") for each in second]
    (objective,) = class_results.by_objective(reversed(sittings))
    assert objective.share
    assert (objective.share.right, objective.n) == (12, 12)


def test_no_question_of_an_exam_is_shown(one: Standing) -> None:
    assert class_results.by_question("thinv3", [replace(one, unit="thinv3")]) == []


def test_who_left_a_question_empty_is_counted_and_said(one: Standing) -> None:
    empty = replace(one, items=tuple(replace(item, answer="", earned=0.0) for item in one.items))
    found = by_id(class_of(*[one] * 9, *[empty] * 3))["bt90-q3"]
    assert (found.blank, found.n) == (3, 12)
    assert found.share
    assert found.share.right == 9


def test_the_page_says_how_many_left_a_text_empty(course: Path) -> None:
    for number in range(1, 11):
        given = answers() if number > 2 else {name: value for name, value in answers().items() if name != "bt90-q3"}
        hand_in(course, code_of(number), given, text=str(given.get("bt90-q3", "")))
    grade_class.grade(UNIT)
    page = results_page.payload(ClassReader().read(), UNIT)
    told = {one["number"]: (one["blank"], one["words"]) for one in page["questions"]}
    assert told[3] == ("2 người để trống", "còn 10 bài chờ chấm tay, chưa tính")
    assert told[1][0] == ""


@pytest.mark.parametrize(
    ("right", "n", "verdict"),
    [
        (24, 24, "firm"),  # 21 to 24 people; the mark is 19.2
        (23, 24, "unsure"),  # 19 to 24
        (16, 24, "unsure"),  # 11 to 20
        (15, 24, "again"),  # 10 to 19
        (42, 46, "firm"),  # 37 to 44; the mark is 36.8
        (0, 10, "again"),  # 0 to 3
    ],
)
def test_a_verdict_needs_the_whole_interval_on_one_side(right: int, n: int, verdict: str) -> None:
    share = class_results.class_share(right, n)
    assert share is not None
    assert class_results.verdict(share, 0.8) == verdict

"""What waits for a person is accepted by one command, told with who and when, kept, and taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.handin import RIGHT_VALUE, answers, code_of, hand_in

from buuchinh import cli, personal_data
from buuchinh.classroom import gradebook
from buuchinh.grading import acceptances, grade_class
from buuchinh.questions import answer_words
from buuchinh.release import versions
from buuchinh.results import feedback_pages, results
from buuchinh.text import format_number

VALUE = "bt90-q4"


def row_of(code, name=VALUE):
    with gradebook.opened() as book:
        grade = book.find_grade(name, UNIT, UNIT, code)
        return grade.auto_score, bool(grade.needs_manual_grade)


def waiting(root, code=None, value=RIGHT_VALUE):
    """Lay a hand-in with a value and without its code, and grade it."""
    code = code or code_of(1)
    hand_in(root, code, answers(value=value), "")
    (result,) = [one for one in grade_class.grade(UNIT) if one.code == code]
    assert result.waits == (VALUE,)
    assert row_of(code) == (None, True)
    return code


def test_accepting_is_one_command_and_says_who_and_when(course, capsys):
    code = waiting(course)
    assert cli.run(["accept", UNIT, code.lower(), "--by", "Lê Thị Mai"]) == 0
    out = capsys.readouterr().out
    assert f"{VALUE}: tong: {format_number(RIGHT_VALUE)}\n" in out
    assert "Lê Thị Mai" in out
    assert "11/14" in out
    assert row_of(code) == (5, False)
    (standing,) = results.standings(UNIT)
    assert any("Lê Thị Mai" in note and VALUE in note for note in standing.notes)
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]


def test_grading_again_keeps_what_was_accepted_and_undo_takes_it_back(course, capsys):
    code = waiting(course)
    cli.run(["accept", UNIT, code])
    (result,) = grade_class.grade(UNIT, again=True)
    assert (result.points, result.waits) == (11, ())
    assert cli.run(["accept", UNIT, code, "--undo"]) == 0
    assert row_of(code) == (None, True)
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]


def test_another_answer_than_the_accepted_one_waits_again(course):
    code = waiting(course, value=5)
    cli.run(["accept", UNIT, code, "--question", VALUE])
    assert row_of(code) == (0, False)
    waiting(course, code, RIGHT_VALUE)


def test_a_damaged_record_of_what_was_accepted_is_told_and_left_as_it_is(course, capsys):
    code = waiting(course)
    path = acceptances.place(UNIT, code)
    path.write_bytes(b'{"format": 1, "acc')
    assert cli.run(["accept", UNIT, code]) == 1
    assert path.name in capsys.readouterr().err
    assert path.read_bytes() == b'{"format": 1, "acc'
    assert cli.run(["grade", UNIT]) == 0


def test_a_mistyped_unit_is_told_with_the_one_that_was_meant(course, capsys):
    for unit in ("bt091", "../bt90"):
        assert cli.run(["accept", unit, "GL-0001-9"]) == 1
        assert f"Không có bài “{unit}”" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--question", "bt90-q1"], ["--undo"]])
def test_what_does_not_wait_is_not_accepted(course, words, capsys):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    assert cli.run(["accept", UNIT, code, *words]) == 1
    assert "Không có gì phải chấp nhận" in capsys.readouterr().err
    assert row_of(code) == (5, False)


def test_grade_names_who_waits(course, capsys):
    code = waiting(course)
    fine = code_of(2)
    hand_in(course, fine, answers())
    capsys.readouterr()
    cli.run(["grade", UNIT])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Cần xem")]
    assert code in line
    assert fine not in line
    assert f"accept {UNIT}" in line


def test_plain_nbgrader_knows_what_was_accepted(course):
    code = waiting(course)
    cli.run(["accept", UNIT, code])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", UNIT, "--force"], cwd=course,
        env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert row_of(code) == (5, False)
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]


def test_what_was_accepted_is_forgotten_with_the_person(course):
    code = waiting(course)
    cli.run(["accept", UNIT, code])
    personal_data.forget(code)
    assert not [path for path in (course / "so-cham").rglob("*") if code in str(path)]


@pytest.fixture
def quiz(course):
    """Four more single questions, so that most of a hand-in can be by unknown ids."""
    from buuchinh.release import release

    source = course / "source" / UNIT
    questions = (source / "questions.yml").read_text(encoding="utf-8")
    head, _, rest = questions.partition("  - id: bt90-q1\n")
    single = "  - id: bt90-q1\n" + rest[: rest.index("  - id: bt90-q2")]
    more = "".join(single.replace("bt90-q1", f"bt90-q{number}") for number in range(5, 9))
    (source / "questions.yml").write_text(
        head + single + rest[rest.index("  - id: bt90-q2") :] + more, encoding="utf-8"
    )
    notebook = json.loads((source / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    (asked,) = [cell for cell in notebook["cells"] if cell["id"] == "bt90-q1"]
    notebook["cells"] += [json.loads(json.dumps(asked).replace("bt90-q1", f"bt90-q{number}")) for number in range(5, 9)]
    (source / f"{UNIT}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    questions = (source / "questions.yml").read_text(encoding="utf-8")
    (source / "questions.yml").write_text(questions.replace("version: 1.0.0", "version: 1.1.0"), encoding="utf-8")
    release.release(UNIT, reason="Thêm câu.")
    return course


def by_unknown_ids(root, code, names):
    folder = hand_in(root, code, answers() | dict.fromkeys((f"bt90-q{n}" for n in range(5, 9)), "x"))
    path = folder / "answers.json"
    found = json.loads(path.read_text(encoding="utf-8").replace('"1.0.0"', '"1.1.0"'))
    for name in names:
        found["answers"][name]["answer"] = "la"
    for name in list(found["answers"]):
        if name[-1] in "5678" and name not in names:
            del found["answers"][name]
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def test_a_hand_in_whose_option_ids_are_unknown_is_told_and_waits(quiz):
    code = code_of(1)
    names = ("bt90-q1", "bt90-q5", "bt90-q6", "bt90-q7", "bt90-q8")
    by_unknown_ids(quiz, code, names)
    (result,) = grade_class.grade(UNIT)
    assert result.waits == names
    assert any("cần xem" in note and "5 trên" in note for note in result.notes), result.notes
    assert {row_of(code, name) for name in names} == {(None, True)}
    (standing,) = results.standings(UNIT)
    assert standing.verdict == "pending"
    page = feedback_pages.page(standing)
    assert page.count("Chờ xem: lựa chọn đã nộp không thuộc đề này") == 2 * len(names), "on the screen, on paper"
    assert "Chưa đúng" not in page
    assert "Nên đọc lại" not in page


def test_what_is_answered_by_ids_of_another_form_is_neither_offered_for_acceptance_nor_accepted(quiz, capsys):
    """To accept it would make nought of it: what helps is another hand-in or a new sitting."""
    code, fine = code_of(1), code_of(2)
    names = ("bt90-q1", "bt90-q5", "bt90-q6", "bt90-q7", "bt90-q8")
    by_unknown_ids(quiz, code, names)
    hand_in(quiz, fine, answers(), "")
    cli.run(["grade", UNIT])
    told = capsys.readouterr().out.splitlines()
    assert [fine in line and code not in line for line in told if f"accept {UNIT}" in line] == [True]
    (line,) = [line for line in told if line.startswith("Làm bằng lựa chọn của đề hay bản khác")]
    assert code in line
    assert "làm lần khác" in line
    for words in ([], ["--question", "bt90-q5"]):
        assert cli.run(["accept", UNIT, code, *words]) == 1
        assert "không thuộc đề hay bản của người này" in capsys.readouterr().err
    assert not acceptances.place(UNIT, code).exists()
    assert {row_of(code, name) for name in names} == {(None, True)}


def test_an_answer_that_nobody_has_seen_is_not_accepted(course, capsys):
    code = waiting(course, value=5)
    hand_in(course, code, answers(value=999), "")  # collected since, not graded
    assert cli.run(["accept", UNIT, code]) == 1
    said = capsys.readouterr().err
    assert "đã đổi từ lần chấm trước" in said
    assert f"buuchinh grade {UNIT}" in said
    assert not acceptances.place(UNIT, code).exists()
    grade_class.grade(UNIT)
    assert cli.run(["accept", UNIT, code]) == 0
    assert "999" in capsys.readouterr().out


def test_up_to_half_of_the_answers_by_unknown_ids_is_wrong_and_waits_for_nobody(quiz):
    code = code_of(1)
    by_unknown_ids(quiz, code, ("bt90-q5", "bt90-q6", "bt90-q7"))  # three of six
    (result,) = grade_class.grade(UNIT)
    assert (result.waits, row_of(code, "bt90-q5")) == ((), (0, False))


def test_two_answers_by_unknown_ids_are_too_few_to_say_anything_of_a_hand_in(quiz):
    code = code_of(1)
    by_unknown_ids(quiz, code, ("bt90-q5", "bt90-q6"))
    path = quiz / "submitted" / code / UNIT / "answers.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    for name in ("bt90-q2", "bt90-q3", "bt90-q4"):
        del found["answers"][name]
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    notebook = path.with_name(f"{UNIT}.ipynb")
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("submit(", "print("), encoding="utf-8")
    (result,) = grade_class.grade(UNIT)
    assert (result.waits, row_of(code, "bt90-q5")) == ((), (0, False))


def test_one_unknown_option_is_wrong_and_nothing_more(quiz):
    code = code_of(1)
    by_unknown_ids(quiz, code, ("bt90-q1",))
    (result,) = grade_class.grade(UNIT)
    assert result.waits == ()
    assert row_of(code, "bt90-q1") == (0, False)


def test_an_answer_is_told_in_the_words_of_its_options_not_by_ids(small_course):
    question: Any = versions.released(UNIT).obscured["bt90-q1"]
    one, many = question.options[:2]
    assert answer_words.in_words(question, one.id) == one.text
    assert answer_words.in_words(question, [one.id, many.id]) == f"{one.text}; {many.text}"
    assert answer_words.in_words(question, {one.id: {"x": 2.5}}) == f"{one.text}: x: 2,5"
    assert answer_words.in_words(None, "zzz") == "zzz"

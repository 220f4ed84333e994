from __future__ import annotations

import json
import shutil

import pytest
from kit.classroom import UNIT, edit, make_course
from kit.handin import answers, code_of, hand_in

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.cli.watching import watching
from buuchinh.errors import KitError
from buuchinh.execution import run_one, sandbox, warm_executor
from buuchinh.execution.options import ExecutionOptions
from buuchinh.grading import grade_class, run_progress
from buuchinh.release import release


class Onlooker(run_progress.Silence):
    def __init__(self):
        self.heard = []

    def ended(self, result, number, total):
        self.heard.append((result.code, number, total))


def grade_of(code, question):
    with gradebook.opened() as book:
        grade = book.find_grade(question, UNIT, UNIT, code)
        return grade.auto_score, grade.manual_score, grade.score


def set_by_hand(code, points):
    with gradebook.opened() as book:
        book.find_grade("bt90-q3", UNIT, UNIT, code).manual_score = points
        book.db.commit()


def test_three_hand_ins_each_get_their_points_or_a_clear_sentence(course, capsys):
    good, mended, broken = (code_of(n) for n in (1, 2, 3))
    hand_in(course, good, answers())
    folder = hand_in(course, mended, answers(right=False))
    (folder / "collected.json").write_text(json.dumps({"notes": ["Hai ô trùng mã đã được gộp."]}), encoding="utf-8")
    (hand_in(course, broken, answers()) / f"{UNIT}.ipynb").write_text('{"cells": [', encoding="utf-8")
    seen = Onlooker()
    results = grade_class.grade(UNIT, watch=seen)
    assert [(one.code, one.state) for one in results] == [(good, "graded"), (mended, "repaired"), (broken, "failed")]
    assert [one.points for one in results] == [11, 5, None]
    assert "Hai ô trùng mã đã được gộp." in results[1].notes
    assert "JSON" in results[2].notes[0]
    assert "collect" in results[2].notes[0] or "bản gốc" in results[2].notes[0]
    assert [number for _, number, _ in seen.heard] == [1, 2, 3]
    assert {total for *_, total in seen.heard} == {3}
    assert cli.run(["grade", UNIT]) == 3
    out = capsys.readouterr().out
    assert "0 đã chấm, 0 đã chấm sau khi sửa, 2 không đổi, 1 chưa chấm được" in out


def test_on_a_new_machine_grade_enters_the_released_unit_and_grades(course, capsys):
    code = code_of(1)
    for path in course.glob("gradebook.db*"):
        path.unlink()
    hand_in(course, code, answers())
    assert cli.run(["grade", UNIT]) == 0
    assert "đã ghi vào sổ điểm của máy này" in capsys.readouterr().out
    assert grade_of(code, "bt90-q1")[0] > 0
    assert cli.run(["grade", UNIT]) == 0
    assert "sổ điểm của máy này" not in capsys.readouterr().out


def test_a_unit_that_was_entered_in_part_is_entered_whole_before_it_is_graded(course):
    for path in course.glob("gradebook.db*"):
        path.unlink()
    hand_in(course, code_of(1), answers())
    with gradebook.opened() as book:  # all that a killed run has written
        book.update_or_create_assignment(UNIT)
    assert cli.run(["grade", UNIT]) == 0
    assert grade_of(code_of(1), "bt90-q1")[0] > 0
    assert release.enter(UNIT) is None


def test_what_was_never_released_is_not_graded(course, capsys):
    hand_in(course, code_of(1), answers())
    shutil.rmtree(course / "source" / UNIT / "releases")
    for path in course.glob("gradebook.db*"):
        path.unlink()
    assert cli.run(["grade", UNIT]) == 1
    assert f"buuchinh release {UNIT}" in capsys.readouterr().err
    assert not gradebook.has_unit(UNIT)


def test_what_did_not_change_is_not_graded_again(course, monkeypatch):
    first, second = code_of(1), code_of(2)
    for code in (first, second):
        hand_in(course, code, answers())
    grade_class.grade(UNIT)
    assert {one.state for one in grade_class.grade(UNIT)} == {"unchanged"}
    hand_in(course, second, answers(right=False))
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged", "graded"]
    assert [one.state for one in grade_class.grade(UNIT, only=first.lower(), again=True)] == ["graded"]


def test_a_corrected_key_scores_again_and_runs_no_code_again(course, monkeypatch):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    edit(course / "source" / UNIT / "questions.yml", "correct: canary-a", "correct: canary-b")
    release.release(UNIT, correct=True, reason="Gõ nhầm đáp án.")
    monkeypatch.setattr(warm_executor.Warm, "run", lambda *args: pytest.fail("ran code again"))
    (result,) = grade_class.grade(UNIT)
    assert (result.state, result.points) == ("graded", 7)
    assert grade_of(code, "bt90-q1")[0] == 0


def test_a_persons_points_stay_when_the_hand_in_is_graded_again(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    set_by_hand(code, 2.5)
    grade_class.grade(UNIT, again=True)
    assert grade_of(code, "bt90-q3") == (None, 2.5, 2.5)


def test_what_would_stop_everybody_is_said_before_anybody(course, monkeypatch):
    with pytest.raises(KitError, match="Chưa có bài nộp"):
        grade_class.grade(UNIT)
    code = code_of(1)
    hand_in(course, code, answers())
    with pytest.raises(KitError, match=code_of(2)):
        grade_class.grade(UNIT, only=code_of(2))
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    with pytest.raises(KitError, match="bubblewrap"):
        grade_class.grade(UNIT)
    (result,) = grade_class.grade(UNIT, options=ExecutionOptions(unsafe=True))
    assert result.points == 11
    assert any("--unsafe" in note for note in result.notes)


def test_an_exercise_without_code_starts_no_kernel_and_needs_no_isolation(tmp_path, monkeypatch):
    root = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    release.release(UNIT)
    hand_in(root, code_of(1), answers() | {"bt90-q4": {}})
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    monkeypatch.setattr(run_one, "run", lambda *args, **kwargs: pytest.fail("ran code"))
    (result,) = grade_class.grade(UNIT)
    assert (result.state, result.points) == ("graded", 6)


def test_the_line_says_at_once_whose_code_is_running(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("CI", raising=False)
    with watching(UNIT) as watch:
        watch.ended(run_progress.Result(code_of(1), "unchanged", 1, 2, manual=False, notes=()), 1, 3)
        watch.running(lambda: (code_of(2), code_of(3)))
        watch.bar.refresh()  # type: ignore[attr-defined]  # what a terminal gets has one
    shown = capsys.readouterr().out
    assert f"Đang chạy: {code_of(2)}, {code_of(3)}" in shown
    assert "1/3" in shown


def test_who_handed_in_nothing_and_whose_points_are_missing_is_named(course, capsys):
    there, absent, late = (code_of(n) for n in (1, 2, 3))
    with gradebook.opened() as book:
        book.update_or_create_student(absent)
    hand_in(course, there, answers())
    assert cli.run(["grade", UNIT]) == 0
    assert f"Chưa có bài nộp của 1 người trong lớp: {absent}." in capsys.readouterr().out
    hand_in(course, late, answers())
    for command in ("feedback", "report"):
        assert cli.run([command, UNIT]) == 0
        assert f"1 bài chưa chấm: {late}." in capsys.readouterr().out
    cli.run(["grade", UNIT])
    capsys.readouterr()
    assert cli.run(["report", UNIT]) == 0
    assert "chưa chấm" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["grade", "feedback", "report", "regrade", "release"])
def test_a_mistyped_unit_is_told_with_the_one_that_was_meant(small_course, capsys, command):
    assert cli.run([command, "bt9O"]) == 1
    assert "bt90" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["", "*", ".", "[b]t90"])
def test_what_is_no_name_of_a_unit_is_told_with_those_that_are(small_course, capsys, typed):
    assert cli.run(["grade", typed]) == 1
    assert f"Các bài đang có: {UNIT}" in capsys.readouterr().err

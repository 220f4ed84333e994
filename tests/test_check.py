from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from kit.authoring import ROOT, checked_course, edit, faults, notebook

from buuchinh import cli, law
from buuchinh.authoring import check as checking
from buuchinh.authoring.question_checks import uncovered
from buuchinh.release import release

course = pytest.fixture(checked_course)


def errors():
    return [str(problem) for problem in checking.check() if problem.level == "error"]


def questions(course: Path) -> Path:
    return course / "datasets" / "questions" / "l90.yml"


def test_the_course_itself_has_no_error(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    assert errors() == []


def test_a_sound_course_passes_and_the_source_s_own_gap_is_shown_apart(course, capsys):
    assert cli.run(["check"]) == 0
    said = capsys.readouterr()
    assert faults() == []
    assert "[bank-size]" in said.err
    assert "1 + 9 = 10 ≠ 11, thiếu 1" in said.out


def test_the_command_speaks_under_an_ascii_locale(course):
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "buuchinh", "check"]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "thiếu 1" in done.stdout.decode("utf-8")


def test_all_faults_of_all_rooms_are_said_at_once_with_their_lines(course, capsys):
    law_line = edit(course / "datasets" / "law" / "provisions.csv", "2011-01-01", "01/01/2011")
    fact_line = edit(course / "datasets" / "statistics" / "facts.csv", "phát hiện 11 vụ", "phát hiện 12 vụ")
    objective_line = edit(questions(course), "objective: m2-2", "objective: m2-222")
    source_line = edit(questions(course), "seed-cases-h1-2023", "seed-cases-h1-2033")
    cell = ("code", 'ask("l90-q99")\nfigure("seed-guns")\n%time ask("x")')
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(cell), encoding="utf-8")
    (course / "source" / "bt90").mkdir(parents=True)
    (course / "source" / "bt90" / "answers.json").write_text("{}", encoding="utf-8")
    assert cli.run(["check"]) == 1
    said = capsys.readouterr().err
    for place in (
        f"datasets/law/provisions.csv:{law_line}:",
        f"datasets/statistics/facts.csv:{fact_line}:",
        f"datasets/questions/l90.yml:{objective_line}:",
        f"datasets/questions/l90.yml:{source_line}:",
        "lessons/90-thu.ipynb, ô 1, dòng 1:",
        "lessons/90-thu.ipynb, ô 1, dòng 2:",
        "source/bt90/answers.json:",
    ):
        assert place in said
    assert "Có phải anh/chị tìm: m2-2" in said
    assert "seed-cases-h1-2023" in said


def test_a_broken_question_file_gives_its_own_lines_and_no_echo_in_the_lesson(course):
    line = edit(questions(course), "difficulty: 0.5", "difficulty: 5")
    said = errors()
    assert [one for one in said if one.startswith(f"datasets/questions/l90.yml:{line}:")]
    assert len(said) == 1, said


@pytest.mark.parametrize(
    ("provision", "said"),
    [
        ("LBC-2010/299.3", "Không có “LBC-2010/299.3”"),
        ("LBC-2010/29.3@2009-01-01", "chưa áp dụng"),
        ("ND174-2026/115.1", "đáp án áp dụng vào ngày 01-01-2024"),
    ],
)
def test_a_key_must_cite_law_that_there_is_on_its_days(course, provision, said):
    line = edit(questions(course), "LBC-2010/29.3", provision)
    (problem,) = errors()
    assert problem.startswith(f"datasets/questions/l90.yml:{line}: l90-q01")
    assert said in problem


def test_a_key_without_an_end_on_law_that_ended_is_a_warning_and_history_is_none(course):
    line = edit(questions(course), "LBC-2010/29.3", "ND15-2020/9.1")
    (problem,) = faults()
    assert (problem.level, problem.line) == ("warning", line)
    assert "01-07-2026" in problem.message
    edit(questions(course), "ND15-2020/9.1", "ND15-2020/9.1@2026-06-30")
    assert faults() == []


def test_a_question_needs_a_key_for_the_day_it_asks_about(course):
    edit(questions(course), "    bloom: apply", "    as_of: 2020-01-01\n    bloom: apply")
    (problem,) = errors()
    assert "01-01-2020" in problem


def test_lessons_are_checked_for_links_files_tone_marks_and_ids(course):
    cells = [
        ("markdown", "Xem [khoản 3](#LBC-2010/299.3)\n\n![hình](hinh/khong-co.svg)"),
        ("markdown", unicodedata.normalize("NFD", "Bưu gửi")),
        ("code", 'figures_table(["seed-cases-h1-2023", "khong-co"])\nplt.figure("tên hình")'),
        ("code", 'ask("l90-q01")'),
    ]
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(*cells), encoding="utf-8")
    said = errors()
    assert len(said) == 4, said
    places = ["ô 1, dòng 1", "ô 1, dòng 3", "ô 2, dòng 1", "ô 3, dòng 1"]
    assert all(place in one for place, one in zip(places, said, strict=True)), said


@pytest.mark.parametrize("text", ['{"cells": []}', '{"cells": [', "", "[1]"])
def test_a_file_that_is_no_notebook_is_named(course, text):
    (course / "lessons" / "90-thu.ipynb").write_text(text, encoding="utf-8")
    (problem,) = errors()
    assert problem.startswith("lessons/90-thu.ipynb:")


def test_a_practice_question_that_no_lesson_asks_is_a_warning(course):
    edit(course / "lessons" / "90-thu.ipynb", 'ask(\\"l90-q01\\")', "pass")
    (problem,) = faults()
    assert problem.level == "warning"
    assert "l90-q01" in problem.message


def test_names_of_files_and_ids_agree(course):
    questions(course).rename(course / "datasets" / "questions" / "l91.yml")
    said = "\n".join(errors())
    assert "“l90” nhưng tên tệp là “l91”" in said
    assert "“l90-q01” phải bắt đầu bằng “l91-”" in said


def test_the_first_day_without_law_is_found():
    periods = law.periods("ND15-2020/9.1")
    assert uncovered(periods, date(2024, 1, 1), date(2026, 7, 1)) is None
    assert uncovered(periods, date(2024, 1, 1), date(2026, 7, 2)) == date(2026, 7, 1)
    assert uncovered(periods, date(2019, 1, 1), date(2026, 7, 1)) == date(2019, 1, 1)
    assert uncovered(law.periods("LBC-2010/29.3"), None, None) is None


@pytest.mark.journey
def test_what_a_change_would_break_after_a_release_is_said(course):
    cli.run(["new", "exercise", "bt03"])
    release.release("bt03")
    assert errors() == []
    edit(course / "source" / "bt03" / "questions.yml", "stem: >", "points: 3\n    stem: >")
    said = "\n".join(map(str, checking.check()))
    assert "version vẫn là 0.1.0" in said


def test_an_exercise_that_names_another_pass_mark_than_the_course_is_an_error(course):
    assert cli.run(["new", "exercise", "bt90"]) == 0
    edit(course / "source" / "bt90" / "bt90.ipynb", "khoảng 40 phút.", "khoảng 40 phút. **Đạt:** từ 80 % số điểm.")
    assert [one for one in faults() if "số điểm" in one.message] == []
    edit(course / "course.toml", "pass_mark = 0.8", "pass_mark = 0.85")
    (fault,) = (one for one in faults() if "số điểm" in one.message)
    assert fault.level == "error"
    assert fault.path.startswith("source/bt90/bt90.ipynb, ô 1, dòng")
    assert "80 %" in fault.message
    assert "85 %" in fault.way_out


def test_a_deadline_for_an_exercise_that_is_not_there_is_an_error(course):
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt99 = 2027-01-15")
    (problem,) = errors()
    assert "bt99" in problem


def test_a_lesson_in_the_order_that_is_not_there_is_an_error_in_a_course_that_is_complete(course):
    assert errors() == []
    order = edit(course / "course.toml", 'lesson_order = ["05", ', 'lesson_order = ["05", "99", ')
    assert order
    assert errors() == [], "a course that is being written has few lessons yet"
    edit(course / "course.toml", "complete = false", "complete = true")
    assert [one for one in errors() if one.startswith("course.toml") and "99" in one]


def test_a_step_of_a_path_that_is_not_there_is_an_error_in_a_course_that_is_complete(course):
    edit(course / "course.toml", 'staff = ["the-khan-cap", ', 'staff = ["the-khan-cap", "to-khong-co", ')
    assert errors() == []
    edit(course / "course.toml", "complete = false", "complete = true")
    assert [one for one in errors() if one.startswith("course.toml") and "to-khong-co" in one]


def test_an_objective_begins_with_a_verb_that_can_be_observed(course):
    table = course / "datasets" / "questions" / "objectives.csv"
    line = edit(table, "Xử lý bưu gửi nghi vấn", "Hiểu bưu gửi nghi vấn")
    assert [one.split(": ")[0] for one in errors()] == [f"datasets/questions/objectives.csv:{line}"]
    edit(table, ",xử lý,", ",hiểu,")
    (problem,) = errors()
    assert "không quan sát được" in problem

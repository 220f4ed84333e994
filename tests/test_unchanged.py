"""A run does what has changed and nothing else, and sees every change."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from kit.classroom import UNIT, edit, make_course
from kit.handin import answers, code_of, hand_in
from kit.use_course import use_course

from buuchinh import cli
from buuchinh.classroom import gradebook, run_log
from buuchinh.grading import grade_class, outcomes, score
from buuchinh.questions import scoring_version
from buuchinh.release import release

CODES = [code_of(number) for number in (1, 2)]


def quiz(*, right=True):
    return {name: answer for name, answer in answers(right=right).items() if name != "bt90-q4"}


@pytest.fixture(scope="module")
def graded_course(tmp_path_factory):
    """A course without code whose two hand-ins are graded, an hour after they came."""
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("unchanged"), code=False)
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        for code in CODES:
            hand_in(root, code, quiz())
        assert [one.state for one in grade_class.grade(UNIT)] == ["graded", "graded"]
        yield root


@pytest.fixture
def course(graded_course, tmp_path, monkeypatch):
    root = tmp_path / "course"
    shutil.copytree(graded_course, root)
    return use_course(root, monkeypatch)


def states():
    return [one.state for one in grade_class.grade(UNIT)]


def test_a_run_with_nothing_to_do_loads_neither_keys_nor_nbgrader(course):
    script = (
        "import sys\nfrom buuchinh import cli\nassert cli.run(['grade', 'bt90']) == 0\n"
        "slow = {'nbgrader', 'nbformat', 'sqlalchemy', 'ruamel.yaml', 'pandas', 'IPython', 'rich'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    *said, loaded = done.stdout.splitlines()
    assert any("2 không đổi" in line for line in said)
    assert loaded == "[]"


def an_answer_of_the_same_length(root):
    path = root / "submitted" / CODES[0] / UNIT / "answers.json"
    before = path.stat()
    edit(path, quiz()["bt90-q1"], quiz(right=False)["bt90-q1"])
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def a_file_more(root):
    (root / "submitted" / CODES[0] / UNIT / "sub").mkdir()
    (root / "submitted" / CODES[0] / UNIT / "sub" / "x.txt").write_text("x", encoding="utf-8")


def the_gradebook_lost_it(_root):
    with gradebook.opened() as book:
        book.remove_submission(UNIT, CODES[0])


def the_gradebook_was_put_back(root):
    with sqlite3.connect(root / "gradebook.db") as database:
        database.execute(
            "UPDATE grade SET auto_score = 1 WHERE auto_score = 4 AND notebook_id IN (SELECT n.id FROM"
            " submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id WHERE s.student_id = ?)",
            CODES[:1],
        )


def the_shown_notebook_is_gone(root):
    shutil.rmtree(root / "autograded" / CODES[0])


def the_outcome_is_gone_and_nothing_remembered(root):
    outcomes.forget(UNIT, CODES[0])
    (root / "so-cham" / f"{UNIT}.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        an_answer_of_the_same_length, a_file_more, the_gradebook_lost_it, the_gradebook_was_put_back,
        the_shown_notebook_is_gone, the_outcome_is_gone_and_nothing_remembered,
    ],
)  # fmt: skip
def test_one_change_is_seen_and_the_other_hand_in_left_alone(course, change):
    assert states() == ["unchanged", "unchanged"]
    change(course)
    assert states() == ["graded", "unchanged"]
    assert states() == ["unchanged", "unchanged"]


def another_day(root):
    edit(root / "course.toml", "reviewed_on = 2026-11-25", "reviewed_on = 2026-11-26")


def another_key(root):
    edit(root / "source" / UNIT / "releases" / "1.0.0" / "questions.yml", "correct: canary-a", "correct: canary-b")


def another_way_of_scoring(_root):
    pytest.MonkeyPatch().setattr(scoring_version, "SCORING_VERSION", scoring_version.SCORING_VERSION + 1)


@pytest.fixture(autouse=True)
def the_present_scoring(monkeypatch):
    monkeypatch.setattr(scoring_version, "SCORING_VERSION", scoring_version.SCORING_VERSION)


def test_a_pass_mark_or_json_beside_the_keys_concerns_no_outcome(course):
    releases = course / "source" / UNIT / "releases"
    (releases / "1.0.0.toml").write_text("pass_mark = 0.5\n", encoding="utf-8")
    (releases / "1.0.0" / "questions.json").write_text("{}", encoding="utf-8")
    assert states() == ["unchanged", "unchanged"]


@pytest.mark.parametrize("change", [another_day, another_key, another_way_of_scoring])
def test_what_concerns_all_is_seen_for_all(course, change):
    change(course)
    assert states() == ["graded", "graded"]
    assert states() == ["unchanged", "unchanged"]


def test_without_its_memory_it_reads_and_grades_nothing(course):
    (course / "so-cham" / f"{UNIT}.json").unlink()
    assert states() == ["unchanged", "unchanged"]
    assert set(json.loads((course / "so-cham" / f"{UNIT}.json").read_text(encoding="utf-8"))["value"]) == set(CODES)


def test_the_log_tells_what_was_done_and_survives_a_torn_line(course):
    with run_log.place().open("ab") as file:
        file.write(b"2026-11-25 10:")
    (course / "submitted" / CODES[0] / UNIT / f"{UNIT}.ipynb").write_text("{", encoding="utf-8")
    hand_in(course, CODES[1], quiz(right=False))
    grade_class.grade(UNIT)
    lines = list(csv.reader(run_log.place().read_text(encoding="utf-8-sig").splitlines(), delimiter="\t"))
    assert lines[0] == ["Lúc", "Bài", "Mã học viên", "Việc", "Kết quả", "Cách chạy"]
    told = {line[2]: line[4] for line in lines if len(line) == 6 and line[2]}
    assert "JSON" in told[CODES[0]]
    assert told[CODES[1]] == "0/9 điểm"
    assert lines[-1][3:5] == ["kết thúc", "2 bài đã xong"]


def test_a_hand_in_that_breaks_the_grader_stops_nobody_and_says_where_to_look(course, monkeypatch, capsys):
    hand_in(course, CODES[0], quiz(right=False))
    hand_in(course, CODES[1], quiz(right=False))
    real = score.mark

    def breaks(handed, run, notebook):
        if handed.code == CODES[0]:
            raise ZeroDivisionError("division by zero")
        return real(handed, run, notebook)

    monkeypatch.setattr(score, "mark", breaks)
    assert cli.run(["grade", UNIT]) == 3
    said = capsys.readouterr().out
    assert f"so-cham/{CODES[0]}/{UNIT}/loi.txt" in said
    assert "division" not in said
    assert "ZeroDivisionError" in (course / "so-cham" / CODES[0] / UNIT / "loi.txt").read_text(encoding="utf-8")
    assert "1 đã chấm" in said


def test_a_gradebook_that_cannot_be_written_is_said_in_vietnamese_and_the_next_run_goes_on(course, monkeypatch, capsys):
    hand_in(course, CODES[0], quiz(right=False))
    monkeypatch.setattr(gradebook, "WAIT", 0.2)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert cli.run(["grade", UNIT]) == 1
    said = capsys.readouterr().err
    assert "một chương trình khác đang ghi vào sổ điểm" in said
    assert "locked" not in said
    assert states() == ["graded", "unchanged"]
    (course / "gradebook.db").write_bytes(b"x" * 5000)
    assert cli.run(["grade", UNIT]) == 1
    assert "tệp sổ điểm bị hỏng" in capsys.readouterr().err


def test_a_terminal_shows_a_line_that_moves_and_a_table(course, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    hand_in(course, CODES[0], quiz(right=False))
    assert cli.run(["grade", UNIT]) == 0
    said = capsys.readouterr().out
    assert "Chấm bài bt90" in said
    line, _, table = said.partition("\x1b[?25h")  # where the cursor comes back
    assert "━" in line
    assert "2/2" in line
    assert CODES[0] in table
    table, waiting, _ = table.partition("Chờ người chấm")
    assert waiting
    assert CODES[1] not in table  # nothing new about it
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("CI", "1")
    assert cli.run(["grade", UNIT, "--again"]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert f"2/2 {CODES[1]}: đã chấm." in said
    assert f"{CODES[1]}: 6/9 điểm, Chờ chấm tay; còn 3 điểm chờ chấm tay\n" in said

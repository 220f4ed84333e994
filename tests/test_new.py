from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, faults, own_course

from buuchinh import cli
from buuchinh.authoring.templates import kinds
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile
from buuchinh.release import bundle_files, release

course = pytest.fixture(own_course)


def besides_the_words_of_templates():
    """Return the problems of a course but for questions that still hold the words of their templates."""
    return [problem for problem in faults() if "[template-words]" not in problem.message]


def test_a_new_lesson_and_its_question_are_sound_as_they_stand(course, capsys):
    assert cli.run(["new", "lesson", "03-van-chuyen", "--title", 'Bài 3. "Vận chuyển"']) == 0
    said = capsys.readouterr().out
    assert "lessons/03-van-chuyen.ipynb" in said
    assert "datasets/questions/l03.yml" in said
    assert besides_the_words_of_templates() == []
    assert question_bank.load(course / "datasets" / "questions" / "l03.yml").title == 'Bài 3. "Vận chuyển"'


@pytest.mark.journey
def test_a_new_exercise_is_sound_and_nbgrader_releases_it(course):
    assert cli.run(["new", "exercise", "bt03"]) == 0
    assert besides_the_words_of_templates() == []
    made = release.release("bt03")
    assert set(made.files) == {"bt03.ipynb", "questions.json"}
    released = (course / "exercises" / "bt03" / "questions.json").read_text(encoding="utf-8")
    assert "Nửa số điểm" not in released
    assert "nửa số điểm" not in released
    assert "Đủ nơi, giờ" not in released


def test_there_is_a_template_for_every_type_of_question():
    types = set(QuestionFile.model_json_schema()["properties"]["questions"]["items"]["discriminator"]["mapping"])
    assert set(kinds()) == types | {"manual", "task"}


@pytest.mark.journey
def test_every_template_is_sound_in_practice_and_in_an_exercise(course):
    cli.run(["new", "exercise", "bt03"])
    for kind in kinds():
        assert cli.run(["new", "question", f"bt03-{kind}", "--type", kind]) == 0
        assert cli.run(["new", "question", f"l90-{kind}", "--type", kind]) == 0
    assert [str(one) for one in faults() if one.level == "error"] == []
    assert len(besides_the_words_of_templates()) == len(kinds())  # the lesson does not ask them yet, and check says so
    named = {str(one).split(": ")[1] for one in faults() if "[template-words]" in one.message}
    assert named >= {f"{unit}-{kind}" for unit in ("bt03", "l90") for kind in kinds()}, "each still has its template's"
    file = question_bank.load(course / "source" / "bt03" / "questions.yml")
    assert [question.id for question in file.questions][2:] == [f"bt03-{kind}" for kind in kinds()]
    notebook = json.loads((course / "source" / "bt03" / "bt03.ipynb").read_text(encoding="utf-8"))
    assert notebook["cells"][-1]["source"] == ["hand_in()"]
    release.release("bt03")


def test_the_words_of_a_template_are_an_error_in_a_complete_course_until_each_is_replaced(course):
    assert cli.run(["new", "question", "l90-q02"]) == 0
    (warning,) = (one for one in faults() if "[template-words]" in one.message)
    assert warning.level == "warning"
    edit(course / "course.toml", "complete = false", "complete = true")
    path = course / "datasets" / "questions" / "l90.yml"
    for words in (
        "Một người trong ca trực",
        "Việc đúng, viết",
        "Việc mà một đồng nghiệp",
        "Đúng. Nói căn cứ",
        "Làm thế",
        "Làm cách thứ hai",
    ):
        (fault,) = (one for one in faults() if "[template-words]" in one.message)
        assert fault.level == "error"
        assert edit(path, words, f"Ở quầy hai. {words}") - fault.line in (0, 1), "a folded text begins below its field"
    assert [one for one in faults() if "[template-words]" in one.message] == []


def written(course: Path) -> dict[Path, bytes]:
    """Return every file of the course with its bytes, but for the cache."""
    files = [path for path in course.rglob("*") if path.is_file() and ".buuchinh-cache" not in path.parts]
    return {path: path.read_bytes() for path in files}


def test_what_was_made_is_told_apart_from_what_was_extended(course, capsys):
    assert cli.run(["new", "question", "l90-q02", "--type", "picture"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["Đã thêm vào: datasets/questions/l90.yml", "Đã tạo: lessons/hinh/l90-q02.svg"]


def test_nothing_is_overwritten(course, capsys):
    cli.run(["new", "lesson", "03-van-chuyen"])
    cli.run(["new", "exercise", "bt03"])
    before = written(course)
    for words in (
        ["lesson", "03-van-chuyen"],
        ["lesson", "03-ten-khac"],
        ["exercise", "bt03"],
        ["question", "l90-q01"],
        ["question", "bt03-q02"],
    ):
        assert cli.run(["new", *words]) == 1, words
    assert "không ghi đè" in capsys.readouterr().err
    assert written(course) == before


def test_what_an_author_wrote_stays_byte_for_byte(course):
    path = course / "datasets" / "questions" / "l90.yml"
    edit(path, "  - id: l90-q01", "  # lời của người soạn\n  - id: l90-q01")
    before = path.read_text(encoding="utf-8")
    assert cli.run(["new", "question", "l90-q02"]) == 0
    assert path.read_text(encoding="utf-8").startswith(before.rstrip("\n"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lesson", "Bai3"], "03-van-chuyen"),
        (["exercise", "bt3"], "bt03"),
        (["question", "q01"], "l03-q02"),
        (["question", "l90-q02", "--type", "doan"], "single"),
        (["question", "l77-q01"], "buuchinh new lesson 77-"),
        (["question", "bt77-q01"], "buuchinh new exercise bt77"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_form(course, capsys, words, said):
    assert cli.run(["new", *words]) == 1
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_grow_is_left_alone(course, capsys):
    path = course / "datasets" / "questions" / "l90.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unit: l90\n", "") + "unit: l90\n", encoding="utf-8")
    before = path.read_bytes()
    assert cli.run(["new", "question", "l90-q02"]) == 1
    assert "questions đứng cuối tệp" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_the_command_line_starts_without_templates_as_in_a_bundle(tmp_path):
    for name in (ROOT / bundle_files.PACKAGE_LIST).read_text(encoding="utf-8").split():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert not (tmp_path / "buuchinh" / "authoring" / "templates" / "question").exists()
    command = [sys.executable, "-m", "buuchinh", "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "check" in done.stdout.decode("utf-8")

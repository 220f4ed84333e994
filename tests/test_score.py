from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.handin import GOOD_CODE, answers, code_of, hand_in, notebook

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class, outcomes, score, typed_values
from buuchinh.questions import types
from buuchinh.release import release, versions

ROOT = Path(__file__).parents[1]


def points(code):
    with gradebook.opened() as book:
        found = book.find_submission_notebook(UNIT, UNIT, code)
        return {grade.name: (grade.auto_score, grade.manual_score) for grade in found.grades}


def test_points_stand_in_nbgraders_gradebook_and_a_persons_cell_is_left_alone(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    assert points(code) == {
        "bt90-q1": (4, None), "bt90-q2": (2, None), "bt90-q3": (None, None), "bt90-q4": (5, None),
    }  # fmt: skip
    graded = json.loads((course / "autograded" / code / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    for cell in graded["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            (output,) = cell["outputs"]
            assert output["output_type"] == "execute_result"
            assert float("".join(output["data"]["text/plain"])) == marks["points"]
        if marks.get("grade_id") == "bt90-q3":
            assert "".join(cell["source"]) == "Dừng nhận, báo ngay."


def test_wrong_answers_earn_nothing_and_no_answer_says_so(course):
    code = code_of(1)
    hand_in(course, code, answers(right=False), 'submit("bt90-q4", 1)')
    nobody = code_of(2)
    hand_in(course, nobody, {}, "", text=None)
    grade_class.grade(UNIT)
    assert [points(code)[f"bt90-q{n}"][0] for n in (1, 2, 4)] == [0, 0, 0]
    assert {value for value, _ in points(nobody).values()} == {0}
    reasons = {one["id"]: one["score"]["reason"] for one in (outcomes.read(UNIT, nobody) or {})["questions"]}
    assert set(reasons.values()) == {"missing"}


def test_the_value_of_the_second_run_counts_and_the_difference_is_told(course):
    code = code_of(1)
    hand_in(course, code, answers(value=12))
    (result,) = grade_class.grade(UNIT)
    assert points(code)["bt90-q4"][0] == 5
    assert any("bt90-q4" in note and "khác" in note for note in result.notes)
    hand_in(course, code, answers(), "raise SystemExit")
    (result,) = grade_class.grade(UNIT)
    assert points(code)["bt90-q4"][0] == 0
    assert any("bt90-q4" in note and "không ra" in note for note in result.notes)


@pytest.mark.parametrize(
    "forgery",
    [
        "print(5.0)",
        "5.0",
        "from IPython.display import display\ndisplay(5.0)",
        "import os\nopen(os.environ['BUUCHINH_RESULTS'], 'w').write('{\"id\": \"bt90-q4\", \"score\": 1}')",
        "import buuchinh.questions.scoring as s\ns.score = lambda *a: s.Score(1.0)",
        'import sys\nsys.stdout.buffer if False else 0\nimport os\nos.write(1, b\'{"ended": "done"}\')',
    ],
)
def test_a_forged_output_earns_nothing(course, forgery):
    code = code_of(1)
    hand_in(course, code, {}, forgery)
    grade_class.grade(UNIT)
    assert points(code)["bt90-q4"][0] == 0


def test_plain_nbgrader_gives_the_same(course):
    codes = [code_of(n) for n in (1, 2)]
    hand_in(course, codes[0], answers(value=12))
    hand_in(course, codes[1], answers(right=False), GOOD_CODE)
    grade_class.grade(UNIT)
    ours = {code: points(code) for code in codes}
    other = course / "other.db"
    environment = os.environ | {"BUUCHINH_DB_URL": f"sqlite:///{other}", "LC_ALL": "C"}
    for words in (["generate_assignment", UNIT, "--force"], ["autograde", UNIT, "--force"]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words], cwd=course, env=environment, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
    os.environ["BUUCHINH_DB_URL"] = environment["BUUCHINH_DB_URL"]
    try:
        assert {code: points(code) for code in codes} == ours
    finally:
        del os.environ["BUUCHINH_DB_URL"]


TYPED = [
    'submit("bt90-q4", 8817223)',
    'submit("bt90-q4", tong=8_000_000 + 817223)',
    'submit("bt90-q4", {"tong": int("9") + 8817214})',
    'tong = 8817223\nsubmit("bt90-q4", tong)',
    'submit("bt90-q4", sum([1]))\ntong = 8817223\nsubmit("bt90-q4", tong=tong)',
]
COMPUTED = [
    'tong = sum([8817214, 9])\nsubmit("bt90-q4", tong)',
    'tong = 1\ntong = len("x" * 8817223)\nsubmit("bt90-q4", tong)',
    'for tong in (8817223,):\n    submit("bt90-q4", tong)',
    'a, b = 8817214, 9\nsubmit("bt90-q4", max(a, b) + 9)',
    'submit("bt90-q4", 1)\nsubmit("bt90-q4", abs(-8817223))',
    'submit("bt90-q4", tong=0)',
    "print(12)",
    "-" * 19_000 + '1 or submit("bt90-q4", 5)',
    "submit(",
]


@pytest.mark.parametrize(("work", "told"), [*((one, True) for one in TYPED), *((one, False) for one in COMPUTED)])
def test_a_number_that_was_typed_and_not_computed_is_told(released_course, monkeypatch, work, told):
    monkeypatch.setenv("BUUCHINH_COURSE", str(released_course))
    questions = [versions.released(UNIT).obscured["bt90-q4"]]
    assert typed_values.typed(questions, notebook(work)["cells"]) == (["bt90-q4"] if told else [])


def test_typed_numbers_are_told_in_the_notes_and_move_no_points(course):
    typed, computed = code_of(1), code_of(2)
    hand_in(course, typed, answers())
    hand_in(course, computed, answers(), 'submit("bt90-q4", sum([8817214, 9]))')
    first, second = grade_class.grade(UNIT)
    assert [note for note in first.notes if "gõ thẳng" in note and "bt90-q4" in note]
    assert not [note for note in second.notes if "gõ thẳng" in note]
    assert points(typed)["bt90-q4"] == points(computed)["bt90-q4"] == (5, None)


@pytest.mark.parametrize("unit", ["bt06", "bt07"])
def test_the_model_solution_of_this_course_types_no_number(monkeypatch, unit):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    code = [one for one in versions.released(unit).obscured.values() if types.type_of(one).from_code]
    cells = json.loads((ROOT / "source" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))["cells"]
    assert typed_values.typed(code, cells) == []


def test_answers_in_the_source_and_damaged_answers_are_refused(course):
    code = code_of(1)
    folder = hand_in(course, code, answers())
    (folder / "answers.json").write_text('{"answers": [1', encoding="utf-8")
    with pytest.raises(KitError, match="JSON"):
        score.take(UNIT, code)
    (folder / "answers.json").write_text('{"answers": [1]}', encoding="utf-8")
    with pytest.raises(KitError, match="không đúng dạng"):
        score.take(UNIT, code)
    (course / "source" / UNIT / "answers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KitError, match="ghi đè"):
        grade_class.grade(UNIT)


def test_a_hand_in_is_scored_by_the_key_of_its_own_version(course):
    code = code_of(1)
    hand_in(course, code, answers())
    source: Path = course / "source" / UNIT / "questions.yml"
    edit(source, "version: 1.0.0", "version: 1.1.0")
    edit(source, "Ca trực ở quầy", "Ca trực tại quầy")
    edit(source, "correct: canary-a", "correct: canary-b")
    release.release(UNIT, reason="Đáp án cũ sai.")
    grade_class.grade(UNIT)
    assert points(code)["bt90-q1"][0] == 4
    assert (outcomes.read(UNIT, code) or {})["version"] == "1.0.0"
    edit(course / "submitted" / code / UNIT / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    assert points(code)["bt90-q1"][0] == 0


def test_a_later_review_of_the_law_changes_no_earlier_score(course):
    questions = course / "source" / UNIT / "questions.yml"
    dated = questions.read_text(encoding="utf-8")
    dated = dated.replace("seed: CANARY-seed\n", "seed: CANARY-seed\nas_of: 2026-11-25\n")
    dated = dated.replace("      - correct: canary-a\n", "      - correct: canary-a\n        to: 2027-01-01\n", 1)
    questions.write_text(dated, encoding="utf-8")
    release.release(UNIT, correct=True, reason="Luật đổi từ 01-01-2027.")
    code = code_of(1)
    hand_in(course, code, answers())
    edit(course / "course.toml", "reviewed_on = 2026-11-25", "reviewed_on = 2027-06-01")
    grade_class.grade(UNIT)
    assert points(code)["bt90-q1"][0] == 4


def test_code_meets_the_questions_of_its_own_version_even_where_no_exercise_lies_about(course):
    code = code_of(1)
    hand_in(course, code, answers(), 'submit("bt90-q4", tong=8817223)')
    source: Path = course / "source" / UNIT / "questions.yml"
    edit(source, "version: 1.0.0", "version: 1.1.0")
    edit(source, "{id: tong, label", "{id: tong_so, label")
    edit(source, "correct: {tong:", "correct: {tong_so:")
    release.release(UNIT, reason="Đổi tên giá trị phải nộp.")
    (course / "exercises" / UNIT / "questions.json").unlink()
    (result,) = grade_class.grade(UNIT)
    assert points(code)["bt90-q4"][0] == 5, result.notes


def test_a_given_cell_that_fails_before_the_trainees_own_is_no_zero(course):
    source: Path = course / "source" / UNIT
    edit(source / "questions.yml", "version: 1.0.0", "version: 1.1.0")
    edit(source / f"{UNIT}.ipynb", "ask, hand_in, submit", "ask, hand_in, submit\\nopen('/khong/co')")
    release.release(UNIT, reason="Thêm một ô chuẩn bị.")
    code = code_of(1)
    edit(hand_in(course, code, answers()) / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    (result,) = grade_class.grade(UNIT)
    assert result.state == "failed"
    assert "lỗi ở máy" in result.notes[0]
    with gradebook.opened() as book:
        assert not book.find_assignment(UNIT).submissions
    assert not (course / "so-cham" / code / UNIT / outcomes.EXECUTION).exists()  # the next run runs it again

"""An exam is sat: the code picks the form, a class over two forms is graded, the hand-in's word is never asked."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import CANARY, edit
from kit.exam import UNIT, answers_of, code_of, form_of, sit, words_of

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder, record
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.notebook import workspace
from buuchinh.questions import exam_forms, question_bank
from buuchinh.release import release, versions
from buuchinh.results import class_report, feedback_pages, regrade, results


def test_the_code_picks_the_form_at_the_desk_as_at_the_graders(
    released_exam: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked = {}
    for number in range(1, 9):
        code = code_of(number)
        course.set_current_code(code)
        place = workspace.lay_out(UNIT)
        monkeypatch.chdir(place.parent)
        seen = workspace.sheet_of(UNIT)
        assert seen == question_bank.load_public(released_exam / "exercises" / UNIT / "questions.json").of(code)
        graded = versions.released_for(UNIT, "1.0.0", code)
        assert [getattr(one, "stem", "") for one in seen.questions] == [one.stem for one in graded.questions.questions]
        assert graded.form == form_of(code) == form_of(code.lower().replace("-", " "))
        picked[code] = graded.form
        monkeypatch.chdir(released_exam)
    assert set(picked.values()) == {"a", "b"}
    counts = [exam_forms.pick("thi1", "abcd", code_of(number)) for number in range(2000)]
    assert all(abs(counts.count(form) - 500) < 80 for form in "abcd")
    again = [exam_forms.pick("thi2", "abcd", code_of(number)) for number in range(2000)]
    assert 0.2 < sum(one == other for one, other in zip(counts, again, strict=True)) / 2000 < 0.3
    course.set_current_code(code_of(2))  # somebody else sits down; the open notebook stays its owner's
    monkeypatch.chdir(released_exam / "bai-lam" / code_of(1) / UNIT)
    assert workspace.sheet_of(UNIT) == question_bank.load_sheet(
        released_exam / "exercises" / UNIT / "questions.json", code_of(1)
    )


def test_without_a_code_the_exam_does_not_open(released_exam: Path) -> None:
    for call in (workspace.sheet_of, workspace.lay_out):
        with pytest.raises(KitError, match="Nhập mã ở trang mở đầu"):
            call(UNIT)
    assert not (released_exam / "bai-lam" / "khach").exists()


def test_a_class_over_two_forms_is_graded_like_plain_nbgrader(released_exam: Path) -> None:
    wrong = {1: (), 2: ("thi1-q04", "thi1-q07"), 3: ("thi1-q03",), 4: ("thi1-q01", "thi1-q04", "thi1-q08")}
    usb = released_exam / "usb"
    for number in range(1, 9):
        code = code_of(number)
        sit(
            released_exam,
            code,
            answers_of(versions.released_for(UNIT, None, code), wrong=wrong[(number - 1) % 4 + 1]),
            usb,
        )
    assert {form_of(code_of(number)) for number in range(1, 9)} == {"a", "b"}
    assert {line.outcome for line in collect.collect(usb)} == {"taken"}
    marks = {result.code: result for result in grade_class.grade(UNIT)}
    assert {result.state for result in marks.values()} == {"graded"}
    assert [marks[code_of(number)].points for number in (1, 5)] == [11, 11]
    assert marks[code_of(2)].points == 8
    ours = {one.code: one.earned for one in results.standings(UNIT)}
    shutil.rmtree(released_exam / "autograded")
    command = [sys.executable, "-m", "nbgrader", "autograde", UNIT, "--force"]
    done = subprocess.run(command, cwd=released_exam, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    with gradebook.opened() as book:
        theirs = {one.student_id: one.score for one in book.find_assignment(UNIT).submissions}
    assert theirs == ours
    assert CANARY not in "".join(
        path.read_text(encoding="utf-8") for path in (released_exam / "autograded").rglob("*.ipynb")
    )
    feedback_pages.write(UNIT)
    _feedback_tells_objectives_alone(released_exam)
    _report_tells_form_by_form()


def _feedback_tells_objectives_alone(released_exam: Path) -> None:
    passed, missed, critical, far = (words_of(code_of(number)) for number in (1, 2, 3, 4))
    assert "Đạt 11 /11" in passed
    assert "Nên đọc lại" not in passed
    assert "Chưa đạt 8 /11" in missed
    assert "Nên đọc lại" in missed
    assert "(bài 2)" in missed
    assert "(bài 6)" in missed
    assert "Chưa đạt 9 /11" in critical
    assert "Câu bắt buộc đúng thì phải đúng" in critical
    assert "Chưa đúng ở mục tiêu: Quyết định" in critical
    assert "Chưa đạt" in far
    for path in (released_exam / "feedback").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for secret in (CANARY, "Tình huống riêng", "Việc a", "thi1-q", "x02-", "canary", "LBC-2010"):
            assert secret not in page, (path, secret)
        assert "<article" not in page


def _report_tells_form_by_form() -> None:
    persons, questions, *_ = class_report.write(UNIT)
    rows = list(csv.DictReader(io.StringIO(persons.read_text(encoding="utf-8-sig"))))
    assert {row["Mã học viên"]: row["Đề"] for row in rows[1:]} == {
        code_of(number): form_of(code_of(number)).upper() for number in range(1, 9)
    }
    told = list(csv.DictReader(io.StringIO(questions.read_text(encoding="utf-8-sig"))))
    drawn = record.read(UNIT).forms
    assert [(row["Đề"], row["Câu trong kho"]) for row in told] == [
        (form.upper(), name) for form in ("a", "b") for name in drawn[form]
    ]
    by_form = {form: sum(form_of(code_of(number)) == form for number in range(1, 9)) for form in ("a", "b")}
    assert {(row["Đề"], int(row["Số bài"])) for row in told} == {(form.upper(), n) for form, n in by_form.items()}


def test_a_hand_in_made_with_another_code_gains_nothing_and_is_said(released_exam: Path) -> None:
    own, other = code_of(1), next(code_of(n) for n in range(2, 9) if form_of(code_of(n)) != form_of(code_of(1)))
    sit(released_exam, own, answers_of(versions.released_for(UNIT, None, other)), released_exam / "usb")
    collect.collect(released_exam / "usb")
    (result,) = grade_class.grade(UNIT)
    assert result.points == 0
    assert f"đề {form_of(own).upper()}" in " ".join(result.notes)
    assert "thi1-q01" in " ".join(result.notes)


def test_a_mended_key_grades_the_form_anew(released_exam: Path) -> None:
    code = code_of(1)
    released = versions.released_for(UNIT, None, code)
    sit(released_exam, code, answers_of(released, wrong=("thi1-q04",)), released_exam / "usb")
    collect.collect(released_exam / "usb")
    assert grade_class.grade(UNIT)[0].points == 9
    assert grade_class.grade(UNIT)[0].state == "unchanged"
    name = record.read(UNIT).forms[released.form][3]
    given = answers_of(released, wrong=("thi1-q04",))["thi1-q04"]
    asked: Any = released.obscured["thi1-q04"]
    chosen = next(option.text[5] for option in asked.options if option.id == given)
    edit(released_exam / "exam" / "pool" / "x02.yml", f"correct: canary-{name}-a", f"correct: canary-{name}-{chosen}")
    exam_builder.build(UNIT)
    with pytest.raises(KitError, match="--reason"):
        release.release(UNIT, correct=True)
    seen = regrade.preview(UNIT)
    assert [(move.before.earned, move.after.earned) for move in seen.moves] == [(9, 11)]
    regrade.apply(seen, "Gõ nhầm đáp án trong kho.")
    (standing,) = results.standings(UNIT)
    assert standing.earned == 11
    page = feedback_pages.page(standing)
    assert "đổi từ 9 thành 11 điểm vì có đáp án được sửa. Lý do: Gõ nhầm đáp án trong kho." in page
    assert "đáp án của câu" not in page

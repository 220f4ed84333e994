"""The pass mark belongs to a release: a changed ``course.toml`` changes no verdict, no notebook, stops no release."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from kit.classroom import edit
from kit.exam import UNIT, answers_of, code_of, sit, tree, words_of

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.release import release, versions
from buuchinh.results import class_report, feedback_pages


def set_mark(root: Path, mark: str) -> None:
    path = root / "course.toml"
    settings = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^pass_mark = .*$", f"pass_mark = {mark}", settings), encoding="utf-8")


def first_cell(notebook: Path) -> str:
    return "".join(json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"])


def test_each_release_keeps_its_day_and_the_mark_of_its_day(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2)
    release.release(UNIT)
    record = exam_course / "source" / UNIT / "releases" / "1.0.0.toml"
    day = course.today()
    assert record.read_text(encoding="utf-8") == f"pass_mark = 0.8\nreleased_on = {day.isoformat()}\n"
    assert versions.released_on(UNIT, "1.0.0") == day
    set_mark(exam_course, "0.5")
    edit(exam_course / "source" / UNIT / "forms" / "exam.toml", '"1.0.0"', '"1.1.0"')
    exam_builder.build(UNIT)
    release.release(UNIT)
    assert [versions.released(UNIT, version).pass_mark for version in ("1.0.0", "1.1.0")] == [0.8, 0.5]
    assert "50 %" in first_cell(exam_course / "exercises" / UNIT / f"{UNIT}.ipynb")
    assert versions.versions(UNIT) == ["1.0.0", "1.1.0"]


def test_a_changed_mark_breaks_no_derived_file_and_stops_no_release_of_the_same_version(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2)
    release.release(UNIT)
    assert "80 %" in first_cell(exam_course / "source" / UNIT / f"{UNIT}.ipynb")
    before = tree(exam_course / "source") | tree(exam_course / "exercises")
    set_mark(exam_course, "0.65")
    assert exam_builder.differences(UNIT) == []
    assert release.check() == release.breaks(UNIT) == []
    assert exam_builder.build(UNIT).changed == ()
    again = release.release(UNIT)
    assert not again.changed
    assert tree(exam_course / "source") | tree(exam_course / "exercises") == before


def test_the_exam_of_this_course_stands_when_its_mark_is_changed(course_copy: Path) -> None:
    set_mark(course_copy, "0.7")
    assert exam_builder.differences(UNIT) == []
    assert not release.release(UNIT).changed
    assert versions.released(UNIT).pass_mark == 0.8


@pytest.mark.parametrize("mark", ["0.7", "0.95"])
def test_a_changed_mark_changes_no_verdict_already_given(released_exam: Path, mark: str) -> None:
    wrong = {1: ("thi1-q01",), 2: ("thi1-q04", "thi1-q07")}  # 10 and 8 points of 11: over and under 80 %
    for number, questions in wrong.items():
        answers = answers_of(versions.released_for(UNIT, None, code_of(number)), wrong=questions)
        sit(released_exam, code_of(number), answers, released_exam / "usb")
    collect.collect(released_exam / "usb")
    grade_class.grade(UNIT)

    def verdicts() -> list[str]:
        feedback_pages.write(UNIT)
        persons = class_report.write(UNIT)[0].read_text(encoding="utf-8-sig")
        pages = [words_of(code_of(number)) for number in wrong]
        return [re.sub(r"Chấm lúc:? [\d: -]+", "", text) for text in (*pages, persons)]

    before = verdicts()
    assert "Đạt 10 /11" in before[0]
    assert "Chưa đạt 8 /11" in before[1]
    set_mark(released_exam, mark)
    assert verdicts() == before
    grade_class.grade(UNIT, again=True)
    assert verdicts() == before


def test_a_release_without_a_record_has_the_mark_of_its_time_and_a_damaged_one_is_said(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=2)
    release.release(UNIT)
    record = exam_course / "source" / UNIT / "releases" / "1.0.0.toml"
    record.unlink()
    set_mark(exam_course, "0.5")
    release.release(UNIT)
    assert not record.exists()
    assert versions.pass_mark(UNIT, "1.0.0") == versions.PASS_MARK_BEFORE_RECORDS == 0.8
    for damage in (
        "",
        "pass_mark = 1.5\n",
        "pass_mark = 0\n",
        "pass_mark = true\n",
        'pass_mark = "0.8"\n',
        "pass_mark",
    ):
        record.write_text(damage, encoding="utf-8")
        with pytest.raises(KitError, match=r"releases/1\.0\.0\.toml"):
            versions.pass_mark(UNIT, "1.0.0")
    assert course.settings().pass_mark == 0.5

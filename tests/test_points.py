"""What counts and what waits: a value without its code, a cell that ran too long, another form, being late."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, edit
from kit.desk import TEN, brought, enrol, work
from kit.handin import GOOD_CODE, RIGHT_VALUE, answers, code_of, hand_in
from openpyxl import load_workbook

from buuchinh import cli, codes
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.execution import warm_executor
from buuchinh.execution.execution_report import pack
from buuchinh.execution.job import Limits, job_of
from buuchinh.grading import grade_class, outcomes, stages
from buuchinh.intake import collect
from buuchinh.release import release
from buuchinh.results import class_report, feedback_pages, results

VALUE = "bt90-q4"


def row_of(code: str, name: str = VALUE) -> tuple[Any, Any, bool, float]:
    with gradebook.opened() as book:
        grade = book.find_grade(name, UNIT, UNIT, code)
        return grade.auto_score, grade.manual_score, bool(grade.needs_manual_grade), grade.max_score


def without_code(root: Path, code: str, how: str) -> None:
    if how == "deleted":
        work(root, code, None)
    elif how == "emptied":
        work(root, code, "# xóa rồi")
    elif how == "as released":
        folder = work(root, code)
        shutil.copy(root / "exercises" / UNIT / f"{UNIT}.ipynb", folder)
    else:
        folder = work(root, code)
        enrol(code)
        record = (folder / "answers.json").read_text(encoding="utf-8")
        shutil.rmtree(folder)
        folder.mkdir()
        if how == "typed by hand":
            found = json.loads(record)
            for entry in found["answers"].values():
                entry.pop("cell", None)
            record = json.dumps(found)
        (folder / "answers.json").write_text(record, encoding="utf-8")
        collect.collect(folder)
        return
    brought(root, code)


@pytest.mark.parametrize("how", ["deleted", "emptied", "as released", "answers alone", "typed by hand"])
def test_a_value_without_the_code_that_makes_it_waits_for_a_person(course, how, capsys):
    code = code_of(1)
    without_code(course, code, how)
    (result,) = grade_class.grade(UNIT)
    assert row_of(code) == (None, None, True, 5)
    assert (result.points, result.manual) == (6, True)
    assert any("cần xem" in note and VALUE in note for note in result.notes), result.notes
    (standing,) = results.standings(UNIT)
    item = next(one for one in standing.items if one.id == VALUE)
    assert item.earned is None
    assert standing.verdict == "pending"
    feedback_pages.write(UNIT)
    page = feedback_pages.place(UNIT, code).read_text(encoding="utf-8")
    assert "Cần xem" in page
    persons = next(path for path in class_report.write(UNIT) if path.name.startswith("bang-diem"))
    rows = csv.DictReader(io.StringIO(persons.read_text(encoding="utf-8-sig")))
    (row,) = [one for one in rows if one["Mã học viên"] == code]
    (points,) = [cell for head, cell in row.items() if head.split(":")[0] == VALUE]
    assert points == "chờ chấm tay"
    assert "cần xem" in row["Ghi chú"]
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]


def test_a_persons_points_for_what_waited_stay(course):
    code = code_of(1)
    without_code(course, code, "deleted")
    grade_class.grade(UNIT)
    with gradebook.opened() as book:
        book.find_grade(VALUE, UNIT, UNIT, code).manual_score = 3.5
        book.db.commit()
    grade_class.grade(UNIT, again=True)
    assert row_of(code)[:2] == (None, 3.5)
    (standing,) = results.standings(UNIT)
    assert standing.earned == pytest.approx(9.5)
    feedback_pages.write(UNIT)
    assert "Cần xem" not in feedback_pages.place(UNIT, code).read_text(encoding="utf-8")


def test_what_collect_put_back_before_counts_no_more(course):
    """A hand-in that an earlier version took in carries a cell of ours that hands the value in again."""
    code = code_of(1)
    folder = hand_in(course, code, answers(), "")
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    at = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "bt90-q4-lam")
    put_back: dict[str, Any] = {
        "cell_type": "code", "id": "da-nop-bt90-q4-lam", "metadata": {"buuchinh": {"added": True}},
        "source": f"from buuchinh import submit\n\n{GOOD_CODE}", "outputs": [], "execution_count": None,
    }  # fmt: skip
    notebook["cells"].insert(at, put_back)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    grade_class.grade(UNIT)
    assert row_of(code)[0] is None


def test_code_that_stands_and_gives_nothing_is_no_case_for_a_person(course):
    code = code_of(1)
    work(course, code, "1 / 0", made_by="1 / 0")
    brought(course, code)
    (result,) = grade_class.grade(UNIT)
    assert row_of(code)[0] == 0
    assert not any("cần xem" in note for note in result.notes)


def test_code_that_was_rewritten_after_its_value_counts_as_it_runs(course):
    code = code_of(1)
    work(course, code, f"# sửa lời\n{GOOD_CODE}")
    brought(course, code)
    grade_class.grade(UNIT)
    assert row_of(code)[0] == 5


@pytest.mark.parametrize("before", ["", f"{GOOD_CODE}\n"])
def test_a_cell_that_ran_too_long_gives_no_earlier_value(course, monkeypatch, before):
    monkeypatch.setattr(stages, "job_of", partial(job_of, limits=Limits(seconds=40, cell_seconds=2)))
    code = code_of(1)
    work(course, code, f"{before}while True:\n    pass")
    brought(course, code)
    for _ in range(10):  # whom a busy machine kept waiting is not graded, and told to be tried again
        (result,) = grade_class.grade(UNIT)
        if result.state == "graded":
            break
    assert row_of(code)[0] == 0
    assert any("chạy quá lâu" in note and "không có giá trị" in note and VALUE in note for note in result.notes)


@pytest.mark.parametrize(
    "given",
    [[RIGHT_VALUE], {"tong": 1}, str(RIGHT_VALUE), True, 10**400, [[1], [2]], {"columns": ["a"], "rows": [[1]]}, 1.5],
)
def test_a_value_of_another_form_than_the_reruns_differs_and_the_rerun_counts(course, given):
    code = code_of(1)
    hand_in(course, code, answers(value=given))
    (result,) = grade_class.grade(UNIT)
    assert result.state == "graded", result.notes
    assert row_of(code)[0] == 5
    assert any("khác với khi nộp" in note and VALUE in note for note in result.notes), result.notes


def late_class(root: Path) -> tuple[str, str, list[str]]:
    there, twice, late = code_of(1), code_of(2), code_of(3)
    absent = [codes.make(f"VA{n:04d}") for n in range(20)]
    enrol(there, twice, late, *absent)
    edit(root / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:30:00+07:00")
    for code, hours in ((there, (0,)), (twice, (0, 1)), (late, (1, 2))):
        work(root, code)
        for more in hours:
            brought(root, code, TEN + timedelta(hours=more))
    return twice, late, absent


def test_late_is_told_as_late_and_the_list_of_who_is_missing_is_whole(course, capsys):
    twice, late, absent = late_class(course)
    capsys.readouterr()
    assert cli.run(["grade", UNIT]) == 0
    out = capsys.readouterr().out
    (told,) = [line for line in out.splitlines() if "nộp trễ" in line.lower()]
    assert late in told
    assert twice not in told
    (missing,) = [line for line in out.splitlines() if line.startswith("Chưa có bài nộp")]
    assert "20 người" in missing
    assert all(code in missing for code in absent)
    assert late not in missing
    files = {path.name: path for path in class_report.write(UNIT)}
    rows = list(csv.DictReader(io.StringIO(files[f"chua-nop_{UNIT}.csv"].read_text(encoding="utf-8-sig"))))
    states = {row["Mã học viên"]: row["Tình trạng"] for row in rows}
    assert states == {late: "nộp trễ, không tính"} | dict.fromkeys(absent, "chưa nộp")
    assert next(row for row in rows if row["Mã học viên"] == late)["Nộp lúc"].startswith("2026-11-25")
    sheet = load_workbook(files[f"bao-cao_{UNIT}.xlsx"])["Chưa nộp"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {late, *absent}


def test_where_all_are_late_that_is_what_is_said(course):
    code = code_of(1)
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T09:30:00+07:00")
    work(course, code)
    brought(course, code)
    for only in (None, code):
        with pytest.raises(KitError, match=f"(?i)nộp trễ.*{code}|{code}.*nộp trễ"):
            grade_class.grade(UNIT, only=only)


def test_what_came_after_a_deadline_that_was_set_later_is_late_and_then_counts_no_more(course):
    code = code_of(1)
    work(course, code)
    brought(course, code)
    enrol(code_of(2))
    work(course, code_of(2))
    brought(course, code_of(2), TEN - timedelta(hours=2))
    grade_class.grade(UNIT)
    assert not any(one.late for one in results.standings(UNIT))
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T09:30:00+07:00")
    counted = reader.submitted(UNIT, code)
    assert counted is not None
    assert counted.late
    assert {one.code: one.late for one in results.standings(UNIT)} == {code: True, code_of(2): False}
    feedback_pages.write(UNIT)
    assert "sau hạn nộp" in feedback_pages.place(UNIT, code).read_text(encoding="utf-8")
    persons = class_report.write(UNIT)[0].read_text(encoding="utf-8-sig")
    assert "sau hạn nộp" in persons
    (course.parent / "trong").mkdir()
    collect.collect(course.parent / "trong")
    assert [one.code for one in results.standings(UNIT)] == [code_of(2)]
    assert list(reader.only_late(UNIT)) == [code]


def test_code_keeps_its_points_by_its_own_version(course):
    """The value of a hand-in of an older version is scored by that version's key."""
    code = code_of(1)
    work(course, code)
    source = course / "source" / UNIT / "questions.yml"
    edit(source, "version: 1.0.0", "version: 1.1.0")
    edit(source, "correct: {tong: 8817223}", "correct: {tong: 5}")
    release.release(UNIT, reason="Đáp án cũ sai.")
    brought(course, code)
    grade_class.grade(UNIT)
    assert row_of(code)[0] == 5
    assert (outcomes.read(UNIT, code) or {})["version"] == "1.0.0"


def test_short_tests_that_ride_along_are_nothing_to_repair(course):
    code = code_of(1)
    work(course, code)
    for name in ("kt1", "kt2"):
        done = {"format": 1, "unit": name, "version": "1.0.0", "code": code, "finished_at": "2026-11-20T08:00:00+07:00"}
        folder = course / "bai-lam" / code / name
        folder.mkdir()
        (folder / "finished.json").write_text(json.dumps(done | {"answers": {f"{name}-q01": "o1"}}), encoding="utf-8")
    (line,) = brought(course, code, datetime.now().astimezone())
    assert line.notes == ()
    assert [one.state for one in grade_class.grade(UNIT)] == ["graded"]
    assert row_of(code)[0] == 5


def test_a_failure_of_the_machine_is_no_zero_and_is_not_believed(course, monkeypatch):
    code = code_of(1)
    work(course, code)
    brought(course, code)
    with monkeypatch.context() as patch:
        patch.setattr(warm_executor.Warm, "run", lambda *_: pack("lost", 1.0, isolated=True, how="warm"))
        (result,) = grade_class.grade(UNIT)
        assert result.state == "failed"
        assert "lỗi ở máy" in result.notes[0]
    (result,) = grade_class.grade(UNIT)
    assert result.points == 11

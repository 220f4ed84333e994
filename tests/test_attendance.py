"""Everybody of a class is somewhere: graded, waiting, late, refused or absent, in grade, feedback and report."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from kit.classroom import UNIT, edit
from kit.desk import TEN, brought, enrol, work
from kit.handin import code_of
from openpyxl import load_workbook

from buuchinh import cli
from buuchinh.attempts import reader, refusals, trainee_deadline
from buuchinh.classroom import assigned_roles, gradebook, leavers
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import desk_view
from buuchinh.grading import equal_work, grade_class
from buuchinh.intake import collect, recount
from buuchinh.notebook import pack
from buuchinh.results import attendance, class_report
from buuchinh.results.results import standings

THERE, LATE, REFUSED, EXTENDED = (code_of(number) for number in range(1, 5))
ABSENT = [code_of(number) for number in range(20, 45)]


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def mixed(course: Path) -> Path:
    """Return a class of 29 with a deadline: one in time, one late, one refused, one with extra time, 25 absent."""
    enrol(THERE, LATE, REFUSED, EXTENDED, *ABSENT)
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:30:00+07:00")
    for code, hours in ((THERE, 0), (LATE, 1), (EXTENDED, 2)):
        work(course, code)
        brought(course, code, TEN + timedelta(hours=hours))
    trainee_deadline.give(UNIT, EXTENDED, TEN + timedelta(hours=3))
    recount.recount(UNIT, EXTENDED)
    stick = course / "usb"
    stick.mkdir()
    (stick / f"{UNIT}_{REFUSED}.rar").write_bytes(b"Rar!\x1a\x07\x00khong doc duoc")
    (stick / f"{UNIT} khong ma.zip").write_bytes(b"PK\x03\x04 hong")
    assert {line.outcome for line in collect.collect(stick)} == {"refused"}
    return course


def test_all_of_them_are_named_and_nothing_is_cut_off(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = attendance.of_unit(UNIT)
    assert (list(where.late), list(where.refused), list(where.absent)) == ([LATE], [REFUSED], ABSENT)
    assert [one.origin for one in where.nobodys] == [f"usb/{UNIT} khong ma.zip"]
    for command in ("grade", "feedback", "report"):
        capsys.readouterr()
        assert cli.run([command, UNIT]) == 0
        lines = capsys.readouterr().out.splitlines()
        (absent,) = [line for line in lines if line.startswith("Chưa có bài nộp của 25 người")]
        assert all(code in absent for code in ABSENT)
        assert REFUSED not in absent
        assert any(line.startswith("Nộp trễ") and LATE in line and EXTENDED not in line for line in lines)
        assert any(line.startswith("Chờ người chấm") and THERE in line and EXTENDED in line for line in lines)
        assert any(line.startswith("Có gửi mà không nhận được") and REFUSED in line for line in lines)
        assert any("không phải zip" in line and REFUSED in line for line in lines)
        assert any("khong ma.zip" in line for line in lines)
    with gradebook.opened() as book:
        for code in (THERE, EXTENDED):
            book.find_grade("bt90-q3", UNIT, UNIT, code).manual_score = 2.075
        book.db.commit()
    assert attendance.of_unit(UNIT).waiting == ()
    _report_of(mixed)


def test_what_report_tells_is_what_it_wrote_and_is_found_out_once(
    mixed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert grade_class.grade(UNIT)
    looks = [Mock(wraps=attendance.of_unit), Mock(wraps=equal_work.find)]
    monkeypatch.setattr(attendance, "of_unit", looks[0])
    monkeypatch.setattr(equal_work, "find", looks[1])
    assert cli.run(["report", UNIT]) == 0
    assert [look.call_count for look in looks] == [1, 1]
    said = capsys.readouterr().out
    rows = table(mixed / "reports" / UNIT / f"chua-nop_{UNIT}.csv")
    assert rows
    assert all(next(iter(row.values())) in said for row in rows)


def _report_of(root: Path) -> None:
    files = {path.name: path for path in class_report.write(UNIT)}
    rows = table(files[f"bang-diem_{UNIT}.csv"])
    assert [row["Mã học viên"] for row in rows] == ["Tối đa", *sorted([THERE, LATE, REFUSED, EXTENDED, *ABSENT])]
    by_code = {row["Mã học viên"]: row for row in rows}
    assert by_code[THERE]["Điểm"] == "13.075"
    assert by_code[LATE]["Kết quả"] == "nộp trễ, không tính"
    assert by_code[REFUSED]["Kết quả"] == "không nhận được"
    assert "không phải zip" in by_code[REFUSED]["Ghi chú"]
    assert "được gia hạn đến 13:00 25-11-2026" in by_code[EXTENDED]["Ghi chú"]
    assert {by_code[code]["Kết quả"] for code in ABSENT} == {"chưa nộp"}
    missing = table(files[f"chua-nop_{UNIT}.csv"])
    assert {row["Mã học viên"] for row in missing} == {LATE, REFUSED, *ABSENT, ""}
    book = load_workbook(files[f"bao-cao_{UNIT}.xlsx"])
    page = book["Bảng điểm"]
    assert page["A2"].value == "Tối đa"
    assert {page.cell(line, 1).value for line in range(3, page.max_row + 1)} == {row["Mã học viên"] for row in rows[1:]}
    line = next(line for line in range(3, page.max_row + 1) if page.cell(line, 1).value == THERE)
    assert (page.cell(line, 5).value, page.cell(line, 5).number_format) == (13.075, "0.00")
    handed = page.cell(line, 3)
    assert (handed.is_date, handed.number_format) == (True, "dd-mm-yyyy hh:mm")
    (standing,) = standings(UNIT, THERE)
    assert standing.handed_in is not None
    assert handed.value.replace(tzinfo=standing.handed_in.tzinfo) == TEN
    heads = [cell.value for cell in page[1]]
    assert "Câu 3\nViết một câu báo cáo." in heads
    for sheet in (page, book["Câu hỏi"], book["Chưa nộp"], book["Phương án"]):
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
    chosen = {(row["Câu"], row["Phương án hoặc câu trả lời"]): row for row in table(files[f"phuong-an_{UNIT}.csv"])}
    right = chosen["bt90-q1", "Dừng nhận và báo trưởng bưu cục"]
    wrong = chosen["bt90-q1", "Lau khô rồi chuyển tiếp"]
    assert [(row["Đúng"], row["Số người chọn"], row["Số người được hỏi"]) for row in (right, wrong)] == [
        ("✓", "2", "2"),
        ("✗", "0", "2"),
    ]
    assert not [row for row in chosen if row[0] in {"bt90-q3", "bt90-q4"}]
    numbers = [cell for path in root.glob("reports/**/*.csv") for row in table(path) for cell in row.values()]
    assert not [cell for cell in numbers if cell and "," in cell and cell.replace(",", "").isdigit()]


def test_whose_role_does_not_learn_the_unit_is_not_absent(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(mixed / "course.toml", 'officer = ["the-khan-cap", ', f'officer = ["the-khan-cap", "{UNIT}", ')
    officer, *clerks, alone = ABSENT[:5]
    assigned_roles.keep({officer: "officer", **dict.fromkeys([*clerks, REFUSED, THERE], "clerk"), alone: None})
    where = attendance.of_unit(UNIT)
    assert set(where.others) == set(clerks)
    assert {officer, alone} <= set(where.absent)
    assert not set(clerks) & set(where.absent)
    assert list(where.refused) == [REFUSED], "who sent something is told of, whoever it is"
    for command in ("grade", "report", "feedback"):
        capsys.readouterr()
        assert cli.run([command, UNIT]) == 0
        said = capsys.readouterr().out
        assert f"Không thuộc đường học của vai, hoặc vào lớp sau hạn: {len(clerks)} người" in said
        assert "Chưa có bài nộp của 22 người" in said
        assert not any(code in said for code in clerks)
    assert [one.code for one in standings(UNIT, THERE)] == [THERE], "graded as any other"
    book = load_workbook(mixed / "reports" / UNIT / f"bao-cao_{UNIT}.xlsx")
    assert ("Không thuộc đường học của vai, hoặc vào lớp sau hạn: không kể là chưa nộp", 3) in book["Ghi chú"].values


def test_a_unit_on_nobodys_path_is_for_everybody(mixed: Path) -> None:
    assigned_roles.keep(dict.fromkeys(ABSENT, "clerk"))
    assert list(attendance.of_unit(UNIT).absent) == ABSENT
    assert attendance.of_unit(UNIT).others == ()


def test_everybody_is_once_in_the_desks_column(mixed: Path) -> None:
    leavers.leave(ABSENT[0])
    state = ClassReader().read()
    found = Counter(state.cell(UNIT, one.code).state for one in state.people)
    assert found == {"new": 2, "late": 1, "refused": 1, "nothing": 24}, "who left is nowhere"
    assert len(state.unit(UNIT).nobodys) == 1, "a file of nobody is none of the class"


def test_the_reports_are_files_to_download_and_no_way_into_the_lab(mixed: Path) -> None:
    assert grade_class.grade(UNIT)
    class_report.write(UNIT)
    assert {path.relative_to(mixed).as_posix() for path in (mixed / "reports").rglob("*.xlsx")} < {
        one["path"] for one in desk_view.reports()
    }


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert cli.run(list(words)) == 0
    return capsys.readouterr().out


def test_a_refused_file_that_is_settled_is_named_nowhere_and_can_be_opened_again(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = f"{UNIT} khong ma.zip"
    assert file in told(capsys, "grade", UNIT)
    assert file in told(capsys, "settle"), "without a name it says what is open"
    kept = sorted(path for path in (mixed / "nop-bai").rglob("*") if path.is_file())
    assert "đã giải quyết" in told(capsys, "settle", file)
    for command in ("grade", "feedback", "report"):
        assert file not in told(capsys, command, UNIT)
    assert attendance.of_unit(UNIT).nobodys == ()
    assert ClassReader().read().unit(UNIT).nobodys == ()
    assert all(path.is_file() for path in kept), "nothing is removed"
    told(capsys, "settle", f"usb/{file}", "--undo")
    assert file in told(capsys, "grade", UNIT)
    assert cli.run(["settle", "khong-co.zip"]) == 1
    assert file in capsys.readouterr().err, "the files that there are"


def test_two_files_of_one_name_from_two_sticks_are_settled_one_by_one(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = f"{UNIT} khong ma.zip"
    other = mixed / "khac" / "usb"
    other.mkdir(parents=True)
    (other / file).write_bytes(b"PK\x03\x04 hong kieu khac")
    collect.collect(other)
    capsys.readouterr()
    assert cli.run(["settle", file]) == 1
    said = capsys.readouterr().err
    assert said.count(file) >= 2
    open_ones = [one for one in refusals.still_open() if one.origin.endswith(file)]
    assert len(open_ones) == 2
    assert all(one.folder.name in said for one in open_ones), "by what is told it can be named"
    told(capsys, "settle", open_ones[0].folder.name)
    assert [one for one in refusals.still_open() if one.origin.endswith(file)] == [open_ones[1]]


def test_thousands_of_refused_files_hold_up_no_page(course: Path) -> None:
    folder = course / "nop-bai" / "khong-nhan"
    for number in range(3_000):
        record = {"collected_at": "2026-11-25T10:00:00+07:00", "origin": f"usb/x{number}.ipynb", "reason": "r"}
        record |= {"code": "", "unit": UNIT, "content": "a" * 64 if number % 2 else f"{number:064}"}
        path = folder / f"x{number}" / "collected.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(record), encoding="utf-8")
    real = refusals.Refusal.covers
    with patch.object(refusals.Refusal, "covers", autospec=True, side_effect=real) as covers:
        found = refusals.still_open()
    assert len(found) == 1_501, "those with one content are one"
    assert covers.call_count < 10_000, "each is compared with those of its content alone"


def test_who_was_refused_and_is_settled_has_not_handed_in(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(attendance.of_unit(UNIT).refused) == [REFUSED]
    told(capsys, "settle", f"{UNIT}_{REFUSED}.rar")
    where = attendance.of_unit(UNIT)
    assert (dict(where.refused), REFUSED in where.absent) == ({}, True)


def test_what_was_refused_for_its_code_and_taken_in_since_is_settled_by_itself(course: Path) -> None:
    enrol(THERE, LATE)
    mistyped = THERE[:-1] + ("A" if THERE[-1] != "A" else "B")
    stick = course / "usb"
    stick.mkdir()
    made = pack.build(work(course, mistyped), UNIT, mistyped, TEN).path
    shutil.copy(made, stick / f"{UNIT} lan 1.zip")
    assert [line.outcome for line in collect.collect(stick)] == ["refused"]
    assert len(attendance.of_unit(UNIT).nobodys) == 1
    (stick / f"{UNIT} lan 1.zip").rename(stick / f"{UNIT}_{THERE}.zip")
    assert [line.outcome for line in collect.collect(stick)] == ["taken"]
    assert attendance.of_unit(UNIT).nobodys == ()


def test_a_file_that_names_two_waits_for_a_decision_while_one_of_them_is_absent(course: Path) -> None:
    enrol(THERE, LATE)
    stick = course / "usb"
    stick.mkdir()
    made = pack.build(work(course, THERE), UNIT, THERE, TEN).path
    shutil.copy(made, stick / f"{UNIT}_{LATE}.zip")
    assert [line.outcome for line in collect.collect(stick)] == ["refused"]
    brought(course, THERE, TEN + timedelta(hours=1))
    (left,) = attendance.unresolved_refusals()
    assert set(left.claimed) == {THERE, LATE}
    work(course, LATE)
    brought(course, LATE)
    assert attendance.unresolved_refusals() == []


def test_who_hands_in_after_a_refusal_is_refused_no_more(mixed: Path) -> None:
    work(mixed, REFUSED)
    brought(mixed, REFUSED)
    where = attendance.of_unit(UNIT)
    assert REFUSED not in {*where.refused, *where.absent}
    assert REFUSED in reader.submitted_codes(UNIT)


def test_settle_lists_what_grade_tells_with_names_and_no_more(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mixed / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{REFUSED};Phạm Quốc Dũng;Kon Tum\n", encoding="utf-8")
    line = f"{UNIT}_{REFUSED}.rar | {UNIT} | {REFUSED} Phạm Quốc Dũng, Kon Tum | "
    assert line in told(capsys, "settle")
    work(mixed, REFUSED)
    brought(mixed, REFUSED)
    out = told(capsys, "settle")
    assert f"{REFUSED}.rar" not in out
    assert "khong ma.zip" in out


def test_a_report_without_names_has_none_of_a_refused_files_name_either(mixed: Path) -> None:
    people = f"{ABSENT[0]};Phạm Quốc Dũng;Kon Tum\n{LATE};Lê Thị Hoa;Pleiku\n"
    (mixed / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{people}", encoding="utf-8")
    (mixed / "usb" / f"{UNIT} Pham Quoc Dung {ABSENT[0]}.docx").write_bytes(b"PK\x03\x04 Word")
    (mixed / "usb" / f"{UNIT} Lê-Thị-Hoa.docx").write_bytes(b"PK\x03\x04 cua ai")
    collect.collect(mixed / "usb")
    assert grade_class.grade(UNIT)
    for names in (False, True):
        written = class_report.write(UNIT, names=names)
        text = "".join(path.read_text(encoding="utf-8-sig") for path in written if path.suffix == ".csv")
        text += "".join(
            str(row)
            for path in written
            if path.suffix == ".xlsx"
            for page in load_workbook(path)
            for row in page.values
        )
        assert f"{UNIT} …" in text or names
        for name in ("Quoc Dung", "Quốc Dũng", "Thị-Hoa", "Thị Hoa"):
            assert (name in text) == names
        assert text.count("tệp Word") == 6, "the rest of what is told stays"

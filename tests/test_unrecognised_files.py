"""A file that is no hand-in is named by collect and repair, whatever it is called, and nobody's own files are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import brought, work
from kit.handin import code_of

from buuchinh import cli
from buuchinh.intake import collect
from buuchinh.results import attendance

ONE = code_of(1)
SENT = (
    "bt90 Mai Anh Kiệt.docx",
    "Bài của em.pdf",
    "IMG_2041.JPG",
    "lop/quay.mp4",
    "bai.zip.crdownload",
    f"lop/{UNIT}_{ONE}.docx",
)


def stick_of(root: Path) -> Path:
    stick = root / "usb"
    for name in (*SENT, "Thumbs.db", ".an.jpg", "~$Bài.docx", "__MACOSX/x.jpg", "ghi chu.ini"):
        (stick / name).parent.mkdir(parents=True, exist_ok=True)
        (stick / name).write_bytes(b"\xff\xd8\xff\xe0 khong phai bai nop" + name.encode())
    return stick


def test_all_of_them_are_named_with_a_way_out(small_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick = stick_of(small_course)
    for command in ("repair", "collect"):
        assert cli.run([command, str(stick)]) == 3
        out = capsys.readouterr().out
        for name in SENT:
            assert Path(name).name in out
        assert out.count("da-nop") >= len(SENT)
        for name in ("Thumbs", ".an.jpg", "~$", "MACOSX", "ghi chu"):
            assert name not in out
    lines = collect.collect(stick)
    assert sorted(line.where.removeprefix("usb/") for line in lines) == sorted(SENT)
    assert {line.outcome for line in lines} == {"refused"}
    kept = {path.name for path in (small_course / "nop-bai" / "khong-nhan").rglob("*.*") if path.suffix != ".json"}
    assert kept == {"bt90 Mai Anh Kiệt.docx", f"{UNIT}_{ONE}.docx"}, "what nobody meant for us is not kept"
    where = attendance.of_unit(UNIT)
    assert [one.origin for one in where.nobodys] == ["usb/bt90 Mai Anh Kiệt.docx"]
    assert list(where.refused) == [ONE]


def test_a_name_of_the_class_in_the_name_of_a_file_is_a_guess_and_never_taken(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two, three = code_of(2), code_of(3)
    people = f"{ONE};Mai Anh Kiệt;Kon Tum\n{two};Lê Thị Hoa;Pleiku\n{three};Lê Thị Hoa;An Khê\n"
    (small_course / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{people}", encoding="utf-8")
    assert cli.run(["roster", str(small_course / "lop.csv")]) == 0
    stick = stick_of(small_course)
    (stick / "bt90 le thi hoa.docx").write_bytes(b"khong phai bai nop")
    (stick / "Bài của Mai Anh Kiệt.pdf").write_bytes(b"%PDF-1.4")
    for command in ("repair", "collect"):
        capsys.readouterr()
        assert cli.run([command, str(stick)]) == 3
        out = capsys.readouterr().out
        assert f"Tên tệp có họ tên của {ONE} Mai Anh Kiệt, Kon Tum: có phải" in out
        assert f"Tên tệp có họ tên của {two} Lê Thị Hoa, Pleiku hay {three} Lê Thị Hoa, An Khê: có phải" in out
        assert "thêm mã vào tên tệp" not in out, "that would make no hand-in of it"
        assert out.count("có họ tên của") == 3
    assert [*small_course.glob("nop-bai/khong-nhan/*/Bài của Mai Anh Kiệt.pdf")], "a name is enough to keep a file"
    (guess,) = [one for one in attendance.of_unit(UNIT).nobodys if "bt90 Mai Anh Kiệt" in one.origin]
    assert (guess.code, ONE in guess.why) == ("", True)
    notes = [path.read_text(encoding="utf-8") for path in (small_course / "nop-bai").rglob("*.json")]
    assert not [one for one in notes if "Pleiku" in one], "names are joined where they are shown and kept nowhere"
    capsys.readouterr()
    assert cli.run(["settle"]) == 0
    assert f"của {two} Lê Thị Hoa, Pleiku hay {three} Lê Thị Hoa, An Khê" in capsys.readouterr().out
    assert not (small_course / "nop-bai" / UNIT).exists()


def test_what_lies_in_a_working_folder_or_a_copy_of_the_course_is_left_alone(small_course: Path) -> None:
    folder = work(small_course, ONE)
    (folder / "anh cua em.jpg").write_bytes(b"\xff\xd8")
    brought(small_course, ONE)
    stick = small_course / "usb"
    shutil.copytree(folder, stick / ONE / UNIT)
    (stick / "khoa-hoc" / "docs").mkdir(parents=True)
    (stick / "khoa-hoc" / "course.toml").write_text("", encoding="utf-8")
    (stick / "khoa-hoc" / "docs" / "huong-dan.pdf").write_bytes(b"%PDF")
    assert [line.outcome for line in collect.collect(stick)] != []
    assert not [line for line in collect.collect(stick) if line.outcome == "refused"]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_file_without_answers_that_was_renamed_with_a_code_is_the_same_kind_and_told_once(
    small_course: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    stick = small_course / "usb"
    stick.mkdir()
    first, second = stick / f"{UNIT} Mai Anh Kiệt.{ending}", stick / f"{UNIT}_{ONE}.{ending}"
    first.write_bytes(b"PK\x03\x04 khong phai bai nop" if ending == "docx" else b"%PDF-1.4")
    (before,) = collect.collect(stick)
    first.rename(second)
    (after,) = collect.collect(stick)
    assert (before.reason, before.way_out) == (after.reason, after.way_out)
    assert after.code == ONE
    where = attendance.of_unit(UNIT)
    assert (list(where.refused), where.nobodys) == ([ONE], ())
    capsys.readouterr()
    assert cli.run(["settle"]) == 0
    out = capsys.readouterr().out
    assert (second.name in out, first.name in out) == (True, False)
    assert cli.run(["settle", second.name]) == 0
    where = attendance.of_unit(UNIT)
    assert (dict(where.refused), where.nobodys) == ({}, ()), "the first name does not come up again"
    assert cli.run(["settle", second.name, "--undo"]) == 0
    assert list(attendance.of_unit(UNIT).refused) == [ONE]


def test_one_file_of_two_people_is_told_of_both(small_course: Path) -> None:
    stick = small_course / "usb"
    stick.mkdir()
    for code in (ONE, code_of(2)):
        (stick / f"{UNIT}_{code}.docx").write_bytes(b"PK\x03\x04 khong phai bai nop")
    collect.collect(stick)
    assert list(attendance.of_unit(UNIT).refused) == sorted([ONE, code_of(2)])

"""Names beside codes: joined from the class lists when something is shown, kept nowhere, and never in the way."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest
from kit.classroom import UNIT
from kit.desk import enrol
from kit.handin import code_of
from openpyxl import Workbook

from buuchinh import cli, parsed
from buuchinh.classroom import gradebook
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.personal_data.names import Names, Person

ONE, TWO, ABSENT = code_of(1), code_of(2), code_of(3)
HOA, LAN, MAI = "GL-0001-9", "GL-0002-7", "GL-0003-5"


def saved(root: Path, name: str, text: str, when: int = 1_000) -> Path:
    """Write a list as somebody saved it at a moment."""
    path = root / name
    if path.suffix == ".xlsx":
        book = Workbook()
        for line in text.splitlines():
            book.active.append(line.split(";"))
        book.save(path)
    else:
        path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path


def test_a_code_is_shown_with_name_and_unit_and_alone_where_no_list_knows_it(small_course: Path) -> None:
    text = f"DANH SÁCH LỚP\nSTT;Mã;Họ và tên;Đơn vị\n1;{HOA.lower()};Nguyễn Thị\t Hoa;Bưu cục Pleiku\n"
    text += f"2;{LAN};Cao Lan;\n;;Cộng: 2\n"
    saved(small_course, "lop-co-ma.csv", text)
    names = Names.read()
    assert names.person(HOA) == Person(HOA, "Nguyễn Thị Hoa", "Bưu cục Pleiku")
    assert names.shown(HOA) == f"{HOA} Nguyễn Thị Hoa, Bưu cục Pleiku"
    assert (names.shown(LAN), names.shown(MAI)) == (f"{LAN} Cao Lan", MAI)
    assert names.with_names([MAI, HOA]) == f"{MAI}; {HOA} Nguyễn Thị Hoa, Bưu cục Pleiku"
    assert names.with_names([MAI, "GL-0004-3"]) == f"{MAI}, GL-0004-3"
    assert [one.code for one in names] == [HOA, LAN]


def test_of_two_lists_that_disagree_the_one_saved_last_counts(small_course: Path) -> None:
    saved(small_course, "b.csv", f"Mã;Họ tên;Đơn vị\n{HOA};Nguyễn Thị Hoà;Kon Tum\n{LAN};Cao Lan;Chư Sê\n", 2_000)
    saved(small_course, "a.xlsx", f"Mã;Họ tên;Đơn vị\n{HOA};Nguyễn Thị Hoa;Pleiku\n", 3_000)
    saved(small_course, "c.csv", f"Mã;Họ tên;Điện thoại\n{HOA};Nguyễn Thị Hoa;0901234567\n", 4_000)
    names = Names.read()
    assert names.person(HOA) == Person(HOA, "Nguyễn Thị Hoa", "Pleiku")
    assert names.person(LAN) == Person(LAN, "Cao Lan", "Chư Sê")


def test_a_list_that_was_corrected_is_read_again_and_one_that_was_not_is_not(small_course: Path, monkeypatch) -> None:
    path = saved(small_course, "lop.xlsx", f"Mã;Họ tên\n{HOA};Nguyễn Thị Hoà\n")
    assert Names.read().person(HOA).name == "Nguyễn Thị Hoà"
    reads = Mock(wraps=openpyxl.load_workbook)
    monkeypatch.setattr(openpyxl, "load_workbook", reads)
    assert Names.read().person(HOA).name == "Nguyễn Thị Hoà"
    reads.assert_not_called()
    saved(small_course, path.name, f"Mã;Họ tên\n{HOA};Nguyễn Thị Hoa\n", 2_000)
    assert Names.read().person(HOA).name == "Nguyễn Thị Hoa"


def test_a_list_that_is_locked_or_damaged_costs_its_names_alone(small_course: Path, monkeypatch) -> None:
    saved(small_course, "lop-co-ma.csv", f"Mã;Họ tên\n{HOA};Nguyễn Thị Hoa\n")
    saved(small_course, "khac.xlsx", f"Mã;Họ tên\n{LAN};Cao Lan\n")
    locked = saved(small_course, "mo.csv", f"Mã;Họ tên\n{MAI};Lê Mai\n")
    (small_course / "hong.xlsx").write_bytes(b"PK\x03\x04")
    (small_course / "hong.csv").write_bytes(b"\xff\xfe\x00")
    (small_course / "~$lop-co-ma.xlsx").write_bytes(b"x")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Windows refuses")

    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: refused() if self == locked else read(self))
    monkeypatch.setattr(openpyxl, "load_workbook", refused)
    parsed.clear()
    assert [one.code for one in Names.read()] == [HOA]
    monkeypatch.undo()


def test_a_list_without_names_or_without_codes_names_nobody(small_course: Path) -> None:
    saved(small_course, "lop.csv", "Họ tên;Đơn vị\nNguyễn Thị Hoa;Pleiku\n")
    saved(small_course, "ma.csv", f"Mã;Vai\n{HOA};Cán bộ\n")
    saved(small_course, "trong.csv", "")
    assert list(Names.read()) == []


def test_every_command_that_names_a_code_names_the_person(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"Mã;Họ tên;Đơn vị\n{ONE};Nguyễn Thị Hoa;Pleiku\n{TWO};Lê Mai;Chư Sê\n{ABSENT};Đỗ Vắng;Kon Tum\n"
    enrol(ABSENT)
    saved(late_pair, "lop-co-ma.csv", text)
    hoa, mai, vang = f"{ONE} Nguyễn Thị Hoa, Pleiku", f"{TWO} Lê Mai, Chư Sê", f"{ABSENT} Đỗ Vắng, Kon Tum"

    def told(*words: str) -> str:
        capsys.readouterr()
        cli.run([*words])
        shown = capsys.readouterr()
        return shown.out + shown.err

    assert hoa in told("grade", UNIT), "all are late"
    assert hoa in told("extend", UNIT, "nguyen thi hoa", "2026-12-01")
    graded = told("grade", UNIT)
    assert f"1/1 {hoa}: đã chấm" in graded
    assert re.search(rf"^{hoa}: .* điểm", graded, re.MULTILINE)
    assert re.search(rf"Nộp trễ.*: {mai}\.", graded)
    assert re.search(rf"Chưa có bài nộp.*: {vang}\.", graded)
    assert vang in told("report", UNIT)
    assert mai in told("collect", str(late_pair / "bai-lam"))
    assert hoa in told("accept", UNIT, ONE)
    page = json.dumps(Desk().desk(), ensure_ascii=False)
    assert all(name in page for name in ("Nguyễn Thị Hoa", "Lê Mai", "Đỗ Vắng"))
    assert mai in told("extend", UNIT, TWO, "--cancel")
    assert vang in told("leave", ABSENT)
    assert vang in told("leave", ABSENT, "--back")
    assert vang in told("forget", ABSENT, "--yes")
    with gradebook.opened() as book:
        assert [(one.first_name, one.last_name) for one in book.students] == [(None, None)] * 2
    assert b"Hoa, Pleiku" not in b"".join(
        path.read_bytes() for path in late_pair.rglob("so-cham/**/*") if path.is_file()
    )

"""A class list in a workbook is found on whatever sheet it stands, and a formula without a value is told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from kit.classroom import own_course
from openpyxl import Workbook

from buuchinh import cli
from buuchinh.classroom import gradebook, roster
from buuchinh.errors import KitError

course = pytest.fixture(own_course)
HEAD: list[object] = ["STT", "Họ và tên", "Đơn vị"]
PEOPLE: list[list[object]] = [[1, "Nguyễn Thị Hạnh", "Bưu cục Pleiku"], [2, "Trần Văn Đức", "Bưu cục Kon Tum"]]
COVER: list[list[object]] = [["TRƯỜNG BƯU CHÍNH"], ["Họ tên giáo viên", "Lê Thị Mai"], ["Năm học", 2026]]


def saved(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def names(path: Path) -> list[str]:
    read = roster.load(path)
    return [row.cells[row.kinds["name"]] for row in read.people]


@pytest.mark.parametrize("cover", [COVER, [["DANH SÁCH LỚP"]], [["Họ và tên", "Lê Thị Mai"]]])
def test_a_list_behind_a_cover_is_found(tmp_path: Path, cover: Sequence[Sequence[object]]) -> None:
    path = saved(tmp_path / "lop.xlsx", Bia=cover, DS=[["LỚP 12"], [], HEAD, *PEOPLE])
    assert names(path) == ["Nguyễn Thị Hạnh", "Trần Văn Đức"]
    assert roster.doubts(roster.load(path)) == []


def test_merged_offices_on_the_second_sheet_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Bìa"])
    sheet = book.create_sheet("DS")
    for row in (HEAD, PEOPLE[0], [2, "Trần Văn Đức", None]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    book.save(tmp_path / "lop.xlsx")
    assert [row[-1] for row in roster.load(tmp_path / "lop.xlsx").rows] == ["Bưu cục Pleiku"] * 2


def test_a_second_list_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "lop.xlsx", A=[HEAD, PEOPLE[0]], B=[HEAD, PEOPLE[1]])
    assert names(path) == ["Nguyễn Thị Hạnh"]
    (told,) = roster.doubts(roster.load(path))
    assert "Đã đọc trang tính “A”. Trang tính “B” cũng có cột họ tên" in told


def test_no_sheet_with_a_list_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="Không thấy dòng tên cột"):
        roster.load(saved(tmp_path / "lop.xlsx", Bia=COVER, Khac=[["a", "b"], [1, 2]]))


def test_a_formula_without_a_value_is_told_with_its_cell(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[object]] = [HEAD, [1, '=D2&" Hạnh"', "Quầy 1"], [2, "Trần Văn Đức", '=C2&""']]
    path = saved(course / "lop.xlsx", Bia=COVER, DS=rows)
    before = sorted(gradebook.students())
    assert cli.run(["roster", str(path)]) == 1
    said = capsys.readouterr().err
    assert "lop.xlsx" in said
    assert "Ô B2, C3 có công thức" in said
    assert "bấm Lưu" in said
    assert sorted(gradebook.students()) == before


def test_a_row_number_by_formula_is_no_fault(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEAD, ["=ROW()-1", *PEOPLE[0][1:]], ["=ROW()-1", *PEOPLE[1][1:]]]
    assert len(names(saved(tmp_path / "lop.xlsx", DS=rows))) == 2


def test_a_formula_that_excel_has_computed_is_read(tmp_path: Path) -> None:
    """Excel stores the value beside its formula, also an empty one."""
    rows: list[list[object]] = [HEAD, [1, "=1", "Quầy 1"], [2, "Trần Văn Đức", "=2"]]
    path = saved(tmp_path / "co.xlsx", DS=rows)
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(tmp_path / "lop.xlsx", "w") as out:
        for name in packed.namelist():
            data = packed.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(
                    r'<c r="B2"><f>1</f><v ?/?>(</v>)?', '<c r="B2" t="str"><f>1</f><v>Lê Hạnh</v>', data.decode()
                )
                data = re.sub(r'<c r="C3"><f>2</f><v ?/?>(</v>)?', '<c r="C3" t="str"><f>2</f><v></v>', text).encode()
                assert b"L\xc3\xaa" in data
            out.writestr(name, data)
    assert names(tmp_path / "lop.xlsx") == ["Lê Hạnh", "Trần Văn Đức"]


def test_who_is_erased_is_found_on_every_sheet(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(course / "lop.xlsx", Bia=COVER, DS=[HEAD, *PEOPLE])
    assert cli.run(["roster", str(path)]) == 0
    code = roster.load(path).codes[0]
    capsys.readouterr()
    assert cli.run(["forget", code, "--yes"]) == 0
    assert "lop.xlsx" in capsys.readouterr().out

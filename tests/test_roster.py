from __future__ import annotations

import csv
import unicodedata

import pytest
from classroom_kit import make_course
from openpyxl import Workbook, load_workbook

from buuchinh import codes
from buuchinh.errors import KitError
from buuchinh.grading import gradebook, roster

TEXT = "Mã học viên;Họ và tên;Đơn vị\ngl 0123 q;Nguyễn Thị Hạnh;Bưu cục Pleiku\n;Trần Văn Đức;=Bưu cục Kon Tum\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    return root


def _encoded(character, encoding):
    """Encode as Windows does: a letter with a tone mark is the letter, then the mark."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        *letter, tone = sorted(
            unicodedata.normalize("NFD", character), key=lambda c: c in "\u0300\u0301\u0303\u0309\u0323"
        )
        return (unicodedata.normalize("NFC", "".join(letter)) + tone).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_list_as_excel_saves_it_is_read_in_whatever_encoding(tmp_path, encoding):
    text = TEXT.replace("\n", "\r\n")
    path = tmp_path / "lop.csv"
    path.write_bytes(b"".join(_encoded(c, encoding) for c in text) if encoding == "cp1258" else text.encode(encoding))
    read = roster.load(path)
    assert read.codes == ("GL-0123-Q", codes.make("HV0001"))
    assert read.names == ("Nguyễn Thị Hạnh", "Trần Văn Đức")


def test_xlsx_and_a_list_without_codes(tmp_path):
    book = Workbook()
    book.active.append(["Họ tên", "Chức danh"])
    book.active.append(["Lê Thị Mai", "Giao dịch viên"])
    book.active.append([None, None])
    book.active.append(["Phạm Minh", "Bưu tá"])
    book.save(tmp_path / "lop.xlsx")
    read = roster.load(tmp_path / "lop.xlsx", taken=[codes.make("HV0001")], prefix="HV")
    assert read.codes == (codes.make("HV0002"), codes.make("HV0003"))
    assert read.headers == ("Họ tên", "Chức danh")


def test_all_faults_are_said_at_once_with_their_lines(tmp_path):
    path = tmp_path / "lop.csv"
    path.write_text("Mã,Họ tên\nGL-0123-Q,A\nGL-0123-R,B\ngl0123q,C\nx,D\n", encoding="utf-8-sig")
    with pytest.raises(KitError) as caught:
        roster.load(path)
    assert [problem.line for problem in caught.value.problems] == [3, 4, 5]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04rest", b"a,b\n1,2\n", "Mã\n".encode()])
def test_what_is_no_list_is_refused_with_a_way_out(tmp_path, data):
    path = tmp_path / "lop.csv"
    path.write_bytes(data)
    with pytest.raises(KitError):
        roster.load(path)


def test_a_second_run_gives_nobody_a_second_code(tmp_path):
    path = tmp_path / "lop.csv"
    path.write_text(TEXT, encoding="utf-8-sig")
    first = roster.load(path)
    roster.hand_out(first)
    path.write_text(TEXT + ";Lê Thị Mới;Bưu cục Pleiku\n", encoding="utf-8-sig")
    second = roster.load(path, taken=first.codes)
    assert second.codes == (*first.codes, codes.make("HV0002"))
    assert second.made == {codes.make("HV0002")}


def test_enrolled_by_code_alone_and_handed_out_with_bom(course, tmp_path):
    path = tmp_path / "lop.csv"
    path.write_text(TEXT, encoding="utf-8-sig")
    read = roster.load(path)
    assert roster.enrol(read) == 2
    assert roster.enrol(read) == 0
    assert gradebook.students() == sorted(read.codes)
    with gradebook.opened() as book:
        assert [student.last_name for student in book.students] == [None, None]
    made_csv, made_xlsx = roster.hand_out(read)
    assert made_csv.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(made_csv.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Mã", "Họ và tên", "Đơn vị"]
    assert rows[2] == [codes.make("HV0001"), "Trần Văn Đức", "'=Bưu cục Kon Tum"]
    sheet = load_workbook(made_xlsx).active
    assert sheet["A2"].value == "GL-0123-Q"
    assert sheet["C3"].data_type == "s"
    again = roster.load(made_csv)
    assert again.codes == read.codes
    assert not again.made


def test_codes_of_an_earlier_list_are_never_written_over(course):
    for number, name in enumerate(("Nguyễn Thị Hạnh", "Trần Văn Đức"), 1):
        path = course / "lop.csv"
        path.write_text(f"Mã,Họ tên\n{codes.make(f'GL{number:04d}')},{name}\n", encoding="utf-8-sig")
        roster.hand_out(roster.load(path))
    kept = "".join(path.read_text(encoding="utf-8-sig") for path in course.glob("lop-co-ma*.csv"))
    assert codes.make("GL0001") in kept
    assert codes.make("GL0002") in kept

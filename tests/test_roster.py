from __future__ import annotations

import csv
import io
import subprocess
import unicodedata
from datetime import datetime

import pytest
from kit.classroom import ROOT, own_course
from openpyxl import Workbook, load_workbook

from buuchinh import cli, codes
from buuchinh.classroom import gradebook, leavers, roster
from buuchinh.errors import KitError
from buuchinh.grading import grade_class

TEXT = "Mã học viên;Họ và tên;Đơn vị\ngl 0123 q;Nguyễn Thị Hạnh;Bưu cục Pleiku\n;Trần Văn Đức;=Bưu cục Kon Tum\n"


course = pytest.fixture(own_course)


def _encoded(character, encoding):
    """Encode as Windows does: a letter with a tone mark is the letter, then the mark."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        *letter, tone = sorted(
            unicodedata.normalize("NFD", character), key=lambda c: c in "\u0300\u0301\u0303\u0309\u0323"
        )
        return (unicodedata.normalize("NFC", "".join(letter)) + tone).encode(encoding)


def _called(read):
    return tuple(row.cells[row.kinds["name"]] for row in read.people)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_list_as_excel_saves_it_is_read_in_whatever_encoding(tmp_path, encoding):
    text = TEXT.replace("\n", "\r\n")
    path = tmp_path / "lop.csv"
    path.write_bytes(b"".join(_encoded(c, encoding) for c in text) if encoding == "cp1258" else text.encode(encoding))
    read = roster.load(path)
    assert read.codes == ("GL-0123-Q", codes.make("HV0001"))
    assert _called(read) == ("Nguyễn Thị Hạnh", "Trần Văn Đức")


@pytest.mark.parametrize("code_page", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "text",
    [
        "Họ tên;Đơn vị\nNguyễn Thị Hạnh;Quầy 1\n",
        "DANH SÁCH LỚP\nSTT;Họ và tên\n1;Nguyễn Thị Hạnh\n",
        "Mã;Họ tên\n;Nguyễn Thị Hạnh\n",
        "Mã;Ten\n;Lan\n;Nguyễn Thị Hạnh\n",
    ],
)
def test_a_list_whose_letters_an_old_code_page_lost_is_told_as_that(tmp_path, text, code_page):
    path = tmp_path / "lop.csv"
    path.write_bytes(text.encode(code_page, "replace"))
    with pytest.raises(KitError) as caught:
        roster.load(path)
    (problem,) = caught.value.problems
    assert "ANSI" in problem.message
    assert "?" in problem.message.split("“")[1]
    assert "CSV UTF-8" in problem.way_out
    assert ".xlsx" in problem.way_out


def test_a_question_in_a_list_is_no_lost_letter(tmp_path):
    path = tmp_path / "lop.csv"
    path.write_text("Họ tên;Có mặt?;Ghi chú\nLê Thị Mai?;?;đổi ca ? hỏi lại\n", encoding="utf-8-sig")
    assert _called(roster.load(path)) == ("Lê Thị Mai?",)


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
    assert read.roles == ("Giao dịch viên", "Bưu tá"), "a job title that is a role's name says the role"


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
    made_csv, made_xlsx, _ = roster.hand_out(read)
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


def _read(path, text, taken=()):
    path.write_text(text, encoding="utf-8-sig")
    made = roster.load(path, taken=taken)
    roster.hand_out(made)
    return made


HEAD = "Họ tên;Đơn vị"


def test_two_of_one_name_keep_their_codes_however_often_the_list_is_read(tmp_path):
    text = f"{HEAD}\nNguyễn Văn An;Kon Tum\nNguyễn Văn An;Kon Tum\nLê Thị Mai;Pleiku\n"
    first = _read(tmp_path / "lop.csv", text)
    for _ in range(3):
        again = _read(tmp_path / "lop.csv", text, first.codes)
        assert again.codes == first.codes
        assert not again.made
    assert any("2, 3" in said for said in roster.doubts(first))


def test_three_of_one_name_after_two_the_third_is_new(tmp_path):
    row = "Nguyễn Văn An;Kon Tum\n"
    first = _read(tmp_path / "lop.csv", f"{HEAD}\n{row}{row}")
    again = _read(tmp_path / "lop.csv", f"{HEAD}\n{row}{row}{row}", first.codes)
    assert again.codes == (*first.codes, codes.make("HV0003"))


@pytest.mark.parametrize(
    "text",
    [
        "Họ tên;Đơn vị;Điện thoại\nNguyễn Văn An;Kon Tum;0901\nLê Thị Mai;Pleiku;0902\n",
        "STT;Họ và tên;Bưu cục\n1;Nguyễn Văn An;Kon Tum\n2;Lê Thị Mai;Pleiku\n",
        "Đơn vị;Họ tên\nKon Tum;nguyễn  văn AN\nPleiku;Lê Thị Mai\n",
        "Họ tên\nNguyễn Văn An\nLê Thị Mai\n",
    ],
)
def test_columns_added_renamed_moved_or_left_out_change_no_code(tmp_path, text):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\nNguyễn Văn An;Kon Tum\nLê Thị Mai;Pleiku\n")
    again = _read(tmp_path / "lop.csv", text, first.codes)
    assert again.codes == first.codes
    assert roster.doubts(again) == []


def test_rows_in_another_order_keep_their_codes_where_anything_tells_them_apart(tmp_path):
    head = "Họ tên;Đơn vị;Ngày sinh"
    one, two = "Nguyễn Văn An;Kon Tum;01-02-1990", "Nguyễn Văn An;Kon Tum;03-04-1985"
    first = _read(tmp_path / "lop.csv", f"{head}\n{one}\n{two}\n")
    again = _read(tmp_path / "lop.csv", f"{head};Điện thoại\n{two};0901\n{one};0902\n", first.codes)
    assert again.codes == first.codes[::-1]
    left = _read(tmp_path / "lop.csv", f"{head}\n{two}\n", first.codes)
    assert left.codes == (first.codes[1],)
    assert any(first.codes[0] in said and "không trao cho người khác" in said for said in roster.doubts(left))


def test_somebody_who_may_be_either_of_two_gets_neithers_code(tmp_path):
    head = "Họ tên;Đơn vị;Ngày sinh"
    text = f"{head}\nNguyễn Văn An;Kon Tum;01-02-1990\nNguyễn Văn An;Kon Tum;03-04-1985\n"
    first = _read(tmp_path / "lop.csv", text)
    again = _read(tmp_path / "lop.csv", f"{head}\nNguyễn Văn An;Kon Tum;05-06-1999\n", first.codes)
    assert again.codes == (codes.make("HV0003"),)
    assert any("cùng một người" in said for said in roster.doubts(again))


@pytest.mark.parametrize("row", ["Nguyễn Văn Anh;Kon Tum", "Nguyễn Văn An;Pleiku"])
def test_a_name_put_right_or_an_office_left_is_asked_about_and_there_is_a_way_out(course, row):
    path = course / "lop.csv"
    first = _read(path, f"{HEAD}\nNguyễn Văn An;Kon Tum\nLê Thị Mai;Pleiku\n")
    again = _read(path, f"{HEAD}\n{row}\nLê Thị Mai;Pleiku\n", first.codes)
    assert again.codes == (codes.make("HV0003"), first.codes[1])
    (said,) = roster.doubts(again)
    for word in (
        "Dòng 2",
        first.codes[0],
        again.codes[0],
        "Nguyễn Văn An, Kon Tum",
        row.split(";")[1],
        "cùng một người",
    ):
        assert word in said
    kept = "".join(one.read_text(encoding="utf-8-sig") for one in course.glob("lop-co-ma*.csv"))
    assert first.codes[0] in kept
    put_right = _read(path, f"Mã;{HEAD}\n{first.codes[0]};{row}\n;Lê Thị Mai;Pleiku\n", again.codes)
    assert put_right.codes == first.codes
    assert not put_right.made


def test_a_tone_mark_put_right_keeps_the_code_and_is_told(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\nTrần Văn Đưc;Kon Tum\n")
    again = _read(tmp_path / "lop.csv", f"{HEAD}\nTrần Văn Đức;Kon Tum\n", first.codes)
    assert again.codes == first.codes
    (said,) = roster.doubts(again)
    assert "Trần Văn Đưc" in said
    assert "Trần Văn Đức" in said


def test_two_who_differ_in_a_tone_mark_alone_are_two(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\nLê Thị Mai;Pleiku\n")
    again = _read(tmp_path / "lop.csv", f"{HEAD}\nLê Thị Mại;Pleiku\nLê Thị Mai;Pleiku\n", first.codes)
    assert again.codes == (codes.make("HV0002"), first.codes[0])


def test_a_code_that_was_typed_for_one_row_goes_to_no_other(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\nNguyễn Văn An;Kon Tum\n")
    text = f"Mã;{HEAD}\n;Nguyễn Văn An;Kon Tum\n{first.codes[0]};Nguyễn Văn An;Kon Tum\n"
    again = _read(tmp_path / "lop.csv", text, first.codes)
    assert again.codes == (codes.make("HV0002"), first.codes[0])


def test_a_code_of_the_earlier_list_is_never_made_anew(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\nNguyễn Văn An;Kon Tum\n")
    again = _read(tmp_path / "lop.csv", f"{HEAD}\nPhạm Thị Hồng Nhung;Gia Nghĩa\n")
    assert again.codes == (codes.make("HV0002"),)
    assert first.codes[0] in " ".join(roster.doubts(again))


def test_the_list_saved_again_by_excel_still_tells_who_has_which_code(tmp_path):
    text = f"{HEAD}\nNguyễn Văn An;=Kon Tum\nLê Thị Mai;Pleiku\n"
    first = _read(tmp_path / "lop.csv", text)
    made = tmp_path / "lop-co-ma.csv"
    made.write_bytes(made.read_text(encoding="utf-8-sig").replace(",", ";").replace("'=", "=").encode("utf-16"))
    assert _read(tmp_path / "lop.csv", text, first.codes).codes == first.codes
    made.unlink()
    assert _read(tmp_path / "lop.csv", text, first.codes).codes == first.codes


BIRTH = f"{HEAD};Ngày sinh"
AN = "Nguyễn An;Kon Tum"


@pytest.mark.parametrize(
    ("header", "had", "now", "kept"),
    [
        ("Ngày sinh", ["01-01-1990", "02-02-1991"], ["02-02-1991", "03-03-1995"], [1, None]),
        ("Mã nhân viên", ["001", "002"], ["003", "002"], [None, 1]),
        ("Ngày sinh", ["01-01-1990", "02-02-1991"], ["01-01-1980", "01-01-1981"], [None, None]),
        ("Ngày sinh", ["01-01-1990"], ["03-03-1995"], [None]),
        ("Trình độ", ["Đại học"], ["Trung cấp"], [None]),
        ("Điện thoại", ["0901", "0902"], ["0902", "0909"], [1, None]),
    ],
)
def test_a_namesake_never_gets_the_code_of_somebody_who_left_without_a_word(tmp_path, header, had, now, kept):
    head, other = f"{HEAD};{header}", "Lê Thị Mai;Pleiku;"
    first = _read(tmp_path / "lop.csv", "\n".join([head, *(f"{AN};{one}" for one in had), other]))
    again = _read(tmp_path / "lop.csv", "\n".join([head, *(f"{AN};{one}" for one in now), other]), first.codes)
    assert again.codes[-1] == first.codes[-1]
    assert [first.codes.index(code) if code in first.codes else None for code in again.codes[:-1]] == kept
    asked = [said for said in roster.doubts(again) if "Có phải cùng một người?" in said]
    assert len(asked) == kept.count(None)
    left = [one for number, one in enumerate(had) if number not in kept]
    new = [one for one, before in zip(now, kept, strict=True) if before is None]
    for said, before, row in zip(asked, left, new, strict=True):
        earlier = before.replace("-", "/") if header == "Ngày sinh" else before
        for word in (header, earlier, row, first.codes[had.index(before)], again.codes[now.index(row)], "lop.csv"):
            assert word in said


def test_the_way_out_of_the_question_about_a_namesake_gives_the_code_back(tmp_path):
    path = tmp_path / "lop.csv"
    first = _read(path, f"{BIRTH}\n{AN};01-01-1990\n")
    again = _read(path, f"{BIRTH}\n{AN};10-01-1990\n", first.codes)
    assert again.codes != first.codes
    put_right = _read(path, f"Mã;{BIRTH}\n{first.codes[0]};{AN};10-01-1990\n", again.codes)
    assert put_right.codes == first.codes
    assert _read(path, f"{BIRTH}\n{AN};10-01-1990\n", again.codes).codes == first.codes


@pytest.mark.parametrize("birth", ["", ";01-01-1990"])
def test_whose_telephone_changed_keeps_the_code_and_the_column_is_named(tmp_path, birth):
    head = f"{BIRTH if birth else HEAD};Điện thoại"
    first = _read(tmp_path / "lop.csv", f"{head}\n{AN}{birth};0901\nLê Thị Mai;Pleiku{birth and ';'};0902\n")
    again = _read(tmp_path / "lop.csv", f"{head}\n{AN}{birth};0955\nLê Thị Mai;Pleiku{birth and ';'};0902\n")
    assert again.codes == first.codes
    (said,) = roster.doubts(again)
    for word in ("Dòng 2", first.codes[0], "Điện thoại", "0901", "0955"):
        assert word in said


def test_of_two_namesakes_a_birth_date_says_whose_telephone_changed(tmp_path):
    head = f"{BIRTH};Điện thoại"
    first = _read(tmp_path / "lop.csv", f"{head}\n{AN};01-01-1990;0901\n{AN};02-02-1991;0902\n")
    again = _read(tmp_path / "lop.csv", f"{head}\n{AN};02-02-1991;0955\n", first.codes)
    assert again.codes == (first.codes[1],)
    assert any("0955" in said for said in roster.doubts(again))


@pytest.mark.parametrize("date", ["1/1/1990", "01/01/1990", "1990-01-01", "1990-01-01 00:00:00"])
def test_a_date_or_number_that_excel_wrote_anew_is_the_same(tmp_path, date):
    first = _read(tmp_path / "lop.csv", f"STT;{BIRTH};Mã NV\n1;{AN};01-01-1990;007\n2;{AN};02-02-1991;008\n")
    again = _read(tmp_path / "lop.csv", f"STT;{BIRTH};Mã NV\n1;{AN};2/2/1991;8\n2;{AN};{date};7\n", first.codes)
    assert again.codes == first.codes[::-1]
    assert roster.doubts(again) == []


def test_namesakes_whom_no_common_column_tells_apart_are_named(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\n{AN}\n{AN}\n")
    again = _read(tmp_path / "lop.csv", f"{BIRTH}\n{AN};01-01-1990\n{AN};02-02-1991\n", first.codes)
    assert again.codes == first.codes
    (said,) = roster.doubts(again)
    assert f"2 ({first.codes[0]}), 3 ({first.codes[1]})" in said


def test_who_may_be_either_of_two_after_a_column_went_gets_neithers_code(tmp_path):
    first = _read(tmp_path / "lop.csv", f"{HEAD}\n{AN}\nNguyễn An;Pleiku\n")
    again = _read(tmp_path / "lop.csv", "Họ tên\nNguyễn An\n", first.codes)
    assert again.codes == (codes.make("HV0003"),)
    assert any("cùng một người" in said for said in roster.doubts(again))


@pytest.mark.parametrize("header", ["Mã nhân viên", "Mã NV", "Mã số", "ID"])
def test_a_staff_number_is_no_code_of_a_trainee(tmp_path, header):
    read = _read(tmp_path / "lop.csv", f"{header};{HEAD}\n1001;{AN}\n1002;{AN}\n")
    assert read.codes == (codes.make("HV0001"), codes.make("HV0002"))
    assert read.headers[0] == header
    with pytest.raises(KitError):
        _read(tmp_path / "khac.csv", f"Mã;{HEAD}\n1001;{AN}\n")


@pytest.mark.parametrize("end", [".csv", ".xlsx"])
def test_who_comes_back_gets_the_old_code_back_and_it_is_said(tmp_path, end):
    path, mai, duc = tmp_path / "lop.csv", "Lê Thị Mai;Pleiku\n", "Trần Văn Đức;Kon Tum\n"
    first = _read(path, f"{HEAD}\n{AN}\n{mai}{duc}")
    if end == ".xlsx":
        (tmp_path / "lop-co-ma.csv").unlink()
    _read(path, f"{HEAD}\n{mai}{duc}", first.codes)
    last = _read(path, f"{HEAD}\n{duc}", first.codes)
    assert last.codes == first.codes[2:]
    again = _read(path, f"{HEAD}\n{AN}\n{mai}{duc}", first.codes)
    assert again.codes == first.codes
    said = roster.doubts(again)
    assert len(said) == 2
    assert all("nhận lại mã" in one and code in one for one, code in zip(said, first.codes[1::-1], strict=True))
    assert roster.doubts(_read(path, f"{HEAD}\n{AN}\n{mai}{duc}", first.codes)) == []


def test_a_namesake_of_somebody_who_left_long_ago_is_asked_about(tmp_path):
    path, mai = tmp_path / "lop.csv", "Lê Thị Mai;Pleiku;\n"
    first = _read(path, f"{BIRTH}\n{AN};01-01-1990\n{mai}")
    _read(path, f"{BIRTH}\n{mai}", first.codes)
    again = _read(path, f"{BIRTH}\n{AN};03-03-1995\n{mai}")
    assert again.codes == (codes.make("HV0003"), first.codes[1])
    (said,) = roster.doubts(again)
    assert first.codes[0] in said
    assert "1990" in said


def test_a_line_break_of_word_in_a_name_stops_nothing(course, capsys):
    path = course / "lop.csv"
    path.write_text(f"{HEAD}\nNguyễn\x0bVăn\x07An;Kon\u202e Tum\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    sheet = load_workbook(course / "lop-co-ma.xlsx").active
    assert [cell.value for cell in sheet[2]][1:] == ["Nguyễn Văn An", "Kon Tum"]


def test_a_run_that_is_stopped_while_it_enrols_makes_nobody_twice(course, monkeypatch):
    path = course / "lop.csv"
    path.write_text(f"{HEAD}\nNguyễn Văn An;Kon Tum\nLê Thị Mai;Pleiku\n", encoding="utf-8-sig")
    whole = roster.enrol

    def half(made, **more):
        with gradebook.opened() as book:
            book.update_or_create_student(made.codes[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(roster, "enrol", half)
    assert cli.run(["roster", str(path)]) == 130
    monkeypatch.setattr(roster, "enrol", whole)
    assert cli.run(["roster", str(path)]) == 0
    assert gradebook.students() == [codes.make("HV0001"), codes.make("HV0002")]


def test_a_list_that_is_open_in_excel_is_named_with_the_way_out(course, capsys):
    path = course / "lop.csv"
    path.write_text(f"{HEAD}\nNguyễn Văn An;Kon Tum\n", encoding="utf-8-sig")
    (course / "lop-co-ma.xlsx").mkdir()
    assert cli.run(["roster", str(path)]) == 1
    said = capsys.readouterr().err
    assert "lop-co-ma.xlsx" in said
    assert "Đóng tệp" in said
    assert gradebook.students() == []


TITLED = [
    ["TỔNG CÔNG TY BƯU ĐIỆN", "", ""],
    ["DANH SÁCH LỚP AN TOÀN BƯU CHÍNH", "", ""],
    ["Khóa 1, từ 01-12-2026, tại Pleiku, Gia Lai", "", ""],
    [],
    ["STT", "Họ và tên", "Đơn vị"],
    ["1", "Nguyễn Thị Hạnh", "Bưu cục Pleiku"],
    ["2", "Trần Văn Đức", "Bưu cục Kon Tum"],
    ["Tổng cộng: 2 người", "", ""],
    ["", "", "Người lập danh sách"],
]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_names_of_the_columns_are_found_below_a_title(course, ending):
    path = course / f"lop.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for row in TITLED:
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("".join(";".join(row).rstrip(";") + "\n" for row in TITLED), encoding="utf-8-sig")
    read = roster.load(path)
    assert _called(read) == ("Nguyễn Thị Hạnh", "Trần Văn Đức")
    assert read.headers == ("STT", "Họ và tên", "Đơn vị")
    assert any("dòng không có họ tên" in said and "8, 9" in said for said in roster.doubts(read))
    assert cli.run(["roster", str(path)]) == 0
    assert roster.load(course / "lop-co-ma.csv").codes == read.codes


def test_a_damaged_list_of_who_left_or_of_erased_numbers_is_told_and_left_as_it_is(course, capsys):
    path = course / "lop.csv"
    path.write_text("Họ tên\nMai\nLan\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    first, second = codes.make("HV0001"), codes.make("HV0002")
    assert cli.run(["leave", first]) == 0
    assert cli.run(["forget", second, "--yes"]) == 0
    (kept,) = [one for one in (course / "so-cham").glob("*.json") if one.name != leavers.FILE]
    for damaged, command in (
        (course / "so-cham" / leavers.FILE, ["leave", first, "--back"]),
        (kept, ["roster", str(path)]),
    ):
        whole = damaged.read_bytes()
        damaged.write_bytes(whole[:-4])
        capsys.readouterr()
        assert cli.run(command) == 1
        assert damaged.name in capsys.readouterr().err
        assert damaged.read_bytes() == whole[:-4]
        damaged.write_bytes(whole)


def test_who_leaves_the_class_is_asked_for_nothing_and_keeps_what_was_graded(course, capsys):
    path = course / "lop.csv"
    path.write_text("Họ tên\nMai\nLan\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    stays, leaves = codes.make("HV0001"), codes.make("HV0002")
    assert grade_class.missing("bt90")[0] == [stays, leaves]
    assert cli.run(["leave", leaves.lower()]) == 0
    assert grade_class.missing("bt90")[0] == [stays]
    assert gradebook.students() == [stays, leaves]
    path.write_text("Họ tên\nMai\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    assert grade_class.missing("bt90")[0] == [stays]
    assert cli.run(["leave", leaves, "--back"]) == 0
    assert grade_class.missing("bt90")[0] == [stays, leaves]
    assert cli.run(["leave", leaves]) == 0
    capsys.readouterr()
    path.write_text("Họ tên\nMai\nLan\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    assert f"Trở lại lớp vì có trong danh sách này: {leaves}" in capsys.readouterr().out
    assert grade_class.missing("bt90")[0] == [stays, leaves]
    assert cli.run(["leave", codes.make("HV0099")]) == 1
    assert cli.run(["leave", stays, "--back"]) == 1


def test_a_roster_that_is_killed_while_it_enrols_makes_nobody_twice(course):
    path = course / "lop.csv"
    path.write_text("Họ tên\n" + "".join(f"Người {number}\n" for number in range(30)), encoding="utf-8-sig")
    before = cli.run(["roster", str(path)])
    assert before == 0
    enrolled = gradebook.students()
    with gradebook.opened() as book:  # as a kill leaves it: the list is written, half of the class is not in yet
        for code in enrolled[15:]:
            book.remove_student(code)
    assert cli.run(["roster", str(path)]) == 0
    assert gradebook.students() == enrolled


@pytest.mark.parametrize(
    "name", ["lop.xlsx", "lop.csv", "Danh sách lớp 2026.xlsx", "danh-sach/k1.csv", "DS.xls", "lop-co-ma.csv", "a.ods"]
)
def test_git_ignores_a_class_list_whatever_it_is_called(name):
    asked = ["git", "-C", str(ROOT), "check-ignore", "-q", "--no-index", name]
    assert subprocess.run(asked, check=False).returncode == 0


def test_git_ignores_no_table_of_the_course():
    listed = ["git", "-C", str(ROOT), "ls-files", "-ci", "--exclude-standard"]
    assert subprocess.run(listed, check=True, capture_output=True, text=True).stdout == ""


@pytest.mark.parametrize(("typed", "joined"), [("c\n", True), ("\n", False), (None, True)])
def test_a_list_with_nobody_of_the_class_is_told_to_join_it_and_asked_about(course, capsys, monkeypatch, typed, joined):
    for name, rows in (("lop1", "An;BC 1\nBình;BC 1\n"), ("lop2", "Cúc;BC 2\nDũng;BC 2\n")):
        (course / f"{name}.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8-sig")
    assert cli.run(["roster", str(course / "lop1.csv")]) == 0
    assert cli.run(["roster", str(course / "lop1.csv")]) == 0
    assert "chung một lớp" not in capsys.readouterr().out
    asked = io.StringIO(typed or "")
    monkeypatch.setattr(asked, "isatty", lambda: typed is not None)
    monkeypatch.setattr("sys.stdin", asked)
    assert cli.run(["roster", str(course / "lop2.csv")]) == 0
    said = capsys.readouterr().out
    assert "hai danh sách sẽ chung một lớp" in said
    assert "một thư mục khóa học khác" in said
    assert len(gradebook.students()) == (4 if joined else 2)
    assert (course / "lop2-co-ma.csv").exists() == joined


def test_what_is_handed_out_has_name_office_and_code_alone(course, capsys):
    path = course / "lop.csv"
    path.write_text(f"STT;{BIRTH};Điện thoại\n1;Nguyễn An;Kon Tum;01-02-1990;0901\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    assert "lop-de-phat.xlsx" in capsys.readouterr().out
    page = load_workbook(course / "lop-de-phat.xlsx").active
    assert [[cell.value for cell in row] for row in page] == [
        ["Họ tên", "Đơn vị", "Mã"], ["Nguyễn An", "Kon Tum", codes.make("HV0001")],
    ]  # fmt: skip
    assert page.page_setup.fitToWidth == 1
    assert "0901" in (course / "lop-co-ma.csv").read_text(encoding="utf-8-sig"), "the office's own copy"


def test_what_is_handed_out_has_roles_where_the_list_or_an_earlier_one_gives_them(course):
    path = course / "lop.csv"
    path.write_text("Họ tên;Vai\nNguyễn An;buu ta\nLê Mai;Giao dịch viên\nĐỗ Tư;\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    handed_out = course / "lop-de-phat.xlsx"
    rows = [[cell.value for cell in row] for row in load_workbook(handed_out).active]
    assert rows[0] == ["Họ tên", "Mã", "Vai"]
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("Nguyễn An", "Bưu tá"), ("Lê Mai", "Giao dịch viên"), ("Đỗ Tư", None),
    ]  # fmt: skip
    path.write_text("Họ tên\nNguyễn An\nLê Mai\nĐỗ Tư\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    assert [[cell.value for cell in row] for row in load_workbook(handed_out).active] == rows, "roles stay with people"


def test_a_date_of_excel_is_written_as_people_write_it_and_changes_no_code(course):
    book = Workbook()
    book.active.append(["Họ tên", "Ngày sinh", "Hẹn"])
    book.active.append(["Nguyễn An", datetime(1990, 3, 4), datetime(2026, 11, 25, 9, 30)])  # noqa: DTZ001
    book.save(course / "lop.xlsx")
    made = roster.load(course / "lop.xlsx")
    assert made.rows == (("Nguyễn An", "04-03-1990", "09:30 25-11-2026"),)
    earlier = f"Mã,Họ tên,Ngày sinh,Hẹn\n{codes.make('HV0007')},Nguyễn An,1990-03-04 00:00:00,\n"
    (course / "lop-co-ma.csv").write_text(earlier, encoding="utf-8-sig")
    assert roster.load(course / "lop.xlsx").codes == (codes.make("HV0007"),)


@pytest.mark.parametrize("typed", ["04/03/1990", "4-3-1990", datetime(1990, 3, 4)])  # noqa: DTZ001
def test_a_date_stays_a_date_and_the_list_prints_on_one_width_with_its_head_on_each_page(course, typed):
    path = course / "lop.xlsx"
    book = Workbook()
    book.active.append(["Họ tên", "Đơn vị", "Ngày sinh", "Điện thoại"])
    book.active.append(["Nguyễn An", "Bưu cục Kon Tum", typed, "0905-12-1990"])
    book.save(path)
    assert cli.run(["roster", str(path)]) == 0
    page = load_workbook(course / "lop-co-ma.xlsx").active
    assert (page["D2"].value, page["D2"].number_format) == (datetime(1990, 3, 4), "dd/mm/yyyy")  # noqa: DTZ001
    assert page["E2"].value == "0905-12-1990"
    text = (course / "lop-co-ma.csv").read_text(encoding="utf-8-sig")
    assert ",04/03/1990," in text
    assert "00:00" not in text
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.print_title_rows) == ("landscape", 1, "$1:$1")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    again = roster.load(path)
    assert (again.made, again.known.changed) == (frozenset(), ())


def test_a_row_is_named_by_its_number_in_excel_also_below_a_cell_of_several_lines(course, capsys):
    path = course / "lop.csv"
    text = 'Họ tên;Ghi chú\nNguyễn An;"ca đêm\nnghỉ thứ hai\nvề sớm"\nTrần Bình;\n;Người lập bảng\n'
    path.write_text(text, encoding="utf-8-sig")
    assert cli.run(["roster", str(path)]) == 0
    assert "(dòng cộng, chữ ký?): 4." in capsys.readouterr().out


def test_whose_row_in_a_list_without_codes_has_a_date_is_still_named_when_forgotten(course, capsys):
    path = course / "lop.csv"
    path.write_text("Họ tên;Ngày sinh\nAn;04-03-1990\n", encoding="utf-8-sig")
    cli.run(["roster", str(path)])
    assert cli.run(["forget", codes.make("HV0001"), "--yes"]) == 0
    assert "lop.csv" in capsys.readouterr().out.partition("Đã xóa dữ liệu")[2]


def test_a_column_that_a_head_of_two_rows_leaves_without_a_name_is_told(tmp_path):
    text = "Họ tên;Đơn vị;Liên hệ;\n;;Điện thoại;Ghi chú\nNguyễn An;Kon Tum;0901;ca đêm\n"
    said = roster.doubts(_read(tmp_path / "lop.csv", text))
    assert any("cột D" in one and "lop.csv" in one for one in said)
    text = "Họ tên;Đơn vị;Liên hệ\nNguyễn An;Kon Tum;0901\n"
    assert not [one for one in roster.doubts(_read(tmp_path / "khac.csv", text)) if "cột" in one]


def _workbook(path, *rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("headers", "merged"),
    [
        (("STT", "Họ và tên", None, "Đơn vị"), ["B1:C1"]),
        (("STT", "Họ và tên đệm", "Tên", "Đơn vị"), []),
        (("STT", "Họ", "Tên", "Đơn vị"), []),
    ],
)
def test_a_name_in_two_columns_is_one_name_and_keeps_its_code(course, headers, merged):
    rows = [(1, "Nguyễn Văn", "An", "Quầy 1"), (2, "Nguyễn Văn", "Bình", "Quầy 1"), (3, "Trần", "An", "Quầy 1")]
    path = _workbook(course / "lop.xlsx", headers, *rows, merged=merged)
    assert cli.run(["roster", str(path)]) == 0
    _, *handed_out = load_workbook(course / "lop-de-phat.xlsx").active.iter_rows(values_only=True)
    assert [row[:2] for row in handed_out] == [
        ("Nguyễn Văn An", "Quầy 1"),
        ("Nguyễn Văn Bình", "Quầy 1"),
        ("Trần An", "Quầy 1"),
    ]
    known = {row[0]: row[2] for row in handed_out}
    again = roster.load(_workbook(path, headers, *reversed(rows), merged=merged))
    assert dict(zip(_called(again), again.codes, strict=True)) == known
    assert not roster.doubts(again)


def test_a_list_with_a_name_in_two_columns_that_an_earlier_kit_wrote_keeps_its_codes(tmp_path):
    code = codes.make("HV0007")
    (tmp_path / "lop-co-ma.csv").write_text(f"Mã,Họ đệm,Tên\n{code},Nguyễn Văn,An\n", encoding="utf-8-sig")
    (tmp_path / "lop.csv").write_text("Họ đệm,Tên\nNguyễn Văn,An\n", encoding="utf-8-sig")
    assert roster.load(tmp_path / "lop.csv").codes == (code,)


def test_a_column_of_notes_without_a_header_is_no_part_of_a_name(tmp_path):
    path = _workbook(tmp_path / "lop.xlsx", ("Họ tên", None), ("Lê Mai", None), ("Trần An", "nghỉ"), ("Lê Hoa", None))
    read = roster.load(path)
    assert _called(read) == ("Lê Mai", "Trần An", "Lê Hoa")
    assert "cột B" in roster.doubts(read)[0]


def test_an_office_in_one_cell_beside_all_its_people_is_the_office_of_each(tmp_path):
    rows = [("Lê Mai", "Quầy 1"), ("Trần An", None), ("Lê Hoa", "Quầy 2"), ("Lê Lan", None)]
    path = _workbook(tmp_path / "lop.xlsx", ("LỚP", None), ("Họ tên", "Đơn vị"), *rows, merged=["A1:B1", "B3:B4"])
    assert [row.cells["don vi"] for row in roster.load(path).people] == ["Quầy 1", "Quầy 1", "Quầy 2", ""]


def test_the_heading_of_a_group_is_no_trainee_and_is_told(tmp_path):
    rows = [("I", "Bưu cục A"), (1, "Lê Mai"), (2, "Trần An"), ("II.", "Bưu cục B"), (3, "Lê Hoa")]
    read = roster.load(_workbook(tmp_path / "lop.xlsx", ("STT", "Họ tên"), *rows))
    assert _called(read) == ("Lê Mai", "Trần An", "Lê Hoa")
    assert "5 “II., Bưu cục B”" in roster.doubts(read)[0]


def test_a_list_behind_an_empty_or_hidden_sheet_is_found(tmp_path):
    book = Workbook()
    book.create_sheet("Ẩn").append(["chọn", "vai"])
    book["Ẩn"].sheet_state = "hidden"
    page = book.create_sheet("Danh sách")
    page.append(["Họ và tên học viên (viết hoa)", "Đơn vị"])
    page.append(["LÊ MAI", "Quầy 1"])
    book.save(tmp_path / "lop.xlsx")
    assert _called(roster.load(tmp_path / "lop.xlsx")) == ("LÊ MAI",)


@pytest.mark.parametrize(
    "total", [";Tổng cộng: 2 người;;;", "Cộng;;2;;", "Tổng số 2 học viên;;;;", ";Tong cong: 2;;;", ""]
)
def test_who_signs_below_a_class_list_is_no_trainee_and_is_told_with_the_words(course, capsys, total):
    path = course / "lop.csv"
    people = "1;Tống Công Minh;Kon Tum;01-01-1990;\n2;Lê Thị Mai;Pleiku;02-02-1991;\n"
    text = f"STT;Họ tên;Đơn vị;Ngày sinh;Vai\n{people}{total}\n;NGƯỜI LẬP BẢNG;;;GIÁM ĐỐC\n;Hồ Thị Tuyết;;;\n"
    path.write_text(text, encoding="utf-8-sig")
    assert _called(roster.load(path)) == ("Tống Công Minh", "Lê Thị Mai")
    assert cli.run(["roster", str(path)]) == 0
    said = capsys.readouterr().out
    for words in ("5 “NGƯỜI LẬP BẢNG, GIÁM ĐỐC”", "6 “Hồ Thị Tuyết”", "STT"):
        assert words in said
    assert "không hiểu vai" not in said
    assert len(gradebook.students()) == 2


def test_a_sum_ends_also_a_list_without_numbers_and_a_unit_below_it_makes_no_trainee(tmp_path):
    text = f"{HEAD}\nNguyễn An;Kon Tum\nTổng cộng: 1;\nNGƯỜI LẬP;GIÁM ĐỐC\nHồ Thị Tuyết;Trần Nghĩa\n"
    assert _called(_read(tmp_path / "lop.csv", text)) == ("Nguyễn An",)


@pytest.mark.parametrize(
    "text",
    [
        f"STT;{HEAD}\n1;An Một;A\nCộng: 1;;\n2;An Hai;B\n;An Ba;B\nCộng: 2;;\n",
        f"STT;{HEAD}\n1;An Một;A\n2;An Hai;B\nTổng cộng: 2;;\n3;An Ba;B\n",
        f"STT;{HEAD}\n1;An Một;A\n2;An Hai;B\n;An Ba;B\n",
        f"{BIRTH}\nAn Một;A;1990\nCộng;1;\nAn Hai;B;01-02-1990\nAn Ba;B;3-4-1991\n",
        f"STT;Mã;{HEAD}\n1;;An Một;\n2;;An Hai;\n;GL-0123-Q;An Ba;\n",
        f"STT;{HEAD}\nTổng số: 3 người;;\n;An Một;A\n;An Hai;B\n;An Ba;\n",
        f"{HEAD}\nTổng số: 3 người;\nAn Một;A\nAn Hai;B\nAn Ba;\n",
        f"STT;{HEAD}\n1;An Một;\n;An Hai;\n3;An Ba;\n",
    ],
)
def test_a_trainee_with_a_number_a_code_a_birth_date_or_a_unit_is_never_taken_for_a_signature(tmp_path, text):
    assert _called(_read(tmp_path / "lop.csv", text)) == ("An Một", "An Hai", "An Ba")

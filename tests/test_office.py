"""The post office's own table: read as Excel saves it, one sentence a fault, never a blank on a card."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from kit.authoring import ROOT, own_course

from buuchinh import cli, office
from buuchinh.authoring.check import check
from buuchinh.emergency_card import wall_card
from buuchinh.errors import KitError
from buuchinh.learner.server import api
from buuchinh.messages import say
from buuchinh.text import fold

FULL = {
    "name": "Bưu cục Hoa Gạo",
    "address": "12 đường Hoa Gạo, phường Đông",
    "head": "Chị Hạnh",
    "head_phone": "0987 654 321",
    "deputy": "Anh Tín",
    "deputy_phone": "+84 912 345 678",
    "duty_phone": "024 1234 5678",
    "police": "Công an phường Đông",
    "police_phone": "0243.825.1234",
    "meeting_point": "Gốc bàng trước cổng",
    "fan_switch": "Cạnh cửa ra, bên trái",
    "posted_list": "Tường quầy 1",
    "procedure": "Ngăn kéo quầy 1, bản 3-2026",
}
HOSTILE = "<img src=x onerror=alert(1)> \u202e\u0007 & \"'"


course = pytest.fixture(own_course)


def table(values: dict[str, str], separator: str = ";") -> str:
    labels = office.labels()
    out = io.StringIO()
    rows = [["Mục", "Nội dung"], *([labels[name], text] for name, text in values.items())]
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def written(root: Path, data: bytes | str) -> Path:
    path = root / "don-vi" / office.FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode("utf-8-sig") if isinstance(data, str) else data)
    return path


def test_the_form_has_the_head_by_which_its_file_is_read() -> None:
    assert fold(say("office.columns.item")) == office.HEAD


def test_without_a_file_there_is_nothing_and_no_fault(course: Path) -> None:
    assert office.read() == {}
    assert office.faults() == []


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_the_table_is_read_however_excel_saves_it(course: Path, separator: str, encoding: str) -> None:
    written(course, table(FULL, separator).encode(encoding))
    assert office.read() == FULL


def test_the_vietnamese_code_page_is_read_and_comes_out_composed(course: Path) -> None:
    """Windows-1258 has letters with a circumflex or a hook, and tone marks as signs of their own."""
    text = "Mu\u0323c;Nô\u0323i dung\r\nChô\u0303 đư\u0301ng chơ\u0300 ơ\u0309 ngoa\u0300i;Gô\u0301c ba\u0300ng\r\n"
    written(course, text.encode("cp1258"))
    assert office.read() == {"meeting_point": "Gốc bàng"}


def test_labels_are_known_without_marks_and_an_empty_or_underscored_cell_is_missing(course: Path) -> None:
    written(
        course, "muc;noi dung\nTRUONG BUU CUC:;  Chị   Hạnh \nnguoi thay truong buu cuc;......\nĐịa chỉ bưu cục;\n;\n"
    )
    assert office.read() == {"head": "Chị Hạnh"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Trưởng bưu cụ;Chị Hạnh", "Ý anh/chị là “Trưởng bưu cục”"),
        ("Màu sơn;đỏ", "Không có mục nào tên là “Màu sơn”"),
        ("Điện thoại trực;24123456789 0", "không giống số điện thoại"),
        ("Điện thoại trực;987654321", "mất số 0 ở đầu"),
        ("Điện thoại trực;9.87654321E+08", "mất số 0 ở đầu"),
        ("Điện thoại trực;gọi chị Hạnh", "không giống số điện thoại"),
        ("Tên bưu cục;Bưu cục khác", "hai dòng"),
        ("Quy trình của đơn vị để ở;" + "a" * 161, "dài hơn 160 chữ"),
    ],
)
def test_each_fault_is_one_sentence_with_its_line_and_a_way_out(course: Path, line: str, said: str) -> None:
    written(course, f"Mục;Nội dung\nTên bưu cục;Hoa Gạo\n{line}\n")
    (fault,) = office.faults()
    assert (fault.path, fault.line) == ("don-vi/don-vi.csv", 3)
    assert said in str(fault)
    assert fault.way_out
    assert fault in check(), "check reads it too"
    assert office.sound() == {"name": "Hoa Gạo"}, "what is sound is shown all the same"
    with pytest.raises(KitError):
        office.read()


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xff\xfe\x00", b"x" * 70_000])
def test_what_is_no_table_is_said_and_nothing_falls(course: Path, data: bytes) -> None:
    written(course, data)
    for fault in office.faults():
        assert fault.path == "don-vi/don-vi.csv"
        assert fault.message
    assert office.faults()


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        *((number, "") for number in ("0987654321", "0987.654.321", "(024) 1234 5678", "+84 912-345-678", "1900 1234")),
        *((number, "") for number in ("113", "114", "1800588888", "02438251234")),
        *((number, "lost_zero") for number in ("987654321", "2438251234", "9,87E+08")),
        *(
            (number, "phone")
            for number in ("", "0987", "09876543210123", "84912345678", "0987654321/22", "tel:0987654321")
        ),
    ],
)
def test_a_telephone_number_has_the_shape_of_one(phone: str, fault: str) -> None:
    assert office.phone_fault(phone) == fault


def test_the_card_and_the_stickers_say_what_is_known_and_never_leave_a_blank(course: Path) -> None:
    items = {"head": "Chị Hạnh", "police": "Công an phường Đông", "police_phone": "024 3825 1234"}
    for page in (wall_card.page(items), wall_card.sticker_page(items)):
        assert "024 3825 1234" in page
        assert "Chị Hạnh (chưa ghi số: hỏi trực tiếp)" in page
        assert "Người thay" not in page, "what nobody filled in is left out"
    assert "chưa ghi ở đây: hỏi trưởng bưu cục" in wall_card.page(items), "where to wait is asked for"
    for page in (wall_card.page(), wall_card.sticker_page(), wall_card.page({}), wall_card.sticker_page({})):
        assert "hỏi" in page
        assert "024 3825" not in page
    for page in (wall_card.page(items), wall_card.page(), wall_card.sticker_page(items), wall_card.sticker_page()):
        assert not re.search(r":\s*</(?:p|dd|dt|td|span|div)>|_{3}|<(dd|p|strong)>\s*</\1>", page)
    assert wall_card.page(FULL).count("<dt>") == len(wall_card.ITEMS)


def test_hostile_text_is_shown_and_obeyed_by_nobody(course: Path) -> None:
    written(course, table({"head": HOSTILE, "name": "</script><script>alert(1)</script>"}))
    for page in (wall_card.page(office.read()), wall_card.sticker_page(office.read())):
        assert "<img" not in page
        assert "<script" not in page
        assert "\u202e" not in page
        assert "&lt;img src=x" in page
    assert "\u0007" not in json.dumps(office.read())


def test_a_cell_that_was_guarded_against_formulas_comes_back_as_it_was(course: Path) -> None:
    written(course, table({"deputy_phone": "'+84 912 345 678"}))
    assert office.read() == {"deputy_phone": "+84 912 345 678"}


def test_git_ignores_whatever_lies_in_the_folder() -> None:
    names = ["don-vi/don-vi.csv", "don-vi/anh/quay.jpg", "don-vi/ca/1.md"]
    told = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.split() == names


def test_check_says_a_fault_of_the_table_on_the_command_line(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(course, "Mục;Nội dung\nĐiện thoại trực;987654321\n")
    cli.run(["check"])
    assert "don-vi/don-vi.csv:2" in "".join(capsys.readouterr())


def test_a_lesson_in_jupyterlab_shows_the_numbers_and_says_what_is_wrong_with_the_file(course: Path) -> None:
    written(course, "Mục;Nội dung\nTrưởng bưu cục;Chị Hạnh\nĐiện thoại trực;987654321\n")
    page = api.call("GET", "pages/don-vi", {"notebook": "lessons/00-bat-dau.ipynb"})
    assert page["values"] == {"head": "Chị Hạnh"}
    assert ["mất số 0" in fault for fault in page["faults"]] == [True]


def test_a_bundle_carries_the_table_and_never_writes_over_what_somebody_added(
    course_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(course_copy, table(FULL))
    (course_copy / "don-vi" / "anh").mkdir()
    (course_copy / "don-vi" / "anh" / "quay.jpg").write_bytes(b"\xff\xd8")
    out = tmp_path / "out"
    assert cli.run(["bundle", "--out", str(out)]) == 0
    (folder,) = (path for path in out.iterdir() if path.is_dir())
    inside = folder / "lab" / "don-vi"
    assert (inside / office.FILE).read_bytes() == (course_copy / "don-vi" / office.FILE).read_bytes()
    for sheet in (wall_card.PAGE, wall_card.STICKER_PAGE):
        assert "0243.825.1234" in (folder / "lab" / sheet).read_text(encoding="utf-8")
    assert "0243.825.1234" in (folder / "hoc" / "bai" / "don-vi.js").read_text(encoding="utf-8")
    assert cli.run(["bundle", "--out", str(out)]) == 0, "what the bundle itself put there is replaced"
    assert (course_copy / "don-vi" / "anh" / "quay.jpg").exists()
    (inside / "ca.txt").write_text("Ca của bưu cục.", encoding="utf-8")
    assert cli.run(["bundle", "--out", str(out)]) == 1
    assert (inside / "ca.txt").read_text(encoding="utf-8") == "Ca của bưu cục."
    written(course_copy, "Mục;Nội dung\nĐiện thoại trực;987654321\n")
    capsys.readouterr()
    assert cli.run(["site", "--out", str(tmp_path / "hoc")]) == 1, "a wrong number on a card is worse than none"
    assert "don-vi/don-vi.csv:2" in capsys.readouterr().err
    assert not (tmp_path / "hoc").exists()

"""The sheet that an office prints, signs and files: names only where asked for, one page of A4 for a class of 24."""

from __future__ import annotations

import csv
import io
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.course import missing
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from kit.use_course import use_course
from openpyxl import load_workbook

from buuchinh import cli, course, printed, spreadsheet
from buuchinh.classroom import assigned_roles
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class
from buuchinh.personal_data.names import Names, Person
from buuchinh.results import attendance, feedback_contents, result_list
from buuchinh.results.results import standings

PEOPLE = [code_of(number) for number in range(1, 25)]
GOOD, WEAK = PEOPLE[:2]
NAME, OFFICE = "Nguyễn Hoàng Thị Phương Thảo", "Bưu cục Trung tâm Phường Diên Hồng"


@pytest.fixture(scope="module")
def graded(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class of 24 of whom two handed in, with its list in the course's folder."""
    if reason := sandbox.missing():
        missing(f"bubblewrap: {reason}")
    root = tmp_path_factory.mktemp("danh-sach") / "course"
    shutil.copytree(released_course, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        enrol(*PEOPLE)
        lines = [f"{code};{NAME} {number};{OFFICE}" for number, code in enumerate(PEOPLE, 1)]
        (root / "lop-co-ma.csv").write_text("\n".join(["Mã;Họ tên;Đơn vị", *lines]), encoding="utf-8-sig")
        hand_in(root, GOOD, answers())
        hand_in(root, WEAK, answers(right=False))
        grade_class.grade(UNIT)
    return root


@pytest.fixture
def listed(graded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return that class, in which each test makes the report anew."""
    return use_course(graded, monkeypatch)


def sheets(root: Path) -> Any:
    return load_workbook(root / "reports" / UNIT / f"bao-cao_{UNIT}.xlsx")


def shown(page: Any) -> list[list[str]]:
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in page]


def test_the_first_sheet_says_who_passed_and_why_not(listed: Path) -> None:
    assigned_roles.keep({GOOD: next(iter(course.ROLES))})
    assert cli.run(["report", UNIT]) == 0
    book = sheets(listed)
    page = book.worksheets[0]
    assert page.title == "Kết quả"
    rows = shown(page)
    assert rows[1][0].startswith("KẾT QUẢ: ")
    assert UNIT not in str([shown(one) for one in book]), "no id of the unit or of a question in what is read"
    assert "1.0.0" in rows[2][0]
    assert rows[5] == ["TT", "Mã", "Họ tên", "Đơn vị", "Vai", "Điểm", "%", "Kết quả", "Vì sao chưa đạt"]
    by_code = {row[1]: row for row in rows[6:30]}
    assert list(by_code) == PEOPLE
    assert by_code[GOOD][4]
    assert by_code[WEAK][5:8] == ["5", "35.7", "Chưa đạt"]
    assert "chưa đủ 80%" in by_code[WEAK][8]
    assert by_code[PEOPLE[5]][5:] == ["", "", "chưa nộp", ""]
    assert "(ký, ghi rõ họ tên)" in rows[-1]
    assert any("Cộng 24 người" in row[0] for row in rows)


def test_names_are_in_the_files_of_a_report_only_where_they_are_asked_for(listed: Path, capsys) -> None:
    for words, told in ((["--names"], True), ([], False)):
        assert cli.run(["report", UNIT, *words]) == 0
        assert f"{PEOPLE[5]} {NAME} 6, {OFFICE}" in capsys.readouterr().out, "the screen has them always"
        for page in sheets(listed):
            about_people = page.title in {"Kết quả", "Bảng điểm", "Chưa nộp"}
            assert (NAME in str(shown(page))) == (told and about_people), page.title
        for kind in ("bang-diem", "chua-nop"):
            path = listed / "reports" / UNIT / f"{kind}_{UNIT}.csv"
            rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
            assert [row.get("Họ tên") for row in rows if row["Mã học viên"] == PEOPLE[6]] == (
                [f"{NAME} 7"] if told else [None]
            )


def test_how_to_have_names_is_told_on_the_last_sheet_and_not_on_the_one_that_is_signed(listed: Path) -> None:
    for words, told in (([], True), (["--names"], False)):
        assert cli.run(["report", UNIT, *words]) == 0
        pages = sheets(listed).worksheets
        said = ["“Ghi họ tên vào báo cáo”" in str(shown(page)) for page in pages]
        assert said == [False] * (len(pages) - 1) + [told]


def test_no_name_is_stored_by_grading_and_reporting(listed: Path) -> None:
    for command in ("grade", "feedback", "report"):
        cli.run([command, UNIT])
    words = [NAME.encode(), NAME.encode("utf-16-le")]
    for path in listed.rglob("*"):
        if path.is_file() and path.name != "lop-co-ma.csv":
            assert not [word for word in words if word in path.read_bytes()], path


def test_a_class_of_24_prints_on_one_page_of_a4_in_letters_of_nine_points_and_more(listed: Path) -> None:
    """However much there is to say: two lines for each name, unit and reason."""
    (one,) = standings(UNIT, WEAK)
    missed = tuple(replace(item, critical=True) for item in one.items)
    found = [replace(one, code=code, items=missed) for code in PEOPLE]
    people = Names(Person(code, NAME, OFFICE) for code in PEOPLE)
    nobody = replace(attendance.of_unit(UNIT), absent=())
    sheet = result_list.sheet(UNIT, found, nobody, people)
    page = load_workbook(io.BytesIO(spreadsheet.as_workbook([sheet]))).worksheets[0]
    setup, scale = page.page_setup, page.page_setup.scale
    assert (int(setup.paperSize), setup.orientation) == (9, "portrait")
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    sizes = [cell.font.sz for row in page for cell in row if cell.value is not None]
    assert min(sizes) * scale / 100 >= 9
    width = sum(one.width for one in page.column_dimensions.values())
    assert width * scale / 100 <= printed.room("9", upright=True)
    assert len([row for row in shown(page) if row[1] in PEOPLE]) == 24
    assert all(len(row[8]) > 20 for row in shown(page)[6:30])
    titles, table, below = 2 * 18 + 3 * 15, shown(page)[5:30], shown(page)[30:]
    heights = titles + 15 * (sum(map(lines, table)) + len(below))
    margins = page.page_margins
    assert heights * scale / 100 <= (297 / 25.4 - margins.top - margins.bottom) * 72


def lines(row: list[str]) -> int:
    """Return how many lines a row takes whose cells are wrapped."""
    return max(math.ceil(len(text) / width) for text, width in zip(row, result_list.WIDTHS, strict=True))


def test_each_sheet_repeats_its_head_numbers_its_pages_and_says_who_made_it(listed: Path) -> None:
    for words in ([], ["--names"]):
        cli.run(["report", UNIT, *words])
        book = sheets(listed)
        assert book.properties.creator == "buuchinh"
        for page in book:
            head = next(number for number, row in enumerate(shown(page), 1) if sum(map(bool, row)) > 1)
            assert page.print_title_rows == f"${head}:${head}", page.title
            assert page.freeze_panes.endswith(str(head + 1)), page.title
            assert page.oddFooter.center.text == "Trang &P/&N", page.title


def test_no_sheet_prints_letters_that_nobody_can_read(listed: Path) -> None:
    """Forty columns go to several pages of A3, each with code and name, not to one in letters of 2 points."""
    cli.run(["report", UNIT, "--names"])
    wide = spreadsheet.Sheet("", "Rộng", [[f"bt90-q{n}" for n in range(41)]] * 2, spreadsheet.Look(widths=(13,) * 41))
    pages = [*sheets(listed), load_workbook(io.BytesIO(spreadsheet.as_workbook([wide]))).worksheets[0]]
    for page in pages:
        setup = page.page_setup
        width = sum(one.width for one in page.column_dimensions.values())
        fits = page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
        room = printed.room(str(setup.paperSize), upright=setup.orientation == "portrait")
        assert 11 * (min(1, room / width) if fits else setup.scale / 100) >= 8, page.title
        assert fits or page.print_title_cols


@pytest.mark.parametrize(("share", "shown"), [(0.79964, "79.9"), (0.8, "80"), (0.8 - 1e-9, "80"), (0.79949, "79.9")])
def test_no_result_below_the_mark_is_rounded_up_to_it(listed: Path, share: float, shown: str) -> None:
    (standing,) = standings(UNIT, GOOD)
    items = tuple(replace(item, earned=item.most * share, critical=False) for item in standing.items)
    below = replace(standing, items=items)
    roll = attendance.of_unit(UNIT)
    row = next(row for row in result_list.sheet(UNIT, [below], roll, None).rows if GOOD in row)
    assert float(shown) in row
    assert (below.verdict == "pass") == (shown == "80")
    assert feedback_contents.of(below)["percent"] == shown.replace(".", ",")


def test_a_mark_with_a_decimal_is_told_whole(listed: Path) -> None:
    (standing,) = standings(UNIT, WEAK)
    strict = replace(standing, pass_mark=0.825)
    assert result_list.pass_marks([strict]) == "82,5%"
    assert any("82,5%" in reason for reason in result_list.reasons(strict))

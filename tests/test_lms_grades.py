"""Grades for Moodle's import, by the command: accounts in place of codes, final points alone, the rest named."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.handin import answers, code_of, hand_in
from kit.use_course import use_course

from buuchinh import cli
from buuchinh.grading import grade_class

CODES = [code_of(number) for number in range(1, 5)]
PLACE = f"reports/{UNIT}/diem-lms_{UNIT}.csv"


def without_text(*, right: bool) -> dict[str, object]:
    return {name: value for name, value in answers(right=right).items() if name != "bt90-q3"}


@pytest.fixture(scope="module")
def graded_class(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class of four, of whom the last waits for a person to mark a text; made once."""
    root = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("diem-lms") / "course"))
    with pytest.MonkeyPatch.context() as patch:
        use_course(root, patch)
        for number, code in enumerate(CODES[:3]):
            hand_in(root, code, without_text(right=number == 0), text=None)
        hand_in(root, CODES[3], answers())
        grade_class.grade(UNIT)
    return root


@pytest.fixture
def graded(graded_class: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of that class; the test stands in it."""
    root = use_course(Path(shutil.copytree(graded_class, tmp_path / "course")), monkeypatch)
    monkeypatch.chdir(root)
    return root


def accounts(root: Path, text: str, encoding: str = "utf-8") -> None:
    (root / "tai-khoan.csv").write_bytes(text.encode(encoding))


def report(*more: str, unit: str = UNIT) -> int:
    return cli.run(["report", unit, "--csv", "lms", "--accounts", "tai-khoan.csv", *more])


def rows(root: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO((root / PLACE).read_bytes().decode("utf-8-sig"), newline="")))


def test_the_file_has_accounts_and_percentages_and_the_rest_is_named(graded: Path, capsys) -> None:
    accounts(graded, f"mã;tài khoản\r\n{CODES[0]};nguyen.a\r\n{CODES[1].lower()};o'brien_2\r\n{CODES[3]};tran-d\r\n")
    assert report() == 0
    assert rows(graded) == [
        ["username", UNIT, "Mã học viên"],
        ["nguyen.a", rows(graded)[1][1], CODES[0]],
        ["o'brien_2", rows(graded)[2][1], CODES[1]],
    ]
    first, second = (float(row[1]) for row in rows(graded)[1:])
    assert 0 <= second < first <= 100
    told = capsys.readouterr().out
    assert f"Không có tài khoản nên không có trong tệp (1 người): {CODES[2]}" in told
    assert f"Chờ chấm tay nên chưa có trong tệp (1 người): {CODES[3]}" in told
    assert "Chưa thử trong Moodle thật" in told
    assert not list((graded / "reports" / UNIT).glob("*.xlsx"))


@pytest.mark.parametrize(
    ("header", "written"),
    [("username", "username"), ("ID number", "idnumber"), ("email", "email"), ("Thư", "email"), ("Mã số", "idnumber")],
)
def test_the_column_is_called_as_moodle_finds_people(graded: Path, header: str, written: str) -> None:
    accounts(graded, f"mã,{header}\n{CODES[0]},A.B+c@example.vn\n", "utf-16")
    assert report() == 0
    assert [row[0] for row in rows(graded)] == [written, "A.B+c@example.vn"]


def test_a_list_without_a_header_is_read_too(graded: Path) -> None:
    accounts(graded, f"{CODES[0]};007\n{CODES[1]};a,b\n")
    assert report() == 0
    assert [row[0] for row in rows(graded)] == ["username", "007", "a,b"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("mã;tài khoản\nGL-0001-X;a\n", ["tai-khoan.csv:2: “GL-0001-X” không phải mã học viên."]),
        (f"GL-0001-X;a\n{CODES[1]};b\n", ["tai-khoan.csv:1: “GL-0001-X” không phải mã học viên."]),
        (f"{CODES[0]};a\n{CODES[0]};b\n{CODES[1]};a\n", ["đã có ở dòng trên", "đã có ở dòng trên"]),
        (f"{CODES[0]};an\n{CODES[1]};An\n", ["Tài khoản An đã có ở dòng trên"]),
        (f"Mã;TT;Họ tên\n{CODES[0]};1;Nguyễn An\n{CODES[1]};2;Lê Bình\n", ["hơn hai cột"]),
        (f"mã;tài khoản\na;{CODES[0]}\nb;{CODES[1]}\n", ["đổi chỗ"]),
        (f"mã;họ tên\n{CODES[0]};Nguyễn An\n", ["Không rõ cột “họ tên”"]),
        (f"Lớp thử;\nmã;tài khoản\n{CODES[0]};a\n", ["Dòng tựa ở trên bảng thì xóa"]),
        (f"{CODES[0]};=HYPERLINK(1)\n{CODES[1]};@b\n", ["không viết được nguyên vẹn"] * 2),
        ("mã;tài khoản\n", ["Bảng không có mã nào có tài khoản."]),
        ("", ["Bảng không có mã nào có tài khoản."]),
        (f"{CODES[3]};d\n", [f"Không ai vừa có điểm cuối cùng của {UNIT}"]),
    ],
)
def test_a_list_with_faults_is_refused_whole(graded: Path, capsys, text: str, sentences: list[str]) -> None:
    accounts(graded, text)
    assert report() == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("Có ")]
    assert len(lines) >= len(sentences)
    assert all(sentence in line for sentence, line in zip(sentences, lines, strict=False))
    assert not (graded / PLACE).exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["report", UNIT, "--csv", "xls"], "Sau --csv chỉ có lms."),
        (["report", UNIT, "--accounts", "tai-khoan.csv"], "Sau --csv chỉ có lms."),
        (["report", UNIT, "--csv", "lms"], "thêm --accounts"),
        (["report", "course", "--csv", "lms", "--accounts", "tai-khoan.csv"], "chỉ viết cho một bài"),
        (["report", UNIT, "--csv", "lms", "--accounts", "tai-khoan.csv", "--names"], "bỏ --names"),
        (["report", UNIT, "--csv", "lms", "--accounts", "khong-co.csv"], "khong-co.csv"),
    ],
)
def test_a_call_that_does_not_fit_is_one_sentence(graded: Path, capsys, words: list[str], sentence: str) -> None:
    accounts(graded, f"{CODES[0]};a\n")
    assert cli.run(words) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert len(told.splitlines()) == 1
    assert not (graded / PLACE).exists()


def test_forgetting_a_person_takes_the_file_away(graded: Path) -> None:
    accounts(graded, f"{CODES[0]};a\n{CODES[1]};b\n")
    assert report() == 0
    assert cli.run(["forget", CODES[0], "--yes"]) == 0
    assert not (graded / PLACE).exists()

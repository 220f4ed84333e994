"""What an instructor reads on the desk calls units and files by what they are, not by the names that machines use."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.classroom import UNIT

from buuchinh.desk.naming import file_names, unit_names
from buuchinh.desk.screens.desk_view import Desk, reports
from buuchinh.grading import grade_class
from buuchinh.results import class_report


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("reports/bt05/bao-cao_bt05.xlsx", "Báo cáo bài tập 5"),
        ("reports/thinv2/bai-giong_thinv2.xlsx", "Bài giống nhau bài thi nhân viên lần 2"),
        ("reports/bt05/bang-diem_bt05.csv", "Bảng điểm bài tập 5 (bảng csv)"),
        ("reports/course/ca-khoa.xlsx", "Báo cáo cả khóa"),
        ("reports/kt/tien-bo.xlsx", "Báo cáo tiến bộ"),
        ("feedback/phan-hoi_bt05_gui.zip", "Phản hồi bài tập 5, một tệp để gửi"),
        ("feedback/phan-hoi_bt05_ca-lop.html", "Bản in phản hồi bài tập 5"),
        ("backup/buuchinh_20261201.zip", "Bản sao lưu"),
        ("dist/goi.zip", "goi.zip"),
        ("reports/bt05/khac.xlsx", "khac.xlsx"),
    ],
)
def test_a_file_is_called_by_what_it_is(course_copy: Path, path: str, label: str) -> None:
    assert file_names.label(path) == label


def test_units_stand_as_they_are_spoken_in_sentences_but_not_in_names_of_files_questions_and_commands(
    course_copy: Path,
) -> None:
    for sentence, wanted in {
        "Bài bt05 chưa có hạn.": "Bài tập 5 chưa có hạn.",
        "Bài nộp là bài bt05, có phần của bài bt03, bt04.": "Bài nộp là bài tập 5, có phần của bài tập 3, bài tập 4.",
        "Sổ điểm chưa có thinv2": "Sổ điểm chưa có bài thi nhân viên lần 2",
        "Tệp bt05_THU-0010-I.zip, bt05.zip, reports/bt05": "Tệp bt05_THU-0010-I.zip, bt05.zip, reports/bt05",
        "Ô bt05-q14": "Ô bt05-q14",
        "Chấm trước: buuchinh grade bt05": "Chấm trước: buuchinh grade bt05",
    }.items():
        assert unit_names.in_words(sentence) == wanted


def test_the_sheet_of_a_unit_and_the_menu_offer_reports_by_what_they_are(mixed: Path) -> None:
    grade_class.grade(UNIT)
    class_report.write(UNIT)
    offered = Desk().unit(UNIT)["reports"]
    assert [one["text"] for one in offered][-1:] == ["Báo cáo bài tập 90"]
    assert not [one["text"] for one in offered if UNIT in one["text"]]
    assert not [one["text"] for one in reports() if UNIT in one["text"]]

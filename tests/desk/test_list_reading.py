"""A class list on the desk: what is in doubt is asked before anything is written, and codes stay with their people."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from buuchinh import spreadsheet
from buuchinh.classroom import gradebook
from buuchinh.classroom.enrolment import Enrolment
from buuchinh.desk.arrivals import inbox
from buuchinh.desk.class_list import reading
from buuchinh.desk.naming import projection
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server.list_calls import CALLS
from buuchinh.errors import KitError
from buuchinh.personal_data.names import Names

pytestmark = pytest.mark.journey
HEAD = "STT;Họ tên;Đơn vị;Ngày sinh\n"
FIRST = "LỚP THÁNG 12\n" + HEAD + (
    "1;Nguyễn Văn An;Bưu cục 1;01-02-1990\n2;Trần Thị Bình;Bưu cục 1;03-04-1991\n3;Lê Văn Chi;Bưu cục 2;05-06-1992\n"
)  # fmt: skip


def received(text: str, name: str = "lop.csv", number: int = 1) -> reading.WaitingList:
    """Let a list arrive in the inbox as a browser sends it."""
    batch, data = f"20261201-08000{number}-abcdef", text.encode("utf-8-sig")
    inbox.append(batch, name, 0, len(data), data)
    inbox.finish(batch, [(name, len(data))])
    return reading.receive(batch)


def first_class() -> dict[str, str]:
    """Enrol the first list, and return everybody's code by name."""
    assert not received(FIRST).asks
    reading.enrol({})
    return by_name()


def by_name() -> dict[str, str]:
    return {f"{one.name}, {one.office}": one.code for one in Names.read()}


def answered(one: reading.WaitingList, same: bool) -> Enrolment:
    return reading.enrol(dict.fromkeys(one.questions, same))


def test_a_list_under_another_name_takes_the_place_of_the_one_before(course: Path) -> None:
    before = first_class()
    one = received(FIRST.replace("LỚP THÁNG 12", "LỚP THÁNG 12 – bản sửa"), "Danh sách mới.csv", 2)
    assert not one.asks
    assert reading.enrol({}).new == 0
    assert by_name() == before
    assert sorted(path.name for path in course.glob("*.csv")) == ["lop-co-ma.csv", "lop.csv"]
    (kept,) = (course / "backup").glob("lop-truoc-*.csv")
    assert kept.read_text(encoding="utf-8-sig") == FIRST


def test_who_has_no_row_in_a_new_list_stays_and_is_named(course: Path) -> None:
    chi = first_class()["Lê Văn Chi, Bưu cục 2"]
    received(FIRST.replace("3;Lê Văn Chi;Bưu cục 2;05-06-1992", "3;Phạm Quỳnh Giang;Bưu cục 7;30-11-1988"), number=2)
    waiting = reading.waiting()
    assert waiting
    answer = CALLS["ghi-danh-sach"](Desk(), {"answers": dict.fromkeys(waiting.questions, False)})
    assert [chi in line and "Họ vẫn ở trong lớp" in line for line in answer["lines"]] == [True]
    assert chi in gradebook.students()


def test_a_workbook_with_endless_rows_is_read_to_a_limit(tmp_path: Path) -> None:
    data = spreadsheet.as_workbook([spreadsheet.Sheet("", "Lớp", [["Họ tên"], ["An"]])])
    path = tmp_path / "lop.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                more = "".join(f'<row r="{at}"><c r="ZZZ{at}"><v>1</v></c></row>' for at in (*range(3, 30_000), 10**9))
                part = part.replace(b"</sheetData>", f"{more}</sheetData>".encode())
                assert more.encode() in part
            new.writestr(name, part)
    found = spreadsheet.rows(path)
    assert [row[0] for _, row in found[:3]] == ["Họ tên", "An", ""]
    assert len(found) == 20_000
    assert max(len(row) for _, row in found) <= 40


def test_a_list_that_changes_its_kind_leaves_no_second_list(course: Path) -> None:
    before = first_class()
    rows = [list(row) for _, row in spreadsheet.rows(course / "lop.csv")]
    data = spreadsheet.as_workbook([spreadsheet.Sheet("", "Lớp", rows)])
    batch = "20261201-090000-abcdef"
    inbox.append(batch, "khac.xlsx", 0, len(data), data)
    inbox.finish(batch, [("khac.xlsx", len(data))])
    reading.receive(batch)
    reading.enrol({})
    assert by_name() == before
    assert (course / "lop.xlsx").is_file()
    assert not (course / "lop.csv").exists()


@pytest.mark.parametrize("same", [True, False])
def test_a_changed_office_is_a_question_and_both_answers_hold(course: Path, same: bool) -> None:
    before = first_class()
    moved = "Lê Văn Chi, Bưu cục 9"
    one = received(FIRST.replace("Lê Văn Chi;Bưu cục 2", "Lê Văn Chi;Bưu cục 9"), number=2)
    (name,) = one.questions
    assert before["Lê Văn Chi, Bưu cục 2"] in name
    assert len(gradebook.students()) == 3, "nothing is enrolled while it is asked"
    done = answered(one, same)
    assert done.new == (0 if same else 1)
    assert (by_name()[moved] == before["Lê Văn Chi, Bưu cục 2"]) is same
    again = received(FIRST.replace("Lê Văn Chi;Bưu cục 2", "Lê Văn Chi;Bưu cục 9"), number=3)
    assert not again.asks, "an answer is asked for once"


@pytest.mark.parametrize("same", [True, False])
def test_a_corrected_name_is_a_question_and_both_answers_hold(course: Path, same: bool) -> None:
    before = first_class()
    one = received(FIRST.replace("Trần Thị Bình", "Trần Thị Bính"), number=2)
    assert [doubt.name for doubt in one.questions.values()] == ["renamed"]
    done = answered(one, same)
    now = by_name()
    assert done.new == (0 if same else 1)
    assert (now["Trần Thị Bính, Bưu cục 1"] == before["Trần Thị Bình, Bưu cục 1"]) is same
    assert ("Trần Thị Bình, Bưu cục 1" in now) is not same, "two people are both in the list"


def test_a_namesake_is_nobody_else_without_being_asked(course: Path) -> None:
    first_class()
    one = received(FIRST + "4;Nguyễn Văn An;Bưu cục 7;09-09-1999\n", number=2)
    assert not one.asks
    assert reading.enrol({}).new == 1


def test_a_list_of_another_class_is_asked_about_and_can_be_dropped(course: Path) -> None:
    first_class()
    other = HEAD + "1;Phạm Dũng;Bưu cục 5;01-01-1980\n"
    one = received(other, number=2)
    assert (one.foreign, one.questions) == (True, {})
    with pytest.raises(KitError):
        reading.enrol({})
    reading.drop()
    assert reading.waiting() is None
    assert len(gradebook.students()) == 3
    received(other, number=3)
    assert reading.enrol({reading.FOREIGN: True}).new == 1
    assert len(gradebook.students()) == 4


def test_what_waits_is_still_there_after_a_restart_and_is_no_hand_in(course: Path) -> None:
    first_class()
    received(FIRST.replace("Bình", "Bính"), number=2)
    assert inbox.batches() == []
    again = reading.waiting()
    assert again is not None
    assert again.questions
    with pytest.raises(KitError, match="câu hỏi"):
        reading.enrol({})
    with pytest.raises(KitError, match="câu hỏi"):
        reading.enrol({"99 HV-0001-A": True})


def test_faults_name_their_line_and_leave_nothing(course: Path) -> None:
    before = first_class()
    with pytest.raises(KitError) as caught:
        received("Mã;Họ tên\nHV-0001-Z;An\nkhông;Bình\n", number=2)
    assert [one.message.partition(":")[0] for one in caught.value.problems] == ["Dòng 2", "Dòng 3"]
    for text, name in (("chào", "thu.txt"), ("", "lop.csv"), ("không có tên cột\n", "lop.csv")):
        with pytest.raises(KitError):
            received(text or " ", name, 3)
    assert reading.waiting() is None
    assert inbox.batches() == []
    assert by_name() == before


def test_a_list_that_cannot_be_enrolled_leaves_the_folder_as_it_was(
    course: Path,
) -> None:
    first_class()
    kept = {path.name: path.read_bytes() for path in course.glob("lop*")}
    one = received(FIRST.replace("Bình", "Bính"), number=2)
    shutil.move(course / "gradebook.db", course / "aside.db")
    (course / "gradebook.db").mkdir()
    with pytest.raises((KitError, OSError)):
        answered(one, same=True)
    assert (course / "lop.csv").read_bytes() == kept["lop.csv"]


def test_while_the_desk_is_projected_no_list_is_read(course: Path) -> None:
    first_class()
    projection.switch(to=True)
    with pytest.raises(KitError, match="chiếu"):
        received(FIRST.replace("Bình", "Bính"), number=2)
    assert inbox.batches() == []

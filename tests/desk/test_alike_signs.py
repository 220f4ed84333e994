"""Equal work as a sign in the table and a question among the things to do: found once a change, never in a poll."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import enrol
from kit.handin import code_of, hand_in

from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.comparisons import alike_signs, equal_pairs
from buuchinh.desk.comparisons.alike_signs import AlikeSigns
from buuchinh.desk.comparisons.background import BackgroundComparison
from buuchinh.desk.screens import class_table
from buuchinh.personal_data.names import Names

TEXT = (
    "Tôi dừng nhận gói, mời khách đứng lùi ra xa cửa quầy, rồi báo ngay cho trưởng bưu cục bằng điện thoại bàn. "
    "Trong lúc chờ, tôi ghi lại giờ khách đến, hình dáng cái gói và lời khách nói, không sờ lại vào gói lần nào nữa."
)
OTHER = (
    "Gặp chuyện lạ như thế, em nghĩ nên gọi chị phụ trách ca trước, sau mới hỏi khách đã gói gì bên trong, vì sao "
    "đáy hộp bị ướt; nếu khách không chịu nói thì từ chối nhận và lập biên bản có hai người ký tên ở cuối trang giấy."
)
FIRST, SECOND, THIRD = code_of(1), code_of(2), code_of(3)


@pytest.fixture
def klass(course: Path) -> Path:
    """Return a class of three, two of whom wrote the same."""
    enrol(FIRST, SECOND, THIRD)
    for code, text in ((FIRST, TEXT), (SECOND, TEXT), (THIRD, OTHER)):
        hand_in(course, code, {"bt90-q3": text}, "", text)
    return course


def looked(signs: AlikeSigns, reader: ClassReader, *, busy: bool = False) -> alike_signs.Alike:
    signs.look(reader.read(), busy=busy)
    signs.wait()
    return signs.known()


def test_two_who_wrote_the_same_are_a_question_until_it_was_asked(klass: Path) -> None:
    signs, reader = AlikeSigns(), ClassReader()
    assert looked(signs, reader, busy=True) == {}  # a job runs: later
    found = looked(signs, reader)
    assert alike_signs.codes(found, UNIT) == {FIRST, SECOND}
    (task,) = alike_signs.tasks(found, str)
    assert (task.action.kind, task.action.values) == ("pair", {"unit": UNIT, "first": FIRST, "second": SECOND})
    assert "gian lận" not in f"{task.sentence} {task.detail}"
    assert "Chưa phải kết luận" in task.detail
    at = datetime.now().astimezone()
    rows = class_table.payload(reader.read(), Names(), at, {UNIT: alike_signs.codes(found, UNIT)})["rows"]
    flags = {row[0]: (row[4][0] + ["", 0])[2] for row in rows}
    assert [bool(flags[code] & 8) for code in (FIRST, SECOND, THIRD)] == [True, True, False]
    equal_pairs.put_away(UNIT, FIRST, SECOND)
    assert alike_signs.codes(signs.known(), UNIT) == frozenset()
    assert list(alike_signs.tasks(signs.known(), str)) == []


def test_only_what_changed_is_compared_again(klass: Path) -> None:
    signs, reader = AlikeSigns(), ClassReader()
    looked(signs, reader)
    assert not signs.look(reader.read(), busy=False)
    (klass / "so-cham" / FIRST).mkdir(parents=True, exist_ok=True)
    assert not signs.look(reader.read(), busy=False)
    hand_in(klass, THIRD, {"bt90-q3": TEXT}, "", TEXT)
    (klass / "submitted" / THIRD / UNIT / "them.txt").touch()  # as ``collect`` does, which renames the whole folder
    assert not signs.look(reader.read(), busy=True)
    assert signs.look(reader.read(), busy=False)
    signs.wait()
    assert alike_signs.codes(signs.known(), UNIT) == {FIRST, SECOND, THIRD}


def test_a_unit_that_cannot_be_compared_stops_no_other_and_is_not_tried_at_each_poll() -> None:
    def compute(unit: str, _key: object) -> str:
        if unit == "bt01":
            raise RuntimeError(unit)
        return unit

    values = BackgroundComparison(compute, "")
    for _ in range(2):
        values.look({"bt01": 1, "bt02": 1})
        values.wait()
    assert values.known() == {"bt01": "", "bt02": "bt02"}
    assert not values.look({"bt01": 1, "bt02": 1})
    assert values.look({"bt01": 2, "bt02": 1})
    values.wait()

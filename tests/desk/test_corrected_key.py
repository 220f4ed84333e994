"""While a corrected key waits to be applied, no feedback or solution is offered; afterwards both are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, edit
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from kit.regrading import correct_the_key

from buuchinh.classroom import gradebook
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.results import feedback_pages, regrade, send_feedback, solution_pack

ONE, TWO = code_of(1), code_of(2)


def offered(desk: Desk) -> dict[str, Any]:
    """Return the ids of the tasks, the next step of the column, and the buttons of both sheets."""
    desk.desk()
    desk.changed_keys.wait()
    found = desk.desk()
    unit = desk.unit(UNIT)
    return {
        "tasks": [one["id"] for one in (found["now"]["first"], *found["now"]["then"]) if one],
        "head": next(one["next"]["text"] for one in found["table"]["units"] if one["id"] == UNIT),
        "unit": [one["text"] for one in (*unit["actions"], *unit["give_back"]["actions"])],
        "lines": " ".join(unit["give_back"]["lines"]),
        "cell": [one["text"] for one in desk.cell(UNIT, ONE)["actions"]],
    }


@pytest.fixture
def graded(course: Path) -> Path:
    """Return a course whose two trainees are graded and marked, after the deadline."""
    enrol(ONE, TWO)
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2026-11-25T10:30:00+07:00")
    hand_in(course, ONE, answers())
    hand_in(course, TWO, answers(right=False))
    grade_class.grade(UNIT)
    with gradebook.opened() as book:
        for code in (ONE, TWO):
            grade = book.find_grade("bt90-q3", UNIT, UNIT, code)
            grade.manual_score, grade.needs_manual_grade = 3, False
        book.db.commit()
    return course


def test_a_corrected_key_is_applied_before_anything_is_given_back(graded: Path) -> None:
    desk = Desk()
    before = offered(desk)
    assert f"send:{UNIT}" in before["tasks"]
    assert before["head"] == "Gói 2"
    assert {"Làm phản hồi", "Gói phản hồi để gửi", "Làm tệp lời giải"} <= set(before["unit"])
    assert before["cell"][0] == "Làm phản hồi"
    correct_the_key(graded)
    waiting = offered(desk)
    assert waiting["tasks"][0] == f"regrade:{UNIT}"
    assert f"send:{UNIT}" not in waiting["tasks"]
    assert waiting["head"] == "Sửa đáp án"
    assert "Sửa đáp án" in waiting["unit"]
    assert not {"Làm phản hồi", "Gói phản hồi để gửi", "Làm tệp lời giải"} & set(waiting["unit"])
    assert "đáp án đã sửa mà chưa áp vào bài đã chấm" in waiting["lines"]
    assert "Làm phản hồi" not in waiting["cell"]
    with pytest.raises(KitError, match="đáp án đã sửa mà chưa áp"):
        send_feedback.send(UNIT)
    with pytest.raises(KitError, match="sẽ mang đáp án cũ"):
        solution_pack.make(UNIT)
    seen = regrade.preview(UNIT)
    regrade.apply(seen, "Đáp án cũ ghi nhầm.")
    after = offered(desk)
    assert f"send:{UNIT}" in after["tasks"]
    assert f"regrade:{UNIT}" not in after["tasks"]
    assert after["head"] == "Gói 2"
    assert "Gói phản hồi để gửi" in after["unit"]
    send_feedback.send(UNIT)
    page = feedback_pages.place(UNIT, ONE).read_text(encoding="utf-8")
    assert "Đáp án cũ ghi nhầm." in page

"""Feedback that was sent and of which the points changed is a task, in the sheets too, until it is packed anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kit.classroom import UNIT
from kit.desk_class import ABSENT, EXTENDED, THERE
from kit.gradebook import mark_by_hand

from buuchinh.desk.class_state.read_class import ClassReader, ClassState
from buuchinh.desk.screens import cell_details, unit_details
from buuchinh.desk.tasks import now
from buuchinh.desk.tasks.now import Facts
from buuchinh.desk.tasks.task import Task
from buuchinh.grading import grade_class
from buuchinh.personal_data.names import Names
from buuchinh.results import send_feedback


def anew(state: ClassState) -> list[Task]:
    found = [task for rule in now.RULES for task in rule(Facts(state, datetime.now().astimezone()))]
    return [task for task in found if task.id == f"again:{UNIT}"]


def sheet(state: ClassState) -> dict[str, list[str]]:
    """Return the sentences and the texts of the buttons in the unit's sheet."""
    found = unit_details.payload(state, UNIT, datetime.now().astimezone(), Names.read())
    buttons = [*found["actions"], *found["give_back"]["actions"]]
    return {"lines": found["give_back"]["lines"], "buttons": [one["text"] for one in buttons]}


def test_points_that_change_after_feedback_was_sent_are_a_task_until_it_is_packed_anew(mixed: Path) -> None:
    grade_class.grade(UNIT)
    reader = ClassReader()
    assert {"Làm phản hồi", "Vẫn gói phản hồi"} <= set(sheet(reader.read())["buttons"])
    mark_by_hand(THERE, 3)
    assert anew(reader.read()) == [], "nothing was sent yet"
    send_feedback.send(UNIT, anyway=True)
    state = reader.read()
    assert (anew(state), state.cell(UNIT, THERE).sent, state.cell(UNIT, THERE).outdated) == ([], True, False)
    assert "Làm lại phản hồi" in sheet(state)["buttons"]
    mark_by_hand(THERE, 0)
    state = reader.read()
    (task,) = anew(state)
    assert task.sentence == "Phản hồi bài tập 90 của 1 người đã đổi điểm sau khi gói"
    assert THERE in task.detail
    assert (task.button, dict(task.action.values)) == (
        "Gói lại phản hồi",
        {"action": "send_feedback", "unit": UNIT},
    )
    assert not state.cell(UNIT, THERE).sent
    assert not state.cell(UNIT, EXTENDED).outdated
    assert f"1 người đã đổi điểm từ lúc ấy, nên gói lại: {THERE} Nguyễn Thị A, Bưu cục A." in sheet(state)["lines"]
    assert cell_details.payload(state, UNIT, THERE, Names.read())["outdated"] == "Điểm đã đổi từ lúc ấy, nên gói lại."
    send_feedback.send(UNIT, anyway=True)
    assert anew(reader.read()) == []


def test_a_sheet_names_who_is_waited_for(mixed: Path) -> None:
    states = unit_details.payload(ClassReader().read(), UNIT, datetime.now().astimezone(), Names.read())["states"]
    who = {one["text"]: one["who"] for one in states}
    assert who["1 người: chưa nộp"] == [f"{ABSENT} Nguyễn Thị E, Bưu cục E"]
    assert who["1 người: không phải nộp"] == []

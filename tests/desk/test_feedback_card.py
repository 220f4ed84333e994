"""The card of feedback: each unit's one button is that of its column's head, and stands in the table of clicks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kit.classroom import UNIT
from kit.marking import marked_class, marking_course

from buuchinh.desk.actions import clicks
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import class_table, feedback_card

__all__ = ["marked_class", "marking_course"]


def test_the_button_of_feedback_is_that_of_the_columns_head(marking_course: Path) -> None:
    at, state = datetime.now().astimezone(), ClassReader().read()
    (row,) = feedback_card.payload(state, at)
    step = class_table.next_step(state, state.unit(UNIT), at)
    assert row["button"]
    assert (row["button"]["kind"], row["button"]["values"]) == (step.get("kind"), step.get("values"))
    assert row["text"] == "chờ chấm tay 4 bài"


def test_what_a_button_of_feedback_starts_is_a_click_of_the_table() -> None:
    for action in ("grade", "send_feedback", "report", "report_course", "report_tests", "regrade"):
        assert clicks.click(action).job
    assert clicks.click("preview_regrade").functions == ("buuchinh.results.regrade:preview",)

"""Say that an exam needs a further sitting, or that a drawn one is to be read and released."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from buuchinh.desk.class_state import sitting_again
from buuchinh.desk.class_state.read_class import ClassState
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.exam import exam_groups
from buuchinh.messages import say


def tasks(state: ClassState, at: datetime, drawn: Collection[str]) -> Iterator[Task]:
    """Yield a task for each sitting to draw, and for each of ``drawn``, which are not released yet."""
    for name in drawn:
        yield Task(
            f"drawn:{name}", "☰", "soft",
            say("desk.now.drawn", unit=unit_names.spoken(name)),
            say("desk.now.drawn_why"),
            say("desk.now.read_exam"),
            Action("exam", {"unit": name}),
        )  # fmt: skip
    groups = {exam_groups.group_of_exam(name) for name in drawn}
    for unit in state.units:
        if not sitting_again.is_latest(unit) or exam_groups.group_of_exam(unit.id) in groups:
            continue
        codes = sitting_again.not_passed(state, unit)
        if codes and sitting_again.is_over(state, unit, at):
            yield Task(
                f"sit:{unit.id}", "↺", "soft",
                say("desk.now.sit_again", count=len(codes), unit=unit_names.spoken(unit.id)),
                say("desk.now.sit_again_why"),
                say("desk.now.see"),
                Action("unit", {"unit": unit.id}),
            )  # fmt: skip

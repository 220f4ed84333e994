"""Build the notebook cells of a graded question for an exercise's source notebook, with nbgrader's metadata."""

from __future__ import annotations

from typing import Any

from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release.source import WORDS_CELL, WORK_CELL, by_hand, is_task, points
from buuchinh.release.source_cells import OFFICER, STAFF, code_cell, plain_cell, text_cell


def graded_cells(question: AuthoredQuestion) -> list[dict[str, Any]]:
    """Return the notebook cells of ``question``: one that asks it and, if needed, cells for written answers or code."""
    name = question.id
    asking = f'ask("{name}")'
    worth = points(question)
    if is_task(question):
        work = "\n".join(["### BEGIN SOLUTION", say("authoring.new.task_code"), "### END SOLUTION"])
        return [
            text_cell(name, say("authoring.new.task"), locked=True, task=True, points=worth),
            code_cell(f"{name}-hoi", asking, STAFF, locked=True),
            code_cell(f"{name}{WORK_CELL}", work, OFFICER, solution=True),
            plain_cell(name + WORDS_CELL, say("release.text_stub")),
        ]
    if by_hand(question):
        text = say("release.text_stub")
        return [
            code_cell(f"{name}-hoi", asking, STAFF, locked=True),
            text_cell(name, text, grade=True, solution=True, points=worth),
        ]
    graded = code_cell(name, asking, STAFF, grade=True, locked=True, points=worth)
    if not types.type_of(question).from_code:
        return [graded]
    with_values: Any = question
    names = [value.id for value in with_values.values]
    lines = [f"{name_of_value} = None" for name_of_value in names]
    handed = ", ".join(f"{name_of_value}={name_of_value}" for name_of_value in names)
    work = "\n".join(["### BEGIN SOLUTION", *lines, f'submit("{name}", {handed})', "### END SOLUTION"])
    task = say("authoring.new.code_task", id=name)
    return [
        text_cell(f"{name}-de", task, locked=True),
        code_cell(f"{name}{WORK_CELL}", work, OFFICER, solution=True),
        graded,
    ]

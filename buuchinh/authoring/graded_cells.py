"""The cells that a graded question needs in its source notebook, marked as nbgrader wants them."""

from __future__ import annotations

from typing import Any

from buuchinh.messages import say
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release.source import WORDS_CELL, WORK_CELL, by_hand, is_task, points

_STAFF = {"jupyter": {"source_hidden": True}, "tags": ["giao-dien"]}
_OFFICER = {"tags": ["can-bo"]}


def graded_cells(question: AuthoredQuestion) -> list[dict[str, Any]]:
    """Return the cells of ``question``: what is asked and, where it applies, where text or code is written."""
    name = question.id
    asking = f'ask("{name}")'
    worth = points(question)
    if is_task(question):
        work = "\n".join(["### BEGIN SOLUTION", say("authoring.new.task_code"), "### END SOLUTION"])
        return [
            _cell("markdown", name, say("authoring.new.task"), {}, locked=True, task=True, points=worth),
            _code(f"{name}-hoi", asking, _STAFF, locked=True),
            _code(f"{name}{WORK_CELL}", work, _OFFICER, solution=True),
            _plain(name + WORDS_CELL, say("release.text_stub")),
        ]
    if by_hand(question):
        text = say("release.text_stub")
        return [
            _code(f"{name}-hoi", asking, _STAFF, locked=True),
            _cell("markdown", name, text, {}, grade=True, solution=True, points=worth),
        ]
    graded = _code(name, asking, _STAFF, grade=True, locked=True, points=worth)
    if question.type != "code":
        return [graded]
    lines = [f"{value.id} = None" for value in question.values]
    handed = ", ".join(f"{value.id}={value.id}" for value in question.values)
    work = "\n".join(["### BEGIN SOLUTION", *lines, f'submit("{name}", {handed})', "### END SOLUTION"])
    task = say("authoring.new.code_task", id=name)
    return [
        _cell("markdown", f"{name}-de", task, {}, locked=True),
        _code(f"{name}{WORK_CELL}", work, _OFFICER, solution=True),
        graded,
    ]


def _plain(name: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name[:64], "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(name: str, text: str, metadata: dict[str, Any], **marks: Any) -> dict[str, Any]:
    return _cell("code", name, text, metadata, **marks) | {"execution_count": None, "outputs": []}


def _cell(kind: str, name: str, text: str, metadata: dict[str, Any], **marks: Any) -> dict[str, Any]:
    blank = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    of_kind = {"cell_type": kind} if marks.get("grade") else {}
    return {
        "cell_type": kind,
        "id": name[:64],
        "metadata": metadata | {"nbgrader": blank | of_kind | marks},
        "source": text.splitlines(keepends=True),
    }

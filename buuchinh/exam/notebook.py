"""The notebook of an exam: one graded cell a slot, the same for every form and every trainee."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from buuchinh.exam.record import question_id
from buuchinh.messages import say
from buuchinh.text import format_number

_STAFF = {"jupyter": {"source_hidden": True}, "tags": ["giao-dien"]}


def notebook(unit: str, title: str, points: Sequence[float], pass_mark: float) -> bytes:
    """Return the source notebook of ``unit`` as JupyterLab would write it; its first cell names the pass mark."""
    intro = say(
        "exam.intro",
        title=title,
        count=len(points),
        mark=format_number(100 * pass_mark),
        points=format_number(sum(points)),
    )
    cells = [
        _text(f"{unit}-mo-dau", intro),
        _code(f"{unit}-chuan-bi", "from buuchinh import ask, hand_in"),
        _text(f"{unit}-cau-hoi", say("exam.questions_heading")),
    ]
    for slot, worth in enumerate(points, 1):
        name = question_id(unit, slot)
        cells.append(_code(name, f'ask("{name}")', grade=True, points=worth))
    cells += [_text(f"{unit}-nop-bai", say("exam.hand_in")), _code(f"{unit}-nop", "hand_in()")]
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _text(name: str, text: str) -> dict[str, Any]:
    return _cell("markdown", name, text, {})


def _code(name: str, text: str, **marks: Any) -> dict[str, Any]:
    of_kind = {"cell_type": "code"} if marks else {}
    return _cell("code", name, text, _STAFF, **of_kind, **marks) | {"execution_count": None, "outputs": []}


def _cell(kind: str, name: str, text: str, metadata: dict[str, Any], **marks: Any) -> dict[str, Any]:
    blank = {"grade": False, "grade_id": name, "locked": True, "schema_version": 3, "solution": False, "task": False}
    return {
        "cell_type": kind,
        "id": name,
        "metadata": metadata | {"nbgrader": blank | marks},
        "source": text.strip().splitlines(keepends=True),
    }

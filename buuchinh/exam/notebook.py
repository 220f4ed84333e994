"""Build an exam's source notebook: one graded cell for each slot, the same for every test form and trainee."""

from __future__ import annotations

import json
from collections.abc import Sequence

from buuchinh.exam import exam_groups
from buuchinh.exam.record import question_id
from buuchinh.messages import say
from buuchinh.release.source_cells import STAFF, code_cell, text_cell
from buuchinh.text import format_number


def notebook(unit: str, title: str, slots: Sequence[tuple[float, str]], pass_mark: float) -> bytes:
    """Return the source notebook of ``unit`` in JupyterLab's format; its first cell states the pass rule.

    ``slots`` holds the points and the decision ("" if none) of each slot; ``pass_mark`` is a share of the points.
    """
    group = exam_groups.group_of_exam(unit)
    points = [worth for worth, _ in slots]
    rule = "exam.rule_of_decisions" if any(decision for _, decision in slots) else "exam.rule_of_each"
    intro = say(
        "exam.intro",
        title=title,
        audience=say("exam.for_group", group=group.words) if group else say("exam.for_all"),
        count=len(points),
        points=format_number(sum(points)),
        rule=say(rule, mark=format_number(100 * pass_mark)),
    )
    cells = [
        text_cell(f"{unit}-mo-dau", intro.strip(), locked=True),
        code_cell(f"{unit}-chuan-bi", "from buuchinh import ask, hand_in", STAFF, locked=True),
        text_cell(f"{unit}-cau-hoi", say("exam.questions_heading").strip(), locked=True),
    ]
    for slot, worth in enumerate(points, 1):
        name = question_id(unit, slot)
        cells.append(code_cell(name, f'ask("{name}")', STAFF, grade=True, locked=True, points=worth))
    cells.append(text_cell(f"{unit}-nop-bai", say("exam.hand_in").strip(), locked=True))
    cells.append(code_cell(f"{unit}-nop", "hand_in()", STAFF, locked=True))
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

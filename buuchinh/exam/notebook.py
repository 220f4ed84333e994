"""Makes the source notebook of an exam: one graded cell a slot, the same for every test form and trainee."""

from __future__ import annotations

import json
from collections.abc import Sequence

from buuchinh.exam import groups
from buuchinh.exam.record import question_id
from buuchinh.messages import say
from buuchinh.release.cells import STAFF, code_cell, text_cell
from buuchinh.text import format_number


def notebook(unit: str, title: str, points: Sequence[float], pass_mark: float) -> bytes:
    """Return the source notebook of ``unit`` as JupyterLab would write it; its first cell names the pass mark."""
    group = groups.of_exam(unit)
    intro = say(
        "exam.intro",
        title=title,
        audience=say("exam.for_group", group=group.words) if group else say("exam.for_all"),
        count=len(points),
        mark=format_number(100 * pass_mark),
        points=format_number(sum(points)),
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

"""A task for the small course: a question that a person marks together with the cells around it."""

from __future__ import annotations

import json
from pathlib import Path

from kit.classroom import UNIT, cell

TASK = "bt90-q5"
_QUESTION = """\
  - id: bt90-q5
    type: text
    stem: Viết ba câu từ bảng mô phỏng.
    points: 6
    manual: true
    task: true
    bloom: create
    difficulty: 0.4
    intent: CANARY intent
    keys:
      - sources: [CANARY-source]
        rubric: CANARY rubric
"""
_CELLS = [
    cell("markdown", "## Báo cáo\n\nĐọc bảng, viết ba câu.", TASK, locked=True, task=True),
    cell("code", f'ask("{TASK}")', f"{TASK}-hoi", locked=True),
    cell("code", "### BEGIN SOLUTION\nprint('CANARY')\n### END SOLUTION", f"{TASK}-lam", solution=True),
    {"cell_type": "markdown", "id": f"{TASK}-chu", "metadata": {}, "source": "*Chữ chép vào đây.*"},
]


def add_task(root: Path) -> None:
    """Add the task to the exercise of the small course in ``root``, which is not released yet."""
    questions = root / "source" / UNIT / "questions.yml"
    with questions.open("a", encoding="utf-8") as file:
        file.write(_QUESTION)
    path = questions.with_name(f"{UNIT}.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    made = [dict(one) for one in _CELLS]
    made[0]["metadata"]["nbgrader"]["points"] = 1
    notebook["cells"][-1:-1] = made
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")

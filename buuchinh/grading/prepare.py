"""Two preprocessors around nbgrader's own: a release is the same through `buuchinh` and through plain nbgrader.

The first writes points from the YAML into the notebook before nbgrader saves its cells;
the last gives each question's cell a stand-in that is readable without a kernel, and
puts the public questions beside the notebook.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from buuchinh.grading.snapshot import QUESTIONS, SHEET, public, question_files, sheet_bytes
from buuchinh.grading.source import grade_id, is_graded, points
from buuchinh.messages import say
from buuchinh.questions import bank, frontend
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.forms import FormSheet
from buuchinh.questions.model import Asked
from buuchinh.questions.standin import standin_html, standin_text

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_ASK = re.compile(r"""\bask\(\s*["']([a-z0-9-]+)["']""")


class ReadQuestions(NbGraderPreprocessor):
    """Take points, unit and version from the questions beside the source notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write them into the notebook's metadata; ``KitError`` where the YAML is faulty."""
        file = next(iter(_written(resources).values()))
        worth = {question.id: points(question) for question in file.questions}
        for cell in nb.cells:
            name = grade_id(cell)
            if name in worth and is_graded(cell):
                cell.metadata.nbgrader["points"] = worth[name]
        nb.metadata = type(nb.metadata)(
            kernelspec=dict(KERNEL),
            language_info={"name": "python"},
            buuchinh={"unit": file.unit, "version": file.version},
        )
        return nb, resources


class FinishNotebook(NbGraderPreprocessor):
    """Give the released notebook its stand-ins and the public sheet beside it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Add outputs and ``questions.json``; nothing of it holds a key."""
        from nbformat import from_dict

        sheet = public(_written(resources))
        for cell in nb.cells:
            called = _ASK.search(cell.source) if cell.cell_type == "code" else None
            if not called:
                continue
            if isinstance(sheet, FormSheet):
                cell.outputs = [from_dict(_waiting(called[1]))]
            elif any(question.id == called[1] for question in sheet.questions):
                cell.outputs = [from_dict(_standin(bank.asked(sheet, called[1])))]
        outputs = resources.setdefault("outputs", {})
        outputs[SHEET] = sheet_bytes(sheet)
        return nb, resources


def _written(resources: Any) -> dict[str, QuestionFile]:
    """Return the author's questions beside the source notebook, by form."""
    folder = Path(resources["metadata"]["path"])
    files = question_files(folder) or {"": folder / QUESTIONS}
    return {form: bank.load(path) for form, path in files.items()}


def _waiting(name: str) -> dict[str, Any]:
    """What stands where an exam asks: which question it will be depends on who opens it."""
    html = f'<div class="bc-standin" lang="vi"><p class="bc-hint">{say("release.exam_standin")}</p></div>'
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html, "text/plain": name}}


def _standin(question: Asked) -> dict[str, Any]:
    data = {"text/html": standin_html(question, frontend.words()), "text/plain": standin_text(question)}
    return {"output_type": "display_data", "metadata": {}, "data": data}

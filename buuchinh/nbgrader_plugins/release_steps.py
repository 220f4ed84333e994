"""Add preprocessors around nbgrader's own, so that ``buuchinh`` and plain nbgrader produce the same release.

The first writes points from the YAML file into the notebook before nbgrader saves its cells. The second keeps those
lines of a solution that the author gives to trainees. The last adds a stand-in, readable without a kernel, to each
question's cell, and writes the public questions beside the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from buuchinh import course
from buuchinh.blanks import STARTER
from buuchinh.notebooks import grade_id, is_graded
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile
from buuchinh.release import standins
from buuchinh.release.source import points
from buuchinh.release.versions import by_form, public, sheet_bytes

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class ReadQuestions(NbGraderPreprocessor):
    """Write the points, unit and version of the question file beside the source notebook into the notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write points, unit and version into the notebook's metadata; raise ``KitError`` if the YAML is faulty."""
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


class LeaveGivenLines(ClearSolutions):
    """Clear solutions as nbgrader does, but keep the lines that begin with ``STARTER``, without that prefix."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Clear the solution in one cell, keeping the lines given to trainees."""
        given_lines = [line.removeprefix(STARTER) for line in cell.source.splitlines() if line.startswith(STARTER)]
        cleared, resources = super().preprocess_cell(cell, resources, cell_index)
        if given_lines and cleared.cell_type == "code":
            cleared.source = "\n".join(given_lines)
        return cleared, resources


class FinishNotebook(NbGraderPreprocessor):
    """Add stand-ins to the released notebook, and write the public questions beside the notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Add the stand-ins as cell outputs and ``questions.json`` as an extra file; neither contains an answer key."""
        from nbformat import from_dict

        sheet = public(_written(resources))
        for cell in nb.cells:
            made = standins.outputs(cell.source, sheet) if cell.cell_type == "code" else []
            if made:
                cell.outputs = [from_dict(output) for output in made]
        outputs = resources.setdefault("outputs", {})
        outputs[course.SHEET] = sheet_bytes(sheet)
        return nb, resources


def _written(resources: Any) -> Mapping[str, QuestionFile]:
    """Return the author's questions beside the source notebook, by test form ("" if there are no forms)."""
    folder = Path(resources["metadata"]["path"])
    return by_form(folder) or {"": question_bank.load(folder / course.QUESTIONS)}

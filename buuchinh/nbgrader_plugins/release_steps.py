"""Preprocessors around nbgrader's own, so that `buuchinh` and plain nbgrader release the same.

The first writes points from the YAML into the notebook before nbgrader saves its cells;
one leaves in place of a solution what its author gives of it; the last gives each
question's cell a stand-in that is readable without a kernel, and puts the public
questions beside the notebook.
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


class LeaveGivenLines(ClearSolutions):
    """Clear solutions as nbgrader does; of one with lines that begin with ``STARTER``, those lines stay, without it."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Clear one cell."""
        given_lines = [line.removeprefix(STARTER) for line in cell.source.splitlines() if line.startswith(STARTER)]
        cleared, resources = super().preprocess_cell(cell, resources, cell_index)
        if given_lines and cleared.cell_type == "code":
            cleared.source = "\n".join(given_lines)
        return cleared, resources


class FinishNotebook(NbGraderPreprocessor):
    """A preprocessor that adds stand-ins to the released notebook and the public sheet beside it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Add outputs and ``questions.json``; nothing of it holds a key."""
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
    """Return the author's questions beside the source notebook, by form."""
    folder = Path(resources["metadata"]["path"])
    return by_form(folder) or {"": question_bank.load(folder / course.QUESTIONS)}

"""Find the notebooks that were set aside because their guest has a notebook already (see ``workspace.leave_desk``).

Their answers were added to the trainee's own, their code was not: it is nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from buuchinh import course
from buuchinh.notebook.workspace import saved_cells
from buuchinh.questions.answers import cell_hash


def guest_copies(code: str | None) -> list[str]:
    """Return the paths of the notebooks set aside for ``code`` that have code cells which its own notebooks lack."""
    folders = sorted((course.root() / course.WORK / code).glob(f"*-{course.GUEST}-*")) if code else []
    return [
        path.relative_to(course.root()).as_posix()
        for folder in folders
        for path in sorted(folder.glob("*.ipynb"))
        if _has_more(path)
    ]


def _has_more(path: Path) -> bool:
    """Return whether a notebook has code cells that are neither delivered nor in the trainee's own notebook."""
    unit = path.parent.name.split("-")[0]
    delivered = course.exercise_folder(unit) if course.graded(unit) else course.root() / course.LESSONS
    own = path.parent.with_name(unit)
    known = {cell_hash("")}.union(*(saved_cells(folder / path.name) or () for folder in (delivered, own)))
    cells = saved_cells(path)
    return cells is None or not cells <= known

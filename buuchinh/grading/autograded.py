"""What stands in ``autograded/`` for formgrader: the notebook with points and outputs, and the files beside it."""

from __future__ import annotations

import fnmatch
import html
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import from_dict

from buuchinh.execution.job import cell_name
from buuchinh.files import remove_unfinished, whole_folder
from buuchinh.messages import say
from buuchinh.text import format_number

if TYPE_CHECKING:
    from buuchinh.grading.score import Marking

_SIGNS = {True: "✓", False: "✗", None: "·"}
_READ_ONLY = 0o444


def fill(notebook: Any, marking: Marking) -> dict[str, float]:
    """Put points and outputs onto the cells of ``notebook``; return the points by cell.

    A graded code cell gets one result whose text is the number, which nbgrader reads as partial
    credit. A cell that a person grades is left alone; one that waits for a person, for want of
    code, says so in its metadata (``waits``), and what stands there as a number is no points.
    """
    given = {}
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            cell["execution_count"] = 1
            earned, words = _earned(marks, marking)
            _note_waiting(cell, waits=marks["grade_id"] in marking.waits)
            if not waits(cell):
                given[str(marks["grade_id"])] = earned
            cell["outputs"] = [_result(earned, words)]
        elif marking.execution:
            found = marking.execution.outputs.get(cell_name(cell, number), [])
            cell["outputs"] = [from_dict(one) for one in found]
    return given


def waits(cell: Any) -> bool:
    """Whether a graded cell waits for a person though nbgrader would read points in it."""
    about = cell["metadata"].get("buuchinh")
    return isinstance(about, dict) and about.get("waits") is True


def _note_waiting(cell: Any, *, waits: bool) -> None:
    about = cell["metadata"].pop("buuchinh", None)
    about = {name: one for name, one in about.items() if name != "waits"} if isinstance(about, dict) else {}
    if waits:
        about["waits"] = True
    if about:
        cell["metadata"]["buuchinh"] = from_dict(about)


def _earned(marks: Mapping[str, Any], marking: Marking) -> tuple[float, list[str]]:
    """Return the points of one cell and what a person reads beside them."""
    most = float(marks["points"])
    found = marking.scores.get(marks["grade_id"])
    if found is None:
        return 0.0, [say("grading.not_in_version", version=marking.released.version)]
    if marks["grade_id"] in marking.waits:
        return 0.0, [say("grading.reasons.waits")]
    earned = min(most, max(0.0, round(found.fraction * most, 6)))
    words = say("grading.earned", points=format_number(earned), most=format_number(most))
    if found.reason:
        words += f" {say(f'grading.reasons.{found.reason}')}"
    remarks = () if marking.released.form else found.remarks  # an exam's items serve again
    return earned, [words, *(f"{_SIGNS[remark.right]} {remark.text}" for remark in remarks)]


def _result(earned: float, words: Iterable[str]) -> Any:
    # Of the tags that make a paragraph, formgrader's page shows a <p> as letters and takes a <div> as one.
    shown = "".join(f"<div>{html.escape(line)}</div>" for line in words)
    data = {"text/plain": repr(earned), "text/html": f'<div lang="vi">{shown}</div>'}
    return from_dict({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1})


def lay(target: Path, made: Mapping[str, bytes], others: Mapping[str, Path]) -> None:
    """Make the folder ``target`` anew from texts and copies: another process sees the old one or the new one."""
    remove_unfinished(target.parent)
    with whole_folder(target) as fresh:
        for name, path in others.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, fresh / name)
            (fresh / name).chmod(_READ_ONLY)
        for name, data in made.items():
            (fresh / name).write_bytes(data)
            (fresh / name).chmod(_READ_ONLY)


def beside(folder: Path, ignored: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield name and path of what nbgrader takes along beside the notebook, by its list of what to leave out."""
    patterns = [*ignored, "*.ipynb"]
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _matches(name, patterns)]
        for name in files:
            path = Path(top) / name
            if not _matches(name, patterns):
                yield path.relative_to(folder).as_posix(), path


def _matches(name: str, patterns: Iterable[str]) -> bool:
    """Match like a shell: a pattern that does not begin with a dot finds no name that does."""
    return any(
        fnmatch.fnmatchcase(name, pattern) for pattern in patterns if pattern[:1] == "." or not name.startswith(".")
    )

"""Write ``autograded/`` for nbgrader's formgrader: the notebook with points and outputs, and the files beside it.

In this module, notebooks are plain dictionaries, since loading nbformat takes a second (it parses grammars for JSON
Schema).
"""

from __future__ import annotations

import fnmatch
import html
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh.execution.job import cell_name
from buuchinh.files import remove_unfinished, whole_folder
from buuchinh.messages import say
from buuchinh.notebooks import marks_of
from buuchinh.text import format_number

if TYPE_CHECKING:
    from buuchinh.grading.score import Marking

_SIGNS = {True: "✓", False: "✗", None: "·"}
_READ_ONLY = 0o444


def fill(notebook: Any, marking: Marking) -> dict[str, float]:
    """Write points and outputs into the cells of ``notebook``; return the points by cell name.

    A graded code cell gets a single output whose text is the number of points, which nbgrader reads as partial credit.
    A manually graded cell is left unchanged. A cell that awaits manual review is marked with ``waits`` in its metadata,
    and the number in its output does not count as points.
    """
    points_by_cell = {}
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        marks = marks_of(cell)
        if marks.get("grade") and not marks.get("solution"):
            cell["execution_count"] = 1
            earned, words = _earned(marks, marking)
            _note_waiting(cell, waits=marks["grade_id"] in marking.waits)
            if not waits(cell):
                points_by_cell[str(marks["grade_id"])] = earned
            cell["outputs"] = [_result(earned, words)]
        elif marking.execution:
            outputs = marking.execution.outputs.get(cell_name(cell, number), [])
            cell["outputs"] = list(outputs)
    return points_by_cell


def waits(cell: Any) -> bool:
    """Return whether a graded cell awaits manual review, although nbgrader would read points from its output."""
    about = cell["metadata"].get("buuchinh")
    return isinstance(about, dict) and about.get("waits") is True


def _note_waiting(cell: Any, *, waits: bool) -> None:
    about = cell["metadata"].pop("buuchinh", None)
    about = {name: value for name, value in about.items() if name != "waits"} if isinstance(about, dict) else {}
    if waits:
        about["waits"] = True
    if about:
        cell["metadata"]["buuchinh"] = about


def _earned(marks: Mapping[str, Any], marking: Marking) -> tuple[float, list[str]]:
    """Return the points earned by one cell and the lines of text to display with them."""
    most = float(marks["points"])
    score = marking.scores.get(marks["grade_id"])
    if score is None:
        return 0.0, [say("grading.not_in_version", version=marking.released.version)]
    if marks["grade_id"] in marking.waits:
        return 0.0, [say(f"grading.reasons.{score.reason or 'waits'}")]
    earned = points(score.fraction, most)
    words = say("grading.earned", points=format_number(earned), most=format_number(most))
    if score.reason:
        words += f" {say(f'grading.reasons.{score.reason}')}"
    remarks = () if marking.released.drawn else score.remarks  # items of an exam are reused
    return earned, [words, *(f"{_SIGNS[remark.right]} {remark.text}" for remark in remarks)]


def points(share: float, most: float) -> float:
    """Return the points for ``share`` (0 to 1) of the maximum ``most``, rounded as in the gradebook."""
    return min(most, max(0.0, round(share * most, 6)))


def _result(earned: float, words: Iterable[str]) -> Any:
    # formgrader's page shows <p> tags as plain text but renders <div> as a paragraph.
    shown = "".join(f"<div>{html.escape(line)}</div>" for line in words)
    data = {"text/plain": repr(earned), "text/html": f'<div lang="vi">{shown}</div>'}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}


def text(notebook: Mapping[str, Any]) -> str:
    """Serialise a notebook as ``nbformat.v4.writes`` does, with a trailing newline."""
    cells = [_written(cell) for cell in notebook["cells"]]
    written = {**notebook, "cells": cells}
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def _written(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cell as nbformat stores it: without transient fields, and with multi-line text as lists of lines."""
    metadata = {name: value for name, value in cell["metadata"].items() if name != "trusted"}
    written = {**cell, "source": cell["source"].splitlines(keepends=True), "metadata": metadata}
    if "attachments" in cell:
        written["attachments"] = {name: _lines(data) for name, data in cell["attachments"].items()}
    if cell["cell_type"] == "code":
        written["outputs"] = [_written_output(output) for output in cell["outputs"]]
    return written


def _written_output(output: Mapping[str, Any]) -> dict[str, Any]:
    if "data" in output:
        return {**output, "data": _lines(output["data"])}
    if output["output_type"] == "stream":
        return {**output, "text": output["text"].splitlines(keepends=True)}
    return dict(output)


def _lines(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        mime: value.splitlines(keepends=True) if isinstance(value, str) and _is_text(mime) else value
        for mime, value in data.items()
    }


def _is_text(mime: str) -> bool:
    return mime.startswith("text/") or mime in {"application/javascript", "image/svg+xml"}


def write_folder(target: Path, contents: Mapping[str, bytes], others: Mapping[str, Path]) -> None:
    """Write the folder ``target`` atomically: another process sees either the old folder or the new one.

    ``contents`` maps file names to their bytes, and ``others`` maps file names to the files to copy.
    """
    remove_unfinished(target.parent)
    with whole_folder(target) as fresh:
        for name, path in others.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, fresh / name)
            (fresh / name).chmod(_READ_ONLY)
        for name, data in contents.items():
            (fresh / name).write_bytes(data)
            (fresh / name).chmod(_READ_ONLY)


def beside(folder: Path, ignored: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the relative name and the path of each file that nbgrader copies beside the notebook.

    ``ignored`` contains the shell patterns of names that nbgrader is configured to ignore.
    """
    patterns = [*ignored, "*.ipynb"]
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _matches(name, patterns)]
        for name in files:
            path = Path(top) / name
            if not _matches(name, patterns):
                yield path.relative_to(folder).as_posix(), path


def _matches(name: str, patterns: Iterable[str]) -> bool:
    """Return whether ``name`` matches a shell pattern; only patterns with a leading dot match names with one."""
    return any(
        fnmatch.fnmatchcase(name, pattern) for pattern in patterns if pattern[:1] == "." or not name.startswith(".")
    )

"""Read what a trainee wrote for one question: the words or, where there is code, the code, its outputs and pictures.

Outputs come from the run in the sandbox, as text and PNG pictures only; what the trainee's own machine showed is never
displayed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.desk.marking import machine_answers
from buuchinh.errors import KitError
from buuchinh.execution.execution_report import SLOW
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, read_notebook, source_of
from buuchinh.questions.reading_load import words
from buuchinh.release.source import WORK_CELL, may_run
from buuchinh.release.versions import Released
from buuchinh.text import visible

Rerun = Literal["same", "differs", "ran", "raised", "stopped", "not_run", "missing"]
_PNG = b"\x89PNG\r\n\x1a\n"
_SLACK = 1e-9


@dataclass(frozen=True)
class Output:
    """One output of a cell: text, an error's text, or a picture (``text`` is then "" and ``png`` its bytes)."""

    kind: Literal["text", "error", "picture"]
    text: str = ""
    png: bytes = b""


@dataclass(frozen=True)
class CodeWork:
    """A trainee's code with its outputs, and whether the second run gave the values that were submitted.

    ``rerun`` is "ran" if there are no values to compare ("raised" if the code then ended in an error), "stopped" if the
    run or this code did not end by itself, and "missing" if values were submitted without the code that makes them.
    """

    source: str
    outputs: tuple[Output, ...]
    rerun: Rerun


@dataclass(frozen=True)
class Work:
    """A trainee's answer to a question; ``code`` is None if the question asks for none or none was written.

    ``empty_cell`` tells the second from the first: there is a cell for code, and nothing was written in it. ``why``
    says why the machine gave no points for what it scores, ``about`` what is known of the form that offers the answer.
    """

    text: str
    code: CodeWork | None = None
    empty_cell: bool = False
    why: str = ""
    about: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """The number of words of the text."""
        return words((self.text,))


def of(unit: str, code: str, question: str, released: Released, outcome: Mapping[str, Any]) -> Work:
    """Return what a trainee wrote for ``question``; ``outcome`` is the stored outcome of grading."""
    answer = next((one["answer"] for one in outcome["questions"] if one["id"] == question), None)
    text = answer if isinstance(answer, str) else _values(answer)
    asked = released.obscured.get(question)
    if asked is None or not may_run(asked):
        if asked is None or not machine_answers.is_scored_by_machine(asked):
            return Work(visible(text, lines=True))
        found = machine_answers.of(released, asked, answer)
        return Work(visible(found.words, lines=True), why=found.why, about=found.about)
    cells = list(_cells(unit, code, question, released))
    if question in outcome.get("waits", ()):
        return Work(visible(text, lines=True), CodeWork("", (), "missing"))
    if _unwritten(cells, question, released):
        return Work(visible(text, lines=True), empty_cell=bool(cells))
    rerun = _rerun(unit, code, question, outcome.get("execution"), answer)
    return Work(visible(text, lines=True), code_of(cells, rerun))


def _values(answer: Any) -> str:
    """Return submitted values as lines of the form ``name = value``."""
    return "\n".join(f"{name} = {value}" for name, value in answer.items()) if isinstance(answer, Mapping) else ""


def _unwritten(cells: Sequence[Mapping[str, Any]], question: str, released: Released) -> bool:
    """Return whether the cell for code is empty or as it was released, and no cell of the trainee follows."""
    if len(cells) != 1:
        return not cells
    ours = {grade_id(cell): source_of(cell).strip() for cell in released.notebook["cells"]}
    return source_of(cells[0]).strip() in {"", ours.get(question + WORK_CELL)}


def code_of(cells: Sequence[Mapping[str, Any]], rerun: Rerun) -> CodeWork:
    """Return the code of ``cells`` with what came of running it, where ``rerun`` is what the submitted values say."""
    ran = [output for cell in cells for output in cell.get("outputs", ())]
    outputs = tuple(_outputs(ran))
    if any(output.get("ename") == SLOW for output in ran):
        rerun = "stopped"
    elif rerun == "ran" and any(output.kind == "error" for output in outputs):
        rerun = "raised"
    return CodeWork(visible("\n\n".join(map(source_of, cells)), lines=True), outputs, rerun)


def _cells(unit: str, code: str, question: str, released: Released) -> Iterator[Mapping[str, Any]]:
    """Yield the cell for a question's code, and the code cells that the trainee added after it."""
    path = gradebook.folder(course.AUTOGRADED) / code / unit / f"{unit}.ipynb"
    try:
        notebook = read_notebook(path)
    except KitError:
        return
    ours = {cell["id"] for cell in released.notebook["cells"]}
    inside = False
    for cell in notebook["cells"]:
        if grade_id(cell) == question + WORK_CELL:
            inside = True
        elif cell.get("id") in ours:
            inside = False
        if inside and cell["cell_type"] == "code":
            yield cell


def _outputs(outputs: Any) -> Iterator[Output]:
    for output in outputs:
        data = output.get("data", {})
        picture = _png(data.get("image/png"))
        if picture:
            yield Output("picture", png=picture)
        elif output.get("output_type") == "error":
            yield Output("error", visible(_error(output), lines=True))
        else:
            text = _joined(output.get("text", data.get("text/plain", "")))
            if text.strip():
                yield Output("text", visible(text, lines=True))


def _error(output: Mapping[str, Any]) -> str:
    """Return an error as Python writes its last line, or in words that the cell took too long."""
    if output.get("ename") == SLOW:
        return say("desk.marking.took_too_long")
    return ": ".join(filter(None, (str(output.get(name, "")) for name in ("ename", "evalue"))))


def _png(data: Any) -> bytes:
    try:
        found = base64.b64decode(_joined(data or ""), validate=False)
    except (binascii.Error, ValueError):
        return b""
    return found if found.startswith(_PNG) else b""


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _rerun(unit: str, code: str, question: str, execution: Mapping[str, Any] | None, answer: Any) -> Rerun:
    """Return whether the second run ended and gave the values that were submitted."""
    if not execution:
        return "not_run"
    if execution.get("ended") != "done":
        return "stopped"
    if not isinstance(answer, Mapping):
        return "ran"
    try:
        submitted = read_json(reader.submitted_folder(unit, code) / course.ANSWERS)["answers"][question]["answer"]
    except (KitError, KeyError, TypeError):
        return "ran"
    return "same" if _equal(submitted, answer) else "differs"


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[name], other[name]) for name in one)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if numbers:
        return bool(abs(one - other) <= _SLACK * max(1.0, abs(one), abs(other)))
    return bool(one == other)

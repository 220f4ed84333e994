"""Merge a submission onto the released notebook, so that nbgrader finds every cell that it expects.

Answers are matched by question ID. Code is matched by the cell's ``grade_id`` or, if that was lost, by the
``submit("…")`` in the cell. If the code that produced a value is missing (because the notebook was truncated, or the
cell was deleted after the value was submitted), a note says so. Such a value is never written into the notebook: the
remaining code is run, and values that it does not produce await manual review. The trainee's file is never changed.
"""

from __future__ import annotations

import copy
import html
from collections.abc import Collection, Mapping
from typing import Any

from buuchinh.attempts.store import Merged
from buuchinh.intake import salvage, submit_cells
from buuchinh.intake.notes import note
from buuchinh.intake.submission import Submission
from buuchinh.notebooks import grade_id, ids_in_text, marks_of, statements
from buuchinh.questions import types
from buuchinh.release.source import WORDS_CELL, WORK_CELL, by_hand, is_task
from buuchinh.release.versions import Released
from buuchinh.text import visible


def merge(released: Released, submission: Submission) -> Merged:
    """Return the released notebook with the trainee's code, text and answers; no submitted content raises an error."""
    notebook = copy.deepcopy(released.notebook)
    questions = {question.id: question for question in released.questions.questions}
    answers, notes = _answers_to(questions.keys(), submission.answers)
    by_name = {name: cell for cell in notebook["cells"] if (name := grade_id(cell))}
    by_id = {cell["id"]: cell for cell in notebook["cells"]}
    work = {name: cell for name, cell in by_name.items() if cell["cell_type"] == "code" and _is_open(cell)}
    written, extra, more = _sorted_code(submission.notebook, notebook, work)
    notes += more
    for name, parts in written.items():
        work[name]["source"], more = _joined(name, parts)
        notes += more
    for name, question in questions.items():
        cell = by_id.get(name + WORDS_CELL) if is_task(question) else by_name.get(name)
        if by_hand(question) and cell is not None:
            notes += _write_text(cell, name, answers, submission)
    cells = [*(submission.notebook["cells"] if submission.notebook else []), *(work[name] for name in written)]
    gone = [
        name
        for name, question in questions.items()
        if types.type_of(question).from_code
        and name in answers
        and submit_cells.gone(name, answers[name].get("cell"), cells, released.notebook["cells"])
    ]
    if gone:
        notes.append(note("intake.collect.code_gone", ids=", ".join(gone)))
    notebook["cells"] = _with_extra(notebook["cells"], extra)
    if submission.notebook is not None:
        lost = [name for name in work if name not in written and name.removesuffix(WORK_CELL) not in answers]
        if lost:
            notes.append(note("intake.collect.no_code", ids=", ".join(lost)))
    return Merged(released.version, submission.version, notebook, answers, tuple(written), tuple(notes))


def _answers_to(
    ids: Collection[str], entries: Mapping[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return the answers in ``entries`` to the questions ``ids``, and notes on unknown or oversized answers."""
    answers: dict[str, dict[str, Any]] = {}
    unknown = sum(name not in ids for name in entries)
    notes: list[str] = [note("intake.collect.unknown_question", count=unknown)] if unknown else []
    for name, entry in entries.items():
        if name not in ids:
            continue
        if not salvage.bounded(entry):
            notes.append(note("intake.collect.answer_too_big", id=name))
        else:
            answers[name] = dict(entry)
    return answers, notes


def _is_open(cell: dict[str, Any]) -> bool:
    return bool(marks_of(cell).get("solution"))


def _sorted_code(
    handed: dict[str, Any] | None, released: dict[str, Any], work: Mapping[str, dict[str, Any]]
) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    """Sort the code cells of the submitted notebook ``handed`` into answers and additions.

    ``work`` maps ``grade_id`` to the released answer cells. Return three items: the sources submitted for each answer
    cell, by ``grade_id``; the sources of added cells, by the ID of the released cell that they follow; and notes.
    """
    written: dict[str, list[str]] = {}
    extra: dict[str, list[str]] = {}
    notes: list[str] = []
    ours = {cell["source"].strip(): cell["id"] for cell in released["cells"]}
    ids = {name: cell["id"] for cell in released["cells"] if (name := grade_id(cell))}
    before = released["cells"][0]["id"] if released["cells"] else ""
    for cell in handed["cells"] if handed else []:
        source = cell["source"].strip()
        name = grade_id(cell) or ""
        if name in work and cell["cell_type"] == "code":
            before = ids[name]
            if source != work[name]["source"].strip():
                written.setdefault(name, []).append(source)
        elif name in ids or source in ours:
            before = ids.get(name, ours.get(source, before))
        elif cell["cell_type"] == "code" and source:
            target = next((name + WORK_CELL for name in ids_in_text(source, "submit")), "")
            if target in work:
                written.setdefault(target, []).append(source)
                before = ids[target]
                notes.append(note("intake.collect.found_by_submit", id=target))
            else:
                extra.setdefault(before, []).append(source)
    return written, extra, notes


def _joined(name: str, parts: list[str]) -> tuple[str, list[str]]:
    """Return a single source for a cell that was copied or split, and notes.

    The source is all ``parts`` joined if that parses, or else the last part that parses, or else the last part.
    """
    parts = list(dict.fromkeys(parts))
    if len(parts) == 1:
        return parts[0], []
    whole = "\n".join(parts)
    if _parses(whole):
        return whole, [note("intake.collect.joined", id=name, count=len(parts))]
    runs = [part for part in parts if _parses(part)] or parts
    return runs[-1], [note("intake.collect.last_copy", id=name, count=len(parts))]


def _parses(source: str) -> bool:
    return statements(source) is not None


def _write_text(
    cell: dict[str, Any], name: str, answers: dict[str, dict[str, Any]], submission: Submission
) -> list[str]:
    """Write the trainee's own text, with HTML escaped, into the manually graded ``cell``, and return notes."""
    placeholder = cell["source"].strip()
    cells = submission.notebook["cells"] if submission.notebook else []
    sources = [other["source"].strip() for other in cells if other["cell_type"] != "code" and _same(other, cell)]
    in_cell = [source for source in sources if source not in {"", placeholder}]
    answer = answers.get(name, {}).get("answer")
    typed = [answer.strip()] if isinstance(answer, str) and answer.strip() else []
    texts = list(dict.fromkeys([*typed, *(text for text in in_cell if text not in typed)]))
    if not texts:
        return []
    cell["source"] = "\n\n".join(html.escape(visible(text, lines=True), quote=False) for text in texts)
    if texts == typed:
        return []
    answers[name] = answers.get(name, {}) | {"answer": "\n\n".join(texts), "origin": "notebook"}
    return [note("intake.collect.text_from_cell", id=name)]


def _same(other: Mapping[str, Any], cell: Mapping[str, Any]) -> bool:
    """Return whether the trainee's cell ``other`` is the released ``cell``.

    The cells are compared by ``grade_id`` or, if ``cell`` has none, by cell ID.
    """
    name = grade_id(cell)
    return grade_id(other) == name if name else other.get("id") == cell["id"]


def _with_extra(cells: list[dict[str, Any]], extra: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Return ``cells`` with the trainee's added code cells inserted after the cells that they followed."""
    result: list[dict[str, Any]] = []
    count = 0
    for cell in cells:
        result.append(cell)
        for source in extra.get(cell["id"], []):
            count += 1
            result.append(_added(f"them-{count}", source))
    return result


def _added(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"buuchinh": {"added": True}},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }

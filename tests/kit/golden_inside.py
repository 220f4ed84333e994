"""All that the golden tests take from within the package, in one place: where modules move, change this file alone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh.execution import sandbox
from buuchinh.questions import question_bank, scoring
from buuchinh.questions.publish import obscure
from buuchinh.release import versions
from kit.answering import right_answer, wrong_answers

MOST_WRONG = 3
WORDS = "Đã dừng phát, báo trưởng bưu cục lúc 10:05."


def cannot_isolate() -> str:
    """Say why code of trainees cannot run on this machine, "" where it can."""
    return sandbox.missing() or ""


def score(question: Any, answer: Any, day: date) -> dict[str, Any]:
    """Return all that scoring says of an answer, as JSON."""
    return scoring.score(question, answer, day).as_json()


def questions(root: Path) -> Iterator[tuple[str, Any]]:
    """Yield every question that is asked, with its place: the newest release of each unit, each form, each bank.

    ``BUUCHINH_COURSE`` has to point to ``root``. A question comes with the option ids that answers to it carry.
    """
    for unit in sorted(path.name for path in (root / "exercises").iterdir()):
        for form, released in versions.released_forms(unit).items():
            place = f"{unit}/{released.version}" + (f"/{form}" if form else "")
            yield from ((place, question) for question in released.obscured.values())
    for path in question_bank.practice_files():
        file = question_bank.load(path)
        for question in file.questions:
            yield path.stem, obscure(question, file.seed) if path.stem.startswith("kt") else question


def published(root: Path) -> dict[str, bytes]:
    """Return the public JSON that each released version gives when it is published again, by unit and version."""
    return {
        f"{unit}/{version}": versions.sheet_bytes(
            versions.public({form: one.questions for form, one in versions.released_forms(unit, version).items()})
        )
        for unit in sorted(path.name for path in (root / "exercises").iterdir())
        for version in versions.versions(unit)
    }


def answers(question: Any, day: date) -> list[tuple[str, Any]]:
    """Make up answers for a new golden file: right, up to three wrong, nothing, something that is no answer."""
    right = _right(question, day)
    luck = random.Random(question.id)
    wrong = list(_wrong(question, right, day))
    wrong = [wrong[place] for place in sorted(luck.sample(range(len(wrong)), min(MOST_WRONG, len(wrong))))]
    made = [("right", right), *(("wrong", one) for one in wrong), ("empty", None), ("malformed", ["?", 1])]
    found: list[tuple[str, Any]] = json.loads(json.dumps(made, default=_plain))
    return [(case, answer) for case, answer in found]


def _right(question: Any, day: date) -> Any:
    if question.type == "form":
        return {field.id: _right(field, day) for field in question.fields}
    if question.type != "survey" and question.key_on(question.as_of or day) is None:
        return WORDS
    found = right_answer(question, day)
    return WORDS if found is None else found


def _wrong(question: Any, right: Any, day: date) -> Iterator[Any]:
    """Yield answers with one thing wrong or left out."""
    if question.type == "form":
        for field in question.fields:
            yield {name: one for name, one in right.items() if name != field.id}
            yield from (right | {field.id: one} for one in _wrong(field, right[field.id], day))
    elif question.type == "code":
        for name, one in right.items():
            yield {other: value for other, value in right.items() if other != name}
            yield right | {name: _changed(one)}
        key = question.key_on(question.as_of or day)
        yield from (right | {slip.value_id: slip.value} for slip in key.mistakes)
    elif question.type != "survey" and question.key_on(question.as_of or day) is not None:
        yield from wrong_answers(question, day)
        if question.type in {"scenario", "ordering", "multiple", "picture"} and len(right) > 1:
            yield right[:-1]
        if question.type == "matching":
            yield dict(list(right.items())[1:])


def _changed(value: Any) -> Any:
    match value:
        case bool() | str():
            return f"{value} khác"
        case int() | float():
            return value + 1
        case {"columns": columns, "rows": rows}:
            return {"columns": columns, "rows": list(rows)[:-1]}
        case _:
            return list(value)[:-1]


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else str(value)

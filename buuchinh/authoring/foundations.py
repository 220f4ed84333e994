"""Find the provisions and figures that each answer key cites, with their line numbers in the YAML file.

A question may have several answer keys, each with its own period of validity; at most one is in force on any day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.dated_keys import Keyed
from buuchinh.questions.keys import Key
from buuchinh.yaml_lines import line_of


@dataclass(frozen=True)
class Foundation:
    """An answer key of a question or form field, with the places in the file where the key cites law and figures.

    ``name`` is the question's id, followed by ``/field`` for a form field. ``lines`` maps each cited id to its line
    number; ``steps`` are the mapping keys and 0-based list indices that lead to the answer key within the file.
    """

    path: str
    line: int
    name: str
    question: AuthoredQuestion
    key: Key
    lines: dict[str, int]
    steps: tuple[int | str, ...]

    @property
    def as_of(self) -> date | None:
        """The day whose law the question asks about, or None if it asks about current law."""
        return self.question.as_of


def foundations(path: Path, file: QuestionFile) -> list[Foundation]:
    """Return a ``Foundation`` for every answer key in ``file``, which was read from ``path``."""
    data = question_bank.written(path)
    shown = question_bank.shown(path)
    return [foundation for question in file.questions for foundation in _of_question(shown, data, question)]


def place_of(data: Any, question: AuthoredQuestion) -> tuple[int | str, ...]:
    """Return the mapping key and 0-based index of ``question`` in the authored file, where variants share one entry."""
    name = asked_as(question)
    return "questions", next(number for number, entry in enumerate(data["questions"]) if entry["id"] == name)


def keyed(question: AuthoredQuestion) -> Iterator[tuple[str, Keyed[Any], tuple[int | str, ...]]]:
    """Yield ``(name, part, steps)`` for each part of ``question`` that has answer keys.

    A part is the question itself or a form field; ``steps`` lead from the question to the part and are empty for the
    question itself.
    """
    for part, steps in types.parts(question):
        name = f"{question.id}/{part.id}" if steps else question.id
        if isinstance(part, Keyed):
            yield name, part, steps


def _of_question(shown: str, data: Any, question: AuthoredQuestion) -> Iterator[Foundation]:
    for name, part, steps in keyed(question):
        within = (*place_of(data, question), *steps, "keys")
        keys = _node(data, within)
        for number, key in enumerate(part.keys):
            place = (*within, _position(keys, key, number))
            lines = {
                ref: line_of(data, (*place, field, index))
                for field in ("provisions", "sources")
                for index, ref in enumerate(getattr(key, field))
            }
            yield Foundation(shown, line_of(data, place), name, question, key, lines, place)


def _node(data: Any, steps: tuple[int | str, ...]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _position(keys: list[Any], key: Key, number: int) -> int:
    """Return the index of ``key`` in ``keys``, the file's entries, which are compared by the first day of their period.

    If a variant supplies that day, the file has only a placeholder; the index is then ``number``, the answer key's
    0-based position in chronological order.
    """
    starts = [str(entry.get("from") or "") for entry in keys]
    start = key.from_.isoformat() if key.from_ else ""
    return starts.index(start) if start in starts else number

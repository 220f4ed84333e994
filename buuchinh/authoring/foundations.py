"""The provisions and figures that each answer key cites, with their lines in the YAML."""

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
    """One key of a question or of a form's field, with its period, its citations and their places in the file.

    ``name`` is the question's id, with ``/field`` for a form's field. ``lines`` gives the line of each
    cited id, ``steps`` the place of the key within the file.
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
        """The day whose law the question asks about, None where it asks about current law."""
        return self.question.as_of


def foundations(path: Path, file: QuestionFile) -> list[Foundation]:
    """Return the foundation of every key of ``file``, which was read from ``path``."""
    data = question_bank.written(path)
    shown = question_bank.shown(path)
    return [foundation for question in file.questions for foundation in _of_question(shown, data, question)]


def place_of(data: Any, question: AuthoredQuestion) -> tuple[int | str, ...]:
    """Return the steps to ``question`` in the authored file, in which its variants are one entry."""
    name = asked_as(question)
    return "questions", next(number for number, entry in enumerate(data["questions"]) if entry["id"] == name)


def keyed(question: AuthoredQuestion) -> Iterator[tuple[str, Keyed[Any], tuple[int | str, ...]]]:
    """Yield name, part and steps of each part of a question that has keys: itself, or the fields of a form."""
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
    """Return the index of ``key`` in the file, whose keys may be in any order; their first days differ.

    Where a variant supplies the day, the file has only its name: then keys are taken in the order of their days.
    """
    starts = [str(entry.get("from") or "") for entry in keys]
    start = key.from_.isoformat() if key.from_ else ""
    return starts.index(start) if start in starts else number

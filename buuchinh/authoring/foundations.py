"""What each key of a question rests on, with the line in the author's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion, FormQuestion, Keyed, QuestionFile
from buuchinh.questions.keys import Key


@dataclass(frozen=True)
class Foundation:
    """One key of a question or of a field of a form: when it holds, what it cites and where that is written.

    ``name`` is the question's id, with ``/field`` for a form's field. ``lines`` gives the line of each
    cited id; ``only`` tells whether this is the key for the question's own day or for the day asked about.
    """

    path: str
    line: int
    name: str
    question: AuthoredQuestion
    key: Key
    lines: dict[str, int]

    @property
    def as_of(self) -> date | None:
        """The day whose law the question asks about, None where it asks about today's."""
        return self.question.as_of


def foundations(path: Path, file: QuestionFile) -> list[Foundation]:
    """Return every key of ``file``, which was read from ``path``."""
    data = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    shown = bank.shown(path)
    return [found for number, question in enumerate(file.questions) for found in _of(shown, data, number, question)]


def keyed(question: AuthoredQuestion) -> Iterator[tuple[str, Keyed[Any], tuple[int | str, ...]]]:
    """Yield what bears keys in a question (itself, or each field of a form): name, part, steps within the question."""
    if isinstance(question, FormQuestion):
        for number, field in enumerate(question.fields):
            yield f"{question.id}/{field.id}", field, ("fields", number)
    elif isinstance(question, Keyed):
        yield question.id, question, ()


def _of(shown: str, data: Any, number: int, question: AuthoredQuestion) -> Iterator[Foundation]:
    for name, part, steps in keyed(question):
        written = _node(data, ("questions", number, *steps, "keys"))
        for key in part.keys:
            position = _position(written, key)
            place = ("questions", number, *steps, "keys", position)
            lines = {
                ref: bank.line_of(data, (*place, field, index))
                for field in ("provisions", "sources")
                for index, ref in enumerate(getattr(key, field))
            }
            yield Foundation(shown, bank.line_of(data, place), name, question, key, lines)


def _node(data: Any, steps: tuple[int | str, ...]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _position(written: list[Any], key: Key) -> int:
    """Find ``key`` in the file, where keys may stand in any order; their first days differ."""
    starts = [str(entry.get("from") or "") for entry in written]
    return starts.index(key.from_.isoformat() if key.from_ else "")

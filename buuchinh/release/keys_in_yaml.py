"""Copy answer keys from one YAML question file to another, leaving the rest of the target file exactly as written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import yaml_lines
from buuchinh.errors import KitError
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as

_KEYS = "keys"
_Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class _Block:
    """The position of a question's or field's keys in a YAML file.

    ``start`` and ``end`` are offsets in characters. ``column`` is the 0-based column of the first character.
    """

    start: int
    end: int
    column: int


def replaced(path: Path, by: Path, names: Collection[str]) -> tuple[str, QuestionFile] | None:
    """Return the content of ``path``, as text and as parsed questions, with some keys replaced by those in ``by``.

    ``names`` are the ids of the questions whose keys are replaced. Return None if the keys do not fit the questions in
    ``path``. Nothing is written.
    """
    text, other = (one.read_text(encoding="utf-8-sig") for one in (path, by))
    before, new = question_bank.load(path), question_bank.load(by)
    written = {asked_as(question) for question in before.questions if question.id in names}
    ours, theirs = _blocks(text), _blocks(other)
    made = text
    for name in sorted(written, key=lambda name: -min(block.start for block in ours[name].values())):
        if ours[name].keys() != theirs.get(name, {}).keys():
            return None
        for steps, block in sorted(ours[name].items(), key=lambda one: -one[1].start):
            made = made[: block.start] + _moved(other, theirs[name][steps], block.column) + made[block.end :]
    try:
        file = question_bank.read(yaml_lines.parse(made), path)
    except (KitError, yaml_lines.NotYaml):
        return None
    return (made, file) if _only_keys_differ(before, new, file, written) else None


def _only_keys_differ(before: QuestionFile, new: QuestionFile, made: QuestionFile, written: Collection[str]) -> bool:
    keys = {question.id: _keys(question) for question in new.questions}
    if [question.id for question in made.questions] != [question.id for question in before.questions]:
        return False
    for old, now in zip(before.questions, made.questions, strict=True):
        if asked_as(old) not in written:
            same = old == now
        else:
            same = _bare(old) == _bare(now) and _keys(now) == keys.get(now.id)
        if not same:
            return False
    return True


def _keys(question: AuthoredQuestion) -> list[Any]:
    return [part.keys for part, _ in types.parts(question) if hasattr(part, _KEYS)]


def _bare(question: AuthoredQuestion) -> dict[str, Any]:
    """Return a question as JSON data without its answer keys."""
    plain = question.model_dump(mode="json")
    for part, _ in types.parts(plain):
        part.pop(_KEYS, None)
    return plain


def _blocks(text: str) -> dict[str, dict[_Steps, _Block]]:
    """Return the positions of all answer keys in YAML text, by question id and by steps within the question.

    The steps are the mapping keys and 0-based list indices that lead to an answer key.
    """
    from ruamel.yaml import YAML

    top = YAML(typ="safe", pure=True).compose(text)
    questions = next(value for key, value in top.value if key.value == "questions").value
    blocks = {}
    for question in questions:
        name = next(value.value for key, value in question.value if key.value == "id")
        blocks[name] = {steps: _block(text, node) for steps, node in _key_nodes(question, ())}
    return blocks


def _key_nodes(node: Any, steps: _Steps) -> Iterator[tuple[_Steps, Any]]:
    if node.id == "mapping":
        for key, value in node.value:
            if key.value == _KEYS:
                yield (*steps, _KEYS), value
            else:
                yield from _key_nodes(value, (*steps, key.value))
    elif node.id == "sequence":
        for number, value in enumerate(node.value):
            yield from _key_nodes(value, (*steps, number))


def _block(text: str, node: Any) -> _Block:
    start, end = node.start_mark.index, node.end_mark.index
    return _Block(start, start + len(text[start:end].rstrip()), node.start_mark.column)


def _moved(text: str, block: _Block, column: int) -> str:
    """Return the text at ``block``, re-indented so that its first character can be placed in ``column``."""
    first, *others = text[block.start : block.end].split("\n")
    more = column - block.column
    moved = [" " * more + line if more > 0 else line[min(-more, len(line) - len(line.lstrip())) :] for line in others]
    return "\n".join([first, *(line if line.strip() else "" for line in moved)])

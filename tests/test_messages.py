"""Sentences for people: each that the package asks for is there with all its values, and none stands there unasked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from buuchinh.messages import listed, section

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "buuchinh"
FILES = sorted((*PACKAGE.rglob("*"), *(ROOT / "tools").rglob("*")))
SHOWN = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.suffix in {".js", ".j2", ".html"})
"""What takes a whole section and reads sentences of it as attributes."""


@cache
def code() -> dict[Path, ast.Module]:
    """Return each module as a tree, made when a test asks and not in each process that collects tests."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES if path.suffix == ".py"}


def sentences(found: dict[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from sentences(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


CHOSEN_FROM = {*re.findall(r"\bwords\.(\w+)\[", SHOWN), "button"}
"""Tables of which one sentence is taken by a value: ``words.tone[sign.tone]``, what a number's button says."""

ALL = {
    key: sentence
    for path in sorted((PACKAGE / "messages" / "vi").glob("*.toml"))
    for key, sentence in sentences(section(path.stem), f"{path.stem}.")
}


def pattern(node: ast.expr) -> str | None:
    """Return what an expression for a key can be, as a regular expression; None where it is a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else None for part in node.values)
        return "".join(r"[\w.-]+" if part is None else re.escape(part) for part in parts)
    return None


@cache
def matching(wanted: str) -> list[str]:
    """Return the keys of sentences that a ``pattern`` can be; most are one key, word for word."""
    plain = wanted.replace("\\", "")
    return [plain] if plain in ALL else [key for key in ALL if re.fullmatch(wanted, key)]


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path, tree in code().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_sentence_that_is_asked_for_is_there_with_all_its_values() -> None:
    wrong = []
    for place, call in calls():
        wanted = pattern(call.args[0])
        keys = matching(wanted) if wanted else []
        if wanted and not keys:
            wrong.append(f"{place}: {wanted}")
        given = {word.arg for word in call.keywords}
        if isinstance(call.args[0], ast.Constant) and None not in given:
            for key in keys:
                needed = {name for _, name, _, _ in Formatter().parse(ALL[key]) if name}
                wrong += [f"{place}: {key}: {name}" for name in needed - given]
    assert not wrong


def test_no_sentence_stands_there_that_nobody_says() -> None:
    said, words = set(), set(re.findall(r"(?<=[.\"'`\[])\w+", SHOWN)) | set(get_args(ErrorType))
    for tree in code().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr) and (found := pattern(node)):
                said.add(found)
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    # What is said on a note stands under the note's key without its room.
                    words |= {node.value, node.value.partition(".")[2]}
    rooms = tuple(f"{path.stem}\\." for path in (PACKAGE / "messages" / "vi").glob("*.toml"))
    asked = re.compile("|".join(f"(?:{one})" for one in said if one.startswith(rooms)))
    ends = {key: {key.split(".", left)[left] for left in range(1, key.count(".") + 1)} for key in ALL}
    by_value = {key for key in ALL if key.split(".")[-2] in CHOSEN_FROM}
    assert not [key for key in ALL.keys() - by_value if not asked.fullmatch(key) and not ends[key] & words]


def test_no_code_compares_with_a_sentence() -> None:
    # A sentence may be worded anew at any time: what code decides by is a column, a mark or an id.
    def says(node: ast.AST) -> bool:
        names = (one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name))
        return any(name in {"say", "section"} for name in names)

    compared = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in code().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and says(node)
    ]
    assert compared == []


def test_of_many_names_in_a_note_the_first_are_told_and_how_many_there_are_besides():
    assert listed(["bt05-q1", "bt05-q2"]) == "bt05-q1, bt05-q2"
    assert listed(f"q{number}" for number in range(29)) == "q0, q1, q2, q3, q4 và 24 câu nữa"

"""Find legal documents that feedback, lessons and drawings mention by number without a link.

``uses.py`` lists links to provisions and the ``provisions`` of answer keys. A bare document number in a sentence is not
a reference that a program can follow, but it becomes outdated all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from buuchinh import course, law
from buuchinh.authoring.mentions import Cell
from buuchinh.errors import KitError
from buuchinh.questions.keys import Key

_LINK = re.compile(r"\[[^\]]*\]\(#[^)]*\)")


def documents_in(text: str) -> list[str]:
    """Return the ids of the documents that ``text`` names by number, without duplicates, in order of appearance."""
    numbers = _numbers(tuple((document.number, document.id) for document in law.all_documents().values()))
    if not numbers:
        return []
    pattern, ids = numbers
    return list(dict.fromkeys(ids[number] for number in pattern.findall(text)))


def in_feedback(key: Key) -> list[str]:
    """Return the ids of the documents that an answer key's text names but that its provisions do not cite."""
    rests_on = {_document(ref) for ref in key.provisions}
    words = " ".join(texts(key.model_dump(mode="json", exclude={"provisions", "sources", "correct"})))
    return [document for document in documents_in(words) if document not in rests_on]


def in_cell(cell: Cell) -> list[str]:
    """Return the ids of the documents that a cell names outside links: in prose, captions, alternative text or code."""
    return documents_in(_LINK.sub(" ", cell.text))


def drawings() -> Iterator[tuple[Path, str]]:
    """Yield each drawing in the lessons with its words: text, title and description."""
    for path in sorted((course.root() / course.LESSONS / "hinh").glob("*.svg")):
        try:
            words = " ".join(ET.fromstring(path.read_text(encoding="utf-8")).itertext())  # noqa: S314  # our own drawing
        except (ET.ParseError, UnicodeDecodeError):
            continue  # a browser shows nothing either, so the author notices it
        yield path, words


@lru_cache(maxsize=4)
def _numbers(known: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]] | None:
    ids = {number: name for number, name in known if "/" in number}
    if not ids:
        return None
    longest_first = sorted(ids, key=len, reverse=True)
    return re.compile(r"(?<![\w/])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])"), ids


def _document(ref: str) -> str:
    try:
        return law.parse(ref).document
    except KitError:
        return ref


def texts(node: Any) -> Iterator[str]:
    """Yield every string in ``node``, a question or answer key dumped to nested lists and dictionaries."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from _each(node.values())
    elif isinstance(node, list | tuple):
        yield from _each(node)


def _each(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        yield from texts(node)

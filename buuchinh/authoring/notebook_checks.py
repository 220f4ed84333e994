"""Check a notebook's cells, and that everything the cells mention exists."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from buuchinh import disk_cache
from buuchinh.authoring import lint
from buuchinh.authoring.citable import CitableIds
from buuchinh.authoring.mentions import Cell, cells, mentions
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.questions import question_bank


def questions_asked(path: Path) -> set[str]:
    """Return the ids of the questions that a notebook asks, or an empty set if it cannot be read."""
    try:
        _, mentioned = once(_contents, path)
    except KitError:
        return set()
    return {name for kind, name, _ in mentioned if kind == "question"}


def faults(path: Path, citable: CitableIds, questions: set[str], unreadable: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Yield the problems found in the notebook at ``path``, or nothing if the file does not exist.

    ``questions`` are the ids that exist. Questions of the ``unreadable`` units are not checked because the problem with
    their file is reported elsewhere.
    """
    if not path.exists():
        return
    try:
        wrong, mentioned = once(_contents, path)
    except KitError as error:
        yield from error.problems
        return
    yield from (Problem(*fields) for fields in wrong)
    for kind, name, place in mentioned:
        if kind == "link":
            yield from _link(path, name, place)
        elif kind == "question":
            if name not in questions and not name.startswith(unreadable):
                yield _unknown(kind, name, place, questions)
        elif kind in {"law", "chart"}:
            yield from citable.law_faults(name, place)
        elif (names := citable.names(kind)) is not None and name not in names:
            yield _unknown(kind, name, place, names)


def _contents(path: Path) -> tuple[list[Any], list[tuple[str, str, str]]]:
    """Return the problems with a notebook's cells as lists of fields, and ``(kind, name, location)`` per mention."""

    def make() -> Any:
        own = cells(path)
        wrong = [list(astuple(problem)) for cell in own for problem in _cell_faults(cell)]
        return [wrong, [[mention.kind, mention.name, mention.place] for cell in own for mention in mentions(cell)]]

    wrong, mentioned = disk_cache.values(f"check-notebook-{question_bank.shown(path)}", [path], make)
    return wrong, mentioned


def _cell_faults(cell: Cell) -> Iterator[Problem]:
    for number, line in enumerate(cell.text.splitlines(), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(
                cell.place(number), 0, say("authoring.lint.not-nfc.says"), say("authoring.lint.not-nfc.way_out")
            )
    yield from lint.cell_faults(cell)


def _link(path: Path, name: str, place: str) -> Iterator[Problem]:
    if not (path.parent / name).exists():
        yield Problem(place, 0, say("authoring.check.no_file", name=name), say("authoring.check.no_file_way_out"))


def _unknown(kind: str, name: str, place: str, names: set[str]) -> Problem:
    near = ", ".join(get_close_matches(name, sorted(names), n=3))
    way_out = say("authoring.check.near", near=near) if near else ""
    return Problem(place, 0, say(f"authoring.check.unknown.{kind}", name=name), way_out)

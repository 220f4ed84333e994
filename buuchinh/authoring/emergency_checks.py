"""Check that hand-written pages agree with the table of emergency instructions (``law/emergency-acts``).

Derived files take their sentences from the table, but lessons and instructors' pages are written by hand. Each row of
the table names the files that must contain its sentence, and this module checks that they do. It also reports wording
that the table has dropped but that remains in hand-written files, drawings or campaign sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from buuchinh import course, law
from buuchinh.authoring.lint.wordlists import words
from buuchinh.authoring.mentions import cells
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text
from buuchinh.messages import say

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`|>]|^[ \t]*(?:[-+]|\d+\.)[ \t]+", re.MULTILINE)
_ENDS = re.compile(r"[.,;:]+(?=\s|$)")
_LEFT = ("lessons/*.ipynb", "lessons/hinh/*.svg", "campaign/texts/*.yml", "docs/instructor/*.md", "docs/campaign.md")
"""Glob patterns of hand-written files about danger, which must not contain wording that the table has dropped."""


def faults() -> list[Problem]:
    """Return a problem for each passage that differs from the table or still uses wording that the table has dropped.

    The list is empty if the table cannot be read, which ``datasets.check`` reports.
    """
    try:
        return [*_repeated(), *_left()]
    except KitError:
        return []


def plain(text: str) -> str:
    """Return ``text`` normalised for comparison.

    Markdown is removed, links are replaced by their text, letters are lower-cased, whitespace is collapsed, and the
    marks that end a part of a sentence are removed: a list has each part as a sentence of its own.
    """
    return " ".join(_ENDS.sub("", _MARKS.sub(" ", _LINK.sub(r"\1", text))).lower().split())


def _repeated() -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for act in law.all_acts():
        for name in act.stands_in:
            path = course.root() / name
            if not path.is_file():
                continue  # the course lacks this file: `bundle` and the check of links report it
            if plain(act.text) not in texts.setdefault(name, plain(_text(path))):
                wanted = f"{act.head} {act.text}".strip()
                yield Problem(
                    name,
                    0,
                    say("authoring.emergency.differs", id=act.id, text=wanted),
                    say("authoring.emergency.way_out"),
                )


def _left() -> Iterator[Problem]:
    pattern = re.compile("|".join(words("emergency-words", "left")), re.IGNORECASE)
    for path in (path for pattern_of in _LEFT for path in sorted(course.root().glob(pattern_of))):
        shown = path.relative_to(course.root()).as_posix()
        if path.suffix == ".ipynb":
            for cell in cells(path):
                if cell.kind == "markdown" and (match := pattern.search(cell.text)):
                    yield _old(cell.place(cell.text[: match.start()].count("\n") + 1), 0, match[0])
            continue
        text = read_text(path, shown)
        if match := pattern.search(text):
            yield _old(shown, text[: match.start()].count("\n") + 1, match[0])


def _old(path: str, line: int, word: str) -> Problem:
    return Problem(path, line, say("authoring.emergency.left", words=word), say("authoring.emergency.left_way_out"))


def _text(path: Path) -> str:
    if path.suffix == ".ipynb":
        return "\n".join(cell.text for cell in cells(path) if cell.kind == "markdown")
    return read_text(path, path.relative_to(course.root()).as_posix())

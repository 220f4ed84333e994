"""Call questions as trainees see them, by number and opening words, in notes that were stored with ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.release.source import WORDS_CELL, WORK_CELL

_LONGEST = 48


def in_notes(notes: Iterable[str], unit: str, version: str | None, code: str) -> list[str]:
    """Return notes on a submission in which each question stands with its number and opening words, not with its id."""
    try:
        questions = versions.released_for(unit, version, code).obscured
    except KitError:  # the release is not on this machine
        return list(notes)
    called = {
        name: say("desk.cell.question", number=number, words=opening(question))
        for number, (name, question) in enumerate(questions.items(), 1)
    }
    return [_called(note, called) for note in notes]


def opening(question: AuthoredQuestion, longest: int = _LONGEST) -> str:
    """Return the opening words of a question, or all of them if they are not many."""
    stem = " ".join(question.stem.split())
    return stem if len(stem) <= longest else f"{stem[:longest].rpartition(' ')[0] or stem[:longest]}…"


def cut(text: str, longest: int) -> str:
    """Return ``text``, or its first ``longest`` characters with a sign that it goes on."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def _called(note: str, called: Mapping[str, str]) -> str:
    """Return ``note`` with names in place of ids; quotation marks about an id, and the end of a cell's id, go too."""
    if not called:
        return note
    ids = "|".join(sorted(map(re.escape, called), key=len, reverse=True))
    pattern = rf"“?(?<![\w-])({ids})(?:{WORK_CELL}|{WORDS_CELL})?(?![\w-])”?"
    text = re.sub(pattern, lambda found: called[found[1]], note)
    return re.sub(r"\b(câu:? )câu ", r"\1", text, flags=re.IGNORECASE)

"""What trainees say of questions, "câu này sai hoặc khó hiểu": one line a question, from the page to its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.text import nfc, visible

LONGEST = 500
"""Characters of a line that are kept."""
MOST = 300
"""Lines that one hand-in may carry: the course asks fewer than that of one person."""
_QUESTION = re.compile(r"[a-z]+[a-z0-9]*(?:-[a-z0-9]+){1,3}")


@dataclass(frozen=True)
class QuestionRemark:
    """One line on one question; ``at`` is when it was written, by the clock of the trainee's machine.

    Without text it takes back what was said before: it goes along as well, since that may have been handed in.
    """

    question: str
    text: str
    at: str

    def as_json(self) -> dict[str, str]:
        """Return the shape in which it is kept."""
        return {"question": self.question, "text": self.text, "at": self.at}


def cleaned(text: object) -> str:
    """Return a line as it is kept: one line of visible text, "" for what is none."""
    return " ".join(visible(nfc(text[: 4 * LONGEST])).split())[:LONGEST] if isinstance(text, str) else ""


def read(raw: object) -> tuple[QuestionRemark, ...]:
    """Return the lines that a hand-in holds, cleaned, those taken back among them; what is none is passed over."""
    return tuple(_read(raw if isinstance(raw, list) else ()))[:MOST]


def active_remarks(said: Iterable[QuestionRemark]) -> list[QuestionRemark]:
    """Return the lines that were not taken back."""
    return [one for one in said if one.text]


def _read(raw: Iterable[Any]) -> Iterator[QuestionRemark]:
    for one in raw:
        if not isinstance(one, Mapping):
            continue
        question, text, at = one.get("question"), cleaned(one.get("text")), cleaned(one.get("at"))[:40]
        if not isinstance(question, str) or len(question) > 60 or not _QUESTION.fullmatch(question):
            continue
        if text or one.get("text") == "":
            yield QuestionRemark(question, text, at)

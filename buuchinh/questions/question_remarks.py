"""Trainees' remarks on questions ("câu này sai hoặc khó hiểu"), one line for each question, for their authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.text import nfc, visible

LONGEST = 500
"""The maximum number of characters of a remark."""
MOST = 300
"""The maximum number of remarks in a hand-in; the course has fewer questions for one person."""
_QUESTION = re.compile(r"[a-z]+[a-z0-9]*(?:-[a-z0-9]+){1,3}")


@dataclass(frozen=True)
class QuestionRemark:
    """A remark on a question; ``at`` is its time by the clock of the trainee's machine.

    Without text it withdraws an earlier remark; it is submitted too, since the earlier one may have been.
    """

    question: str
    text: str
    at: str

    def as_json(self) -> dict[str, str]:
        """Return the JSON form in which it is stored."""
        return {"question": self.question, "text": self.text, "at": self.at}


def cleaned(text: object) -> str:
    """Return a remark as one line of visible text, or "" for anything but text."""
    return " ".join(visible(nfc(text[: 4 * LONGEST])).split())[:LONGEST] if isinstance(text, str) else ""


def read(raw: object) -> tuple[QuestionRemark, ...]:
    """Return the remarks of a hand-in, cleaned, including withdrawals; invalid entries are skipped."""
    return tuple(_read(raw if isinstance(raw, list) else ()))[:MOST]


def active_remarks(remarks: Iterable[QuestionRemark]) -> list[QuestionRemark]:
    """Return the remarks that were not withdrawn."""
    return [remark for remark in remarks if remark.text]


def _read(raw: Iterable[Any]) -> Iterator[QuestionRemark]:
    for entry in raw:
        if not isinstance(entry, Mapping):
            continue
        question, text, at = entry.get("question"), cleaned(entry.get("text")), cleaned(entry.get("at"))[:40]
        if not isinstance(question, str) or len(question) > 60 or not _QUESTION.fullmatch(question):
            continue
        if text or entry.get("text") == "":
            yield QuestionRemark(question, text, at)

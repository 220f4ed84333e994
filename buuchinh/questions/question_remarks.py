"""Clean and validate trainees' remarks on questions ("câu này sai hoặc khó hiểu"), which are meant for the authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.text import nfc, visible

LONGEST = 500
"""The maximum number of characters in a remark."""
MOST = 300
"""The maximum number of remarks in a submission; no trainee is asked that many questions."""
_QUESTION = re.compile(r"[a-z]+[a-z0-9]*(?:-[a-z0-9]+){1,3}")


@dataclass(frozen=True)
class QuestionRemark:
    """A trainee's remark on a question; ``at`` is the time according to the clock of the trainee's computer.

    An empty ``text`` withdraws an earlier remark. The withdrawal is submitted too, because the earlier remark may
    already have been submitted.
    """

    question: str
    text: str
    at: str

    def as_json(self) -> dict[str, str]:
        """Return the JSON form in which remarks are stored."""
        return {"question": self.question, "text": self.text, "at": self.at}


def cleaned(text: object) -> str:
    """Return a remark as a single line of visible text, or "" if ``text`` is not a string."""
    return " ".join(visible(nfc(text[: 4 * LONGEST])).split())[:LONGEST] if isinstance(text, str) else ""


def read(raw: object) -> tuple[QuestionRemark, ...]:
    """Return the remarks of a submission, cleaned and including withdrawals; invalid entries are skipped."""
    return tuple(_read(raw if isinstance(raw, list) else ()))[:MOST]


def active_remarks(remarks: Iterable[QuestionRemark]) -> list[QuestionRemark]:
    """Return the remarks that have not been withdrawn."""
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

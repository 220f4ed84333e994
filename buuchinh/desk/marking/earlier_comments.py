"""List the comments that were written on a question before, so that a grader can take one over with a key.

A comment is copied and never linked: changing it later changes no other person's feedback. A comment that names a
trainee's code is neither offered nor stored, since another person would read it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from buuchinh import codes
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.errors import KitError
from buuchinh.grading import rubric_ticks
from buuchinh.messages import say


def by_code(unit: str, question: str) -> dict[str, str]:
    """Map the codes of all who answered ``question`` to the comment on it, "" if there is none."""
    rows = gradebook_cells.graded_rows(unit, "comment", "s.student_id, b.name, x.manual_comment")
    return {code: comment or "" for code, name, comment in rows if name == question}


def of_question(unit: str, question: str) -> list[tuple[str, int]]:
    """Return each comment on ``question`` with the number of people who have it, the newest first."""
    counts: dict[str, int] = {}
    newest: dict[str, str] = {}
    known = class_codes()
    for code, comment in by_code(unit, question).items():
        text = comment.strip()
        if not text or names_code(text, known):
            continue
        ticks = rubric_ticks.read(unit, code).get(question)
        counts[text] = counts.get(text, 0) + 1
        newest[text] = max(newest.get(text, ""), ticks.comment_at if ticks else "")
    return sorted(counts.items(), key=lambda one: (newest[one[0]], one[1], one[0]), reverse=True)


def refuse_code(comment: str) -> None:
    """Raise ``KitError`` if ``comment`` names the code of anybody in the class."""
    if names_code(comment, class_codes()):
        raise KitError(say("desk.marking.comment_code"), say("desk.marking.comment_code_way_out"))


def class_codes() -> frozenset[str]:
    """Return the codes of everybody in the gradebook."""
    return frozenset(gradebook.students())


def names_code(text: str, known: Iterable[str]) -> bool:
    """Return whether ``text`` contains one of the ``known`` codes, however it is written."""
    pattern = _pattern(frozenset(known))
    return pattern is not None and pattern.search(unicodedata.normalize("NFKD", text)) is not None


@lru_cache(maxsize=4)
def _pattern(known: frozenset[str]) -> re.Pattern[str] | None:
    """Return a pattern for all ``known`` codes, with up to three signs, marks or unseen ones between the characters."""
    between = "[^0-9A-Za-z]{0,3}"
    plain = (re.sub(rf"[\s{re.escape(codes.BETWEEN)}]", "", code) for code in sorted(known))
    spelled = [between.join(map(re.escape, code)) for code in plain if code]
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(spelled)})(?![0-9A-Za-z])", re.IGNORECASE) if spelled else None

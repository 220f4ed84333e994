"""Build the JSON payloads from which the front end displays questions.

A practice question includes the answer key in force; an exam question has no answer key.
"""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

from buuchinh import law, statistics
from buuchinh.errors import KitError
from buuchinh.law.citation_payload import citation
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.browser.static_html import words
from buuchinh.questions.dated_keys import NOTES, Keyed
from buuchinh.questions.model import Question
from buuchinh.questions.publish import public_json


def practice(
    question: AuthoredQuestion, on: date, *, store: str | None, heading_level: int = 0, number: int | None = None
) -> dict[str, Any]:
    """Return the payload of a practice question, with the key in force on ``on`` and everything that this key cites.

    ``store`` identifies the person, unit and version under which the browser keeps drafts until they are saved.
    ``number`` is the 1-based number of the question on its page.
    """
    withheld = NOTES | types.type_of(question).authors_fields
    shown = question.model_dump(mode="json", by_alias=True, exclude=set(withheld), exclude_none=True)
    day = question.as_of or on
    keys = []
    for (part, _), (shown_part, _) in zip(types.parts(question), types.parts(shown), strict=True):
        if isinstance(part, Keyed):
            key = part.key_on(getattr(part, "as_of", None) or day)
            shown_part["keys"] = [key.model_dump(mode="json", by_alias=True)] if key else []
            keys += shown_part["keys"]
    cited = {ref: _citation(ref, day) for key in keys for ref in key["provisions"]}
    cited |= {ref: {"text": statistics.cited(ref)} for key in keys for ref in key["sources"]}
    return _payload(shown, "practice", store, heading_level, number) | {"on": on.isoformat(), "citations": cited}


def exam(question: Question, *, store: str | None, heading_level: int = 0, number: int | None = None) -> dict[str, Any]:
    """Return the payload of a graded question; ``question`` is published, so it cannot contain a key."""
    return _payload(public_json(question), "exam", store, heading_level, number)


def _payload(
    shown: dict[str, Any], mode: str, store: str | None, heading_level: int, number: int | None
) -> dict[str, Any]:
    return {
        "number": number,
        "question": shown,
        "mode": mode,
        "store": store,
        "headingLevel": heading_level,
        "words": words(),
    }


def _citation(ref: str, day: date) -> dict[str, str]:
    """Return the citation of ``ref`` as of ``day``.

    If ``ref`` was not in force, only its name is cited; if it is unknown, its id is returned as the text.
    """
    found = {"text": ref}
    with contextlib.suppress(KitError):  # `check` reports it to the author; a trainee can still read the question
        found["text"] = law.cite(ref)
        found = citation(ref, day).noted()
    return found

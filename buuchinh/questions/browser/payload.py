"""Build the JSON payload from which the front end displays a practice question, its answer key included."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

from buuchinh import law, statistics
from buuchinh.errors import KitError
from buuchinh.law.citation_payload import citation
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.dated_keys import NOTES, Keyed


def practice(question: AuthoredQuestion, on: date) -> dict[str, Any]:
    """Return a practice question with the key in force on ``on``, and the ``citations`` of all that this key cites."""
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
    return {"question": shown, "citations": cited}


def _citation(ref: str, day: date) -> dict[str, str]:
    """Return the citation of ``ref`` as of ``day``.

    If ``ref`` was not in force, only its name is cited; if it is unknown, its id is returned as the text.
    """
    found = {"text": ref}
    with contextlib.suppress(KitError):  # `check` reports it to the author; a trainee can still read the question
        found["text"] = law.cite(ref)
        found = citation(ref, day).noted()
    return found

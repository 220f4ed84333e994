"""Show what would be accepted before “Chấp nhận điều đã nộp” is pressed: each answer, and the points that it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from buuchinh.desk.naming import question_names
from buuchinh.desk.screens.class_table import points
from buuchinh.desk_payloads.desk_dialogs import AcceptPreview
from buuchinh.errors import KitError
from buuchinh.grading import accept, acceptances
from buuchinh.grading.accept import Offered
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.results import results

_LONGEST = 200


def payload(unit: str, code: str) -> AcceptPreview | None:
    """Return the answers that wait to be accepted, with a fingerprint of all of them; None if there are none."""
    try:
        found = accept.offered(unit, code)
        standing = results.standings(unit, code)[0]
        asked = versions.released_for(unit, standing.version, code).obscured
    except KitError:  # it changed since it was graded, or its release is not on this machine: grade first
        return None
    if not found:
        return None
    numbers = {item.id: number for number, item in enumerate(standing.items, 1)}
    return {
        "seen": _fingerprint(found),
        "title": say("desk.accept.title", count=len(found)),
        "answers": [
            {
                "question": say("desk.accept.question", number=numbers.get(one.id, "")),
                "stem": question_names.cut(" ".join(asked[one.id].stem.split()), _LONGEST),
                "words": one.words,
                "rerun": one.rerun or say("desk.accept.no_rerun"),
                "points": say("desk.accept.points", points=points(one.points), most=points(one.most)),
            }
            for one in found
        ],
        "total": say("desk.accept.total", points=points(sum(one.points for one in found))),
    }


def refuse_changed(unit: str, code: str, seen: str) -> None:
    """Raise ``KitError`` if what would be accepted is no longer what ``seen`` is the fingerprint of."""
    if _fingerprint(accept.offered(unit, code)) != seen:
        raise KitError(say("desk.accept.changed"), say("desk.accept.changed_way_out"))


def _fingerprint(found: Iterable[Offered]) -> str:
    parts = [(one.id, acceptances.digest(one.answer), one.points) for one in found]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

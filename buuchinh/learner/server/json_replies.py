"""Format the server's JSON responses to a page, both results and refusals."""

from __future__ import annotations

import errno
import json
from typing import Any

from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.learner.server.refused import Kind, Refused
from buuchinh.messages import say

_LONGEST, _LONGEST_STATE = 200_000, 2_000_000
"""The maximum size in bytes of an ordinary request and of a request that stores a state or solutions.

A text field accepts 5,000 characters. Answers are limited because the whole journal is read each time a page opens.
"""
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SENTENCES = {403: "not_allowed", 404: "unknown", 413: "too_long", 400: "not_understood", 405: "unknown"}


def refuse_long(path: str, size: int) -> None:
    """Raise ``Refused`` if a request of ``size`` bytes is longer than any that a page sends."""
    if size > (_LONGEST_STATE if path.startswith(("state/", "solutions/")) else _LONGEST):
        raise Refused(say("learner.server.too_long"), 413)


def refusal(status: int, error: object) -> tuple[int, dict[str, Any]]:
    """Return the HTTP status and JSON body for ``error``: a sentence for the user and a kind, never a traceback."""
    kind: Kind = "refused"
    match error:
        case Refused():
            more = {"needs_code": True} if error.needs_code else {}
            return error.status, {"message": str(error), "kind": error.kind, **more}
        case KitError():
            return 400, {"message": str(error), "kind": kind}
        case OSError():
            kind = "full" if error.errno in _FULL else "unreachable"
            return 507, {"message": say("files.unwritable", reason=reason(error)), "kind": kind}
    if status in _SENTENCES:
        return status, {"message": say(f"learner.server.{_SENTENCES[status]}"), "kind": kind}
    return status, {"message": say("learner.server.failed"), "kind": "unreachable"}


def as_json(value: Any) -> bytes:
    """Return ``value`` as JSON; lone surrogates, which a page can send, are replaced just as they are on disk."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")

"""Validate stored outcomes (the results of grading), which a disk error or manual editing may have damaged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from buuchinh import course


def whole(outcome: Any) -> bool:
    """Return whether ``outcome`` is a complete outcome as written by any version of the kit."""
    try:
        datetime.fromisoformat(outcome["graded_at"])
        return (
            outcome["format"] == 1
            and course.is_version(outcome["version"])
            and isinstance(outcome["fingerprint"], str)
            and _texts(outcome["notes"])
            and _texts(outcome.get("waits", []))
            and all(map(_number, outcome.get("given", {}).values()))
            and isinstance(outcome["questions"], list)
            and all(map(_question, outcome["questions"]))
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _question(question: Mapping[str, Any]) -> bool:
    score = question["score"]
    return (
        isinstance(question["id"], str)
        and _number(question["points"])
        and isinstance(question["critical"], bool)
        and isinstance(question.get("decision"), str | None)
        and isinstance(question["manual"], bool)
        and isinstance(question["objective"], str | None)
        and "answer" in question
        and _number(score["fraction"])
        and isinstance(score["reason"], str | None)
        and all(isinstance(remark["text"], str) for remark in score["remarks"])
        and all(_number(part["fraction"]) for part in score["parts"].values())
        and _texts(score["provisions"])
        and _texts(score["sources"])
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

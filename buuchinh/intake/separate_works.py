"""Recognise two different works under one code, which may be of two people and are not merged before somebody says so.

Each answer carries the moment at which it was saved. Who hands in again keeps some of these moments, or has answered
every question once more; who works in two places answers other questions in each, or mostly alike. Neither is asked
about.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from buuchinh.attempts import reader
from buuchinh.attempts.store import Store
from buuchinh.errors import KitError
from buuchinh.intake.decide_submission import Decision
from buuchinh.messages import say
from buuchinh.questions.answers import is_given, moment
from buuchinh.text import format_moment

Entry = dict[str, Any]
_COMMON = 4
"""The least number of questions that both works answer; fewer may be one exercise done in two places."""

_DIFFERENT = 3
"""One of so many common answers must differ; one person who answers an exercise twice mostly agrees."""


def asked_about(decision: Decision, store: Store) -> Decision:
    """Refuse a submission that is a different work than the one that counts for the same code."""
    unit, code = decision.unit, decision.code
    if decision.merged is None or store.first(unit, code, decision.sha256):
        return decision
    with contextlib.suppress(KitError, KeyError, TypeError, AttributeError):
        counts = reader.submitted(unit, code)
        if counts and are_two(counts.answers, decision.merged.answers):
            at = format_moment(counts.at)
            return replace(
                decision,
                outcome="refused",
                reason=say("intake.collect.two_works", code=code, at=at),
                way_out=say("intake.collect.ask_one_or_two", code=code),
                two_works=True,
                merged=None,
            )
    return decision


def are_two(one: Mapping[str, Entry], other: Mapping[str, Entry]) -> bool:
    """Return whether two works answer much of the same, often differently, and neither goes on from the other."""
    names = [name for name in one.keys() & other.keys() if _has_moment(one[name]) and _has_moment(other[name])]
    common = [(one[name], other[name]) for name in names]
    if len(common) < max(_COMMON, min(len(one), len(other)) / 2):
        return False
    if any(mine["at"] == theirs["at"] and mine["answer"] == theirs["answer"] for mine, theirs in common):
        return False
    if _all_again(common) or _all_again([(theirs, mine) for mine, theirs in common]):
        return False
    different = sum(bool(mine["answer"] != theirs["answer"]) for mine, theirs in common)
    return different >= max(2, len(common) / _DIFFERENT)


def _has_moment(entry: Entry) -> bool:
    return is_given(entry) and moment(entry) is not None


def _all_again(pairs: list[tuple[Entry, Entry]]) -> bool:
    """Return whether every question was answered once more after it stood as in the first entry of its pair."""
    return all(_tries(later) > _tries(earlier) for earlier, later in pairs)


def _tries(entry: Entry) -> int:
    tries = entry.get("tries")
    return tries if isinstance(tries, int) else 1

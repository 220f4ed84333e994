"""Describe the missed decisions of an exam, which are those whose questions were all answered wrongly."""

from __future__ import annotations

from collections.abc import Mapping

from buuchinh import datasets
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.results.results import Standing


def title(decision: str) -> str:
    """Return the title of a decision, or its id if the table of decisions cannot be read or does not list it."""
    try:
        known: Mapping[str, str] = datasets.made_of(_read, "questions/decisions")
    except KitError:
        return decision
    return known.get(decision, decision)


def missed(standing: Standing, names: Mapping[str, str]) -> list[str]:
    """Return a sentence for each missed decision with its questions; ``names`` maps question ids to displayed names."""
    return [
        say("results.decision_missed", decision=title(decision), items=", ".join(names[item.id] for item in items))
        for decision, items in standing.missed_decisions.items()
    ]


def _read() -> Mapping[str, str]:
    return {str(row["id"]): str(row["title"]) for row in datasets.read("questions/decisions").rows}

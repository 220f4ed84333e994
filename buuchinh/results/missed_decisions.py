"""Describe the decisions that a trainee missed in an exam.

A decision, such as what to do in case of fire, is tested by several critical questions. The decision is missed if all
of these questions are answered wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping

from buuchinh import datasets
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.results.results import Standing


def title(decision: str) -> str:
    """Return a decision's title, or its id if the table of decisions cannot be read or does not list the decision."""
    try:
        known: Mapping[str, str] = datasets.made_of(_read, "questions/decisions")
    except KitError:
        return decision
    return known.get(decision, decision)


def missed(standing: Standing, names: Mapping[str, str]) -> list[str]:
    """Return a sentence for each missed decision that names the decision's questions.

    ``names`` maps question ids to displayed names.
    """
    return [
        say("results.decision_missed", decision=title(decision), items=", ".join(names[item.id] for item in items))
        for decision, items in standing.missed_decisions.items()
    ]


def _read() -> Mapping[str, str]:
    return {str(row["id"]): str(row["title"]) for row in datasets.read("questions/decisions").rows}

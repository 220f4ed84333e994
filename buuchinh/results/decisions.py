"""Tells which decision of an exam was missed: the questions about it, of which none is right."""

from __future__ import annotations

from collections.abc import Mapping

from buuchinh import datasets
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.results.results import Standing


def title(decision: str) -> str:
    """Return what a decision is called; its id where the table cannot be read."""
    try:
        known: Mapping[str, str] = datasets.made_of(_read, "questions/decisions")
    except KitError:
        return decision
    return known.get(decision, decision)


def missed(standing: Standing, names: Mapping[str, str]) -> list[str]:
    """Say of each missed decision which questions there are about it, by ``names`` of their ids."""
    return [
        say("results.decision_missed", decision=title(decision), items=", ".join(names[item.id] for item in items))
        for decision, items in standing.missed_decisions.items()
    ]


def _read() -> Mapping[str, str]:
    return {str(row["id"]): str(row["title"]) for row in datasets.read("questions/decisions").rows}

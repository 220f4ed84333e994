"""The words that a lesson explains where they stand: each with its meaning, from ``datasets/glossary.csv``."""

from __future__ import annotations

import json

from buuchinh import datasets, law
from buuchinh.learner.data.types import Page


def words(page: Page, lesson: str) -> list[dict[str, str]]:
    """Return the words of ``lesson`` that its page holds: ``term``, ``full``, ``meaning``, ``ref`` and ``cite``.

    A word of one syllable ("thư", "vụ") is left out: it is part of too many others.
    """
    said = json.dumps([page["screens"], page["questions"]], ensure_ascii=False).casefold()
    return [
        {name: text for name, text in _told(row).items() if text}
        for row in datasets.read("glossary").rows
        if lesson in row["lessons"] and _stands_alone(row["term"]) and row["term"].casefold() in said
    ]


def _told(row: dict[str, str]) -> dict[str, str]:
    ref = row["provision"] or ""
    return {
        "term": row["term"],
        "full": row["full_form"] or "",
        "meaning": row["meaning"],
        "ref": ref,
        "cite": law.cite(ref) if ref else "",
    }


def _stands_alone(term: str) -> bool:
    return " " in term or term == term.upper()

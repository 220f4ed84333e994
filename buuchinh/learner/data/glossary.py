"""Build the payload of the glossary page, whose terms lessons explain in place, from ``datasets/glossary.csv``."""

from __future__ import annotations

from typing import Any

from buuchinh import datasets, law, routes
from buuchinh.learner.data.types import Page

ID = routes.GLOSSARY


def page() -> Page:
    """Return the page, with ``term``, ``full``, ``meaning``, ``ref``, ``cite`` and ``lessons`` for each term.

    A term of one syllable ("thư", "vụ") is left out, because it occurs inside too many other terms.
    """
    words = [_entry(row) for row in datasets.read("glossary").rows if _stands_alone(row["term"])]
    return {"id": ID, "kind": "glossary", "words": words}


def _entry(row: datasets.Row) -> dict[str, Any]:
    ref = row["provision"]
    cited = {"ref": ref, "cite": law.cite(ref)} if ref else {}
    full = {"full": row["full_form"]} if row["full_form"] else {}
    lessons = [f"l{lesson}" for lesson in row["lessons"]]
    return {"term": row["term"], **full, "meaning": row["meaning"], **cited, "lessons": lessons}


def _stands_alone(term: str) -> bool:
    return " " in term or term == term.upper()

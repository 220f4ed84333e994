"""Render questions as static HTML, for display where scripts or a notebook kernel are unavailable."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from buuchinh.messages import section
from buuchinh.questions import types
from buuchinh.questions.asked import Asked
from buuchinh.questions.markup import paragraphs


def static_html(question: Asked, words: Mapping[str, Any]) -> str:
    """Return ``question`` as deterministic HTML that reveals nothing about its answer key."""
    title = f"<p><strong>{escape(question.title)}</strong></p>" if question.title else ""
    shown = question.model_dump(mode="json", by_alias=True)
    inside = paragraphs(question.stem) + types.type_of(shown).static_html(shown, words)
    return f'<div class="bc-standin" lang="vi">{title}{inside}<p class="bc-hint">{escape(words["standin"])}</p></div>'


def static_text(question: Asked) -> str:
    """Return the question's id and stem on one line, for the ``text/plain`` output of a notebook cell."""
    stem = " ".join(question.stem.split())
    return f"{question.id}: {stem}"


def words() -> dict[str, Any]:
    """Return the interface text that the front end shows around questions."""
    return section("questions.frontend")

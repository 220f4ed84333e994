"""Render questions as static HTML, for readers without scripts or a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from buuchinh.messages import section
from buuchinh.questions import types
from buuchinh.questions.asked import Asked
from buuchinh.questions.markup import paragraphs


def static_html(question: Asked, words: Mapping[str, Any]) -> str:
    """Return ``question`` as HTML that is identical on every run and reveals nothing of any key."""
    title = f"<p><strong>{escape(question.title)}</strong></p>" if question.title else ""
    shown = question.model_dump(mode="json", by_alias=True)
    inside = paragraphs(question.stem) + types.type_of(shown).static_html(shown, words)
    return f'<div class="bc-standin" lang="vi">{title}{inside}<p class="bc-hint">{escape(words["standin"])}</p></div>'


def static_text(question: Asked) -> str:
    """Return the ``text/plain`` form of a question: its id and its stem on one line."""
    stem = " ".join(question.stem.split())
    return f"{question.id}: {stem}"


def words() -> dict[str, Any]:
    """Return the front end's sentences for questions."""
    return section("questions.frontend")

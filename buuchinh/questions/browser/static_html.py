"""A question as static HTML: its words, to be read where nothing runs, without anything to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from buuchinh.messages import section
from buuchinh.questions import types
from buuchinh.questions.asked import Asked
from buuchinh.questions.markup import paragraphs


def static_html(question: Asked, words: Mapping[str, Any]) -> str:
    """Return ``question`` as HTML that is the same at every run and tells nothing of any key."""
    title = f"<p><strong>{escape(question.title)}</strong></p>" if question.title else ""
    shown = question.model_dump(mode="json", by_alias=True)
    inside = paragraphs(question.stem) + types.type_of(shown).static_html(shown, words)
    return f'<div class="bc-standin" lang="vi">{title}{inside}<p class="bc-hint">{escape(words["standin"])}</p></div>'


def static_text(question: Asked) -> str:
    """Return one line that names the question: the ``text/plain`` of its output."""
    stem = " ".join(question.stem.split())
    return f"{question.id}: {stem}"


def words() -> dict[str, Any]:
    """Return every sentence that the front end shows with a question."""
    return section("questions.frontend")

"""Asks practice questions about the law of another day; their answers are kept apart from those about today."""

from __future__ import annotations

from datetime import date
from html import escape

from IPython.display import HTML, display

from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.browser.carried import Shown, caught
from buuchinh.questions.practice import as_of


def introduced(question: AuthoredQuestion, day: date) -> bool:
    """Say of which day the law is asked; where ``question`` cannot be asked about it, say why and return False."""
    why_not = as_of.not_asked(question, day)
    words = why_not or as_of.told(question.as_of or day)
    note = f'<p class="bc-as-of" lang="vi" role="note"><strong>{escape(words)}</strong></p>'
    if not caught(Shown(html=note)):
        display(HTML(note))
    return not why_not

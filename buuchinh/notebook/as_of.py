"""Asks practice questions about the law of another day; their answers are kept apart from those about today."""

from __future__ import annotations

from datetime import date
from html import escape

from IPython.display import HTML, display

from buuchinh import law
from buuchinh.messages import say
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.browser.carried import Shown, caught
from buuchinh.questions.practice.as_of import Obstacle, obstacles
from buuchinh.text import format_date

_FOLDER = "theo-ngay"


def introduced(question: AuthoredQuestion, day: date) -> bool:
    """Say of which day the law is asked; where ``question`` cannot be asked about it, say why and return False."""
    hindrances = obstacles(question, day)
    words = say("notebook.as_of.day", day=format_date(question.as_of or day))
    if hindrances:
        reasons = " ".join(dict.fromkeys(_reason(obstacle, day) for obstacle in hindrances))
        words = say("notebook.as_of.not_asked", id=question.id, day=format_date(day), reasons=reasons)
    note = f'<p class="bc-as-of" lang="vi" role="note"><strong>{escape(words)}</strong></p>'
    if not caught(Shown(html=note)):
        display(HTML(note))
    return not hindrances


def record_of(record: Record, day: date) -> Record:
    """Return where answers about the law of ``day`` are kept: beside ``record``, so that none counts for the other."""
    name = day.isoformat()
    return Record(record.folder / _FOLDER / name, f"{record.unit}@{name}", record.version, record.code)


def _reason(obstacle: Obstacle, day: date) -> str:
    words = {"day": format_date(day), "cite": law.cite(obstacle.ref) if obstacle.ref else ""}
    return say(f"notebook.as_of.{obstacle.kind}", **words)

"""Build the payload of the follow-up, which repeats practice questions on fixed days after the first answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from buuchinh import course, datasets
from buuchinh.learner.data.types import Page
from buuchinh.messages import say, section
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import asked_as
from buuchinh.questions.practice import spacing

ID = spacing.ROOM
_ANY_DAY = date(2001, 1, 1)


def page(lessons: Iterable[Mapping[str, Any]]) -> Page:
    """Return the follow-up page for the practice questions of ``lessons``, which hold the questions themselves."""
    shown = {question["id"] for lesson in lessons for variants in lesson["questions"].values() for question in variants}
    files = [question_bank.load(path) for path in question_bank.practice_files() if path.stem.startswith("l")]
    questions = [question for file in files for question in file.questions if question.id in shown]
    about = {
        question.id: {
            "objective": question.objective or "",
            "asked": asked_as(question),
            "short": types.type_of(question).short,
            "scored": types.type_of(question).scored,
        }
        for question in questions
    }
    words = dict(section("notebook")["follow_up"])
    words["why"] = say("notebook.follow_up.why", days=spacing.days_in_words())
    words |= {"not_saved": say("site.frontend.not_saved"), "opened": say("site.frontend.pack_opened")}
    rows = datasets.read("questions/objectives").rows
    return {
        "id": ID,
        "kind": "follow_up",
        "title": words["title"],
        "course": course.settings().title,
        "days": list(spacing.DAYS),
        "size": spacing.SIZE,
        "drilled": list(spacing.DRILLED),
        "recalled": list(spacing.RECALLED),
        "own": [question.id for question in questions if getattr(question, "comes_back", False)],
        "objectives": [{name: row[name] for name in ("id", "title", "lesson")} for row in rows],
        "about": about,
        "calendar": calendar(words),
        "words": words,
    }


def calendar(words: Mapping[str, str]) -> str:
    """Return an iCalendar template with placeholders such as ``{stamp}``, ``{day_7}`` and ``{uid_7}``."""
    title = course.settings().title
    template = spacing.calendar(_ANY_DAY, title, words["event"], words["event_text"]).decode("utf-8")
    for days, day in spacing.due(_ANY_DAY).items():
        template = template.replace(f"DATE:{day:%Y%m%d}", f"DATE:{{day_{days}}}")
        template = template.replace(spacing.token(title, _ANY_DAY.isoformat(), str(days)), f"{{uid_{days}}}")
    return template.replace(f"{_ANY_DAY:%Y%m%d}", "{stamp}")

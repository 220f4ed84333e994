"""Create stand-in outputs for a released notebook's question cells, so that questions can be read without a kernel.

The same public question sheet always gives the same outputs, so a release can be compared byte for byte.
"""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.messages import say
from buuchinh.notebooks import ids_in
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser.static_html import static_html, static_text, words
from buuchinh.questions.exam_forms import FormSheet


def outputs(source: str, sheet: FormSheet) -> list[dict[str, Any]]:
    """Return the stand-in outputs for the code ``source`` of a cell, or [] if that cell asks no question.

    ``sheet`` holds the unit's public questions.
    """
    asked_ids = ids_in(source, "ask")
    if not asked_ids:
        return []
    name = asked_ids[0]
    if course.is_try(course.unit_of(name)):
        return [_without_words(name, say("release.try_standin"))]
    if name not in sheet.ids:
        return [_without_words(name, say("release.exam_standin"))] if sheet.has_forms else []
    place = sheet.ids.index(name)  # the same in every form
    asked = [questions[place] for questions in sheet.forms.values()]
    same = all(question == asked[0] for question in asked)
    return [_standin(asked[0]) if same else _without_words(name, say("release.exam_standin"))]


def _without_words(name: str, hint: str) -> dict[str, Any]:
    """Return a stand-in without the question's text, which depends on the test form or belongs to practice.

    Practice questions may change after a release, whereas the release must stay as it is.
    """
    html = f'<div class="bc-standin" lang="vi"><p class="bc-hint">{hint}</p></div>'
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html, "text/plain": name}}


def _standin(question: Asked) -> dict[str, Any]:
    data = {"text/html": static_html(question, words()), "text/plain": static_text(question)}
    return {"output_type": "display_data", "metadata": {}, "data": data}

"""Stand-in outputs for the cells of a released notebook that ask a question: readable without a kernel.

The same sheet gives the same outputs at every run, so that a release can be compared byte for byte.
"""

from __future__ import annotations

import re
from typing import Any

from buuchinh import course
from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser.static_html import static_html, static_text, words
from buuchinh.questions.test_forms import FormSheet

_ASK = re.compile(r"""\bask\(\s*["']([a-z0-9-]+)["']""")


def outputs(source: str, sheet: FormSheet) -> list[dict[str, Any]]:
    """Return the outputs of the released code cell ``source``; none where it asks no question of ``sheet``."""
    call = _ASK.search(source)
    if not call:
        return []
    if course.is_try(course.unit_of(call[1])):
        return [_without_words(call[1], say("release.try_standin"))]
    if call[1] not in sheet.ids:
        return [_without_words(call[1], say("release.exam_standin"))] if sheet.has_forms else []
    asked = [bank.asked(sheet.sheet(form), call[1]) for form in sheet.forms]
    same = all(question == asked[0] for question in asked)
    return [_standin(asked[0]) if same else _without_words(call[1], say("release.exam_standin"))]


def _without_words(name: str, hint: str) -> dict[str, Any]:
    """Return a stand-in that tells nothing of its question: each test form has another, or it is practice.

    What practice asks may change after a release, which stays as it went out.
    """
    html = f'<div class="bc-standin" lang="vi"><p class="bc-hint">{hint}</p></div>'
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html, "text/plain": name}}


def _standin(question: Asked) -> dict[str, Any]:
    data = {"text/html": static_html(question, words()), "text/plain": static_text(question)}
    return {"output_type": "display_data", "metadata": {}, "data": data}

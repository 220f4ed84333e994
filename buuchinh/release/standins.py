"""What stands in a released notebook where a question will be: readable without a kernel, the same at every run."""

from __future__ import annotations

import re
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.questions.browser import assemble
from buuchinh.questions.browser.standin import standin_html, standin_text
from buuchinh.questions.model import Asked, QuestionSheet
from buuchinh.questions.test_forms import FormSheet

_ASK = re.compile(r"""\bask\(\s*["']([a-z0-9-]+)["']""")


def outputs(source: str, sheet: QuestionSheet | FormSheet) -> list[dict[str, Any]]:
    """Return the outputs of the released code cell ``source``; none where it asks no question of ``sheet``."""
    called = _ASK.search(source)
    if not called:
        return []
    if isinstance(sheet, FormSheet):
        return [_waiting(called[1])]
    if any(question.id == called[1] for question in sheet.questions):
        return [_standin(bank.asked(sheet, called[1]))]
    return []


def _waiting(name: str) -> dict[str, Any]:
    """What stands where an exam asks: which question it will be depends on who opens it."""
    html = f'<div class="bc-standin" lang="vi"><p class="bc-hint">{say("release.exam_standin")}</p></div>'
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html, "text/plain": name}}


def _standin(question: Asked) -> dict[str, Any]:
    data = {"text/html": standin_html(question, assemble.words()), "text/plain": standin_text(question)}
    return {"output_type": "display_data", "metadata": {}, "data": data}

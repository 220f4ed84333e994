"""The lines that tell any answer back, by the type of its question.

No text of an option that was not chosen, and no key, passes through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.answer_lines import Line
from buuchinh.questions.authored import AuthoredQuestion


def lines(question: AuthoredQuestion, answer: Any, score: Mapping[str, Any]) -> list[Line]:
    """Return what to show for ``answer``, scored as ``score`` (its JSON form)."""
    return types.type_of(question).told_back(question, answer, score["remarks"], score["parts"])

"""Words of ``picture``: the drawing, and its regions in words."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.types.single import words as single_words


def standin(question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return the drawing as an image, and its regions as a list."""
    data = base64.b64encode(question["svg"].encode("utf-8")).decode("ascii")
    image = f'<p><img alt="{escape(question["alt"])}" src="data:image/svg+xml;base64,{data}"></p>'
    return image + single_words.standin(question, words)


def stem_for_judges(question: Any) -> str:
    """Return the stem and what the drawing shows: a sheet of judges has no pictures."""
    return f"{question.stem}\n[{say('exam.angoff.picture', alt=question.alt)}]"

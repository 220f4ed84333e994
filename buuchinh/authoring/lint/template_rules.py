"""Check that a question no longer holds the sentences of the template that ``buuchinh new`` wrote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from ruamel.yaml import YAML

from buuchinh import course
from buuchinh.authoring import templates
from buuchinh.authoring.lint.item import Item, ItemFault

_WORDS = 8
"""Least number of words in a template's sentence that is compared; shorter ones can be meant."""


def template_words(item: Item) -> Iterator[ItemFault]:
    """Yield the first text of a question that is still its template's; an error if the course is complete."""
    level: Literal["error", "warning"] = "error" if course.settings().complete else "warning"
    for passage in item.texts:
        if (text := _plain(passage.text)) in template_sentences():
            yield ItemFault(passage.steps, {"words": text}, level)
            return


@cache
def template_sentences() -> frozenset[str]:
    """Return the sentences of all templates of questions; none in a trainees' bundle, which has no templates."""
    written = (YAML(typ="safe").load(templates.question(kind, "l00-q00")) for kind in templates.kinds())
    return frozenset(text for node in written for text in _sentences(node))


def _sentences(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        text = _plain(node)
        if len(text.split()) >= _WORDS:
            yield text
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _sentences(inner)


def _plain(text: str) -> str:
    return " ".join(text.split())


RULES = {"template-words": template_words}

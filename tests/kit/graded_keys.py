"""What the keys of graded units tell, to be looked for in what trainees receive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from buuchinh import course
from buuchinh.questions import question_bank
from buuchinh.release import versions


def told_in(data: bytes) -> list[str]:
    """Return which of the ``secret_texts`` stand in ``data`` as JSON writes them.

    Thousands of texts are looked for in megabytes: one of which two words between its first and its last stand beside
    each other nowhere is not looked for.
    """
    secret = secret_texts()
    assert len(secret) > 500
    neighbours = set(pairwise(data.split()))
    written = {text: json.dumps(text, ensure_ascii=False)[1:-1].encode() for text in secret}
    possible = (text for text, sought in written.items() if neighbours.issuperset(pairwise(sought.split()[1:-1])))
    return [text for text in possible if written[text] in data]


def secret_texts() -> set[str]:
    """Return the texts that only keys of graded units have; what is also an option or practised is no secret."""
    practised = "\n".join(path.read_text(encoding="utf-8") for path in question_bank.practice_files())
    words = " ".join(practised.split())
    told = {text for unit in course.released_units() for text in _told_by_keys(unit)}
    offered = {text for unit in course.released_units() for text in _offered(unit)}  # an act may be advised too
    return {text for text in told - offered if " ".join(text.split()) not in words}


def _told_by_keys(unit: str) -> Iterator[str]:
    """Yield what the keys of a unit tell, in every version: the words on each choice, rubrics, model answers."""
    for version in versions.versions(unit):
        for released in versions.released_forms(unit, version).values():
            for question in released.questions.questions:
                yield from _texts(question.model_dump(mode="json").get("keys", ()))


def _offered(unit: str) -> Iterator[str]:
    """Yield the options of a unit's choices, in every version."""
    for version in versions.versions(unit):
        for released in versions.released_forms(unit, version).values():
            for question in released.questions.questions:
                yield from _texts(question.model_dump(mode="json").get("options", ()))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str) and len(node) > 30:
        yield node
    elif isinstance(node, dict):
        for one in node.values():
            yield from _texts(one)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _texts(one)

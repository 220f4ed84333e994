"""Expand variants: a question is written once, but different people see it with different values.

An author writes ``variants: [{id: v1, name: value, …}, …]`` and puts ``{name}`` anywhere in the question's text. Each
variant becomes a question of its own, ``<id>-<variant id>``, and is then checked, scored, recorded and analysed like
any other question. A trainee's code selects the variant; nothing is drawn at random.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from buuchinh.messages import say

T = TypeVar("T")
FIELD = "variants"
OWN = frozenset({"voice", "taught"})
"""The fields that a variant may set even if no ``{placeholder}`` in the question's text has that name."""
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_PLACE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class VariantFault:
    """A fault in the variants of a question; ``steps`` is the path to the fault in the question file."""

    steps: tuple[int | str, ...]
    message: str


def expand(data: Any) -> tuple[Any, list[int], list[VariantFault]]:
    """Expand all variants in a file's data, and return the new data, the original positions and the faults.

    The positions give, for each expanded question, the 0-based position of the question that the author wrote. A
    question with faults is left out. Data without a list of questions are returned unchanged, for schema validation to
    report.
    """
    written = data.get("questions") if isinstance(data, Mapping) else None
    if not isinstance(written, Sequence) or isinstance(written, str):
        return data, [], []
    questions: list[Any] = []
    origins: list[int] = []
    faults: list[VariantFault] = []
    for number, question in enumerate(written):
        if not isinstance(question, Mapping) or FIELD not in question:
            questions.append(question)
            origins.append(number)
            continue
        own = [VariantFault(("questions", number, *steps), words) for steps, words in _faults(question)]
        faults += own
        for variant in () if own else question[FIELD]:
            questions.append(_filled_in(question, variant))
            origins.append(number)
    return {**data, "questions": questions}, origins, faults


def pick(items: Sequence[T], *seed: str) -> T:
    """Return the item that ``seed`` selects; the choice is the same on every machine and uniform over many seeds."""
    digest = hashlib.sha256("/".join(seed).encode("utf-8")).digest()
    return items[int.from_bytes(digest[:8], "big") % len(items)]


def _faults(question: Mapping[str, Any]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    name = str(question.get("id", ""))
    variants = question[FIELD]
    if (
        not isinstance(variants, list)
        or len(variants) < 2
        or not all(isinstance(variant, Mapping) for variant in variants)
    ):
        yield (FIELD,), say("questions.variants.not_a_list", id=name)
        return
    ids = [str(variant.get("id", "")) for variant in variants]
    used = {place for _, text in _texts(question) for place in _PLACE.findall(text) if place}
    for number, variant in enumerate(variants):
        steps = (FIELD, number)
        if not re.fullmatch(r"[a-z0-9]+", ids[number]) or ids.count(ids[number]) > 1:
            yield steps, say("questions.variants.bad_id", id=name)
        names = {str(key) for key in variant} - {"id"}
        bad = sorted(key for key in names if not _NAME.match(key))
        if bad:
            yield steps, say("questions.variants.bad_name", id=name, names=", ".join(bad))
        if used - names:
            yield steps, say("questions.variants.missing", id=name, names=", ".join(sorted(used - names)))
        if names - used - OWN:
            yield steps, say("questions.variants.unused", id=name, names=", ".join(sorted(names - used - OWN)))


def _texts(node: Any, steps: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the path and value of each string in a question, except the strings in its list of variants."""
    if isinstance(node, str):
        yield steps, node
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            if steps or name != FIELD:
                yield from _texts(inner, (*steps, str(name)))
    elif isinstance(node, Sequence):
        for number, inner in enumerate(node):
            yield from _texts(inner, (*steps, number))


def _filled_in(question: Mapping[str, Any], variant: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in question.items() if name != FIELD}
    filled: dict[str, Any] = _replaced(plain, variant)
    own = {name: variant[name] for name in OWN & variant.keys()}
    return filled | own | {"id": f"{question.get('id')}-{variant['id']}", "variant_of": question.get("id")}


def _replaced(node: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(node, str):
        whole = _PLACE.fullmatch(node)
        if whole and whole[1]:
            return values[whole[1]]
        return _PLACE.sub(lambda place: str(values[place[1]]) if place[1] else place[0][0], node)
    if isinstance(node, Mapping):
        return {name: _replaced(inner, values) for name, inner in node.items()}
    if isinstance(node, Sequence):
        return [_replaced(inner, values) for inner in node]
    return node

"""Answers to a question, made by chance: right, right but for a place or two, wrong, empty, of no shape at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from kit import typed

_EMPTY: tuple[Any, ...] = (None, "", " \u00a0\u200b", [], {})
_NAMES = ("node", "choice", "columns", "rows", "constructor", "__proto__")
_SHAPELESS: tuple[Any, ...] = (
    *(0, -1.5, True, False, 2**53 + 1, 2**70, 1e300, "x" * 5001),
    *([None], [[]], ["toString"], {"": None}, {"columns": [], "rows": []}, [{"node": []}]),
)


def any_answer(chance: Random, known: Sequence[Any], ids: Sequence[str]) -> Any:
    """Return one of the ``known`` answers, as it is or changed here and there; ``ids`` are those of the question."""
    what = chance.random()
    if what < 0.1:
        return chance.choice(_EMPTY)
    if what < 0.2:
        return _anything(chance, [*ids, *_NAMES])
    holder = [_copy(chance.choice(known))]
    for _ in range(0 if what < 0.5 else chance.choice([1, 1, 2, 4])):
        inside, key = chance.choice(list(_places(holder)))
        inside[key] = _changed(chance, inside[key], ids)
    return holder[0]


def _anything(chance: Random, names: Sequence[str], depth: int = 3) -> Any:
    """Return any JSON, with names that mean something in places where they mean nothing."""
    what, inner = chance.randrange(8 if depth else 6), range(chance.randrange(5))
    if what == 7:
        return [_anything(chance, names, depth - 1) for _ in inner]
    if what == 6:
        return {chance.choice(names): _anything(chance, names, depth - 1) for _ in inner}
    return chance.choice([*_EMPTY, *_SHAPELESS, chance.choice(names), chance.choice(names), typed.number(chance)])


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container with each key or place in it."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _changed(chance: Random, value: Any, ids: Sequence[str]) -> Any:
    if chance.random() < 0.1:
        return _copy(chance.choice(_EMPTY + _SHAPELESS))
    if isinstance(value, str):
        return chance.choice(ids) if value in ids and chance.random() < 0.8 else typed.spoiled(chance, value)
    if isinstance(value, list):
        return _changed_list(chance, value, ids)
    if isinstance(value, dict):
        return _changed_table(chance, value, ids)
    if isinstance(value, bool | None):
        return chance.choice([None, True, False])
    near = value + chance.choice([0, 1e-13, 1e-10, -1e-7, 0.001, 0.5, -1, 10]) * chance.choice([1, abs(value)])
    return chance.choice([near, near, near, -value, int(near), str(near).replace(".", ","), typed.number(chance)])


def _changed_list(chance: Random, value: list[Any], ids: Sequence[str]) -> list[Any]:
    at = chance.randrange(len(value) + 1)
    return chance.choice(
        [
            value[:at] + value[at + 1 :],
            value[:at] + value[at : at + 1] + value[at:],
            value[at:] + value[:at],
            [*value, chance.choice(ids)],
            chance.sample(value, len(value)),
        ]
    )


def _changed_table(chance: Random, value: dict[str, Any], ids: Sequence[str]) -> dict[str, Any]:
    kept = {name: one for name, one in value.items() if chance.random() < 0.8}
    mixed = dict(zip(value, chance.sample(list(value.values()), len(value)), strict=True))
    return chance.choice([kept, mixed, value | {chance.choice(ids): chance.choice(ids)}])

"""Chooses the pictures of a series: by a seed, never one that was seen, signs beside what only looks like them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions.drills.parts import Layer, Parcel, Parts
from buuchinh.questions.drills.picture import Picture, Placed, apart, can_be

T = TypeVar("T")
_TRIES = 300
"""How often another picture is tried before it is said that none is left."""


@dataclass(frozen=True)
class Series:
    """How many pictures are shown one after the other, and how many of them have a sign."""

    pictures: int
    signs: int
    told_at_once: bool


BURST = Series(pictures=40, signs=20, told_at_once=True)
"""To learn by: half have a sign, each answer is told at once."""
ROW = Series(pictures=60, signs=3, told_at_once=False)
"""To measure by: signs are rare, as in work, and nothing is told before the end."""


def choose(parts: Parts, series: Series, seed: str, seen: Collection[str]) -> list[Picture]:
    """Return the pictures of a series, in order: none of ``seen`` (ids), none twice; the same for the same seed.

    Each sign comes equally often. For each sign there are pictures of the same parcel without one, most
    with the harmless thing that looks like it. Raises ``KitError`` where too few are left.
    """
    taken = set(seen)
    signs = _shuffled(list(parts.signs), seed, "signs")
    chosen: list[Picture] = []
    for number in range(series.pictures):
        with_sign = number < series.signs
        sign = signs[(number if with_sign else number - series.signs) % len(signs)]
        made = _with_sign(parts, sign, f"{seed}/{number}") if with_sign else _without(parts, sign, f"{seed}/{number}")
        found = next((picture for picture in made if picture.id not in taken), None)
        if found is None:
            raise KitError(say("questions.drills.none_left"))
        taken.add(found.id)
        chosen.append(found)
    return _shuffled(chosen, seed, "order")


def possible(parts: Parts) -> tuple[int, int]:
    """Return how many different pictures have a sign, and how many none; harmless things beside a sign not counted."""
    labels = len(parts.of_kind("label"))
    wrappings = len(parts.wrappings)
    parcels = list(parts.parcels.values())
    with_sign = without = 0
    for layer in parts.of_kind("sign"):
        fitting = sum(can_be(layer, parcel) for parcel in parcels) * wrappings
        with_sign += sum(fitting * (1 if place == "label" else labels) for place in layer.places)
    for layer in parts.of_kind("odd"):
        without += sum(can_be(layer, parcel) for parcel in parcels) * wrappings * labels * len(layer.places)
    return with_sign, without + len(parcels) * wrappings * labels


def _with_sign(parts: Parts, sign: str, seed: str) -> Iterator[Picture]:
    shown = parts.showing(sign)
    for attempt in range(_TRIES):
        turn = f"{seed}/{attempt}"
        layer = _one(shown, turn, "look")
        parcel = _one([one for one in parts.parcels.values() if can_be(layer, one)], turn, "parcel")
        placed = Placed(layer.id, _one(layer.places, turn, "place"))
        odd = _odd(parts, parts.of_kind("odd"), parcel, placed, turn) if _share(turn, "odd") < 0.5 else None
        label = layer.id if placed.place == "label" else _label(parts, turn)
        yield Picture(parcel.id, _wrapping(parts, turn), label, odd, placed)


def _without(parts: Parts, sign: str, seed: str) -> Iterator[Picture]:
    alike = [layer for layer in parts.showing(parts.signs[sign].alike) if layer.kind == "odd"]
    for attempt in range(_TRIES):
        turn = f"{seed}/{attempt}"
        share = _share(turn, "odd")
        shown = alike if share < 0.45 and alike else parts.of_kind("odd") if share < 0.65 else ()
        parcel = _one(list(parts.parcels.values()), turn, "parcel")
        odd = _odd(parts, shown, parcel, None, turn)
        yield Picture(parcel.id, _wrapping(parts, turn), _label(parts, turn), odd)


def _odd(parts: Parts, layers: Sequence[Layer], parcel: Parcel, beside: Placed | None, turn: str) -> Placed | None:
    """Return a harmless thing at a place of its own, not the one that looks like the sign; None where none fits."""
    alike = parts.signs[parts.layers[beside.layer].meaning].alike if beside else ""
    fitting = [
        placed
        for layer in layers
        if layer.meaning != alike and can_be(layer, parcel)
        for placed in (Placed(layer.id, place) for place in layer.places)
        if apart(placed, beside)
    ]
    return _one(fitting, turn, "odd-thing") if fitting else None


def _wrapping(parts: Parts, turn: str) -> str:
    return _one(list(parts.wrappings), turn, "wrapping")


def _label(parts: Parts, turn: str) -> str:
    return _one(parts.of_kind("label"), turn, "label").id


def _one(offered: Sequence[T], *seed: str) -> T:
    return offered[_number(*seed) % len(offered)]


def _share(*seed: str) -> float:
    return _number(*seed) % 1000 / 1000


def _shuffled(things: Sequence[T], *seed: str) -> list[T]:
    order = sorted(range(len(things)), key=lambda index: _number(*seed, str(index)))
    return [things[index] for index in order]


def _number(*seed: str) -> int:
    return int.from_bytes(hashlib.sha256("/".join(seed).encode("utf-8")).digest()[:8], "big")

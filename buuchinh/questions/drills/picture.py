"""One picture: a parcel, its wrapping, a label, at most one sign and at most one harmless thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from buuchinh.questions.drills.parts import PLACES, Layer, Parcel, Parts, Sign

_NOTHING = "-"
_NEAR = ({"left", "corner"}, {"corner", "bottom"})
"""Places so close that what is put on both would lie one over the other."""


@dataclass(frozen=True)
class Placed:
    """A layer at one of the places of a parcel."""

    layer: str
    place: str

    def __str__(self) -> str:
        return f"{self.layer}@{self.place}"


@dataclass(frozen=True)
class Picture:
    """What stands in one picture. A sign that is a label (no sender) is the label."""

    parcel: str
    wrapping: str
    label: str
    odd: Placed | None = None
    sign: Placed | None = None

    @property
    def id(self) -> str:
        """The name under which it is remembered that a person has seen it."""
        things = (str(thing) if thing else _NOTHING for thing in (self.odd, self.sign))
        return ".".join((self.parcel, self.wrapping, self.label, *things))

    def things(self) -> list[Placed]:
        """Return what stands on the parcel, by place: the places are "Chỗ A", "Chỗ B" … in this order."""
        there = {thing for thing in (Placed(self.label, "label"), self.odd, self.sign) if thing}
        return sorted(there, key=lambda thing: PLACES.index(thing.place))

    def meaning(self, parts: Parts) -> Sign | None:
        """Return the sign that is shown, None where there is none."""
        return parts.signs[parts.layers[self.sign.layer].meaning] if self.sign else None


def read(name: str, parts: Parts) -> Picture | None:
    """Return the picture of that id, None where one of its parts is no longer there."""
    try:
        parcel, wrapping, label, odd, sign = name.split(".")
    except ValueError:
        return None
    things = [None if thing == _NOTHING else Placed(*thing.partition("@")[::2]) for thing in (odd, sign)]
    known = parcel in parts.parcels and wrapping in parts.wrappings and label in parts.layers
    if not known or any(thing and (thing.layer not in parts.layers or thing.place not in PLACES) for thing in things):
        return None
    return Picture(parcel, wrapping, label, *things)


def can_be(layer: Layer, parcel: Parcel) -> bool:
    """Say whether a layer can be put on a parcel of this shape."""
    return layer.only_on in {"", parcel.shape}


def apart(one: Placed | None, other: Placed | None) -> bool:
    """Say whether two things do not lie over each other."""
    return not one or not other or (one.place != other.place and {one.place, other.place} not in _NEAR)


def letters(picture: Picture) -> Iterator[tuple[str, Placed]]:
    """Yield each thing with the letter of its place."""
    return zip("ABCDEF", picture.things(), strict=False)

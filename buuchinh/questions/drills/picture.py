"""Describe pictures of parcels: a parcel, its wrapping, a label, at most one danger sign and one harmless detail."""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.questions.drills.parts import PLACES, Layer, Parcel, ParcelParts

_NOTHING = "-"


@dataclass(frozen=True)
class Placed:
    """A layer at one of the parcel's places."""

    layer: str
    place: str


@dataclass(frozen=True)
class ParcelPicture:
    """The composition of one picture; a ``sign`` that is itself a label (one without a sender) replaces ``label``."""

    parcel: str
    wrapping: str
    label: str
    odd: Placed | None = None
    sign: Placed | None = None


def read(name: str, parts: ParcelParts) -> ParcelPicture | None:
    """Parse the picture id ``name``; return None if it is malformed or if one of its parts no longer exists."""
    try:
        parcel, wrapping, label, odd, sign = name.split(".")
    except ValueError:
        return None
    things = [None if thing == _NOTHING else Placed(*thing.partition("@")[::2]) for thing in (odd, sign)]
    known = parcel in parts.parcels and wrapping in parts.wrappings and label in parts.layers
    if not known or any(thing and (thing.layer not in parts.layers or thing.place not in PLACES) for thing in things):
        return None
    return ParcelPicture(parcel, wrapping, label, *things)


def can_be(layer: Layer, parcel: Parcel) -> bool:
    """Whether the layer may be shown on a parcel of this shape."""
    return layer.only_on in {"", parcel.shape}

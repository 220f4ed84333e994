"""Load the parts of parcel pictures from ``datasets/drills``: parcels, wrappings, layers and the meaning of layers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import datasets
from buuchinh.errors import KitError
from buuchinh.parsed import FrozenDict

TABLES = ("drills/parcels", "drills/wrappings", "drills/layers", "drills/signs", "drills/harmless")
PLACES = ("top", "left", "label", "right", "corner", "bottom")
"""The places on a parcel, in the order in which trainees see them named "Chỗ A", "Chỗ B" and so on."""


@dataclass(frozen=True)
class Parcel:
    """A parcel shape, with its front (x, y, width, height) and the position of each of ``PLACES``."""

    id: str
    shape: str
    front: tuple[int, ...]
    places: Mapping[str, tuple[int, ...]]
    alt: str


@dataclass(frozen=True)
class Wrapping:
    """A parcel's colour and the drawing that covers its front."""

    id: str
    paper: str
    alt: str


@dataclass(frozen=True)
class Layer:
    """Something on a parcel or coming out of it; ``meaning`` is the id of the sign or harmless detail that it shows.

    The layer may be put at any of ``places``. If ``only_on`` is not "", it fits only parcels of that shape.
    """

    id: str
    kind: str
    meaning: str
    places: tuple[str, ...]
    only_on: str
    alt: str


@dataclass(frozen=True)
class Sign:
    """A danger sign from law or published guidance; ``do`` tells how to react to it.

    ``alike`` is the id of the harmless detail that resembles it.
    """

    id: str
    name: str
    tone: str
    do: str
    alike: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class HarmlessDetail:
    """A detail that looks odd but is not a sign of danger; ``why`` explains the reason."""

    id: str
    name: str
    why: str


@dataclass(frozen=True)
class ParcelParts:
    """All parts of parcel pictures, each kind as a mapping from id to part in the order of its table."""

    parcels: Mapping[str, Parcel]
    wrappings: Mapping[str, Wrapping]
    layers: Mapping[str, Layer]
    signs: Mapping[str, Sign]
    harmless: Mapping[str, HarmlessDetail]

    def of_kind(self, kind: str) -> Sequence[Layer]:
        """Return the layers of one kind: ``label``, ``sign`` or ``odd``."""
        return [layer for layer in self.layers.values() if layer.kind == kind]

    def showing(self, meaning: str) -> Sequence[Layer]:
        """Return the layers that show ``meaning``, the id of a sign or of a harmless detail."""
        return [layer for layer in self.layers.values() if layer.meaning == meaning]


def parts() -> ParcelParts:
    """Return all parts defined by the course; raise ``KitError`` if a table cannot be read."""
    return datasets.made_of(_read, *TABLES)


def drawing_path(part: str) -> Path:
    """Return the path of the SVG drawing of the part with this id."""
    return datasets.folder() / "drills" / "parts" / f"{part}.svg"


def drawing_paths() -> list[Path]:
    """Return the paths of all drawings of parts, or an empty list if a table cannot be read."""
    try:
        known = parts()
    except KitError:
        return []
    return [drawing_path(part) for part in (*known.parcels, *known.wrappings, *known.layers)]


def _read() -> ParcelParts:
    parcels, *others = (datasets.read(name) for name in TABLES)
    _refuse_bad_numbers(parcels)
    shapes = {}
    for row in parcels.rows:
        places = FrozenDict({place: _numbers(row[place]) for place in PLACES})
        shapes[row["id"]] = row.made_into(Parcel, front=_numbers(row["front"]), places=places)
    kinds: list[type[Any]] = [Wrapping, Layer, Sign, HarmlessDetail]
    tables = zip(kinds, others, strict=True)
    rest = (FrozenDict({row["id"]: row.made_into(kind) for row in table.rows}) for kind, table in tables)
    return ParcelParts(FrozenDict(shapes), *rest)


def _refuse_bad_numbers(parcels: datasets.Table) -> None:
    """Raise ``KitError`` with a problem for each place on a parcel that is not written as whole numbers."""
    problems = [
        parcels.problem(row.line, "pattern", column=name, cell=row[name], pattern="10,20,30,40")
        for row in parcels.rows
        for name in ("front", *PLACES)
        if not re.fullmatch(r"-?[0-9]{1,9}(,-?[0-9]{1,9})*", row[name] or "")
    ]
    if problems:
        raise KitError(problems)


def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(int(number) for number in cell.split(","))

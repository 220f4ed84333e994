"""Check the drawings of parcels, wrappings, labels and signs from which the drill's parcel pictures are composed.

Every drawing must be self-contained, no description may name a danger sign, and enough different pictures must be
possible.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from buuchinh import course, datasets
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions.drills.parts import PLACES, ParcelParts, drawing_path, parts
from buuchinh.questions.drills.picture import can_be
from buuchinh.questions.types.picture import drawing
from buuchinh.text import fold

LEAST = 300
"""Minimum number of different pictures with a danger sign; the same minimum applies to pictures without one."""
_LOOKS = 2
"""Minimum number of drawings for each sign, so that trainees learn the sign and not one drawing of it."""


def faults() -> Iterator[Problem]:
    """Yield a problem for each fault in the tables, drawings and descriptions of ``datasets/drills``."""
    try:
        known = parts()
    except KitError as error:
        yield from error.problems
        return
    yield from _drawings(known)
    yield from _meanings(known)
    yield from _words(known)
    for count, half in zip(possible(known), ("with_sign", "without"), strict=True):
        if count < LEAST:
            kind = say(f"authoring.drills.{half}")
            yield _problem("drills/layers", 0, "too_few", kind=kind, found=count, least=LEAST)


def possible(known: ParcelParts) -> tuple[int, int]:
    """Return how many different pictures are possible, as ``(with a danger sign, without one)``.

    Pictures that differ only in harmless objects beside a sign count as one.
    """
    labels, wrappings = len(known.of_kind("label")), len(known.wrappings)
    parcels = list(known.parcels.values())
    with_sign = without = 0
    for layer in known.of_kind("sign"):
        fitting = sum(can_be(layer, parcel) for parcel in parcels) * wrappings
        with_sign += sum(fitting * (1 if place == "label" else labels) for place in layer.places)
    for layer in known.of_kind("odd"):
        without += sum(can_be(layer, parcel) for parcel in parcels) * wrappings * labels * len(layer.places)
    return with_sign, without + len(parcels) * wrappings * labels


def _drawing_faults(part: str) -> list[str]:
    """Return a message for each fault that makes the drawing named ``part`` unusable."""
    try:
        text = drawing.read(f"{part}.svg", [drawing_path(part).parent])
    except ValueError as error:
        return [str(error)]
    return drawing.faults(text, ())


def _drawings(known: ParcelParts) -> Iterator[Problem]:
    tables = {"drills/parcels": known.parcels, "drills/wrappings": known.wrappings, "drills/layers": known.layers}
    named = Counter(part for table in tables.values() for part in table)
    for name, table in tables.items():
        for part in table:
            if named[part] > 1:
                yield _problem(name, _line(name, part), "named_twice", id=part)
            for fault in _drawing_faults(part):
                yield Problem(_shown(part), 0, fault)
    lying = sorted(path.stem for path in drawing_path("x").parent.glob("*.svg"))
    yield from (Problem(_shown(part), 0, say("authoring.drills.unnamed")) for part in lying if part not in named)


def _meanings(tables: ParcelParts) -> Iterator[Problem]:
    for layer in tables.layers.values():
        known = tables.signs if layer.kind == "sign" else tables.harmless
        line = _line("drills/layers", layer.id)
        if layer.meaning not in known:
            yield _problem("drills/layers", line, "no_meaning", id=layer.id, meaning=layer.meaning)
        for place in layer.places:
            if place not in PLACES:
                yield _problem("drills/layers", line, "no_place", id=layer.id, place=place, places=", ".join(PLACES))
    for sign in tables.signs:
        looks = len(tables.showing(sign))
        if looks < _LOOKS:
            yield _problem("drills/signs", _line("drills/signs", sign), "few_looks", id=sign, found=looks, least=_LOOKS)


def _words(known: ParcelParts) -> Iterator[Problem]:
    judging = word_list("neutral-picture", "judging")
    for name, table in (
        ("drills/parcels", known.parcels.values()),
        ("drills/wrappings", known.wrappings.values()),
        ("drills/layers", known.layers.values()),
    ):
        for part in table:
            sign = known.signs.get(getattr(part, "meaning", ""))
            for word in (*judging, *(sign.words if sign else ())):
                if _says(part.alt, word):
                    yield _problem(name, _line(name, part.id), "names_sign", id=part.id, word=word)


def _says(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(fold(word, marks=True))}(?!\w)", fold(text, marks=True)))


def _line(table: str, part: str) -> int:
    return next((row.line for row in datasets.read(table).rows if row["id"] == part), 0)


def _shown(part: str) -> str:
    return drawing_path(part).relative_to(course.root()).as_posix()


def _problem(table: str, line: int, fault: str, **values: object) -> Problem:
    path = datasets.read(table).resource.shown_path
    return Problem(path, line, say(f"authoring.drills.{fault}", **values), say(f"authoring.drills.way_out.{fault}"))

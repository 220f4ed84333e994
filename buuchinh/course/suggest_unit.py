"""Reject unknown units and suggest the unit that was probably meant, such as ``bt02`` for ``bt2``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from buuchinh.course.layout import SOURCE, released_units, root
from buuchinh.course.units import graded
from buuchinh.errors import KitError
from buuchinh.messages import say


def refuse_unknown(unit: str) -> None:
    """Raise ``KitError`` if ``unit`` is not an exercise or exam of this course."""
    sources = (path.name for path in (root() / SOURCE).glob("*") if path.is_dir())
    known = sorted({*filter(graded, sources), *released_units()})
    if unit in known:
        return
    guess = _meant(unit, known)
    words = say("course.no_unit_but", unit=unit, guess=guess) if guess else say("course.no_unit", unit=unit)
    raise KitError(words, say("course.no_unit_way_out", known=", ".join(known)) if known else "")


def _meant(unit: str, known: Sequence[str]) -> str:
    """Return the known unit with the same letters and number or with a similar name, or "" if nothing is similar."""
    typed = re.fullmatch(r"([a-z]+)[ _-]*0*(\d+)", unit.strip().lower())
    for name in known:
        letters, number = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyz")
        if typed and typed[1] == letters and int(typed[2]) == int(number):
            return name
    return next(iter(get_close_matches(unit.strip().lower(), known, 1)), "")

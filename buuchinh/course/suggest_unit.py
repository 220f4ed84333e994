"""Find the unit that a person named, refuse unknown ones, and suggest the one that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from buuchinh.course.layout import SOURCE, released_units, root
from buuchinh.course.units import graded
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import as_seen

_SHOWN = 40


def graded_units() -> list[str]:
    """Return the exercises and exams of this course, released or not, in order of their names."""
    sources = (path.name for path in (root() / SOURCE).glob("*") if path.is_dir())
    return sorted({*filter(graded, sources), *released_units()})


def unit_named(typed: str, known: Sequence[str] | None = None, listed: Sequence[str] | None = None) -> str:
    """Return the unit that ``typed`` names, whatever its case and blanks: `` BT05 `` is ``bt05``.

    ``known`` contains the units that may be named, by default the exercises and exams. Raise ``KitError`` for any other
    name; its way out lists ``listed``, by default all known units.
    """
    known = graded_units() if known is None else known
    unit = tidy_unit(typed)
    if unit in known:
        return unit
    raise _unknown(typed, known, known if listed is None else listed)


def refuse_unknown(unit: str) -> None:
    """Raise ``KitError`` if ``unit`` is not exactly an exercise or exam of this course."""
    known = graded_units()
    if unit not in known:
        raise _unknown(unit, known, known)


def _unknown(typed: str, known: Sequence[str], listed: Sequence[str]) -> KitError:
    """Return the refusal of ``typed``, with the unit that was probably meant."""
    guess = _meant(tidy_unit(typed), known)
    given = typed.strip() if len(typed.strip()) <= _SHOWN else f"{typed.strip()[:_SHOWN]}…"
    words = say("course.no_unit_but", unit=given, guess=guess) if guess else say("course.no_unit", unit=given)
    words = words if given else say("course.empty_unit")
    way_out = say("course.no_unit_way_out", known=", ".join(listed)) if listed else ""
    return KitError(words, way_out)


def tidy_unit(typed: str) -> str:
    """Return a typed name in lower case, without any blanks."""
    return "".join(as_seen(typed).split()).lower()


def _meant(unit: str, known: Sequence[str]) -> str:
    """Return the known unit with the same letters and number or with a similar name, or "" if nothing is similar."""
    typed = re.fullmatch(r"([a-z]+)[_-]*0*(\d+)", unit)
    for name in known:
        letters, number = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyz")
        if typed and typed[1] == letters and number and int(typed[2]) == int(number):
            return name
    return next(iter(get_close_matches(unit, known, 1)), "")

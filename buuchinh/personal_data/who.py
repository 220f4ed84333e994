"""Tells whose code is meant where an instructor types a name: the class lists that lie in the course's folder know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from buuchinh import codes, spreadsheet
from buuchinh.classroom import classlist, gradebook
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.personal_data import contents, lists
from buuchinh.text import fold

_MOST_NAMED = 10


def code_of(typed: str) -> str:
    """Return the code that was typed, or that of the only one in the class with the name that was.

    Raises ``KitError`` for a mistyped code, and for a name of nobody or of several, who are named.
    """
    if codes.valid(typed) or any(sign.isdigit() for sign in typed) or len(typed.split()) < 2:
        return codes.normalise(typed)
    meant = _people_called(typed)
    if not meant:
        raise KitError(
            [Problem("", 0, say("personal_data.nobody_called", name=typed), say("personal_data.type_a_code"))]
        )
    if len(meant) > 1:
        told = "; ".join(f"{code} {who}" for code, who in sorted(meant.items())[:_MOST_NAMED])
        words = say("personal_data.several_called", name=typed, people=told)
        raise KitError([Problem("", 0, words, say("personal_data.type_a_code"))])
    return next(iter(meant))


def names() -> dict[str, str]:
    """Return the name of each of the class by code, as the first class list that has it writes it."""
    found: dict[str, str] = {}
    for code, called, _ in _listed():
        found.setdefault(code, called)
    return found


def _people_called(name: str) -> dict[str, str]:
    """Return who of the class has a name, by code: with tone marks as typed, or else whatever the marks."""
    found: dict[str, tuple[str, str]] = {}
    for code, called, office in _listed():
        if fold(called) == fold(name):
            found.setdefault(code, (called, office))
    exact = {code for code, (called, _) in found.items() if fold(called, marks=True) == fold(name, marks=True)}
    return {code: ", ".join(filter(None, found[code])) for code in exact or found}


def _listed() -> Iterator[tuple[str, str, str]]:
    """Yield code, name and office of everybody of the class who stands with a name in a class list."""
    enrolled = set(gradebook.students())
    for path in contents.class_lists():
        with suppress(KitError):
            rows = [row for _, row in spreadsheet.rows(path)]
            column = lists.column_of_codes(rows)
            known: dict[str, int] = {}
            for row in rows:
                known = known or _named_columns(row)
                cell = dict(enumerate(map(spreadsheet.unguarded, row))).get
                code = cell(-1 if column is None else column) or ""
                called = cell(known.get("name", -1)) or ""
                if called and codes.valid(code) and codes.normalise(code) in enrolled:
                    yield codes.normalise(code), called, cell(known.get("office", -1)) or ""


def _named_columns(row: list[str]) -> dict[str, int]:
    known = classlist.columns(row)
    return known if "name" in known else {}

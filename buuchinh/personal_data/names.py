"""Look up trainees' names and offices by code, for display, in the class lists in the course folder.

Nothing is stored. If a list cannot be read, because it is damaged or open in Excel, only the names in it are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from buuchinh import codes, spreadsheet
from buuchinh.classroom import classlist
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.parsed import parsed, stamp
from buuchinh.personal_data import backup_contents, lists
from buuchinh.text import fold


@dataclass(frozen=True)
class Person:
    """A trainee as found in the class lists; ``name`` and ``office`` are "" if no list gives them."""

    code: str
    name: str = ""
    office: str = ""

    @property
    def label(self) -> str:
        """The name and office, such as “Nguyễn Thị Hoa, Bưu cục X”."""
        return ", ".join(filter(None, (self.name, self.office)))

    def __str__(self) -> str:
        return " ".join(filter(None, (self.code, self.label)))


class Names:
    """The people in the class by code; if two lists disagree, the list saved last applies."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        """Store ``people``, which must begin with the people in older lists.

        A newer entry without an office inherits the office of an older entry with the same code and name.
        """
        self._people: dict[str, Person] = {}
        for one in people:
            before = self._people.get(one.code)
            same = before is not None and fold(before.name) == fold(one.name)
            self._people[one.code] = replace(one, office=before.office) if before and same and not one.office else one

    @classmethod
    def read(cls) -> Names:
        """Return the names in the course folder's class lists; a list is parsed again only if it has changed."""
        return cls(one for path in sorted(backup_contents.class_lists(), key=_saved) for one in _people(path))

    def __iter__(self) -> Iterator[Person]:
        """Yield all people named in a class list."""
        return iter(self._people.values())

    def person(self, code: str) -> Person:
        """Return the person with ``code``, without name and office if no list has that code."""
        return self._people.get(code) or Person(code)

    def shown(self, code: str) -> str:
        """Return a code with name and office (“HV-0001-A Nguyễn Thị Hoa, Bưu cục X”), or alone if no list has it."""
        return str(self.person(code))

    def with_people(self, text: str) -> str:
        """Return ``text`` with name and office added after each code; codes within file names stay unchanged."""
        known = "|".join(re.escape(one.code) for one in self if one.label)
        alone = rf"(?<![\w./-])(?:{known})(?!\.?[\w-])"
        return re.sub(alone, lambda found: self.shown(found[0]), text) if known else text

    def with_names(self, codes: Iterable[str]) -> str:
        """Return ``codes`` with names and offices, joined for use in a sentence."""
        with_people = [self.person(code) for code in codes]
        return ("; " if any(one.name for one in with_people) else ", ").join(map(str, with_people))

    def some(self, codes: Sequence[str], most: int = 12) -> list[str]:
        """Return the first ``most`` of ``codes`` with names and offices, and after them how many more there are."""
        more = [say("personal_data.names.more", count=len(codes) - most)] if len(codes) > most else []
        return [*map(self.shown, codes[:most]), *more]


def _saved(path: Path) -> int:
    """Return the time of a list's last change as a sortable number, or 0 if the file is gone."""
    about = stamp(path)
    return about[1] if about else 0


def _people(path: Path) -> tuple[Person, ...]:
    with suppress(KitError, OSError):
        return parsed(_listed, path)
    return ()


def _listed(path: Path) -> tuple[Person, ...]:
    """Return one ``Person`` for each row below the header of a list that has both a code and a name."""
    rows = [row for _, row in spreadsheet.rows(path)]
    column = lists.column_of_codes(rows)
    known: dict[str, int] = {}
    people = []
    for row in rows if column is not None else ():
        cell = dict(enumerate(map(spreadsheet.unguarded, row))).get
        code, name = (cell(-1 if place is None else place) or "" for place in (column, known.get("name")))
        if name and codes.valid(code):
            people.append(
                Person(codes.normalise(code), _one_line(name), _one_line(cell(known.get("office", -1)) or ""))
            )
        elif not known and "name" in (named := classlist.columns(row)):
            known = named
    return tuple(people)


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())

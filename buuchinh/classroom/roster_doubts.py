"""Find what an instructor should check in a class list, such as whether a new row is a trainee from an earlier list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from buuchinh import course
from buuchinh.classroom import classlist
from buuchinh.classroom.classlist import ListRow
from buuchinh.classroom.roster_contents import Roster
from buuchinh.messages import say
from buuchinh.text import fold

_MOST_NAMED = 20


@dataclass(frozen=True)
class Doubt:
    """Something to check; with two rows, the question whether they are one person.

    ``name`` and ``values`` are those of the sentence. ``row`` is the list's row and ``before`` the earlier one.
    ``keeps`` is True if ``row`` receives the code of ``before`` as if they were one person, and False if it receives a
    new code as if they were two.
    """

    name: str
    values: Mapping[str, object]
    row: ListRow | None = None
    before: ListRow | None = None
    keeps: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        return say(f"classroom.roster.{self.name}", **self.values)


def found(roster: Roster) -> list[Doubt]:
    """Return everything to check in a list, in the order in which it is told."""
    return [*_left_out(roster), *_same_code(roster), *_given_anew(roster), *_alike(roster)]


def _left_out(roster: Roster) -> Iterator[Doubt]:
    file = roster.path.name
    if roster.other_sheets:
        yield Doubt("other_sheets", {"sheet": roster.sheet, "others": _some(roster.other_sheets), "file": file})
    if roster.nameless:
        yield Doubt("nameless", {"lines": _some(list(map(str, roster.nameless)))})
    if roster.below:
        yield Doubt("below", {"lines": "; ".join(roster.below), "file": file})
    if roster.headless:
        yield Doubt("headless", {"columns": _some(roster.headless), "file": file})
    for row, word in zip(roster.people, roster.roles, strict=False):
        if word and not course.role_named(word):
            roles = ", ".join(map(course.role_title, course.ROLES))
            yield Doubt("no_role", {"line": row.line, "word": word, "roles": roles})


def _same_code(roster: Roster) -> Iterator[Doubt]:
    """Yield the rows that keep an earlier row's code although something differs."""
    for row, before in roster.known.renamed:
        yield Doubt("renamed", _both(row, before), row, before, keeps=True)
    for row, before in roster.known.changed:
        values = {**_both(row, before), "file": roster.path.name, "columns": _differing(row, before)}
        yield Doubt("changed", values, row, before, keeps=True)
    for row, before in roster.known.returned:
        yield Doubt("returned", _both(row, before), row, before, keeps=True)
    if roster.known.unsure:
        yield Doubt("unsure", {"rows": _some([f"{row.line} ({before.code})" for row, before in roster.known.unsure])})


def _given_anew(roster: Roster) -> Iterator[Doubt]:
    """Yield the rows with a new code that may be people of an earlier list, and whom the list names no more."""
    new = {row: code for row, code in zip(map(id, roster.people), roster.codes, strict=True) if code in roster.made}
    fresh = [row for row in roster.people if id(row) in new]
    gone: list[str] = []
    for number, before in enumerate((*roster.known.left, *roster.known.older)):
        match = classlist.likeliest(before, fresh)
        if match is None:
            gone += [f"{before.code} {before}"] if number < len(roster.known.left) else []
            continue
        fresh.remove(match)
        values = {**_both(match, before), "new": new[id(match)], "file": roster.path.name}
        if fold(str(match)) == fold(str(before)) and (columns := _differing(match, before)):
            yield Doubt("namesake", {**values, "columns": columns}, match, before)
        else:
            yield Doubt("similar", values, match, before)
    if gone:
        yield Doubt("gone", {"count": len(gone), "people": _some(gone), "file": roster.path.name})


def _both(row: ListRow, before: ListRow) -> dict[str, object]:
    return {"line": row.line, "row": row, "code": before.code, "earlier": before}


def _differing(row: ListRow, before: ListRow) -> str:
    """Describe the columns in which a trainee's row differs from the earlier row, with both cells."""
    differ = row.compared(before)[0]
    return "; ".join(
        say("classroom.roster.differs", column=row.headers[name], now=row.cells[name], earlier=before.cells[name])
        for name in row.cells
        if name in differ
    )


def _some(named: Sequence[str]) -> str:
    return ", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")


def _alike(roster: Roster) -> list[Doubt]:
    """Return a doubt for each group of identical rows, which are given codes merely in the order of the rows."""
    lines: dict[tuple[str, ...], list[int]] = {}
    for row in roster.people:
        if row.code is None:
            lines.setdefault(tuple(fold(cell, marks=True) for cell in row.cells.values()), []).append(row.line)
    groups = [", ".join(map(str, same)) for same in lines.values() if len(same) > 1]
    return [Doubt("alike", {"lines": group}) for group in groups]

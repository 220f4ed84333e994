"""Whether a row of a class list is somebody of the list that was handed out before: a code once given stays theirs.

Lists change between two readings: a column more, a name put right, rows in another order.
Somebody is known by name and office, or by all that both lists say where one has no names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from buuchinh.messages import section
from buuchinh.text import fold

_ALIKE = 0.8
"""Share of a row that must be the same for the question whether it is one person under two spellings."""


@dataclass(frozen=True)
class Row:
    """One person as a list has them: ``cells`` by column, ``kinds`` says which of these are name and office."""

    line: int
    code: str | None
    cells: Mapping[str, str]
    kinds: Mapping[str, str]

    def __str__(self) -> str:
        told = [self.cells.get(self.kinds.get(kind, ""), "") for kind in ("name", "office")]
        return "“" + ", ".join(filter(None, told if any(told) else self.cells.values())) + "”"

    def unlike(self, other: Row) -> int:
        """Count the cells that both lists have and that differ, tone marks included."""
        return sum(_plain(self.cells[name]) != _plain(other.cells[name]) for name in self.cells.keys() & other.cells)


@dataclass(frozen=True)
class Known:
    """The codes of all rows, None where somebody is new; what is not certain in it, for a person to look at.

    ``renamed`` pairs rows with the earlier ones whose code they keep and whose words they do
    not; ``left`` are earlier rows that nobody is any more.
    """

    codes: tuple[str | None, ...]
    renamed: tuple[tuple[Row, Row], ...] = ()
    left: tuple[Row, ...] = ()


def columns(headers: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the headers that people write."""
    words: dict[str, list[str]] = section("roster")["headers"]
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        plain = re.sub(r"[^a-z0-9 ]", " ", fold(header))
        plain = " ".join(plain.split())
        for name, known in words.items():
            if plain in known:
                found.setdefault(name, index)
    return found


def rows(headers: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], codes: Sequence[str | None]) -> list[Row]:
    """Return the rows of a list; ``headers`` and ``lines`` are those without the column of codes."""
    names: list[str] = []
    for header in headers:
        plain = fold(header)
        names.append(plain if plain not in names else f"{plain} {len(names)}")
    kinds = {kind: names[index] for kind, index in columns(headers).items()}
    return [
        Row(line, code, {name: cells[n] if n < len(cells) else "" for n, name in enumerate(names)}, kinds)
        for (line, cells), code in zip(lines, codes, strict=True)
    ]


def known(now: Sequence[Row], earlier: Sequence[Row]) -> Known:
    """Find for each row without a code the one that it had before; of two who are the same in all, in order."""
    codes = {number: row.code for number, row in enumerate(now)}
    pool = [row for row in earlier if row.code not in codes.values()]
    renamed: list[tuple[Row, Row]] = []
    left: list[Row] = []
    if not now or not pool:
        return Known(tuple(codes.values()), left=tuple(pool))
    who = _identity(now[0], pool[0])
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for one in pool:
        groups[who(one)].append(one)
    wanted: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(now):
        if row.code is None:
            wanted[who(row)].append(number)
    for key, had in groups.items():
        pairs = _paired([now[number] for number in wanted[key]], had) if any(key) else []
        for place, taken in pairs:
            row, before = now[wanted[key][place]], had[taken]
            codes[wanted[key][place]] = before.code
            if _name(row) != _name(before):
                renamed.append((row, before))
        taken_up = {taken for _, taken in pairs}
        left += [row for place, row in enumerate(had) if place not in taken_up]
    return Known(tuple(codes.values()), tuple(renamed), tuple(left))


def likeliest(row: Row, others: Sequence[Row]) -> Row | None:
    """Return who of ``others`` may be the same person under another spelling or in another office."""
    best, most = None, _ALIKE
    for other in others:
        same_name = bool(fold(_name(row))) and fold(_name(row)) == fold(_name(other))
        matcher = SequenceMatcher(None, fold(str(row)), fold(str(other)))
        near = same_name or min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= most
        share = 1.0 if same_name else matcher.ratio() if near else 0.0
        if share >= most and (best is None or share > most):
            best, most = other, share
    return best


def _identity(one: Row, other: Row) -> Callable[[Row], tuple[str, ...]]:
    """Return what makes two rows one person in two lists whose rows are like ``one`` and like ``other``."""
    kinds = [kind for kind in ("name", "office") if kind in one.kinds and kind in other.kinds]
    if "name" in kinds:
        return lambda row: tuple(fold(_bare(row.cells[row.kinds[kind]])) for kind in kinds)
    shared = sorted(one.cells.keys() & other.cells.keys())
    return lambda row: tuple(fold(_bare(row.cells[name])) for name in shared)


def _paired(wanted: Sequence[Row], had: Sequence[Row]) -> list[tuple[int, int]]:
    """Pair people of one name: those who are the same in all first, in order, then the rest where it is certain.

    Where fewer are left than there were and they differ, it is not: somebody might get a colleague's code.
    """
    free, taken = dict(enumerate(wanted)), dict(enumerate(had))
    pairs: list[tuple[int, int]] = []

    def take(most: int | None) -> None:
        ranked = sorted((free[a].unlike(taken[b]), a, b) for a in free for b in taken)
        for unlike, a, b in ranked:
            if a in free and b in taken and (most is None or unlike <= most):
                pairs.append((a, b))
                del free[a], taken[b]

    take(0)
    if len(taken) <= len(free) or len({tuple(map(_plain, row.cells.values())) for row in taken.values()}) == 1:
        take(None)
    return pairs


def _name(row: Row) -> str:
    return _plain(row.cells.get(row.kinds.get("name", ""), ""))


def _plain(cell: str) -> str:
    return fold(_bare(cell), marks=True)


def _bare(cell: str) -> str:
    """Take off the apostrophe that keeps Excel from running a cell."""
    return cell.removeprefix("'")

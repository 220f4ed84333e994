"""Matching of a class list's rows with those of earlier lists, so that trainees keep their codes.

Lists change between two readings: a column more, a name corrected, rows in another order.
A trainee is identified by name and office, or by all columns of both lists where one has no names. No
code goes to a namesake: another birth date or staff number is another person, and a person is asked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from buuchinh import spreadsheet
from buuchinh.messages import section
from buuchinh.text import fold

_ALIKE = 0.8
"""Minimum similarity of two rows for asking whether they are one person under two spellings."""

_DATE = re.compile(
    r"(\d\d?)[-/. ](\d\d?)[-/. ]((?:\d\d)?\d\d)"
    r"|(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?:[t ]0?0:00(?::00)?)?"
)


@dataclass(frozen=True)
class ListRow:
    """One row of a list: ``cells`` by column; ``kinds`` names the columns of name and office."""

    line: int
    code: str | None
    cells: Mapping[str, str]
    kinds: Mapping[str, str]
    headers: Mapping[str, str]

    def __str__(self) -> str:
        cells = [self.cells.get(self.kinds.get(kind, ""), "") for kind in ("name", "office")]
        return "“" + ", ".join(filter(None, cells if any(cells) else self.cells.values())) + "”"

    def unlike(self, other: ListRow) -> int:
        """Return the number of cells that both lists have and that differ, tone marks included."""
        return sum(plain(self.cells[name]) != plain(other.cells[name]) for name in self.cells.keys() & other.cells)

    def compared(self, other: ListRow) -> tuple[set[str], set[str]]:
        """Return the columns filled in both lists, except name and office: those that differ, and those that agree."""
        known = {row.kinds.get(kind) for row in (self, other) for kind in ("name", "office")}
        both = {name for name in self.cells.keys() & other.cells if self.cells[name] and other.cells[name]} - known
        differ = {name for name in both if plain(self.cells[name]) != plain(other.cells[name])}
        return differ, both - differ


@dataclass(frozen=True)
class Matches:
    """The matches of a list: the codes of all rows, None for a new trainee, and the rows that a person should check.

    ``renamed`` pairs rows with earlier ones of the same code and another name, ``changed`` those
    that differ in another column; ``returned`` are from a list before the last, ``unsure`` were
    assigned by the order of the rows alone. ``left`` are unmatched rows of the last list,
    ``older`` those of the lists before it.
    """

    codes: tuple[str | None, ...]
    renamed: tuple[tuple[ListRow, ListRow], ...] = ()
    changed: tuple[tuple[ListRow, ListRow], ...] = ()
    returned: tuple[tuple[ListRow, ListRow], ...] = ()
    unsure: tuple[tuple[ListRow, ListRow], ...] = ()
    left: tuple[ListRow, ...] = ()
    older: tuple[ListRow, ...] = ()


def columns(headers: Sequence[str]) -> dict[str, int]:
    """Return the index of each known column, by the headers that people write."""
    words: dict[str, list[str]] = section("classroom.roster")["headers"]
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        plain = _words(header)
        for name, known in words.items():
            if plain in known:
                found.setdefault(name, index)
    return found


def of_kind(headers: Sequence[str], kind: str) -> list[int]:
    """Return the indices of the columns of a kind by their headers: ``counting``, ``own`` or ``changing``."""
    return [index for index, header in enumerate(headers) if _is(header, kind)]


def rows(
    headers: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], codes: Sequence[str | None]
) -> list[ListRow]:
    """Return the rows of a list without its column of row numbers, which identify nobody.

    ``headers`` and ``lines`` are those without the column of codes.
    """
    names: list[str] = []
    for header in headers:
        plain = fold(header)
        names.append(plain if plain not in names else f"{plain} {len(names)}")
    kinds = {kind: names[index] for kind, index in columns(headers).items()}
    counts = section("classroom.roster")["columns"]["counting"]
    shown_columns = [n for n, header in enumerate(headers) if _words(header) not in counts] or range(len(headers))
    shown = {names[n]: headers[n] for n in shown_columns}
    return [
        ListRow(line, code, {names[n]: cells[n] if n < len(cells) else "" for n in shown_columns}, kinds, shown)
        for (line, cells), code in zip(lines, codes, strict=True)
    ]


def match(now: Sequence[ListRow], *lists: Sequence[ListRow]) -> Matches:
    """Return the matches of rows without a code with rows of earlier lists, the newest of ``lists`` first."""
    codes = [row.code for row in now]
    seen = set(filter(None, codes))
    pairs_by_kind: dict[str, list[tuple[ListRow, ListRow]]] = {
        "renamed": [],
        "changed": [],
        "returned": [],
        "unsure": [],
    }
    left: list[tuple[ListRow, ...]] = []
    for age, earlier in enumerate(lists):
        pool = [row for row in earlier if row.code not in seen]
        seen |= {row.code for row in earlier if row.code}
        open_ = [number for number, code in enumerate(codes) if code is None]
        pairs, doubtful = _matched([now[number] for number in open_], pool, _telling(now, earlier))
        for place, taken in sorted(pairs.items()):
            row, before = now[open_[place]], pool[taken]
            codes[open_[place]] = before.code
            if age:
                pairs_by_kind["returned"].append((row, before))
            elif _name(row) != _name(before):
                pairs_by_kind["renamed"].append((row, before))
            if row.compared(before)[0]:
                pairs_by_kind["changed"].append((row, before))
            if place in doubtful:
                pairs_by_kind["unsure"].append((row, before))
        left.append(tuple(row for number, row in enumerate(pool) if number not in pairs.values()))
    last, *older = left or [()]
    results = {name: tuple(pairs) for name, pairs in pairs_by_kind.items()}
    return Matches(tuple(codes), **results, left=last, older=tuple(row for rows in older for row in rows))


def likeliest(row: ListRow, others: Sequence[ListRow]) -> ListRow | None:
    """Return the row of ``others`` that may be the same person under another spelling or in another office."""
    best, most = None, _ALIKE
    for other in others:
        same_name = bool(fold(_name(row))) and fold(_name(row)) == fold(_name(other))
        matcher = SequenceMatcher(None, fold(str(row)), fold(str(other)))
        near = same_name or min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= most
        same = same_name and fold(str(row)) == fold(str(other))
        share = 2.0 if same else 1.0 if same_name else matcher.ratio() if near else 0.0
        if share >= most and (best is None or share > most):
            best, most = other, share
    return best


def _identity(one: ListRow, other: ListRow) -> Callable[[ListRow], tuple[str, ...]]:
    """Return the function that identifies a person in two lists with rows like ``one`` and ``other``."""
    kinds = [kind for kind in ("name", "office") if kind in one.kinds and kind in other.kinds]
    if "name" in kinds:
        return lambda row: tuple(fold(spreadsheet.unguarded(row.cells[row.kinds[kind]])) for kind in kinds)
    shared = sorted(one.cells.keys() & other.cells.keys())
    return lambda row: tuple(fold(spreadsheet.unguarded(row.cells[name])) for name in shared)


def _telling(now: Sequence[ListRow], earlier: Sequence[ListRow]) -> set[str]:
    """Return the identifying columns: a birth date or a number by their header, or columns without duplicates."""
    found = set()
    for name, header in (earlier[0].headers if earlier else {}).items():
        values = [[plain(row.cells[name]) for row in rows if row.cells.get(name)] for rows in (now, earlier)]
        unique = max(map(len, values)) > 1 and all(len(set(column)) == len(column) for column in values)
        if _is(header, "own") or (unique and not _is(header, "changing")):
            found.add(name)
    return found


def _matched(now: Sequence[ListRow], pool: Sequence[ListRow], own: set[str]) -> tuple[dict[int, int], set[int]]:
    """Return the indices in ``pool`` of the rows of ``now``, and those of ``now`` matched by the order alone."""
    pairs: dict[int, int] = {}
    doubtful: set[int] = set()
    if not now or not pool:
        return pairs, doubtful
    who = _identity(now[0], pool[0])
    groups: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((now, pool)):
        for number, row in enumerate(rows):
            groups[who(row)][side].append(number)
    for key, (wanted, had) in groups.items():
        if any(key) and wanted and had:
            found, unsure = _paired([now[n] for n in wanted], [pool[n] for n in had], own)
            pairs |= {wanted[a]: had[b] for a, b in found}
            doubtful |= {wanted[a] for a in unsure}
    return pairs, doubtful


def _paired(wanted: Sequence[ListRow], had: Sequence[ListRow], own: set[str]) -> tuple[list[tuple[int, int]], set[int]]:
    """Return pairs of rows of one name: identical rows first, in order, then the others where the match is certain.

    It is not where fewer people are left than before and they differ: somebody might get a colleague's code.
    """
    free, taken = dict(enumerate(wanted)), dict(enumerate(had))
    pairs: list[tuple[int, int]] = []
    unsure: set[int] = set()
    counts = [
        {name: Counter(plain(row.cells[name]) for row in rows if row.cells[name]) for name in rows[0].cells}
        for rows in (wanted, had)
    ]
    fit = {
        (a, b): row.unlike(before)
        for a, row in free.items()
        for b, before in taken.items()
        if not _other(row, before, counts, own)
    }

    def take(most: int | None) -> None:
        rows, lines = dict(free), dict(taken)
        ranked = sorted((unlike, a, b) for (a, b), unlike in fit.items() if a in free and b in taken)
        for unlike, a, b in ranked:
            if a in free and b in taken and (most is None or unlike <= most):
                rivals = [_all(row) for index, row in rows.items() if fit.get((index, b)) == unlike]
                others = [_all(row) for index, row in lines.items() if fit.get((a, index)) == unlike]
                if len(set(others)) > 1 and len(others) > len(rivals):
                    continue
                if len(set(rivals)) > 1 or len(set(others)) > 1:
                    unsure.add(a)
                pairs.append((a, b))
                del free[a], taken[b]

    take(0)
    left = [(a, b) for a, b in fit if a in free and b in taken]
    codes = {b for _, b in left}
    if len(codes) <= len({a for a, _ in left}) or len({_all(taken[b]) for b in codes}) == 1:
        take(None)
    return pairs, unsure


def _other(row: ListRow, before: ListRow, counts: Sequence[Mapping[str, Counter[str]]], own: set[str]) -> bool:
    """Whether two rows of one name are two people; ``counts`` are the values among all of this name.

    They are where they differ in an identifying column, in one that distinguishes their namesakes
    (unless another such column agrees), or in all columns of both lists.
    """
    differ, same = row.compared(before)
    if differ & own:
        return True
    if any(len(count[name]) > 1 for name in differ for count in counts):
        return all(max(count[name][plain(row.cells[name])] for count in counts) > 1 for name in same)
    return bool(differ) and not same and not all(_is(before.headers[name], "changing") for name in differ)


def _is(header: str, kind: str) -> bool:
    return any(f" {word} " in f" {_words(header)} " for word in section("classroom.roster")["columns"][kind])


def _words(header: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", fold(header)).split())


def _all(row: ListRow) -> tuple[str, ...]:
    return tuple(map(plain, row.cells.values()))


def _name(row: ListRow) -> str:
    return plain(row.cells.get(row.kinds.get("name", ""), ""))


def plain(cell: str) -> str:
    """Return a cell in a form for comparison: Excel reformats dates and removes leading zeros."""
    plain = fold(spreadsheet.unguarded(cell), marks=True)
    if date := _DATE.fullmatch(plain):
        day, month, year = date.group(1, 2, 3) if date.group(1) else date.group(6, 5, 4)
        return f"{int(day)}-{int(month)}-{year[-2:]}"
    return (plain.lstrip("0") or "0") if plain.isdecimal() else plain

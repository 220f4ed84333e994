"""Match the rows of a class list with the rows of earlier lists, so that trainees keep their codes.

A list changes between two imports: a column is added, a name is corrected, rows are reordered. A trainee is identified
by name and office or, if one of the lists has no names, by all columns that both lists share. A namesake never inherits
a code: a different birth date or staff number means a different person. In case of doubt, the instructor is asked.
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
"""Minimum similarity (0 to 1) at which the instructor is asked whether two rows are the same person."""

_BRACKETS = re.compile(r"\([^()]*\)")
_DATE = re.compile(
    r"(\d\d?)[-/. ](\d\d?)[-/. ]((?:\d\d)?\d\d)"
    r"|(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?:[t ]0?0:00(?::00)?)?"
)


@dataclass(frozen=True)
class ListRow:
    """One row of a class list.

    ``line`` is the row's line number in the file. ``cells`` and ``headers`` map normalised headers to the row's cells
    and to the headers as written. ``kinds`` maps known kinds of columns, such as ``name`` and ``office``, to normalised
    headers.
    """

    line: int
    code: str | None
    cells: Mapping[str, str]
    kinds: Mapping[str, str]
    headers: Mapping[str, str]

    def __str__(self) -> str:
        cells = [self.cells.get(self.kinds.get(kind, ""), "") for kind in ("name", "office")]
        return "“" + ", ".join(filter(None, cells if any(cells) else self.cells.values())) + "”"

    def unlike(self, other: ListRow) -> int:
        """Return the number of shared columns in which the two rows differ; tone marks are significant."""
        return sum(plain(self.cells[name]) != plain(other.cells[name]) for name in self.cells.keys() & other.cells)

    def compared(self, other: ListRow) -> tuple[set[str], set[str]]:
        """Return two sets of columns, other than name and office, that are filled in both rows: differing and equal."""
        known = {row.kinds.get(kind) for row in (self, other) for kind in ("name", "office")}
        both = {name for name in self.cells.keys() & other.cells if self.cells[name] and other.cells[name]} - known
        differ = {name for name in both if plain(self.cells[name]) != plain(other.cells[name])}
        return differ, both - differ


@dataclass(frozen=True)
class Matches:
    """The result of matching a class list: each row's code (None for a new trainee), and rows to check manually.

    Each pair consists of a row and the earlier row whose code it receives. In ``renamed``, the two names differ; in
    ``changed``, another column differs. In ``returned``, the earlier row comes from a list before the last one. Pairs
    in ``unsure`` were matched only by the order of the rows. ``left`` holds the last list's unmatched rows, and
    ``older`` the unmatched rows of the lists before that.
    """

    codes: tuple[str | None, ...]
    renamed: tuple[tuple[ListRow, ListRow], ...] = ()
    changed: tuple[tuple[ListRow, ListRow], ...] = ()
    returned: tuple[tuple[ListRow, ListRow], ...] = ()
    unsure: tuple[tuple[ListRow, ListRow], ...] = ()
    left: tuple[ListRow, ...] = ()
    older: tuple[ListRow, ...] = ()


def columns(headers: Sequence[str]) -> dict[str, int]:
    """Map known kinds of columns, recognised by commonly used headers, to 0-based column indices."""
    words: dict[str, list[str]] = section("classroom.roster")["headers"]
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        plain = {_words(header), _words(_BRACKETS.sub("", header))}
        for name, known in words.items():
            if plain.intersection(known):
                found.setdefault(name, index)
    return found


def is_family_name(header: str) -> bool:
    """Return whether a header is that of a column with family and middle names alone."""
    known: list[str] = section("classroom.roster")["columns"]["family_name"]
    return _words(header) in known


def is_given_name(header: str) -> bool:
    """Return whether a header can be that of a column with given names alone."""
    known: list[str] = section("classroom.roster")["columns"]["given_name"]
    return _words(header) in known


def of_kind(headers: Sequence[str], kind: str) -> list[int]:
    """Return the 0-based indices of the columns of one kind: ``counting``, ``own`` or ``changing``.

    ``counting`` columns hold row numbers, ``own`` columns identify a person (birth date, staff number), and
    ``changing`` columns hold data that may change.
    """
    return [index for index, header in enumerate(headers) if _is(header, kind)]


def rows(
    headers: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], codes: Sequence[str | None]
) -> list[ListRow]:
    """Return a class list's rows without the columns of row numbers, since these identify nobody.

    ``headers`` and ``lines``, which holds (line number, cells) pairs, must not include the code column. ``codes`` has
    each line's code, or None.
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
    """Match the rows in ``now`` that have no code with the rows of earlier ``lists``, given newest first."""
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
    """Return the row in ``others`` most likely to be the same person with another spelling or office, or None."""
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
    """Return a function that gives a row's identifying key; ``one`` and ``other`` are sample rows of two lists."""
    kinds = [kind for kind in ("name", "office") if kind in one.kinds and kind in other.kinds]
    if "name" in kinds:
        return lambda row: tuple(fold(spreadsheet.unguarded(row.cells[row.kinds[kind]])) for kind in kinds)
    shared = sorted(one.cells.keys() & other.cells.keys())
    return lambda row: tuple(fold(spreadsheet.unguarded(row.cells[name])) for name in shared)


def _telling(now: Sequence[ListRow], earlier: Sequence[ListRow]) -> set[str]:
    """Return the columns that identify a person: birth dates, staff numbers, and other columns without duplicates."""
    found = set()
    for name, header in (earlier[0].headers if earlier else {}).items():
        values = [[plain(row.cells[name]) for row in rows if row.cells.get(name)] for rows in (now, earlier)]
        unique = max(map(len, values)) > 1 and all(len(set(column)) == len(column) for column in values)
        if _is(header, "own") or (unique and not _is(header, "changing")):
            found.add(name)
    return found


def _matched(now: Sequence[ListRow], pool: Sequence[ListRow], own: set[str]) -> tuple[dict[int, int], set[int]]:
    """Match the rows in ``now`` with the rows in ``pool``; ``own`` are the columns that identify a person.

    Return a mapping of indices in ``now`` to indices in ``pool``, and the indices in ``now`` that were matched only by
    the order of the rows.
    """
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
    """Pair rows with the same name: identical rows first, in order, then the other rows if the match is certain.

    A match is not certain if fewer people have this name than before and their earlier rows differ, since somebody
    might be given a colleague's code. Return pairs of indices in ``wanted`` and ``had``, and the indices in ``wanted``
    that were matched only by the order of the rows.
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
    """Return whether two rows with the same name belong to two different people.

    They do if they differ in an identifying column (``own``), in a column that distinguishes their namesakes (unless
    another such column agrees), or in all columns that both lists share. ``counts`` tells for the new and the earlier
    list, in this order, how often each value in a column occurs among all rows with this name.
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
    """Return a cell's text normalised for comparison, since Excel reformats dates and removes leading zeros."""
    plain = fold(spreadsheet.unguarded(cell), marks=True)
    if date := _DATE.fullmatch(plain):
        day, month, year = date.group(1, 2, 3) if date.group(1) else date.group(6, 5, 4)
        return f"{int(day)}-{int(month)}-{year[-2:]}"
    return (plain.lstrip("0") or "0") if plain.isdecimal() else plain

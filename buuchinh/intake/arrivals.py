"""What lies in a folder, in a zip or on a stick: one hand-in after another, each with the originals to keep of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from buuchinh.errors import Problem
from buuchinh.intake import submission, walk
from buuchinh.intake.submission import HandIn
from buuchinh.intake.walk import Found, Unreadable
from buuchinh.messages import say

Originals = Mapping[str, bytes | Path]
KEEP_CAP = 400_000_000
"""Most bytes of an original that is kept whole; of a larger zip its parts are."""


def arrivals(top: Path, skip: frozenset[Path] = frozenset()) -> Iterator[tuple[HandIn | Unreadable, Originals]]:
    """Give each hand-in in a folder, a zip or a notebook, and what looks like one and cannot be read.

    ``skip`` names folders (resolved) that are not entered. Nothing is changed; one hand-in
    at a time is in memory.
    """
    for thing in walk.walk(top, skip):
        if isinstance(thing, Path):
            where = top.name if thing == top else thing.relative_to(top.parent).as_posix()
            yield from _in_zip(thing, where)
        elif isinstance(thing, Found):
            yield from _loose(thing)
        else:
            yield thing, _whole(thing.source)


def _loose(group: Found) -> Iterator[tuple[HandIn | Unreadable, Originals]]:
    for one in _of(group):
        files = one.files if isinstance(one, HandIn) else {}
        yield one, {name: group.sources.get(name, data) for name, data in files.items()}


def _in_zip(path: Path, where: str) -> Iterator[tuple[HandIn | Unreadable, Originals]]:
    """Give the hand-ins in a zip; only where it has one alone is the whole zip kept with it.

    A zip of a class is kept in parts: nobody's folder may hold what is another's.
    """
    first: HandIn | None = None
    several = False
    faults: list[Unreadable] = []
    for group in walk.open_zip(path, where):
        for one in _of(group) if isinstance(group, Found) else [group]:
            if isinstance(one, Unreadable):
                faults.append(one)
                continue
            if first is None:
                first = one
                continue
            if not several:
                several = True
                yield first, first.files
            yield one, one.files
    whole = _whole(path)
    if first and not several:
        yield first, whole or first.files
    for fault in faults:
        yield fault, {} if first else whole


def _of(group: Found) -> Iterator[HandIn | Unreadable]:
    if group.files:
        yield from submission.split(group)
    else:
        problem = Problem(group.where, 0, " ".join(group.notes), say("intake.submission.bad_zip_way_out"))
        yield Unreadable(group.where, problem)


def _whole(path: Path | None) -> Originals:
    return {path.name: path} if path and path.stat().st_size <= KEEP_CAP else {}

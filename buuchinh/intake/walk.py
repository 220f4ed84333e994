"""Finder of submissions in a folder, a zip or a file, each with the originals to keep of it.

Zips are read in place and nothing in them is trusted: only the files of submissions are read, one folder
at a time, so that a class of a thousand costs the memory of one, and a path in a zip leads nowhere.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.intake import zips
from buuchinh.intake.filenames import disk_name, safe
from buuchinh.intake.filetypes import Kind, is_hidden, kind_by_name
from buuchinh.intake.groups import FOLDER_CAP, File, FileGroup, Unreadable, read_group
from buuchinh.intake.notes import note
from buuchinh.intake.submission import Submission, split
from buuchinh.messages import say

DEPTH_CAP = 3
"""Most zips within one another."""
KEEP_CAP = 400_000_000
"""Most bytes of an original that is kept whole; of a larger zip its parts are."""
_DRIVE = re.compile(r"^([A-Za-z]:|[/\\])")

Originals = Mapping[str, bytes | Path]
Arrival = Submission | Unreadable


def walk(top: Path, skip: frozenset[Path] = frozenset()) -> Iterator[tuple[Arrival, Originals]]:
    """Yield each submission in a folder, a zip or a notebook, and what looks like one and cannot be read.

    ``skip`` names folders (resolved) that are not entered; links are not followed. Nothing is
    changed; one submission at a time is in memory.
    """
    for where, folder, names in _folders(top, skip):
        for item in read_group(where, _on_disk(folder, names)):
            if isinstance(item, Unreadable):
                yield item, _whole(item.source)
            elif isinstance(item, FileGroup):
                for arrival in _arrivals(item):
                    files = arrival.files if isinstance(arrival, Submission) else {}
                    yield arrival, {name: item.sources.get(name, data) for name, data in files.items()}
            elif item.source:
                yield from _in_zip(item.source, disk_name(item.source.relative_to(top.parent).as_posix()))


def read_all(path: Path) -> list[Submission]:
    """Read every submission in a zip, a folder or a notebook; ``KitError`` where there is none to read."""
    if not path.exists():
        raise KitError([Problem(path.name, 0, say("files.missing"))])
    arrivals = [arrival for arrival, _ in walk(path)]
    submissions = [arrival for arrival in arrivals if isinstance(arrival, Submission)]
    if not submissions:
        problems = [arrival.problem for arrival in arrivals if isinstance(arrival, Unreadable)]
        raise KitError(problems or [Problem(path.name, 0, say("intake.submission.not_a_handin"))])
    return submissions


def read(path: Path) -> Submission:
    """Read the one submission in ``path``; ``KitError`` where there is none, or more than one."""
    submissions = read_all(path)
    if len(submissions) != 1:
        raise KitError([Problem(path.name, 0, say("intake.submission.not_one", count=len(submissions)))])
    return submissions[0]


def _arrivals(group: FileGroup) -> Iterator[Arrival]:
    if group.files:
        yield from split(group)
    else:
        problem = Problem(group.where, 0, " ".join(group.notes), say("intake.submission.bad_zip_way_out"))
        yield Unreadable(group.where, problem)


def _whole(path: Path | None) -> Originals:
    return {path.name: path} if path and path.stat().st_size <= KEEP_CAP else {}


def _folders(top: Path, skip: frozenset[Path]) -> Iterator[tuple[str, Path, list[str]]]:
    """Yield each folder as it is shown to a person, its path and the names of its files; a file is a folder of one."""
    if top.is_symlink() or not top.is_dir():
        yield disk_name(top.name), top.parent, [top.name]
        return
    for folder, below, names in os.walk(top, followlinks=False):
        below[:] = sorted(name for name in below if not is_hidden(name) and (Path(folder) / name).resolve() not in skip)
        yield disk_name(Path(folder).relative_to(top.parent).as_posix()), Path(folder), names


def _on_disk(folder: Path, names: Iterable[str]) -> Iterator[File]:
    for raw in sorted(names):
        path = folder / raw
        name = disk_name(raw)
        kind = kind_by_name(name)
        if kind is None:
            continue
        try:
            refusal = None if _regular(path) else note("intake.submission.unsafe_entry", name=safe(name))
            about = path.lstat()
        except OSError as error:
            refusal = note("intake.submission.unreadable_entry", name=safe(name), reason=reason(error))
            yield File(name, kind, 0, None, io.BytesIO, refusal)
            continue
        yield File(name, kind, about.st_size, _moment(about.st_mtime), partial(_opened, path), refusal, path)


def _regular(path: Path) -> bool:
    """Whether this is a file and neither a link nor a device or pipe, which may never end."""
    return stat.S_ISREG(path.lstat().st_mode)


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds).astimezone().replace(microsecond=0)
    except (OSError, OverflowError, ValueError):
        return None


def _in_zip(path: Path, where: str) -> Iterator[tuple[Arrival, Originals]]:
    """Yield the submissions in a zip; the whole zip is kept only where it has one alone.

    The zip of a class is kept in parts: nobody's folder may hold what is another's.
    """
    first: Submission | None = None
    several = False
    unreadable: list[Unreadable] = []
    for group in _open_zip(path, where):
        for arrival in _arrivals(group) if isinstance(group, FileGroup) else [group]:
            if isinstance(arrival, Unreadable):
                unreadable.append(arrival)
                continue
            if first is None:
                first = arrival
                continue
            if not several:
                several = True
                yield first, first.files
            yield arrival, arrival.files
    whole = _whole(path)
    if first and not several:
        yield first, whole or first.files
    for arrival in unreadable:
        yield arrival, {} if first else whole


def _open_zip(path: Path, where: str) -> Iterator[FileGroup | Unreadable]:
    """Yield what is in a zip, zips within it included, one folder at a time."""
    try:
        with path.open("rb") as file:
            yield from _zip(file, where, zips.Budget(), path, 0)
    except OSError as error:
        problem = Problem(disk_name(path.name), 0, say("files.unreadable", reason=reason(error)))
        yield Unreadable(where, problem, path)


def _zip(
    file: IO[bytes], where: str, budget: zips.Budget, source: Path | None, depth: int
) -> Iterator[FileGroup | Unreadable]:
    """Yield each folder of a zip; of a damaged one what can still be read."""
    name = PurePosixPath(where).name
    try:
        members, whole = zips.members(file, budget)
    except zips.TooMany:
        yield Unreadable(where, Problem(name, 0, say("intake.submission.too_many", limit=zips.MEMBER_CAP)), source)
        return
    folders: dict[str, list[File]] = {}
    outside: list[str] = []
    for member in members:
        path = PurePosixPath(member.name.replace("\\", "/"))
        kind = kind_by_name(path.name)
        if not kind or any(is_hidden(part) for part in path.parts[:-1] if part != ".."):
            continue
        if ".." in path.parts or _DRIVE.match(member.name) or member.link:
            shown = "/".join(part if part == ".." else safe(part) for part in path.parts)
            outside.append(note("intake.submission.unsafe_entry", name=shown[:80]))
            continue
        place = "/".join([where, *path.parts[:-1]])
        folders.setdefault(place, []).append(_packed(file, member, path, kind, budget))
    empty = True
    for place, files in folders.items():
        for item in read_group(place, files):
            empty = False
            if isinstance(item, File):
                yield from _nested(item, f"{place}/{safe(item.name)}", budget, depth + 1)
                continue
            if isinstance(item, FileGroup):
                item.notes += [*outside, *([] if whole else [note("intake.submission.zip_cut")])]
                outside = []
            yield item
    if outside:
        yield FileGroup(where, notes=outside)
    elif empty:
        way_out = say("intake.submission.bad_zip_way_out")
        problem = Problem(
            name, 0, say("intake.submission.empty_zip" if whole else "intake.submission.bad_zip"), way_out
        )
        yield Unreadable(where, problem, source)


def _nested(inner: File, where: str, budget: zips.Budget, depth: int) -> Iterator[FileGroup | Unreadable]:
    way_out = say("intake.submission.unpack_way_out")
    if depth > DEPTH_CAP:
        yield Unreadable(where, Problem(inner.name, 0, say("intake.submission.too_deep", limit=DEPTH_CAP), way_out))
        return
    with inner.open() as file:
        data = file.read(FOLDER_CAP + 1)
    if len(data) > FOLDER_CAP:
        large = say("intake.submission.large_entry", name=inner.name, limit=FOLDER_CAP // 1_000_000)
        yield Unreadable(where, Problem(inner.name, 0, large, way_out))
        return
    yield from _zip(io.BytesIO(data), where, budget, None, depth)


def _packed(file: IO[bytes], member: zips.Member, path: PurePosixPath, kind: Kind, budget: zips.Budget) -> File:
    refusal = note("intake.submission.encrypted_entry", name=safe(path.name)) if member.encrypted else None

    def opened() -> IO[bytes]:
        return cast("IO[bytes]", zips.Reader(file, member, budget))

    return File(path.name, kind, member.size, member.modified, opened, refusal)

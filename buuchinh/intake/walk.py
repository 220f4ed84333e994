"""Opens what somebody hands in: zips, folders, loose files. Nothing is unpacked to disk, nothing is trusted.

Only the files that a hand-in consists of are read, one folder at a time, each with a cap
while it is read: a bomb costs no more than the cap, a class of a thousand no more than
one of its members, and a path in a zip leads nowhere.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from buuchinh.errors import Problem
from buuchinh.files import reason
from buuchinh.intake import filetypes, zips
from buuchinh.intake.filetypes import HEAD, Kind, disk_name, hidden, safe
from buuchinh.intake.notes import note
from buuchinh.intake.slim import slim
from buuchinh.messages import say

PART_CAP = 4_000_000
"""Most bytes of answers, journal or receipt."""
FILE_CAP = 20_000_000
"""Most bytes of a notebook that are kept in memory; of a larger one the outputs are left out."""
STREAM_CAP = 400_000_000
"""Most bytes of a notebook that are read at all."""
FOLDER_CAP = 60_000_000
"""Most bytes of all files of one folder, that is of one hand-in, and of a zip within a zip."""
DEPTH_CAP = 3
_ORDER: tuple[Kind, ...] = (
    "answers", "journal", "receipt", "notebook", "short_test", "unclear", "zip", "archive", "document",
)  # fmt: skip
_PARTS = frozenset({"answers", "journal", "receipt", "notebook", "short_test"})
"""What is kept of a folder as files of a hand-in."""
_DRIVE = re.compile(r"^([A-Za-z]:|[/\\])")


@dataclass
class Found:
    """The files of one folder, on disk or in a zip, that may be one or several hand-ins.

    ``where`` is the path as it is told to a person; ``files`` has each file under a name that
    every system can store, ``kinds`` says what it is, ``times`` when it was changed;
    ``sources`` are the files themselves where they lie on disk.
    """

    where: str
    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    times: dict[str, datetime] = field(default_factory=dict)
    sources: dict[str, Path] = field(default_factory=dict)

    def named(self, kind: Kind) -> list[str]:
        """Return the names of the files of one kind, sorted."""
        return sorted(name for name, found in self.kinds.items() if found == kind)

    def only(self, names: Iterable[str]) -> Found:
        """Return the same place with some of its files alone."""
        names = list(names)
        chosen = [{name: one[name] for name in names if name in one} for one in (self.kinds, self.times, self.sources)]
        files = {name: self.files[name] for name in names}
        return Found(self.where, files, chosen[0], list(self.notes), chosen[1], chosen[2])  # type: ignore[arg-type]


@dataclass(frozen=True)
class Unreadable:
    """What looks like a hand-in and cannot be read: a damaged zip, another kind of archive, a page of HTML."""

    where: str
    problem: Problem
    source: Path | None = None


@dataclass(frozen=True)
class _File:
    """One file that may be a part, wherever it lies; ``refusal`` says why it must not be opened."""

    name: str
    kind: Kind
    size: int
    modified: datetime | None
    open: Callable[[], IO[bytes]]
    refusal: str | None = None
    source: Path | None = None


def regular(path: Path) -> bool:
    """Whether this is a file and neither a link nor a device or pipe, which may never end."""
    return stat.S_ISREG(path.lstat().st_mode)


def walk(top: Path, skip: frozenset[Path] = frozenset()) -> Iterator[Found | Unreadable | Path]:
    """Give the parts of hand-ins in each folder below ``top``, and each zip as its path; links are not followed.

    ``skip`` names folders (resolved) that are not entered: the course's own. ``top`` may be
    one file, whose name is then the place that is told.
    """
    if top.is_symlink() or not top.is_dir():
        yield from _loose(top.parent, [top.name], disk_name(top.name))
        return
    for folder, below, names in os.walk(top, followlinks=False):
        below[:] = sorted(name for name in below if not hidden(name) and (Path(folder) / name).resolve() not in skip)
        yield from _loose(Path(folder), names, disk_name(Path(folder).relative_to(top.parent).as_posix()))


def _loose(folder: Path, names: Iterable[str], where: str) -> Iterator[Found | Unreadable | Path]:
    for one in _gather(where, _on_disk(folder, names)):
        if not isinstance(one, _File):
            yield one
        elif one.source:
            yield one.source


def open_zip(path: Path, where: str) -> Iterator[Found | Unreadable]:
    """Give what is in a zip, zips within it included, one folder at a time."""
    where = disk_name(where)
    try:
        with path.open("rb") as file:
            yield from _zip(file, where, zips.Budget(), path, 0)
    except OSError as error:
        problem = Problem(disk_name(path.name), 0, say("files.unreadable", reason=reason(error)))
        yield Unreadable(where, problem, path)


def _on_disk(folder: Path, names: Iterable[str]) -> Iterator[_File]:
    for raw in sorted(names):
        path = folder / raw
        name = disk_name(raw)
        kind = filetypes.kind(name)
        if kind is None:
            continue
        try:
            refusal = None if regular(path) else note("intake.submission.unsafe_entry", name=safe(name))
            about = path.lstat()
        except OSError as error:
            refusal = note("intake.submission.unreadable_entry", name=safe(name), reason=reason(error))
            yield _File(name, kind, 0, None, io.BytesIO, refusal)
            continue
        yield _File(name, kind, about.st_size, _moment(about.st_mtime), partial(_opened, path), refusal, path)


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _zip(
    file: IO[bytes], where: str, budget: zips.Budget, source: Path | None, depth: int
) -> Iterator[Found | Unreadable]:
    """Give each folder of a zip; of a damaged one what can still be read."""
    name = PurePosixPath(where).name
    try:
        members, whole = zips.members(file, budget)
    except zips.TooMany:
        yield Unreadable(where, Problem(name, 0, say("intake.submission.too_many", limit=zips.MEMBER_CAP)), source)
        return
    folders: dict[str, list[_File]] = {}
    outside: list[str] = []
    for member in members:
        path = PurePosixPath(member.name.replace("\\", "/"))
        kind = filetypes.kind(path.name)
        if not kind or any(hidden(part) for part in path.parts[:-1] if part != ".."):
            continue
        if ".." in path.parts or _DRIVE.match(member.name) or member.link:
            shown = "/".join(part if part == ".." else safe(part) for part in path.parts)
            outside.append(note("intake.submission.unsafe_entry", name=shown[:80]))
            continue
        place = "/".join([where, *path.parts[:-1]])
        folders.setdefault(place, []).append(_packed(file, member, path, kind, budget))
    given = False
    for place, files in folders.items():
        for one in _gather(place, files):
            given = True
            if isinstance(one, _File):
                yield from _nested(one, f"{place}/{safe(one.name)}", budget, depth + 1)
                continue
            if isinstance(one, Found):
                one.notes += [*outside, *([] if whole else [note("intake.submission.zip_cut")])]
                outside = []
            yield one
    if outside:
        yield Found(where, notes=outside)
    elif not given:
        way_out = say("intake.submission.bad_zip_way_out")
        problem = Problem(
            name, 0, say("intake.submission.empty_zip" if whole else "intake.submission.bad_zip"), way_out
        )
        yield Unreadable(where, problem, source)


def _nested(inner: _File, where: str, budget: zips.Budget, depth: int) -> Iterator[Found | Unreadable]:
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


def _packed(file: IO[bytes], member: zips.Member, path: PurePosixPath, kind: Kind, budget: zips.Budget) -> _File:
    refusal = note("intake.submission.encrypted_entry", name=safe(path.name)) if member.encrypted else None

    def opened() -> IO[bytes]:
        return cast("IO[bytes]", zips.Reader(file, member, budget))

    return _File(path.name, kind, member.size, member.modified, opened, refusal)


def _gather(where: str, files: Iterable[_File]) -> Iterator[Found | Unreadable | _File]:
    """Read the files of one folder, the parts that matter most first; give the zips among them as they are."""
    group = Found(where)
    others: list[Unreadable | _File] = []
    room = FOLDER_CAP
    for file in sorted(files, key=lambda one: (_ORDER.index(one.kind), one.name)):
        if file.refusal:
            if file.kind not in {"unclear", "document"}:
                group.notes.append(file.refusal)
            continue
        try:
            with file.open() as stream:
                room -= _take(file, stream, group, others, room)
        except NotImplementedError:
            group.notes.append(note("intake.submission.strange_entry", name=safe(file.name)))
        except (OSError, MemoryError) as error:
            why = reason(error) if isinstance(error, OSError) else say("files.os.full")
            group.notes.append(note("intake.submission.unreadable_entry", name=safe(file.name), reason=why))
    if group.files or group.notes:
        yield group
    yield from others


def _take(file: _File, stream: IO[bytes], group: Found, others: list[Unreadable | _File], room: int) -> int:
    """Read one file into ``group``, or put it to the ``others``; return how many bytes are kept of it."""
    head = b"" if file.kind in _PARTS else stream.read(HEAD)
    kind = filetypes.resolved(file.kind, head) if head else file.kind
    name = safe(file.name, group.files)
    if kind == "zip":
        others.append(file)
    elif kind in {"archive", "document"}:
        problem = _foreign(file.name, kind, head, beside=bool(group.files))
        others += [Unreadable(f"{group.where}/{file.name}", problem, file.source)] if problem else []
    if kind not in _PARTS:
        return 0
    cap = min(FILE_CAP if kind == "notebook" else PART_CAP, room)
    data: bytes | None = head + stream.read(cap + 1 - len(head)) if len(head) <= cap else head
    if data and len(data) > cap:
        size = max(file.size, len(data)) // 1_000_000
        data = _without_outputs(data, stream, cap) if kind == "notebook" and file.size <= STREAM_CAP else None
        limit = max(1, cap // 1_000_000)
        group.notes.append(
            note(
                "intake.submission.large_entry" if data is None else "intake.submission.notebook_slim",
                name=name,
                limit=limit,
                size=size,
            )
        )
    if getattr(stream, "broken", False):
        group.notes.append(note("intake.submission.bad_entry", name=name))
    if data is None:
        return 0
    group.files[name] = data
    group.kinds[name] = kind
    if file.modified:
        group.times[name] = file.modified
    if file.source:
        group.sources[name] = file.source
    return len(data)


def _without_outputs(data: bytes, stream: IO[bytes], cap: int) -> bytes | None:
    """Return the rest of a notebook too, its outputs left out; None where it is UTF-16 or has no end."""
    if b"\0" in data[:400]:
        return None
    begun = io.BytesIO(data)
    left = STREAM_CAP

    def read(size: int) -> bytes:
        nonlocal left
        more = begun.read(size) or stream.read(min(size, left))
        left -= len(more)
        return more

    return slim(read, cap)


def _foreign(name: str, kind: Kind, head: bytes, *, beside: bool) -> Problem | None:
    """Say what a file is that somebody handed in and that is neither zip nor notebook; None where nobody meant it."""
    if kind == "archive":
        found = filetypes.format_of(head) or PurePosixPath(name).suffix.removeprefix(".") or "?"
        return Problem(
            name, 0, say("intake.submission.other_archive", format=found), say("intake.submission.unpack_way_out")
        )
    page = filetypes.kind(name) == "document" and PurePosixPath(name.lower()).suffix.startswith((".h", ".mh"))
    meant = bool(filetypes.codes_in([name])) or (page and bool(filetypes.units_in([name])))
    if beside or not meant:
        return None
    return Problem(name, 0, say("intake.submission.not_notebook"), say("intake.submission.not_notebook_way_out"))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds).astimezone().replace(microsecond=0)
    except (OSError, OverflowError, ValueError):
        return None

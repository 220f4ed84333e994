"""Find the submissions in a folder, a zip or a file, together with the original files to store.

Zips are read in place, and nothing in them is trusted. Only files that belong to submissions are read, one folder at a
time, so a class of a thousand needs no more memory than a single trainee. Paths in a zip are never used to write files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.intake import base64_submission, checkpoints, zips
from buuchinh.intake.file_groups import FOLDER_CAP, MAYBE_ZIP, File, FileGroup, Unreadable, never_ended, read_group
from buuchinh.intake.filenames import disk_name, safe
from buuchinh.intake.filetypes import Kind, is_hidden, kind_by_name
from buuchinh.intake.notes import note
from buuchinh.intake.submission import Submission, split
from buuchinh.intake.submission_places import Originals, SubmissionPlace, is_regular, places, whole_original
from buuchinh.messages import say

DEPTH_CAP = 3
"""Maximum depth of nested zips."""
_DRIVE = re.compile(r"^([A-Za-z]:|[/\\])")

Arrival = Submission | Unreadable


def read_place(place: SubmissionPlace) -> Iterator[tuple[Arrival, Originals]]:
    """Yield each submission in ``place``, readable or not, with its originals.

    Only one folder at a time is held in memory.
    """
    for item in read_group(place.where, _on_disk(place)):
        if isinstance(item, Unreadable):
            yield item, item.originals or whole_original(item.source)
        elif isinstance(item, FileGroup):
            for arrival in _arrivals(item):
                files = arrival.files if isinstance(arrival, Submission) else {}
                yield arrival, {name: item.sources.get(name, data) for name, data in files.items()}
        elif item.source:
            yield from _in_zip(item.source, disk_name(item.source.relative_to(place.top.parent).as_posix()))


def walk(top: Path, skip: frozenset[Path] = frozenset()) -> Iterator[tuple[Arrival, Originals]]:
    """Yield the submissions in all places in ``top`` (see ``places`` and ``read_place``) with their originals.

    ``skip`` contains the folders that are not entered. Nothing is changed on disk.
    """
    closed: list[Unreadable] = []
    for place in places(top, skip, closed):
        yield from read_place(place)
    for unreadable in closed:
        yield unreadable, {}


def read_all(path: Path) -> list[Submission]:
    """Return every submission in a zip, a folder or a notebook; raise ``KitError`` if no submission can be read."""
    if not path.exists():
        raise KitError(say("files.missing"), path=path.name)
    arrivals = [arrival for arrival, _ in walk(path)]
    submissions = [arrival for arrival in arrivals if isinstance(arrival, Submission)]
    if not submissions:
        problems = [arrival.problem for arrival in arrivals if isinstance(arrival, Unreadable)]
        raise KitError(problems or [Problem(path.name, 0, say("intake.submission.not_a_handin"))])
    return submissions


def read_kind(top: Path, kind: Kind) -> Iterator[bytes]:
    """Yield the content of each file of one kind in ``top``, also in zips, and read no other file."""
    kinds = MAYBE_ZIP | {kind}
    for place in places(top):
        for item in read_group(place.where, (file for file in _on_disk(place) if file.kind in kinds)):
            inner = _open_zip(item.source, place.where, kinds) if isinstance(item, File) and item.source else [item]
            for group in inner:
                if isinstance(group, FileGroup):
                    yield from (group.files[name] for name in group.named(kind))


def read_packed(file: IO[bytes], where: str) -> Iterator[Arrival]:
    """Yield each submission in the zip ``file``, which is held in memory; ``where`` is the path to display."""
    for group in _zip(file, where, zips.Budget(), None, 0):
        yield from _arrivals(group) if isinstance(group, FileGroup) else [group]


def read(path: Path) -> Submission:
    """Return the only submission in ``path``; raise ``KitError`` if the number of submissions is not exactly one."""
    submissions = read_all(path)
    if len(submissions) != 1:
        raise KitError(say("intake.submission.not_one", count=len(submissions)), path=path.name)
    return submissions[0]


def _arrivals(group: FileGroup) -> Iterator[Arrival]:
    if group.files:
        yield from split(group)
    else:
        problem = Problem(group.where, 0, " ".join(group.notes), say("intake.submission.bad_zip_way_out"))
        yield Unreadable(group.where, problem)


def _on_disk(place: SubmissionPlace) -> Iterator[File]:
    for raw in sorted(place.names):
        path = place.folder / raw
        name = disk_name(raw)
        kind = kind_by_name(name)
        if kind is None:
            continue
        try:
            about = path.lstat()
            refusal = None if is_regular(path) else note("intake.submission.unsafe_entry", name=safe(name))
        except OSError as error:
            refusal = note("intake.submission.unreadable_entry", name=safe(name), reason=reason(error))
            yield File(name, kind, 0, None, io.BytesIO, refusal)
            continue
        yield File(name, kind, about.st_size, _moment(about.st_mtime), partial(_opened, path), refusal, path)


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds).astimezone().replace(microsecond=0)
    except (OSError, OverflowError, ValueError):
        return None


def _in_zip(path: Path, where: str) -> Iterator[tuple[Arrival, Originals]]:
    """Yield the submissions in a zip, each with its originals.

    The whole zip is stored as the original only if it contains a single submission. A zip with the submissions of a
    class is stored in parts, because no trainee's folder may contain another trainee's files.
    """
    first: Submission | None = None
    several = checkpoints.begun_within(where)  # an earlier reader delivered part of the zip before it stopped
    unreadable: list[Unreadable] = []
    for group in _open_zip(path, where):
        for arrival in _arrivals(group) if isinstance(group, FileGroup) else [group]:
            if isinstance(arrival, Unreadable) and not several:
                unreadable.append(arrival)
            elif isinstance(arrival, Unreadable):
                yield arrival, arrival.originals
            elif several:
                yield arrival, arrival.files
            elif first is None:
                first = arrival
            else:
                several = True
                yield first, first.files
                yield from ((damaged, damaged.originals) for damaged in unreadable)
                yield arrival, arrival.files
    if several:
        return
    whole = whole_original(path)
    if first:
        yield first, whole or first.files
    for damaged in unreadable:
        yield damaged, damaged.originals if first else whole or damaged.originals


def _open_zip(path: Path, where: str, kinds: frozenset[Kind] | None = None) -> Iterator[FileGroup | Unreadable]:
    """Yield the content of a zip on disk, including nested zips, one folder at a time; None means all ``kinds``."""
    try:
        with path.open("rb") as file:
            yield from _zip(file, where, zips.Budget(kinds=kinds), path, 0)
    except OSError as error:
        problem = Problem(disk_name(path.name), 0, say("files.unreadable", reason=reason(error)))
        yield Unreadable(where, problem, path)


def _zip(
    file: IO[bytes], where: str, budget: zips.Budget, source: Path | None, depth: int
) -> Iterator[FileGroup | Unreadable]:
    """Yield each folder of a zip, or of all zips encoded as text in ``file``, as far as it can be read.

    ``source`` is the path on disk of the zip or of the file that contains it, or None for a zip held in memory.
    ``depth`` is the number of zips around it.
    """
    name = PurePosixPath(where).name
    if cause := checkpoints.begin("zip", where):
        yield Unreadable(where, never_ended(name, cause), source)
        return
    for number, packed in enumerate(base64_submission.as_zips(file), 1):
        yield from _members(packed, where if number == 1 else f"{where} ({number})", budget, source, depth)


def _members(
    file: IO[bytes], where: str, budget: zips.Budget, source: Path | None, depth: int
) -> Iterator[FileGroup | Unreadable]:
    """Yield each folder of a single zip, with the parameters of ``_zip``."""
    name = PurePosixPath(where).name
    try:
        members, whole = zips.members(file, budget)
    except zips.TooMany:
        yield Unreadable(where, Problem(name, 0, say("intake.submission.too_many", limit=zips.MEMBER_CAP)), source)
        return
    folders, outside = _sorted(file, where, members, budget)
    empty = True
    for place, files in folders.items():
        known = checkpoints.finished(place)
        empty = empty and not known
        kinds = MAYBE_ZIP if known else budget.kinds
        for item in read_group(place, (file for file in files if kinds is None or file.kind in kinds | MAYBE_ZIP)):
            empty = False
            if isinstance(item, File):
                yield from _nested(item, f"{place}/{safe(item.name)}", budget, depth + 1)
                continue
            if known:
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


def _sorted(
    file: IO[bytes], where: str, members: Iterable[zips.Member], budget: zips.Budget
) -> tuple[dict[str, list[File]], list[str]]:
    """Return files that may belong to submissions, by folder, and notes on links or paths that lead outside the zip."""
    folders: dict[str, list[File]] = {}
    outside: list[str] = []
    for member in members:
        path = PurePosixPath(member.name.replace("\\", "/"))
        kind = kind_by_name(path.name)
        if not kind or any(is_hidden(part) for part in path.parts[:-1] if part != ".."):
            continue
        if ".." in path.parts or _DRIVE.match(member.name) or member.link:
            name = "/".join(part if part == ".." else safe(part) for part in path.parts)
            outside.append(note("intake.submission.unsafe_entry", name=name[:80]))
            continue
        place = "/".join([where, *path.parts[:-1]])
        folders.setdefault(place, []).append(_packed(file, member, path, kind, budget))
    return folders, outside


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

"""Files of one folder of a submission, on disk or in a zip, read into memory, each with a cap while it is read.

A zip bomb costs no more than the cap. Nothing is unpacked to disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from buuchinh.errors import Problem
from buuchinh.files import reason
from buuchinh.intake import checkpoints, filetypes
from buuchinh.intake.checkpoints import Cause
from buuchinh.intake.filenames import codes_in, safe, units_in
from buuchinh.intake.filetypes import HEAD, Kind
from buuchinh.intake.notes import SubmissionNote, note
from buuchinh.intake.strip_outputs import slim
from buuchinh.messages import say

PART_CAP = 4_000_000
"""Most bytes of answers, journal or receipt."""
FILE_CAP = 20_000_000
"""Maximum size in bytes of a notebook in memory; of a larger one the outputs are left out."""
STREAM_CAP = 400_000_000
"""Most bytes of a notebook that are read at all."""
_STEP = 50_000_000
"""Number of bytes of a long notebook that form one checkpoint (``checkpoints``)."""
FOLDER_CAP = 60_000_000
"""Most bytes of all files of one folder, that is of one submission, and of a zip within a zip."""
NOTES_CAP = 20
"""Maximum number of notes on one folder, all of which are attached to each submission in it."""
_ORDER: tuple[Kind, ...] = (
    "answers", "journal", "receipt", "notebook", "short_test", "unclear", "zip", "archive", "document",
)  # fmt: skip
_PARTS = frozenset({"answers", "journal", "receipt", "notebook", "short_test"})
"""Kinds of files that a submission consists of."""
_ONE_PERSON = frozenset({"answers", "journal", "receipt"})
"""Kinds of files that a folder has beside one person's notebook."""
MAYBE_ZIP = frozenset({"zip", "unclear", "archive"})
"""Kinds, by file name, of files that may be zips."""


@dataclass
class FileGroup:
    """The files of one folder, on disk or in a zip, that may be one or several submissions.

    ``where`` is the path as it is displayed. ``files`` maps names that every system can store to contents; ``kinds``,
    ``times`` (of the last change) and ``sources`` (paths of files on disk) have the same keys.
    """

    where: str
    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    times: dict[str, datetime] = field(default_factory=dict)
    sources: dict[str, Path] = field(default_factory=dict)

    def named(self, kind: Kind) -> list[str]:
        """Return the names of the files of one kind, sorted."""
        return sorted(name for name, other in self.kinds.items() if other == kind)

    def only(self, *names: str) -> FileGroup:
        """Return the group restricted to some of its files."""
        return FileGroup(
            self.where,
            {name: self.files[name] for name in names},
            {name: self.kinds[name] for name in names if name in self.kinds},
            list(self.notes),
            {name: self.times[name] for name in names if name in self.times},
            {name: self.sources[name] for name in names if name in self.sources},
        )


@dataclass(frozen=True)
class Unreadable:
    """A file that looks like a submission and cannot be read: a damaged zip, another archive, an HTML page.

    ``source`` is the file on disk that it is, or came in; ``originals`` is its own content where ``source`` holds other
    files too.
    """

    where: str
    problem: Problem
    source: Path | None = None
    originals: Mapping[str, bytes | Path] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """One file that may be part of a submission; ``refusal`` is the reason why it must not be opened.

    ``size`` in bytes is as recorded in the folder or zip; ``source`` is its path where it is on disk.
    """

    name: str
    kind: Kind
    size: int
    modified: datetime | None
    open: Callable[[], IO[bytes]]
    refusal: SubmissionNote | None = None
    source: Path | None = None


def read_group(where: str, files: Iterable[File]) -> Iterator[FileGroup | Unreadable | File]:
    """Yield the files of one folder as a group, read in order of importance, then its unreadable files and its zips."""
    group = FileGroup(where)
    unreadable: list[Unreadable] = []
    nested: list[File] = []
    stopped: list[tuple[File, str, Cause]] = []
    left = FOLDER_CAP
    for file in sorted(files, key=lambda file: (_ORDER.index(file.kind), file.name)):
        if file.refusal:
            if file.kind not in {"unclear", "document"}:
                group.notes.append(file.refusal)
            continue
        name = safe(file.name, group.files)
        if cause := checkpoints.begin("read", f"{where}/{name}"):
            stopped.append((file, name, cause))
            continue
        try:
            with file.open() as stream:
                size = _take(file, name, stream, group, left)
        except NotImplementedError:
            group.notes.append(note("intake.submission.strange_entry", name=name))
            continue
        except (OSError, MemoryError) as error:
            why = reason(error) if isinstance(error, OSError) else say("files.os.full")
            group.notes.append(note("intake.submission.unreadable_entry", name=name, reason=why))
            continue
        if isinstance(size, Problem):
            unreadable.append(Unreadable(f"{where}/{file.name}", size, file.source))
        elif size is None:
            nested.append(file)
        else:
            left -= size
            if cause := checkpoints.why_left_out("parse", f"{where}/{name}"):
                stopped.append((file, name, cause))
    unreadable += _separate(group, stopped)
    if len(group.notes) > NOTES_CAP:
        more = note("intake.submission.more_notes", count=len(group.notes) - NOTES_CAP)
        group.notes[NOTES_CAP:] = [more]
    if group.files or group.notes:
        yield group
    yield from unreadable
    yield from nested


def _separate(group: FileGroup, files: Sequence[tuple[File, str, Cause]]) -> Iterator[Unreadable]:
    """Yield the files that stopped the reading, removed from ``group``; with a person's other files, add a note.

    Their bytes remain originals in either case, as far as they could be read.
    """
    kinds = {name: group.kinds.pop(name, file.kind) for file, name, _ in files}
    for file, name, cause in files:
        if group.kinds and not _ONE_PERSON.isdisjoint({kinds[name], *group.kinds.values()}):
            group.notes.append(note("intake.submission.stopped_entry", name=name, cause=say(f"intake.stopped.{cause}")))
            continue
        data = group.files.pop(name, None)
        original = group.sources.pop(name, file.source) or data
        originals = {} if original is None else {name: original}
        yield Unreadable(f"{group.where}/{file.name}", never_ended(name, cause), file.source, originals)


def never_ended(name: str, cause: Cause) -> Problem:
    """Return the problem reported for a file at which reading stopped."""
    message = say("intake.stopped.file", cause=say(f"intake.stopped.{cause}"))
    return Problem(name, 0, message, say("intake.stopped.way_out"))


def _take(file: File, name: str, stream: IO[bytes], group: FileGroup, left: int) -> int | Problem | None:
    """Read one file into ``group`` and return the number of bytes read, at most ``left``; None for a zip."""
    head = b"" if file.kind in _PARTS else stream.read(HEAD)
    kind = filetypes.kind_by_content(file.kind, head) if head else file.kind
    if kind == "zip":
        return None
    if kind in {"archive", "document"}:
        return _foreign(file, kind, head, beside=bool(group.files)) or 0
    if kind not in _PARTS:
        return 0
    cap = min(FILE_CAP if kind == "notebook" else PART_CAP, left)
    data: bytes | None = head + stream.read(cap + 1 - len(head)) if len(head) <= cap else head
    if data and len(data) > cap:
        size = max(file.size, len(data)) // 1_000_000
        data = (
            _without_outputs(data, stream, cap, f"{group.where}/{name}")
            if kind == "notebook" and file.size <= STREAM_CAP
            else None
        )
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


def _without_outputs(data: bytes, stream: IO[bytes], cap: int, where: str) -> bytes | None:
    """Return a whole notebook without its outputs, from its first ``data`` on; None where it is UTF-16 or endless.

    Such a long file has several checkpoints; with one it would get no more time than a short file.
    """
    if b"\0" in data[:400]:
        return None
    begun = io.BytesIO(data)
    left = STREAM_CAP

    def read(size: int) -> bytes:
        nonlocal left
        more = begun.read(size) or stream.read(min(size, left))
        if left // _STEP != (left - len(more)) // _STEP:
            checkpoints.begin("read", where)
        left -= len(more)
        return more

    return slim(read, cap)


def _foreign(file: File, kind: Kind, head: bytes, *, beside: bool) -> Problem | None:
    """Return the problem of a file that is neither zip nor notebook; None where it was not meant as a submission."""
    name = file.name
    if kind == "archive":
        archive = filetypes.archive_format(head) or PurePosixPath(name).suffix.removeprefix(".") or "?"
        return Problem(
            name, 0, say("intake.submission.other_archive", format=archive), say("intake.submission.unpack_way_out")
        )
    page = file.kind == "document" and PurePosixPath(name.lower()).suffix.startswith((".h", ".mh"))
    meant = bool(codes_in([name])) or (page and bool(units_in([name])))
    if beside or not meant:
        return None
    other = filetypes.without_answers(name)
    message = say("intake.strays.no_hand_in", what=say(f"intake.strays.{other}")) if other else ""
    return Problem(
        name, 0, message or say("intake.submission.not_notebook"), say("intake.submission.not_notebook_way_out")
    )

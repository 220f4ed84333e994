"""Read the files of one folder, on disk or in a zip, into memory, with a limit on the size of each file.

The limit is enforced while a file is read, so a zip bomb costs no more than the limit. Nothing is unpacked to disk.
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
"""Maximum size in bytes of an answer file, a journal or a receipt."""
FILE_CAP = 20_000_000
"""Maximum size in bytes of a notebook held in memory; the outputs of a larger notebook are left out."""
STREAM_CAP = 400_000_000
"""Maximum number of bytes to read from a notebook."""
_STEP = 50_000_000
"""Number of bytes after which the reader of a long notebook reports a new checkpoint (see ``checkpoints``)."""
FOLDER_CAP = 60_000_000
"""Maximum total size in bytes of the files in one folder (one submission), and of a zip nested in another."""
NOTES_CAP = 20
"""Maximum number of notes on one folder; every submission in the folder carries all of them."""
_ORDER: tuple[Kind, ...] = (
    "answers", "journal", "receipt", "notebook", "short_test", "unclear", "zip", "archive", "document",
)  # fmt: skip
_PARTS = frozenset({"answers", "journal", "receipt", "notebook", "short_test"})
"""Kinds of files that may be part of a submission."""
_OF_PERSON = frozenset({"answers", "journal", "receipt"})
"""Kinds of files that accompany the notebook in a single person's folder."""
MAYBE_ZIP: frozenset[Kind] = frozenset({"zip", "unclear", "archive"})
"""Kinds of files, as judged by name, whose content may be a zip."""


@dataclass
class FileGroup:
    """The files of one folder, on disk or in a zip, which may contain one or several submissions.

    ``where`` is the folder's displayed path. ``files`` maps file names, changed where necessary so that every system
    can store them, to contents. ``kinds``, ``times`` (of the last change) and ``sources`` (paths of files that are on
    disk) are keyed by the same names.
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
        """Return a copy of the group with only the files ``names``."""
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
    """A file that looks like a submission but cannot be read: a damaged zip, another kind of archive, or an HTML page.

    ``where`` is the file's displayed path. ``source`` is the path on disk of the file itself, or of the zip that
    contains it. ``originals`` holds the content to store if ``source`` also contains other files.
    """

    where: str
    problem: Problem
    source: Path | None = None
    originals: Mapping[str, bytes | Path] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """One file that may be part of a submission.

    ``size`` is the size in bytes stated by the folder or zip. ``refusal`` states why the file must not be opened, or is
    None. ``source`` is the file's path, or None if the file is not on disk.
    """

    name: str
    kind: Kind
    size: int
    modified: datetime | None
    open: Callable[[], IO[bytes]]
    refusal: SubmissionNote | None = None
    source: Path | None = None


def read_group(where: str, files: Iterable[File]) -> Iterator[FileGroup | Unreadable | File]:
    """Read the files of one folder in order of importance; yield their group, unreadable files, and nested zips."""
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
    """Remove the files at which reading stopped from ``group``, and yield each of them as unreadable.

    A file that lies beside other files of the same person is not yielded; ``group`` receives a note on it instead. In
    either case the content, as far as it could be read, is stored among the originals.
    """
    kinds = {name: group.kinds.pop(name, file.kind) for file, name, _ in files}
    for file, name, cause in files:
        if group.kinds and not _OF_PERSON.isdisjoint({kinds[name], *group.kinds.values()}):
            group.notes.append(note("intake.submission.stopped_entry", name=name, cause=say(f"intake.stopped.{cause}")))
            continue
        data = group.files.pop(name, None)
        original = group.sources.pop(name, file.source) or data
        originals = {} if original is None else {name: original}
        yield Unreadable(f"{group.where}/{file.name}", never_ended(name, cause), file.source, originals)


def never_ended(name: str, cause: Cause) -> Problem:
    """Return the problem to report for the file ``name``, at which reading stopped because of ``cause``."""
    message = say("intake.stopped.file", cause=say(f"intake.stopped.{cause}"))
    return Problem(name, 0, message, say("intake.stopped.way_out"))


def _take(file: File, name: str, stream: IO[bytes], group: FileGroup, left: int) -> int | Problem | None:
    """Read one file into ``group``, which may grow by at most ``left`` bytes, and return the number of bytes added.

    Return None for a zip, which is not read here, and a ``Problem`` for a file of another format that was meant as a
    submission.
    """
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
    """Return a large notebook without its outputs and at most ``cap`` bytes long, or None if it is encoded in UTF-16.

    ``data`` is the beginning of the notebook, already read from ``stream``. Several checkpoints are reported, since a
    long file would otherwise get no more time than a short one.
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
    """Return the problem of a file that is neither a zip nor a notebook, or None if it was not meant as a submission.

    ``beside`` is True if the folder also contains submission files.
    """
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

"""Opens what somebody hands in: zips, folders, loose files. Nothing is unpacked to disk, nothing is trusted.

Only the files that a hand-in consists of are read, each with a cap while it is read, so
a bomb costs no more than the cap and a path in a zip leads nowhere.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.text import nfc

FILE_CAP = 20_000_000
TOTAL_CAP = 80_000_000
ENTRY_CAP = 5_000
DEPTH_CAP = 3
PARTS = frozenset({"answers.json", "answers.jsonl", "receipt.json"})
_SKIPPED = frozenset({"__MACOSX", "__pycache__", "node_modules"})
_DRIVE = re.compile(r"^([A-Za-z]:|[/\\])")


@dataclass
class Found:
    """The files of one folder, on disk or in a zip, that may be one or several hand-ins.

    ``where`` is the path as it is told to a person; ``modified`` the youngest time stamp seen.
    """

    where: str
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    modified: datetime | None = None


def is_part(name: str) -> bool:
    """Whether a file of this name can be a part of a hand-in."""
    return name in PARTS or (name.lower().endswith(".ipynb") and not name.startswith((".", "~$")))


def hidden(name: str) -> bool:
    """Whether a folder of this name is an editor's or a system's own."""
    return name.startswith(".") or name in _SKIPPED


def regular(path: Path) -> bool:
    """Whether this is a file and neither a link nor a device or pipe, which may never end."""
    return stat.S_ISREG(path.lstat().st_mode)


def read(path: Path) -> list[Found]:
    """Read a zip, a folder (all below it, zips left out) or a notebook; ``KitError`` where it cannot be read."""
    try:
        if path.is_symlink() or not (path.is_dir() or regular(path)):
            raise KitError([Problem(path.name, 0, say("handin.not_a_file"))])
        if path.is_dir():
            return [found for found in walk(path) if isinstance(found, Found)]
        data = _capped(path, TOTAL_CAP)
        if data is None:
            raise KitError([Problem(path.name, 0, say("files.too_large", limit=TOTAL_CAP // 1_000_000))])
        if path.suffix.lower() == ".zip" or data.startswith(b"PK\x03\x04"):
            return read_zip(data, path.name)
        if is_part(path.name):
            return [Found(path.name, {path.name: data}, modified=_modified(path))]
    except OSError as error:
        raise KitError([Problem(path.name, 0, say("files.unreadable", reason=error.strerror or ""))]) from error
    raise KitError([Problem(path.name, 0, say("handin.not_a_handin"))])


def read_zip(data: bytes, name: str) -> list[Found]:
    """Read a zip from memory, zips within it included; ``KitError`` where it is damaged."""
    found: dict[str, Found] = {}
    _read_zip(data, name, found, _Budget(), depth=0)
    return [one for one in found.values() if one.files or one.notes]


class _Budget:
    """What may still be read: all zips within one zip share it."""

    def __init__(self) -> None:
        self.bytes = TOTAL_CAP
        self.entries = ENTRY_CAP


def _read_zip(data: bytes, name: str, found: dict[str, Found], budget: _Budget, *, depth: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                budget.entries -= 1
                if budget.entries < 0:
                    raise KitError([Problem(name, 0, say("handin.too_many", limit=ENTRY_CAP))])
                _read_entry(archive, entry, name, found, budget, depth)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, UnicodeDecodeError) as error:
        raise KitError([Problem(name, 0, say("handin.bad_zip"), say("handin.bad_zip_way_out"))]) from error


def _read_entry(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    found: dict[str, Found],
    budget: _Budget,
    depth: int,
) -> None:
    path = PurePosixPath(nfc(entry.filename).replace("\\", "/"))
    if entry.is_dir() or any(hidden(part) for part in path.parts[:-1] if part != ".."):
        return
    nested = path.suffix.lower() == ".zip" and depth < DEPTH_CAP
    if not is_part(path.name) and not nested:
        return
    where = "/".join([name, *path.parts[:-1]])
    group = found.setdefault(where, Found(where))
    if ".." in path.parts or _DRIVE.match(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
        group.notes.append(say("handin.unsafe_entry", name=str(path)[:80]))
        return
    try:
        data = _inflate(archive, entry, min(FILE_CAP, budget.bytes))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        group.notes.append(say("handin.bad_entry", name=path.name))
        return
    if data is None:
        group.notes.append(say("handin.large_entry", name=path.name, limit=FILE_CAP // 1_000_000))
        return
    budget.bytes -= len(data)
    if nested:
        try:
            _read_zip(data, "/".join([name, *path.parts]), found, budget, depth=depth + 1)
        except KitError as error:
            group.notes.append(str(error))
        return
    group.files[path.name] = data
    stamp = _entry_time(entry)
    group.modified = max(filter(None, (group.modified, stamp)), default=None)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, cap: int) -> bytes | None:
    """Return an entry's bytes, None where it has more than ``cap``: what the zip says of its size is not believed."""
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise NotImplementedError
    with archive.open(entry) as file:
        data = file.read(cap + 1)
    return data if len(data) <= cap else None


def _entry_time(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def walk(top: Path, skip: frozenset[Path] = frozenset()) -> Iterator[Found | Path]:
    """Give the parts of hand-ins in each folder below ``top``, and each zip as its path; links are not followed.

    ``skip`` names folders (resolved) that are not entered: the course's own.
    """
    for folder, below, names in os.walk(top, followlinks=False):
        below[:] = sorted(name for name in below if not hidden(name) and (Path(folder) / name).resolve() not in skip)
        group = Found(Path(folder).relative_to(top.parent).as_posix())
        budget = TOTAL_CAP
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix.lower() == ".zip":
                yield path
            elif is_part(nfc(name)):
                budget -= _take(path, nfc(name), group, min(FILE_CAP, budget))
        if group.files or group.notes:
            yield group


def _take(path: Path, name: str, group: Found, cap: int) -> int:
    """Read one file of a folder into ``group`` and return how many bytes that were."""
    try:
        if not regular(path):
            group.notes.append(say("handin.unsafe_entry", name=name))
            return 0
        data = _capped(path, cap)
    except OSError:
        group.notes.append(say("handin.bad_entry", name=name))
        return 0
    if data is None:
        group.notes.append(say("handin.large_entry", name=name, limit=FILE_CAP // 1_000_000))
        return 0
    group.files[name] = data
    group.modified = max(filter(None, (group.modified, _modified(path))), default=None)
    return len(data)


def _capped(path: Path, cap: int) -> bytes | None:
    with path.open("rb") as file:
        data = file.read(cap + 1)
    return data if len(data) <= cap else None


def _modified(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().replace(microsecond=0)
    except (OSError, OverflowError, ValueError):
        return None

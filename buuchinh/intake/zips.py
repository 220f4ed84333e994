"""List and read the members of a zip as far as possible, even if the archive is damaged or truncated.

``zipfile`` requires the table at the end of a zip (the central directory). If the table is missing (because a download
was interrupted or a memory stick was pulled out), this module finds the members by their own headers. ``zipfile`` also
rejects a member with a wrong checksum; this module returns the content that can be unpacked and marks it as broken.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import IO

from buuchinh.intake.filenames import entry_name
from buuchinh.intake.filetypes import Kind

MEMBER_CAP = 20_000
"""Maximum number of members in a zip, including all zips nested in it."""
WORK_CAP = 1_000_000_000
"""Maximum number of bytes unpacked from a zip, including all zips nested in it."""
_TABLE_CAP = 6_000_000
"""Maximum size in bytes of a zip's table; Python creates an object for about every hundred bytes of the table."""
_NAME_CAP = 1_024
"""Maximum number of characters in a path; Windows allows 260 by default."""
_SCAN_CAP = 80_000_000
"""Maximum number of bytes of a damaged zip in which headers are searched for."""
_HEADER = struct.Struct("<4s2B4HL2L2H")
_SIGNATURE = b"PK\x03\x04"
_CHUNK = 65_536


class TooMany(Exception):
    """The zip or its table is larger than any class could submit."""


@dataclass
class Budget:
    """Limits on what may still be read of a zip and all zips nested in it: members, bytes and kinds of files.

    ``kinds`` is None if all kinds are read. A file that may be a zip is read in any case.
    """

    members: int = MEMBER_CAP
    work: int = WORK_CAP
    kinds: frozenset[Kind] | None = None


@dataclass(frozen=True)
class Member:
    """One file in a zip.

    ``size`` is the unpacked size stated by the zip (unverified), or 0 if none is stated. ``packed`` is the compressed
    size. Both sizes are in bytes. ``offset`` is the position of the member's header in the zip, and ``method`` is the
    number by which zips denote the compression method. ``packed`` and ``checksum`` (CRC-32) are None if unknown.
    """

    name: str
    encrypted: bool
    link: bool
    method: int
    packed: int | None
    size: int
    checksum: int | None
    offset: int
    modified: datetime | None


def members(file: IO[bytes], budget: Budget) -> tuple[list[Member], bool]:
    """Return the files in a zip and whether its table is intact; the list is empty if ``file`` is not a zip.

    Raise ``TooMany`` if the table is too large or ``budget`` allows no more members.
    """
    if _table_size(file) > _TABLE_CAP:
        raise TooMany
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if _named(entry.filename)]
            listed, whole = [_listed(entry) for entry in entries], True
        if _overlap(listed):  # the table lists the same bytes several times, so only the headers are used
            listed, whole = _scanned(file), False
        true = sum(_begins(file, member) for member in listed)
        if true < len(listed) and len(scanned := _scanned(file)) > true:  # bytes were inserted or lost before the table
            listed, whole = scanned, False
    except Exception:  # zipfile raises various errors for a damaged table
        listed, whole = _scanned(file), False
    budget.members -= len(listed)
    if budget.members < 0:
        raise TooMany
    return listed, whole


@dataclass
class Reader(io.RawIOBase):
    """Stream of one unpacked member; at the end, ``broken`` is True if the content is incomplete or corrupt.

    Raise ``NotImplementedError`` if the compression method is neither "stored" nor "deflated".
    """

    file: IO[bytes]
    member: Member
    budget: Budget
    broken: bool = False
    _place: int = 0
    _left: int | None = None
    _sum: int = 0
    _ended: bool = False
    _unpacker: zlib._Decompress | None = field(default=None)

    def __post_init__(self) -> None:
        if self.member.method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError
        self.file.seek(self.member.offset)
        header = self.file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_SIGNATURE):
            self._ended = self.broken = True
            return
        name, extra = _HEADER.unpack(header)[-2:]
        self._place = self.member.offset + _HEADER.size + name + extra
        self._left = self.member.packed
        if self.member.method == zipfile.ZIP_DEFLATED:
            self._unpacker = zlib.decompressobj(-15)

    def readable(self) -> bool:
        """Return True, since the stream can always be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes, or b"" at the end of the member or of its undamaged part."""
        parts = []
        left = size if size >= 0 else self.budget.work
        while left > 0 and not self._ended and self.budget.work > 0:
            data = self._some(min(left, self.budget.work))
            left -= len(data)
            self.budget.work -= len(data)
            self._sum = zlib.crc32(data, self._sum)
            parts.append(data)
        if self._ended and self.member.checksum not in {None, self._sum}:
            self.broken = True
        return b"".join(parts)

    def _some(self, at_most: int) -> bytes:
        if self._unpacker is None:
            data = self._raw(min(at_most, _CHUNK))
            self._ended = not data
            return data
        try:
            data = self._unpacker.decompress(self._unpacker.unconsumed_tail or self._raw(_CHUNK), at_most)
        except zlib.error:
            self._ended = self.broken = True
            return b""
        if self._unpacker.eof:
            self._ended = True
        elif not data and not self._unpacker.unconsumed_tail and self._left == 0:
            self._ended = self.broken = True
        return data

    def _raw(self, size: int) -> bytes:
        """Return the next packed bytes, seeking first since other code may have read from the same file."""
        if self._left is not None:
            size = min(size, self._left)
        self.file.seek(self._place)
        data = self.file.read(size)
        self._place += len(data)
        if self._left is not None:
            self._left -= len(data)
        if not data:
            self._left = 0
        return data


def _overlap(listed: list[Member]) -> bool:
    """Return whether two members overlap, as in a zip bomb built to unpack to thousands of times its own size."""
    ordered = sorted(listed, key=lambda member: member.offset)
    return any(
        later.offset < earlier.offset + _HEADER.size + (earlier.packed or 0) for earlier, later in pairwise(ordered)
    )


def _begins(file: IO[bytes], member: Member) -> bool:
    """Return whether the file has a header at the offset that the table states for ``member``."""
    file.seek(member.offset)
    return file.read(len(_SIGNATURE)) == _SIGNATURE


def _named(name: str) -> bool:
    """Return whether an entry's name is usable and belongs to a file; a folder's name ends in a slash."""
    return 0 < len(name) <= _NAME_CAP and not name.endswith("/")


def _listed(entry: zipfile.ZipInfo) -> Member:
    return Member(
        name=entry_name(entry.filename, entry.flag_bits),
        encrypted=bool(entry.flag_bits & 1),
        link=stat.S_ISLNK(entry.external_attr >> 16),
        method=entry.compress_type,
        packed=entry.compress_size,
        size=entry.file_size,
        checksum=entry.CRC,
        offset=entry.header_offset,
        modified=_time(entry.date_time),
    )


def _table_size(file: IO[bytes]) -> int:
    """Return the size in bytes that the zip states for its table, or the largest if it states several sizes."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - 66_000))
    tail = file.read()
    sizes = [0]
    for mark, place, kind in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        start = tail.find(mark)
        while start >= 0:
            data = tail[start + place : start + place + struct.calcsize(kind)]
            if len(data) == struct.calcsize(kind) and data != b"\xff" * len(data):
                sizes.append(struct.unpack(kind, data)[0])
            start = tail.find(mark, start + 1)
    file.seek(0)
    return min(max(sizes), end)


def _scanned(file: IO[bytes]) -> list[Member]:
    """Find the members of a zip by the header in front of each member, without using the zip's table."""
    file.seek(0)
    data = file.read(_SCAN_CAP)
    scanned: list[Member] = []
    place = data.find(_SIGNATURE)
    while place >= 0 and len(scanned) <= MEMBER_CAP:
        header = data[place : place + _HEADER.size]
        if len(header) < _HEADER.size:
            break
        _, _, _, flags, method, clock, day, checksum, packed, size, long, extra = _HEADER.unpack(header)
        start = place + _HEADER.size
        raw = data[start : start + long]
        sized = bool(packed) and not flags & 8  # else the size follows the data
        name = entry_name(raw.decode("utf-8" if flags & 0x800 else "cp437", errors="replace"), flags)
        if _named(name) and (sized or method == zipfile.ZIP_DEFLATED):
            moment = (1980 + (day >> 9), day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2)
            scanned.append(
                Member(
                    name=name,
                    encrypted=bool(flags & 1),
                    link=False,
                    method=method,
                    packed=packed if sized else None,
                    size=size if sized else 0,
                    checksum=checksum if sized else None,
                    offset=place,
                    modified=_time(moment),
                )
            )
        place = data.find(_SIGNATURE, start + (long + extra + packed if sized else 0))
    return scanned


def _time(moment: tuple[int, int, int, int, int, int]) -> datetime | None:
    try:
        return datetime(*moment).astimezone()
    except (ValueError, OverflowError, OSError):
        return None

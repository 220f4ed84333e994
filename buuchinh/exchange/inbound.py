"""Copy submissions out of the exchange's inbound folder without trusting a name, a link or a size in it.

A submission belongs to the account that owns its folder: anybody can type a name, so names are not believed. Before
files are read, the opened folder is checked to be that account's.
Every file is opened below that folder's descriptor, so nothing can be exchanged for a link between a look and a read.
"""

from __future__ import annotations

import errno
import heapq
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from buuchinh.course import TIMESTAMP
from buuchinh.exchange.places import SECRET
from buuchinh.files import UNFINISHED, reason
from buuchinh.messages import say

MOST_FILES = 200
MOST_BYTES = 100_000_000
"""Limits of one submission; what lies beyond them is left out, and said."""
MOST_OF_UNIT = 100
"""Number of an account's newest submissions to a unit that are read."""
MOST_OF_ACCOUNT = 300
"""Number of an account's submissions that are read at once, to whatever units."""
_SECRET_CAP = 1000
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True)
class InboundEntry:
    """One file or folder in the inbound folder.

    ``account`` is the owner's name, or "" if the owner has none here. ``claimed`` and ``unit`` are the account and the
    unit that the name states, as anybody may type them. ``refused`` says why it is not read at all, or is "";
    ``stands_for_older``: whether it stands for all older names of the account, which are not read one by one.
    """

    name: str
    account: str
    uid: int
    claimed: str
    unit: str
    refused: str = ""
    stands_for_older: bool = False


def newest_entries(inbound: Path, units: Container[str]) -> list[InboundEntry]:
    """Return everything in the inbound folder but hidden names, ordered by owner, of each owner the newest last.

    Of an owner with very many names only the newest of each of the ``units``, and of what is of none of them, are
    returned, after one refusal that says so. No more than that is held in memory.
    """
    of_owner, counted = _newest(inbound, units)
    seen: list[InboundEntry] = []
    for uid in sorted(of_owner):
        account = _account(uid)
        newest = sorted(named for _, named in sorted(of_owner[uid])[:MOST_OF_ACCOUNT])
        if counted[uid] > len(newest):
            refused = say("exchange.inbound.older", account=account or uid, count=counted[uid], limit=len(newest))
            seen.append(InboundEntry(account or str(uid), account, uid, account, "", refused, stands_for_older=True))
        for _, name, is_folder in newest:
            refused = "" if is_folder else say("exchange.inbound.no_folder")
            seen.append(InboundEntry(name, account, uid, *_stated(name), refused))
    return seen


def every(inbound: Path) -> Iterator[InboundEntry]:
    """Yield everything in the inbound folder, however much it is, in no order.

    Of hidden names only what a killed hand-in left half-written is among it.
    """
    top = os.open(inbound, _FOLDER)
    try:
        for uid, (_, name, _) in _entries(top, hidden=UNFINISHED):
            yield InboundEntry(name, _account(uid), uid, *_stated(name))
    finally:
        os.close(top)


_Named = tuple[int, str, bool]
"""Time of the last change, name, and whether it is a folder."""


def _newest(inbound: Path, units: Container[str]) -> tuple[dict[int, list[tuple[int, _Named]]], Counter[int]]:
    """Return of each owner the newest names of each unit, with their place from the newest; and how many there are."""
    newest: dict[tuple[int, str], list[_Named]] = defaultdict(list)
    counted: Counter[int] = Counter()
    top = os.open(inbound, _FOLDER)
    try:
        for uid, named in _entries(top):
            unit = _stated(named[1])[1] if named[2] else ""
            heap = newest[uid, unit if unit in units else ""]
            counted[uid] += 1
            if len(heap) < MOST_OF_UNIT:
                heapq.heappush(heap, named)
            else:
                heapq.heappushpop(heap, named)
    finally:
        os.close(top)
    of_owner: dict[int, list[tuple[int, _Named]]] = defaultdict(list)
    for (uid, _), heap in newest.items():
        of_owner[uid] += enumerate(sorted(heap, reverse=True))
    return of_owner, counted


def _stated(name: str) -> tuple[str, str]:
    """Return the account and the unit that a name states."""
    claimed, _, tail = name.partition("+")
    return claimed, tail.partition("+")[0]


def copy(inbound: Path, submission: InboundEntry, target: Path) -> list[str]:
    """Copy the plain files of one submission to the new folder ``target``; return sentences on what was left out.

    Folders within it are not entered. Raise ``OSError`` if the submission cannot be read.
    """
    target.mkdir(parents=True)
    sentences: list[str] = []
    left = MOST_BYTES
    with _opened(inbound, submission) as folder:
        for number, name in enumerate(_names(folder.fd)):
            if number == MOST_FILES:
                sentences.append(say("exchange.inbound.many_files", limit=MOST_FILES))
                break
            if name in {TIMESTAMP, SECRET}:
                continue
            size, sentence = _copy_file(folder, name, target / name, left)
            left -= size
            sentences += [sentence] if sentence else []
    return sentences


def secret(inbound: Path, submission: InboundEntry) -> str | None:
    """Return the secret of a submission, or None if it has none that can be read safely."""
    with suppress(OSError, ValueError), _opened(inbound, submission) as folder:
        fd = _safe_file(folder, SECRET)
        if isinstance(fd, int):
            with os.fdopen(fd, "rb") as file:
                data = file.read(_SECRET_CAP + 1)
            if 16 <= len(data) <= _SECRET_CAP:
                return data.decode("ascii")
    return None


@dataclass(frozen=True)
class _Folder:
    """A submission's opened folder: its descriptor and its owner."""

    fd: int
    uid: int


@contextmanager
def _opened(inbound: Path, submission: InboundEntry) -> Iterator[_Folder]:
    """Open a submission's folder, which must be the same owner's as when it was found."""
    fd = os.open(inbound / submission.name, _FOLDER)
    try:
        if os.fstat(fd).st_uid != submission.uid:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), submission.name)
        yield _Folder(fd, submission.uid)
    finally:
        os.close(fd)


def _entries(top: int, *, hidden: str = "") -> Iterator[tuple[int, _Named]]:
    """Yield the owner of each name, with the time of its last change, which nobody can forge.

    Of hidden names only those that begin with ``hidden`` are among them, by default none. What its owner hides from
    everybody, such as a file system mounted there, is passed by.
    """
    with os.scandir(top) as entries:
        for entry in entries:
            if entry.name.startswith(".") and not (hidden and entry.name.startswith(hidden)):
                continue
            with suppress(OSError):
                seen = entry.stat(follow_symlinks=False)
                yield seen.st_uid, (seen.st_ctime_ns, entry.name, stat.S_ISDIR(seen.st_mode))


def _names(fd: int) -> list[str]:
    """Return the first names of files in a folder, one more than are read."""
    with os.scandir(fd) as entries:
        plain = (
            entry.name
            for entry in entries
            if not entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        )
        return heapq.nsmallest(MOST_FILES + 1, plain)


def _account(uid: int) -> str:
    import pwd  # Unix alone

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""


def _safe_file(folder: _Folder, name: str) -> int | str:
    """Open a plain file that belongs to the submission's owner alone; return its descriptor, or why it is left out."""
    seen = os.stat(name, dir_fd=folder.fd, follow_symlinks=False)
    if not stat.S_ISREG(seen.st_mode):
        return say("exchange.inbound.no_file", name=name)
    fd = os.open(name, _FILE, dir_fd=folder.fd)
    now = os.fstat(fd)
    why = (
        "no_file" if not stat.S_ISREG(now.st_mode)
        else "linked" if now.st_nlink != 1
        else "others" if now.st_uid != folder.uid
        else ""
    )  # fmt: skip
    if why:
        os.close(fd)
        return say(f"exchange.inbound.{why}", name=name)
    return fd


def _copy_file(folder: _Folder, name: str, target: Path, most: int) -> tuple[int, str]:
    """Copy one file of at most ``most`` bytes; return its size, and why it was left out or ""."""
    try:
        fd = _safe_file(folder, name)
    except OSError as error:
        return 0, say("exchange.inbound.closed", name=name, reason=reason(error))
    if isinstance(fd, str):
        return 0, fd
    with os.fdopen(fd, "rb") as file:
        seen = os.fstat(fd)
        size = seen.st_size
        data = file.read(size) if size <= most else b""
    if size > most:
        return 0, say("exchange.inbound.large", name=name, limit=MOST_BYTES // 1_000_000)
    target.write_bytes(data)
    os.utime(target, ns=(seen.st_mtime_ns, seen.st_mtime_ns))
    return len(data), ""

"""Unpack wheels into an environment like an installer, using only the standard library and no network.

A bundle contains wheels and, for each supported Python, a list of the wheels it needs with their hashes. The machine
that unpacks them may have neither pip (Windows' embeddable Python has none) nor a compiler. Commands are run as
``python -m``, so no scripts are written.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

WHEELS = "wheels"
"""The folder of a bundle that holds the wheels and their lists."""
_DATA = re.compile(r"[^/]+\.data/(?P<scheme>\w+)/(?P<rest>.+)")
_NOT_RUN = re.compile(r"jupyterlab/galata/")
"""JupyterLab's own test pages, which nobody runs and whose paths are the longest of all."""


@dataclass(frozen=True)
class BundledWheel:
    """A wheel in a bundle, and its SHA-256 hash (hex) according to the course's lock file."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class Unpacked:
    """The result of unpacking: the number of files, their size in bytes, and the longest path in the environment."""

    files: int
    size: int
    longest: str


def key() -> str:
    """Return the name of the wheel list for the running Python, such as ``3.11-win-amd64`` or ``3.12-linux-x86_64``."""
    built = sysconfig.get_platform()
    system = built if sys.platform == "win32" else f"{built.split('-')[0]}-{platform.machine().lower()}"
    return f"{sys.version_info[0]}.{sys.version_info[1]}-{system}"


def list_name(wanted: str) -> str:
    """Return the path, relative to the bundle, of the wheel list for the Python ``wanted`` (see ``key``)."""
    return f"{WHEELS}/{wanted}.txt"


def as_list(wheels: Sequence[BundledWheel]) -> str:
    """Return the contents of a wheel list: one line for each wheel, with its hash and file name."""
    return "".join(
        f"{wheel.sha256}  {wheel.path.name}\n" for wheel in sorted(wheels, key=lambda wheel: wheel.path.name)
    )


def read_list(path: Path) -> list[BundledWheel]:
    """Return the wheels named in the list at ``path``, which are in the same folder."""
    lines = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [BundledWheel(path.parent / name, sha256) for sha256, name in lines]


def site(python: str, *, windows: bool) -> str:
    """Return the folder of packages within an environment, for a Python version such as ``3.11``."""
    return "Lib/site-packages" if windows else f"lib/python{python}/site-packages"


def size(wheels: Sequence[BundledWheel]) -> int:
    """Return the unpacked size of the wheels in bytes; raise ``KitError`` if a wheel is damaged or missing."""
    return sum(entry.file_size for wheel in wheels for entry, _ in _members(wheel, ""))


def longest(wheels: Sequence[BundledWheel], packages: str) -> str:
    """Return the longest path that unpacking creates, relative to the environment's folder."""
    return max((path for wheel in wheels for _, path in _members(wheel, packages)), key=len, default="")


def unpack(
    wheels: Sequence[BundledWheel],
    folder: Path,
    packages: str,
    report: Callable[[int], None] = lambda done: None,
) -> Unpacked:
    """Unpack ``wheels`` into the environment ``folder``, overwriting existing files; packages go into ``packages``.

    ``report`` is called with the number of wheels unpacked so far. Raise ``KitError`` before writing a wheel whose hash
    differs from the lock file, and ``OSError`` if the disk is full or refuses the write.
    """
    paths: dict[str, int] = {}
    made: set[Path] = set()
    for number, wheel in enumerate(wheels, 1):
        with zipfile.ZipFile(io.BytesIO(_verified(wheel))) as archive:
            for entry, path in list(_inside(wheel, archive, packages)):
                target = folder / path
                if target.parent not in made:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    made.add(target.parent)
                target.write_bytes(archive.read(entry))
                if os.name == "posix" and entry.external_attr >> 16 & 0o100:
                    target.chmod(0o755)
                paths[path] = entry.file_size
        report(number)
    return Unpacked(len(paths), sum(paths.values()), max(paths, key=len, default=""))


def _members(wheel: BundledWheel, packages: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    try:
        with zipfile.ZipFile(wheel.path) as archive:
            yield from _inside(wheel, archive, packages)
    except (OSError, zipfile.BadZipFile) as error:
        raise KitError([_damaged(wheel)]) from error


def _inside(wheel: BundledWheel, archive: zipfile.ZipFile, packages: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the same as ``_placed``; raise ``KitError`` if a wheel names a path outside the environment."""
    for entry, path in _placed(archive, packages):
        if "\\" in path or ":" in path or any(step.strip(" .") == "" for step in path.split("/")):
            raise KitError([_damaged(wheel)])
        yield entry, path


def _placed(archive: zipfile.ZipFile, packages: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield each file of a wheel that is needed, with its path in an environment."""
    top = f"{packages}/" if packages else ""
    for entry in archive.infolist():
        if entry.is_dir() or _NOT_RUN.match(entry.filename):
            continue
        match = _DATA.fullmatch(entry.filename)
        if match is None or match["scheme"] in {"purelib", "platlib"}:
            yield entry, f"{top}{match['rest'] if match else entry.filename}"
        elif match["scheme"] == "data":
            yield entry, match["rest"]


def _verified(wheel: BundledWheel) -> bytes:
    try:
        data = wheel.path.read_bytes()
    except FileNotFoundError as error:
        raise KitError([_damaged(wheel)]) from error
    if hashlib.sha256(data).hexdigest() != wheel.sha256:
        raise KitError([_damaged(wheel)])
    return data


def _damaged(wheel: BundledWheel) -> Problem:
    name = f"{WHEELS}/{wheel.path.name}"
    return Problem(name, 0, say("lab.prepare.damaged"), say("lab.prepare.damaged_way_out"))

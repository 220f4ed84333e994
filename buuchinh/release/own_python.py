"""Read the archive of a Python to include in a bundle: python.org's embeddable zip or a build without installer.

The operating system and Python version are detected from the archive's contents. Files that the course does not need,
such as Python's own tests and headers, are left out.
"""

from __future__ import annotations

import re
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.lab import unpack
from buuchinh.messages import say
from buuchinh.release.targets import SYSTEMS, VERSIONS, System

FOLDER = "python"
"""Folder in the bundle that holds the included Python; it lies beside the package."""
_LEFT_OUT = re.compile(
    r"(?:Lib|lib/python3\.\d+)/(?:test|idlelib|turtledemo)/|(?:.*/)?__pycache__/|[Ii]nclude/|libs/|.*\.(?:a|pdb|chm)$"
    r"|(?:bin/(?!python3\.\d+$)|Scripts/)"
)
_RUN = re.compile(r"(?P<top>(?:.*/)?)(?:python\.exe|bin/python(?P<version>3\.\d+))")
_LIBRARY = re.compile(r"python3(\d+)\.dll")
_AMD64_PE, _X86_64_ELF, _ARM64_MACH = 0x8664, 62, 0x0100000C


@dataclass(frozen=True)
class OwnPython:
    """A Python to include in a bundle: version (such as ``3.11``), system, and files by path within ``FOLDER``."""

    version: str
    system: System
    files: dict[str, bytes]


def read(archive: Path) -> OwnPython:
    """Return the Python in ``archive``, a zip or tar file.

    Raise ``KitError`` if the file is not such an archive, if the archive holds no Python, or if the course does not
    support that Python's version, operating system or processor.
    """
    try:
        held = dict(_tar(archive) if tarfile.is_tarfile(archive) else _zip(archive))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError) as error:
        raise KitError([_fault(archive, "no_archive")]) from error
    runs = min((found for name in held if (found := _RUN.fullmatch(name))), key=lambda one: len(one[0]), default=None)
    if runs is None:
        raise KitError([_fault(archive, "no_python")])
    files = {
        name.removeprefix(runs["top"]): data
        for name, data in held.items()
        if name.startswith(runs["top"]) and not _LEFT_OUT.match(name.removeprefix(runs["top"]))
    }
    version = runs["version"] or _version_of(files)
    system = _system_of(held[runs[0]])
    if version not in VERSIONS or system is None:
        raise KitError([_fault(archive, "not_ours", version=version or "?")])
    return OwnPython(version, system, files | _paths(files, version))


def _paths(files: dict[str, bytes], version: str) -> dict[str, bytes]:
    """Return the name and content of a ``._pth`` file for an embeddable Python, or {} for any other Python.

    An embeddable Python imports only from the folders that its ``._pth`` file lists, and reads neither the registry nor
    environment variables. The list includes the parent folder, which holds the course.
    """
    name = f"python{version.replace('.', '')}._pth"
    if name not in files:
        return {}
    packages = unpack.site(version, windows=True).replace("/", "\\")
    lines = [f"{name.removesuffix('._pth')}.zip", ".", packages, "..", "import site"]
    return {name: "".join(f"{line}\r\n" for line in lines).encode("ascii")}


def _version_of(files: dict[str, bytes]) -> str:
    return next((f"3.{found[1]}" for name in files if (found := _LIBRARY.fullmatch(name))), "")


def _system_of(program: bytes) -> System | None:
    """Return the system for which a program was built, as its first bytes show, or None if it is not supported."""
    with_size = program[:64].ljust(64, b"\0")
    if with_size.startswith(b"MZ"):
        (at,) = struct.unpack_from("<I", with_size, 0x3C)
        header = program[at : at + 6]
        return SYSTEMS["windows"] if header == b"PE\0\0" + struct.pack("<H", _AMD64_PE) else None
    if with_size.startswith(b"\x7fELF"):
        return SYSTEMS["linux"] if struct.unpack_from("<H", with_size, 18) == (_X86_64_ELF,) else None
    if with_size.startswith(b"\xcf\xfa\xed\xfe"):
        return SYSTEMS["macos"] if struct.unpack_from("<I", with_size, 4) == (_ARM64_MACH,) else None
    return None


def _zip(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            if not entry.is_dir():
                yield _safe(entry.filename), packed.read(entry)


def _tar(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the regular files and hard links in a tar archive.

    Symbolic links are skipped: the start files do not use them, and a zip file has none.
    """
    with tarfile.open(archive) as packed:
        for entry in packed:
            try:
                file = packed.extractfile(entry) if entry.isfile() or entry.islnk() else None
            except KeyError as error:  # a hard link to a file that the archive does not hold
                raise ValueError(entry.name) from error
            if file is not None:
                yield _safe(entry.name.removeprefix("./")), file.read()


def _safe(name: str) -> str:
    if name.startswith("/") or ":" in name or "\\" in name or ".." in name.split("/"):
        raise ValueError(name)
    return name


def _fault(archive: Path, fault: str, **values: object) -> Problem:
    return Problem(str(archive), 0, say(f"release.offline.{fault}", **values), say("release.offline.python_way_out"))

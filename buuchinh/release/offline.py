"""Offline contents of a bundle: the lock's wheels, lists of them, a Python of its own.

The wheels are unpacked once where the bundle is made, as the PC will do it. This verifies each of them, and files,
megabytes, seconds and the longest path are measured instead of estimated.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.lab import unpack
from buuchinh.messages import say
from buuchinh.release import download_wheels, own_python
from buuchinh.release.targets import SYSTEMS, VERSIONS, System

_DOCUMENTS = len("C:\\Users\\") + 20 + len("\\Documents\\")
"""Signs of the path before a bundle: a user's name has at most 20 letters."""
_LONGEST = 259
"""Signs that a path may have on Windows."""


@dataclass(frozen=True)
class Offline:
    """The additions to a bundle, by path beside the package, and the figures of its first unpacking.

    ``files``, ``size`` (bytes) and ``seconds`` are of the unpacking here, of one Python; ``longest`` is its longest
    path beside the package.
    """

    system: System
    contents: Mapping[str, bytes]
    pythons: tuple[str, ...]
    wheels: int
    files: int
    size: int
    seconds: float
    longest: str


def gathered(lock: Path, name: str, *, python: Path | None = None, wheelhouse: Path | None = None) -> Offline:
    """Return the offline contents for the system ``name`` (``windows``, ``linux``, ``macos``) by ``lock``.

    ``python`` is an archive of Python to include; without it there are wheels for each Python that the course supports.
    ``wheelhouse`` is a folder of wheels to use instead of the index. Raises ``KitError``: an unknown system, an archive
    that is invalid or for another system, packages without a wheel.
    """
    if name not in SYSTEMS:
        raise KitError([Problem("", 0, say("release.offline.unknown", name=name, names=", ".join(SYSTEMS)))])
    system = SYSTEMS[name]
    own = own_python.read(python) if python is not None else None
    if own is not None and own.system is not system:
        sentence = say("release.offline.other_system", theirs=own.system.title, ours=system.title)
        raise KitError([Problem(str(python), 0, sentence, say("release.offline.python_way_out"))])
    pythons = (own.version,) if own else VERSIONS
    contents = {f"{own_python.FOLDER}/{path}": data for path, data in own.files.items()} if own else {}
    environment = own_python.FOLDER if own else ".venv"
    with tempfile.TemporaryDirectory(prefix="buuchinh-") as folder:
        lists = {
            version: download_wheels.wheels(lock, system, version, Path(folder, "tai"), wheelhouse=wheelhouse)
            for version in pythons
        }
        for version, wheels in lists.items():
            contents[unpack.list_name(system.key(version))] = unpack.as_list(wheels).encode("utf-8")
            contents |= {f"{unpack.WHEELS}/{wheel.path.name}": wheel.path.read_bytes() for wheel in wheels}
        version, wheels = next(iter(lists.items()))
        began = time.monotonic()
        done = unpack.unpack(wheels, Path(folder, "thu"), unpack.site(version, windows=system.windows))
        seconds = time.monotonic() - began
    longest = f"{environment}/{done.longest}"
    return Offline(system, contents, pythons, len(wheels), done.files, done.size, seconds, longest)


def too_long(bundle: str, paths: Mapping[str, object], longest: str) -> list[Problem]:
    """Return a problem where a path of the bundle is too long for Windows, in Documents and unpacked by Explorer.

    Explorer puts the zip's one folder into another of the zip's name. ``longest`` is the longest path that the first
    start creates.
    """
    found = max([*paths, longest], key=len)
    signs = length(bundle, found)
    if signs <= _LONGEST:
        return []
    return [Problem(found, 0, say("release.offline.too_long", signs=signs, most=_LONGEST))]


def length(bundle: str, path: str) -> int:
    """Return the length of ``path`` of the bundle on Windows, at worst."""
    return _DOCUMENTS + 2 * (len(bundle) + 1) + len(path)

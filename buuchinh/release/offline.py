"""Collect what a bundle needs for installation without network: wheels, lists of them, and optionally a Python.

The wheels are unpacked once on the machine that makes the bundle, in the same way as on the trainee's PC. This
verifies each wheel, and measures the number and size of files, the time and the longest path, rather than estimating.
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
"""Maximum length in characters of the path above a bundle: a Windows user name has at most 20 characters."""
_LONGEST = 259
"""Maximum length in characters of a path on Windows."""


@dataclass(frozen=True)
class Offline:
    """A bundle's offline contents, and measurements from unpacking the wheels once.

    ``contents`` maps paths relative to the folder that contains the package to file contents. ``files``, ``size``
    (bytes) and ``seconds`` were measured on this machine for the first of ``pythons``, and ``wheels`` is the number of
    wheels for that version. ``longest`` is the longest path that unpacking creates, relative to the same folder.
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
    """Collect the offline contents for the system ``name`` (``windows``, ``linux`` or ``macos``).

    ``lock`` is the lock file that names the packages. ``python`` is an archive of a Python to include; without this
    archive, wheels for every Python version that the course supports are included. ``wheelhouse`` is a folder of wheels
    to use instead of the package index. Raise ``KitError`` if the system is unknown, if the archive is invalid or for
    another system, or if a package has no wheel.
    """
    if name not in SYSTEMS:
        raise KitError(say("release.offline.unknown", name=name, names=", ".join(SYSTEMS)))
    system = SYSTEMS[name]
    own = own_python.read(python) if python is not None else None
    if own is not None and own.system is not system:
        sentence = say("release.offline.other_system", theirs=own.system.title, ours=system.title)
        raise KitError(sentence, say("release.offline.python_way_out"), path=str(python))
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
    """Return a problem if a path in the bundle would be too long on Windows, or else an empty list.

    The bundle is assumed to be in the Documents folder and extracted by Explorer, which puts the zip's single folder
    into another folder of the same name. ``bundle`` is the bundle's name, ``paths`` has the paths of its files as keys,
    and ``longest`` is the longest path that the first start creates.
    """
    found = max([*paths, longest], key=len)
    signs = length(bundle, found)
    if signs <= _LONGEST:
        return []
    return [Problem(found, 0, say("release.offline.too_long", signs=signs, most=_LONGEST))]


def length(bundle: str, path: str) -> int:
    """Return the worst-case length in characters that ``path`` in the bundle named ``bundle`` has on Windows."""
    return _DOCUMENTS + 2 * (len(bundle) + 1) + len(path)

"""What a hand-in's code may read of the course: settings, data and the exercise as it was given out. Never ``source/``.

It is read once a run into one archive, known by its content, and laid out in a folder of
its own wherever code runs: beside the pool, on a worker of a cluster, without isolation.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from buuchinh import course

_CORRECTIONS = "corrections.csv"
"""What was corrected in keys: no hand-in reads it, and a corrected key must run no code again."""


@dataclass(frozen=True)
class Given:
    """The archive (zip) and the hash of what is in it."""

    unit: str
    data: bytes
    digest: str


def pack(unit: str) -> Given:
    """Read what the code of ``unit`` may read; files that have not changed are not read twice."""
    root = course.root()
    places = [root / "datasets", root / "exercises" / unit]
    files = [root / course.SETTINGS, *(path for place in places for path in sorted(place.rglob("*")))]
    plain = [path for path in files if path.is_file() and not path.is_symlink() and path.name != _CORRECTIONS]
    return _pack(unit, root, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in plain))


def lay_out(given: Given, folder: Path) -> Path:
    """Make a course of it in ``folder``, with an empty workplace, readable by everyone; return the folder."""
    with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
        archive.extractall(folder)
    (folder / workplace(given.unit)).mkdir(parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def workplace(unit: str) -> str:
    """Return where the code of ``unit`` runs, from the course's root: where somebody without a code works."""
    return f"{course.WORK}/{course.GUEST}/{unit}"


@lru_cache(maxsize=8)
def _pack(unit: str, root: Path, files: tuple[tuple[Path, int, int], ...]) -> Given:
    packed = io.BytesIO()
    digest = hashlib.sha256()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, _, _ in files:
            name, data = path.relative_to(root).as_posix(), path.read_bytes()
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # its date is fixed
            digest.update(f"{name}:{len(data)}\n".encode())
            digest.update(data)
    return Given(unit, packed.getvalue(), digest.hexdigest())

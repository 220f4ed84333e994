"""The part of the course that a submission's code may read: settings, tables, the released exercise; never ``source/``.

It is read once a run into one archive with a hash of its content, and unpacked into a folder of
its own wherever code runs: beside the pool, on a worker of a cluster, without isolation.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from buuchinh import course

_LEFT_OUT = ("questions", "coverage")
"""Folders of ``datasets/`` that are about questions and keys: no hand-in reads them, and no change there runs code."""


@dataclass(frozen=True)
class Given:
    """The archive (zip) and the hash of what is in it."""

    unit: str
    data: bytes
    digest: str


def pack(unit: str) -> Given:
    """Read what the code of ``unit`` may read; files that have not changed are not read twice."""
    root = course.root()
    places = [root / course.DATASETS, course.exercise_folder(unit)]
    left_out = [root / course.DATASETS / name for name in _LEFT_OUT]
    files = [path for place in places for path in sorted(place.rglob("*")) if not {*path.parents} & {*left_out}]
    plain = [path for path in files if path.is_file() and not path.is_symlink()]
    known = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in plain)
    return _pack(unit, root, _settings(), known)


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


def _settings() -> bytes:
    """Return ``course.toml`` without what nothing computed depends on: a deadline that moves must run no code again."""
    kept = course.settings().model_dump(mode="json", exclude={"deadlines", "complete", "paths", "site", "leader"})
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in kept.items()]
    return "\n".join([*lines, ""]).encode("utf-8")


@lru_cache(maxsize=8)
def _pack(unit: str, root: Path, settings: bytes, files: tuple[tuple[Path, int, int], ...]) -> Given:
    packed = io.BytesIO()
    digest = hashlib.sha256()
    contents = ((path.relative_to(root).as_posix(), path.read_bytes()) for path, _, _ in files)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((course.SETTINGS, settings), *contents):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # its date is fixed
            digest.update(f"{name}:{len(data)}\n".encode())
            digest.update(data)
    return Given(unit, packed.getvalue(), digest.hexdigest())

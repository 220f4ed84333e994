"""Pack the files that submitted code may read: settings, tables and the released exercise, but never ``source/``.

``source/`` contains the answer keys. The other files are read once per run into an archive with a hash of its content.
The archive is unpacked into a separate folder wherever code runs: for the local pool, on a cluster's worker, or without
isolation.
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
"""Folders in ``datasets/`` about questions and keys; no submission reads them, so a change in them reruns no code."""


@dataclass(frozen=True)
class CourseArchive:
    """The zip archive of the course's files for ``unit``, and the hash of the archive's content."""

    unit: str
    data: bytes
    digest: str


def pack(unit: str) -> CourseArchive:
    """Return the archive of files that code for ``unit`` may read; recent archives are reused if nothing changed."""
    root = course.root()
    places = [root / course.DATASETS, course.exercise_folder(unit)]
    left_out = [root / course.DATASETS / name for name in _LEFT_OUT]
    files = [path for place in places for path in sorted(place.rglob("*")) if not {*path.parents} & {*left_out}]
    plain = [path for path in files if path.is_file() and not path.is_symlink()]
    known = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in plain)
    return _pack(unit, root, _settings(), known)


def unpack(course_archive: CourseArchive, folder: Path) -> Path:
    """Unpack a course into ``folder``, readable by everyone and with an empty working folder; return ``folder``."""
    with zipfile.ZipFile(io.BytesIO(course_archive.data)) as archive:
        archive.extractall(folder)
    (folder / workplace(course_archive.unit)).mkdir(parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def workplace(unit: str) -> str:
    """Return the folder in which code for ``unit`` runs, relative to the course root: a guest's working folder."""
    return f"{course.WORK}/{course.GUEST}/{unit}"


def _settings() -> bytes:
    """Return ``course.toml`` without the settings irrelevant to code, so a changed deadline reruns no code."""
    settings = course.settings().model_dump(mode="json", exclude={"deadlines", "complete", "paths", "site", "leader"})
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()]
    return "\n".join([*lines, ""]).encode("utf-8")


@lru_cache(maxsize=8)
def _pack(unit: str, root: Path, settings: bytes, files: tuple[tuple[Path, int, int], ...]) -> CourseArchive:
    packed = io.BytesIO()
    digest = hashlib.sha256()
    contents = ((path.relative_to(root).as_posix(), path.read_bytes()) for path, _, _ in files)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((course.SETTINGS, settings), *contents):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # its date is fixed
            digest.update(f"{name}:{len(data)}\n".encode())
            digest.update(data)
    return CourseArchive(unit, packed.getvalue(), digest.hexdigest())

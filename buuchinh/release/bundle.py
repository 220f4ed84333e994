"""Build a bundle, the form in which the course is handed out: a folder, and a zip file of the same files.

A bundle holds exactly the files that the course's own lists name; no file is included merely because of its folder or
name. ``source/`` with the answer keys, the gradebook, the tests and version control are in no list of a trainee's
bundle and are therefore left out. If a file is missing, or an exercise differs from its release, no bundle is made. The
same course always gives the same zip, byte for byte.

A trainee's bundle starts with pages for the browser; everything that needs Python is in ``lab/``. An instructor's
bundle is the course itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from buuchinh import course, disk_cache
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, remove_unfinished, whole_folder, write_bytes
from buuchinh.locks import locked
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.release import offline, unit_selection, verify_exercises
from buuchinh.release.bundle_files import (
    INSTRUCTORS_READ_FIRST,
    INSTRUCTORS_START_FILES,
    LICENSE,
    READ_FIRST,
    START,
    START_FILES,
    UNITS_READ_FIRST,
    BundleFiles,
    list_files,
)
from buuchinh.release.instructor_bundle_files import list_instructor_files
from buuchinh.release.offline import Offline
from buuchinh.release.unit_selection import UnitSelection

LAB = "lab"
"""Folder in a trainee's bundle that holds the course for JupyterLab."""
_TRAINEES, _INSTRUCTORS = "buuchinh", "buuchinh-gv"
_COMMANDS = ("buuchinh", "nbgrader")
_COMMANDS_FOLDER = "lenh"
"""Folder of commands, put on an instructor's PATH, since a bundle has no virtual environment with scripts."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Earliest time that a zip can store, used for every entry so that the bytes do not depend on the day."""
_PACKED = (".whl",)
"""Suffixes of files that are already compressed."""


@dataclass(frozen=True)
class Bundle:
    """A bundle on disk.

    ``archive`` is the zip file, and ``size`` its size in bytes. ``files`` is the number of files. ``left_out`` names
    the files in the course's folders that are in no list. ``longest`` is the worst-case length in characters of the
    longest path on Windows.
    """

    folder: Path
    archive: Path
    version: str
    files: int
    left_out: tuple[str, ...]
    longest: int
    size: int


def make(
    out: Path,
    *,
    pages: Mapping[str, bytes] | None = None,
    added: Offline | None = None,
    instructor: bool = False,
    chosen: UnitSelection | None = None,
) -> Bundle:
    """Write a bundle of the course to ``out/buuchinh-<version>/``, and a zip file beside that folder.

    ``pages`` maps paths within the bundle to pages for the browser; an instructor's bundle has no such pages. ``added``
    holds offline contents, which make the bundle specific to one operating system. ``chosen`` limits the bundle to some
    units, which the bundle's name then mentions. A bundle of single units includes ``lab/`` only if one of them asks
    for code or if ``added`` is given.

    Raise ``KitError`` if a file is missing or an exercise differs from its release (naming every such file), if the
    folder exists and is not an unused earlier bundle, if a path is too long for Windows, or if the course in use is a
    class to practise on, whose title and keys are not those of the real course.
    """
    root, version = course.root(), course.settings().version
    if course.is_practice_class(root):
        raise KitError(say("release.bundle.practice"), say("release.bundle.practice_way_out"))
    chosen = chosen or unit_selection.everything()
    name = _name(_INSTRUCTORS if instructor else _TRAINEES, chosen, added.system.name if added else "")
    folder, archive = out / name, out / f"{name}.zip"
    going = list_instructor_files() if instructor else list_files(chosen)
    problems = [*going.problems, *_in_the_way(folder)]
    if problems:
        raise KitError(problems)
    lab = _instructors(root, going, version) if instructor else {}
    if not instructor and (added or chosen.brings_lab):
        lab = _trainees(root, going)
    lab |= dict(added.contents) if added else {}
    within = PurePosixPath("" if instructor else LAB)
    contents = {str(within / path): data for path, data in lab.items()}
    if not instructor:
        contents |= _top(root, version, chosen) | dict(pages or {})
    contents["manifest.json"] = _manifest(version, contents, chosen.units)
    longest = str(within / added.longest) if added else ""
    on_windows = added is None or added.system.windows
    if on_windows and (problems := offline.too_long(name, contents, longest)):
        raise KitError(problems)
    with locked(root / disk_cache.FOLDER / disk_cache.OUTPUT_LOCK):
        remove_unfinished(out, files=True)  # of a run that was killed
        _write_folder(folder, contents)
        write_bytes(archive, _zipped(name, contents))
    signs = max(offline.length(name, path) for path in (*contents, longest))
    return Bundle(folder, archive, version, len(contents), going.left_out, signs, archive.stat().st_size)


def archive_of_units(*units: str) -> Path:
    """Return the path of the zip file of a trainee's bundle of these units alone, whether it was made or not."""
    chosen = UnitSelection(units, alone=True, mark="-".join(units))
    return course.root() / course.DIST / f"{_name(_TRAINEES, chosen)}.zip"


def _name(start: str, chosen: UnitSelection, system: str = "") -> str:
    return "-".join(filter(None, (start, course.settings().version, chosen.mark, system)))


def _trainees(root: Path, going: BundleFiles) -> dict[str, bytes]:
    """Return the contents of a trainee's JupyterLab files, by path within ``lab/``."""
    files = {path: (root / path).read_bytes() for path in going.paths if path != LICENSE}
    return files | dict(_banks_as_json(root, going.paths)) | _start_files(files, START_FILES)


def _instructors(root: Path, going: BundleFiles, version: str) -> dict[str, bytes]:
    files = {path: (root / path).read_bytes() for path in going.paths}
    start = _start_files(files, (*START_FILES, *INSTRUCTORS_START_FILES))
    for command in _COMMANDS:
        windows = f'@echo off\r\n"%BUUCHINH_PYTHON%" -m {command} %*\r\n'
        start[f"{_COMMANDS_FOLDER}/{command}.bat"] = windows.encode("ascii")
        start[f"{_COMMANDS_FOLDER}/{command}"] = f'#!/bin/sh\nexec "$BUUCHINH_PYTHON" -m {command} "$@"\n'.encode(
            "ascii"
        )
    top = _read_first(root, INSTRUCTORS_READ_FIRST, version)
    return files | dict(_banks_as_json(root, going.paths)) | start | top


def _start_files(files: Mapping[str, bytes], names: tuple[str, ...]) -> dict[str, bytes]:
    """Return the start files with the line endings that their shells need: CRLF for cmd.exe, LF for sh."""
    lines = {name: _lines(files[f"{START}/{name}"]) for name in names}
    return {name: data.replace(b"\n", b"\r\n") if name.endswith(".bat") else data for name, data in lines.items()}


def _top(root: Path, version: str, chosen: UnitSelection) -> dict[str, bytes]:
    """Return the files in a trainee's bundle that lie beside the pages and ``lab/``: read-me, version and licence."""
    name = UNITS_READ_FIRST if chosen.alone else READ_FIRST
    further = "" if chosen.whole or chosen.alone else "\n" + say("release.choice.exams_later_to_read")
    units = "\n".join(f"- {title}" for title in chosen.titles) if chosen.alone else ""
    top = _read_first(root, name, version, units=units, further=further)
    return top | {LICENSE: (root / LICENSE).read_bytes()}


def _read_first(root: Path, name: str, version: str, *, units: str = "", further: str = "") -> dict[str, bytes]:
    """Return the version file and the read-me file, which begins with a BOM so that Notepad decodes it as UTF-8."""
    text = (root / START / name).read_text(encoding="utf-8").replace("{version}", version).replace("{units}", units)
    text = text.replace("{leader}", course.settings().leader.words) + further
    return {
        READ_FIRST: _lines(text.encode("utf-8-sig")).replace(b"\n", b"\r\n"),
        "VERSION": f"{version}\n".encode(),
    }


def _banks_as_json(root: Path, paths: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of a JSON copy of each practice-question file; trainees' kernels have no YAML parser."""
    for path in paths:
        if path.startswith(f"{course.BANKS}/") and path.endswith(".yml"):
            with contextlib.suppress(ValueError):  # a bank that JSON cannot hold is read from its YAML
                beside = question_bank.json_path(root / path)
                yield beside.relative_to(root).as_posix(), question_bank.as_json(root / path)


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _manifest(version: str, contents: dict[str, bytes], units: Iterable[str]) -> bytes:
    manifest = {
        "format": 1,
        "version": version,
        "exercises": {unit: verify_exercises.version(unit) for unit in units},
        "sha256": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(contents.items())},
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _in_the_way(folder: Path) -> Iterator[Problem]:
    """Yield a problem if ``folder`` must not be replaced, because it is not a bundle or somebody has worked in it."""
    if folder.exists() and (not (folder / "manifest.json").is_file() or _worked_in(folder)):
        yield Problem(str(folder), 0, say("release.bundle.in_the_way"), say("release.bundle.in_the_way_way_out"))


def _worked_in(folder: Path) -> bool:
    names = (course.WORK, f"{LAB}/{course.WORK}", *(one.name for one in course.PERSONAL_FOLDERS))
    return any((folder / name).exists() for name in names) or _office_changed(folder)


def _office_changed(folder: Path) -> bool:
    """Return whether files with the office's own data were added to or changed in a trainee's bundle."""
    known = read_json(folder / "manifest.json").get("sha256", {})
    files = (path for path in (folder / LAB / course.OFFICE).rglob("*") if path.is_file())
    return any(
        known.get(path.relative_to(folder).as_posix()) != hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    )


def _runs(path: str) -> bool:
    """Return whether a file must be executable: a start file, a command, or a program of the bundled Python."""
    own = PurePosixPath(path)
    return own.suffix in {".sh", ".command"} or (own.parent.name in {_COMMANDS_FOLDER, "bin"} and own.suffix != ".bat")


def _write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    with whole_folder(folder) as fresh:
        for path, data in contents.items():
            target = fresh / path
            write_bytes(target, data)
            if _runs(path):
                target.chmod(target.stat().st_mode | 0o111)


def _zipped(name: str, contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{name}/{path}", _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system, so that the mode below takes effect
            entry.external_attr = (0o100755 if _runs(path) else 0o100644) << 16
            archive.writestr(entry, contents[path])
    return buffer.getvalue()

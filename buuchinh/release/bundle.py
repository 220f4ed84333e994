"""Makes the trainees' bundle: one folder and one zip of the files that the course's own lists name (``carried``).

No file enters a bundle because it is in a folder, nor because its path looks as it should. ``source/`` with the
keys, the gradebook, tests and version control are in no list and so stay behind. Where anything is missing,
or an exercise is not what was released, nothing is made. The same course makes the same zip, byte for byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.release import given_out
from buuchinh.release.carried import READ_FIRST, START, START_FILES, carried

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: the same course makes the same bytes on any day."""


@dataclass(frozen=True)
class Bundle:
    """A bundle on disk: its folder, its zip, its version, how many files it holds, and what was left out of it.

    ``left_out`` names the files in the course's folders that are in no list.
    """

    folder: Path
    archive: Path
    version: str
    files: int
    left_out: tuple[str, ...]


def make(out: Path, *, wheels: Path | None = None, pages: Mapping[str, bytes] | None = None) -> Bundle:
    """Make ``out/buuchinh-<version>/`` and the zip beside it from the course.

    ``wheels`` is a folder of Python packages to be installed without a network, ``pages`` what is read in a browser
    alone, by path within the bundle.
    Raises ``KitError`` naming every file of an exercise that is not as it was released, every
    file that is missing, and a folder in the way that is no earlier bundle.
    """
    root, version = course.root(), course.settings().version
    name = f"buuchinh-{version}"
    folder, archive = out / name, out / f"{name}.zip"
    going = carried()
    problems = [*going.problems, *_in_the_way(folder)]
    if wheels is not None and not list(wheels.glob("*.whl")):
        problems.append(
            Problem(str(wheels), 0, say("release.bundle.no_wheels"), say("release.bundle.no_wheels_way_out"))
        )
    if problems:
        raise KitError(problems)
    contents = _contents(root, going.paths, version) | dict(pages or {})
    for wheel in sorted(wheels.glob("*.whl")) if wheels else []:
        contents[f"wheels/{wheel.name}"] = wheel.read_bytes()
    contents["manifest.json"] = _manifest(version, contents)
    _write_folder(folder, contents)
    write_bytes(archive, _zipped(name, contents))
    return Bundle(folder, archive, version, len(contents), going.left_out)


def _contents(root: Path, paths: tuple[str, ...], version: str) -> dict[str, bytes]:
    """Return the bytes of every file of the bundle but its manifest and wheels, by path."""
    carried_files = {path: (root / path).read_bytes() for path in paths}
    start = {name: carried_files[f"{START}/{name}"] for name in START_FILES}
    read_first = start[READ_FIRST].decode("utf-8").replace("{version}", version)
    return (
        carried_files
        | dict(_banks_as_json(root, paths))
        | {
            # whatever the checkout did to line ends: cmd.exe wants CRLF, sh wants LF, Notepad wants a BOM
            "bat-dau.bat": _lines(start["bat-dau.bat"]).replace(b"\n", b"\r\n"),
            "bat-dau.sh": _lines(start["bat-dau.sh"]),
            READ_FIRST: _lines(read_first.encode("utf-8-sig")).replace(b"\n", b"\r\n"),
            "VERSION": f"{version}\n".encode(),
        }
    )


def _banks_as_json(root: Path, paths: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the JSON beside each bank of practice questions: a trainee's kernel parses no YAML."""
    for path in paths:
        if path.startswith(f"{course.BANKS}/") and path.endswith(".yml"):
            with contextlib.suppress(ValueError):  # a bank that JSON cannot hold is read from its YAML
                beside = bank.json_path(root / path)
                yield beside.relative_to(root).as_posix(), bank.as_json(root / path)


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _manifest(version: str, contents: dict[str, bytes]) -> bytes:
    manifest = {
        "format": 1,
        "version": version,
        "exercises": {unit: given_out.version(unit) for unit in given_out.units()},
        "sha256": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(contents.items())},
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _in_the_way(folder: Path) -> Iterator[Problem]:
    """An earlier bundle is replaced; a folder that somebody has worked in never is."""
    if folder.exists() and (not (folder / "manifest.json").is_file() or (folder / course.WORK).exists()):
        yield Problem(str(folder), 0, say("release.bundle.in_the_way"), say("release.bundle.in_the_way_way_out"))


def _write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    for path, data in contents.items():
        target = folder / path
        write_bytes(target, data)
        if path.endswith(".sh"):
            target.chmod(target.stat().st_mode | 0o111)


def _zipped(name: str, contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{name}/{path}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system: the mode below is read as it is meant
            entry.external_attr = (0o100755 if path.endswith(".sh") else 0o100644) << 16
            archive.writestr(entry, contents[path])
    return buffer.getvalue()

"""What a trainee is given: one folder and one zip, made by an allow-list.

Nothing enters a bundle because it lies there; each rule below names what may. ``source/``
with the keys, the gradebook, tests and version control are not named and so stay behind.
The same course makes the same zip, byte for byte.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_bytes
from buuchinh.grading.snapshot import question_files
from buuchinh.messages import say
from buuchinh.questions import bank

_ALLOWED = tuple(
    re.compile(pattern)
    for pattern in (
        r"course\.toml|requirements\.lock|LICENSE",
        r"lessons/\d\d-[a-z0-9-]+\.ipynb",
        r"lessons/hinh/[a-z0-9-]+\.(png|svg)",
        r"lessons/phu-luc/[a-z0-9-]+\.html",
        r"exercises/(bt\d\d|thi\d{1,2})/(\1\.ipynb|questions\.json|[a-z0-9-]+\.(csv|png|svg))",
        r"datasets/(?!questions/corrections\.csv)([a-z-]+/)?[a-z0-9-]+\.(csv|json|yml)",  # why a key changed tells it
        r"buuchinh/([a-z_]+/)*[a-zA-Z0-9_-]+\.(py|toml|js|mjs|css|json|html|txt|j2|bat|sh|typed)",
    )
)
_FOLDERS = ("lessons", "exercises", "datasets", "buuchinh")
_NEEDED = ("course.toml", "requirements.lock", "LICENSE", "lessons/00-bat-dau.ipynb", "datasets/datapackage.json")
_START = "buuchinh/lab/start"
_READ_FIRST = "DOC-TOI-TRUOC.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: the same course makes the same bytes on any day."""


@dataclass(frozen=True)
class Bundle:
    """A bundle on disk: its folder, its zip, its version and how many files it holds."""

    folder: Path
    archive: Path
    version: str
    files: int


def make(out: Path, *, wheels: Path | None = None) -> Bundle:
    """Make ``out/buuchinh-<version>/`` and the zip beside it from the course.

    ``wheels`` is a folder of Python packages to be installed without a network.
    Raises ``KitError`` naming every exercise that was not released or is not public, every
    file that is missing, and a folder in the way that is no earlier bundle.
    """
    root, version = course.root(), course.settings().version
    name = f"buuchinh-{version}"
    folder, archive = out / name, out / f"{name}.zip"
    problems = [*_unreleased(root), *_missing(root), *_in_the_way(folder)]
    if wheels is not None and not list(wheels.glob("*.whl")):
        problems.append(Problem(str(wheels), 0, say("bundle.no_wheels"), say("bundle.no_wheels_way_out")))
    if problems:
        raise KitError(problems)
    contents = _contents(root, version)
    for wheel in sorted(wheels.glob("*.whl")) if wheels else []:
        contents[f"wheels/{wheel.name}"] = wheel.read_bytes()
    contents["manifest.json"] = _manifest(root, version, contents)
    _write_folder(folder, contents)
    write_bytes(archive, _zipped(name, contents))
    return Bundle(folder, archive, version, len(contents))


def allowed(path: str) -> bool:
    """Say whether ``path``, relative to the course with forward slashes, may go out to trainees."""
    return any(pattern.fullmatch(path) for pattern in _ALLOWED)


def _contents(root: Path, version: str) -> dict[str, bytes]:
    found = {path: (root / path).read_bytes() for path in sorted(_walk(root)) if allowed(path)}
    start = {name: found[f"{_START}/{name}"] for name in ("bat-dau.bat", "bat-dau.sh", _READ_FIRST)}
    read_first = start[_READ_FIRST].decode("utf-8").replace("{version}", version)
    return found | {
        # whatever the checkout did to line ends: cmd.exe wants CRLF, sh wants LF, Notepad wants a BOM
        "bat-dau.bat": _lines(start["bat-dau.bat"]).replace(b"\n", b"\r\n"),
        "bat-dau.sh": _lines(start["bat-dau.sh"]),
        _READ_FIRST: _lines(read_first.encode("utf-8-sig")).replace(b"\n", b"\r\n"),
        "VERSION": f"{version}\n".encode(),
    }


def _walk(root: Path) -> Iterator[str]:
    for path in _files_at_top(root):
        yield path.name
    for folder in _FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix()


def _files_at_top(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_file() and not path.is_symlink()]


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _manifest(root: Path, version: str, contents: dict[str, bytes]) -> bytes:
    manifest = {
        "format": 1,
        "version": version,
        "exercises": {unit: _version_of(root, unit) for unit in _released(root)},
        "sha256": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(contents.items())},
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _version_of(root: Path, unit: str) -> str:
    return str(read_json(root / "exercises" / unit / "questions.json")["version"])


def _released(root: Path) -> list[str]:
    found = (path.parent.name for path in (root / "exercises").glob("*/questions.json"))
    return sorted(filter(course.graded, found))


def _unreleased(root: Path) -> Iterator[Problem]:
    sources = {path.name for path in (root / "source").glob("*") if course.graded(path.name) and question_files(path)}
    for unit in sorted(sources | set(_released(root))):
        sheet = root / "exercises" / unit / "questions.json"
        if not sheet.is_file() or not sheet.with_name(f"{unit}.ipynb").is_file():
            way_out = say("bundle.not_released_way_out", unit=unit)
            yield Problem(f"exercises/{unit}", 0, say("bundle.not_released"), way_out)
            continue
        try:
            bank.load_public(sheet)
        except KitError:
            way_out = say("bundle.not_public_way_out", unit=unit)
            yield Problem(f"exercises/{unit}/questions.json", 0, say("bundle.not_public"), way_out)


def _missing(root: Path) -> Iterator[Problem]:
    for path in _NEEDED:
        if not (root / path).is_file():
            yield Problem(path, 0, say("bundle.missing"), say("bundle.missing_way_out"))


def _in_the_way(folder: Path) -> Iterator[Problem]:
    """An earlier bundle is replaced; a folder that somebody has worked in never is."""
    if folder.exists() and (not (folder / "manifest.json").is_file() or (folder / course.WORK).exists()):
        yield Problem(str(folder), 0, say("bundle.in_the_way"), say("bundle.in_the_way_way_out"))


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

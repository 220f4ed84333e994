"""Every try of every trainee, kept as it came; and the one that counts, as nbgrader takes it.

``nop-bai/<unit>/<code>/<time>-<hash>/`` is never changed once it is there. What lies in
``submitted/`` is made from it and may be made again at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.lateness import is_late
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_bytes, write_json, write_text
from buuchinh.intake import submission
from buuchinh.intake.filetypes import disk_name, safe
from buuchinh.intake.merge import rebuild
from buuchinh.intake.submission import HandIn
from buuchinh.release import versions

KEPT = "nop-bai"
REFUSED = "khong-nhan"
ABOUT = "collected.json"
_MADE = 2
"""How ``submitted/`` is made of a try; what was made in an earlier way is made again."""


@dataclass(frozen=True)
class Try:
    """One hand-in that was taken; ``receipt`` tells a real hand-in from a copied working folder."""

    folder: Path
    unit: str
    code: str
    at: datetime
    sha256: str
    receipt: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Submission:
    """What counts for a trainee, in ``submitted/<code>/<unit>``; ``version`` is one that was released.

    ``late`` is by the deadline of today: where it was set since, what is late counts until it is collected again.
    """

    folder: Path
    unit: str
    code: str
    version: str
    at: datetime
    late: bool
    sha256: str
    notes: tuple[str, ...]
    made: int

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers, by question id, as in ``answers.json``."""
        found: dict[str, dict[str, Any]] = read_json(self.folder / "answers.json")["answers"]
        return found


def digest(files: Mapping[str, bytes | Path]) -> str:
    """Return one hash for the files of a hand-in, the same from a zip and from its unpacked folder."""
    whole = hashlib.sha256()
    for name in sorted(files):
        data = files[name]
        size = data.stat().st_size if isinstance(data, Path) else len(data)
        whole.update(f"{name}\0{size}\0".encode("utf-8", "surrogatepass"))
        if isinstance(data, bytes):
            whole.update(data)
            continue
        with data.open("rb") as file:
            while part := file.read(1_000_000):
                whole.update(part)
    return whole.hexdigest()


@dataclass
class Shelf:
    """What is kept, as one run knows it: each folder is looked through once, however many hand-ins it gets."""

    _hashes: dict[Path, set[str]] = field(default_factory=dict)
    _times: dict[tuple[str, str], dict[str, datetime]] = field(default_factory=dict)

    def hashes(self, parent: Path) -> set[str]:
        """Return the beginnings of the hashes that name the folders in ``parent``."""
        if parent not in self._hashes:
            names = (path.name for path in parent.iterdir()) if parent.is_dir() else ()
            self._hashes[parent] = {name.rpartition("-")[2] for name in names if not name.startswith(".")}
        return self._hashes[parent]

    def time(self, unit: str, code: str, sha256: str) -> datetime | None:
        """Return when this was handed in first, None where it is not kept."""
        if (unit, code) not in self._times:
            self._times[unit, code] = {one.sha256: one.at for one in reversed(tries(unit, code))}
        return self._times[unit, code].get(sha256)

    def put(self, parent: Path, unit: str, code: str, sha256: str, at: datetime) -> None:
        """Remember what was stored in ``parent`` just now."""
        self.hashes(parent).add(sha256[:8])
        if (unit, code) in self._times:
            self._times[unit, code].setdefault(sha256, at)


def keep(
    parent: Path,
    at: datetime,
    sha256: str,
    originals: Mapping[str, bytes | Path],
    about: Mapping[str, Any],
    shelf: Shelf | None = None,
) -> Path | None:
    """Store originals in a folder of their own in one step; None where the same was stored before."""
    shelf = shelf or Shelf()
    if sha256[:8] in shelf.hashes(parent):
        return None
    target = parent / f"{at:%Y%m%d-%H%M%S}-{sha256[:8]}"
    with _fresh(parent) as folder:
        for raw, data in originals.items():
            name = raw if disk_name(raw) == raw else safe(disk_name(raw))
            if isinstance(data, Path):
                shutil.copyfile(data, folder / name)
            else:
                write_bytes(folder / name, data)
        write_json(folder / ABOUT, dict(about))
        folder.replace(target)
    shelf.put(parent, str(about.get("unit")), str(about.get("code")), sha256, at)
    return target


def tries(unit: str, code: str) -> list[Try]:
    """Return the tries of one trainee, oldest first; a folder without its ``collected.json`` is none."""
    found = []
    for path in sorted((course.root() / KEPT / unit / code).glob(f"[0-9]*/{ABOUT}")):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            raw = read_json(path)
            at = datetime.fromisoformat(raw["at"])
            found.append(Try(path.parent, unit, code, at, raw["sha256"], raw["receipt"], tuple(raw["notes"])))
    return sorted(found, key=lambda one: one.at)


def counting(unit: str, code: str) -> Try | None:
    """Return the last try before the deadline, None where all came late.

    A working folder counts only where nothing was handed in by the button in time.
    """
    deadline = course.settings().deadline(unit)
    in_time = [one for one in tries(unit, code) if deadline is None or one.at <= deadline]
    in_time = [one for one in in_time if one.receipt] or in_time
    return in_time[-1] if in_time else None


def put(unit: str, code: str) -> Submission | None:
    """Make ``submitted/<code>/<unit>`` from the try that counts, and return it; None where none counts."""
    target = gradebook.folder("submitted") / code / unit
    chosen = counting(unit, code)
    if chosen is None:
        shutil.rmtree(target, ignore_errors=True)
        return None
    known = counted(code, unit)
    if known and known.sha256 == chosen.sha256 and known.made == _MADE:
        return known
    handed = _again(chosen)
    released = versions.released_for(unit, handed.version, code)
    made = rebuild(released, handed)
    kept = chosen.folder.relative_to(course.root()).as_posix()
    head = {"format": 1, "unit": unit, "version": released.version, "code": code}
    about = head | {
        "handed_version": handed.version,
        "at": chosen.at.isoformat(),
        "late": is_late(unit, chosen.at),
        "made": _MADE,
        "sha256": chosen.sha256,
        "kept": kept,
        "notes": [*chosen.notes, *made.notes],
        "receipt": chosen.receipt,
    }
    with _fresh(target.parent) as folder:
        write_json(folder / f"{unit}.ipynb", made.notebook)
        write_json(folder / "answers.json", head | {"answers": made.answers})
        write_text(folder / "timestamp.txt", f"{chosen.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        write_json(folder / ABOUT, about)
        shutil.rmtree(target, ignore_errors=True)
        folder.replace(target)
    return counted(code, unit)


def counted(code: str, unit: str) -> Submission | None:
    """Return what counts for a trainee, None where nothing was collected."""
    folder = gradebook.folder("submitted") / code / unit
    try:
        raw = read_json(folder / ABOUT)
        at = datetime.fromisoformat(raw["at"])
        notes, made = tuple(raw["notes"]), raw.get("made", 1)
        return Submission(folder, unit, code, raw["version"], at, is_late(unit, at), raw["sha256"], notes, made)
    except (KitError, KeyError, ValueError, TypeError):
        return None


def submissions(unit: str) -> list[Submission]:
    """Return what counts for each trainee who handed in ``unit``, by code."""
    folders = sorted(gradebook.folder("submitted").glob(f"*/{unit}"))
    return [found for path in folders if (found := counted(path.parent.name, unit))]


def trainees(unit: str) -> list[str]:
    """Return the codes of all of whom a try of ``unit`` is kept."""
    return sorted(path.name for path in (course.root() / KEPT / unit).glob("*") if path.is_dir())


def _again(chosen: Try) -> HandIn:
    """Read a kept try again: the one with its hash, since a zip may hold several hand-ins."""
    found = submission.read_all(chosen.folder)
    return next((one for one in found if digest(one.files) == chosen.sha256), found[0])


@contextlib.contextmanager
def _fresh(parent: Path) -> Any:
    """Give an empty folder beside the target, gone afterwards if it was not moved."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=".dang-ghi-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""Store of attempts: writes every one as it came, and the one that counts to ``submitted/`` as nbgrader takes it.

``nop-bai/<unit>/<code>/<time>-<hash>/`` is never changed once it is there. ``submitted/`` is made of it (and of
others of the same version, ``combine``) and may be made again at any time. ``reader`` reads both.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import extensions, reader
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json, whole_folder, write_bytes, write_json, write_text

_LARGEST = 200_000_000
_MADE = 3
"""The way in which ``submitted/`` is made of an attempt; what was made in an earlier way is made again."""


@dataclass(frozen=True)
class Merged:
    """A submission as nbgrader takes it, onto the released ``version``; ``handed_version`` is what it says itself.

    ``written`` are the grade_ids of the cells with work in them, ``notes`` say what was repaired. ``gave`` has the
    questions that other hand-ins of the same person gave to it, by the SHA-256 of each (``intake.combine``).
    """

    version: str
    handed_version: str | None
    notebook: dict[str, Any]
    answers: dict[str, dict[str, Any]]
    written: tuple[str, ...]
    notes: tuple[str, ...]
    gave: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def digest(files: Mapping[str, bytes | Path]) -> str:
    """Return one SHA-256 for the files of a submission, the same from a zip and from its unpacked folder."""
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
class StoreIndex:
    """What is kept, in memory for one run: each folder is read once, however many submissions it gets."""

    _hashes: dict[Path, set[str]] = field(default_factory=dict)
    _attempts: dict[tuple[str, str], list[Attempt]] = field(default_factory=dict)

    def hashes(self, parent: Path) -> set[str]:
        """Return the beginnings of the hashes that name the folders in ``parent``."""
        if parent not in self._hashes:
            names = (path.name for path in parent.iterdir()) if parent.is_dir() else ()
            self._hashes[parent] = {name.rpartition("-")[2] for name in names if not name.startswith(".")}
        return self._hashes[parent]

    def attempts(self, unit: str, code: str) -> list[Attempt]:
        """Return the attempts of one trainee at a unit."""
        if (unit, code) not in self._attempts:
            self._attempts[unit, code] = reader.attempts(unit, code)
        return self._attempts[unit, code]

    def add(self, attempt: Attempt) -> None:
        """Add an attempt that was kept just now."""
        if (attempt.unit, attempt.code) in self._attempts:
            self._attempts[attempt.unit, attempt.code].append(attempt)

    def first(self, unit: str, code: str, sha256: str) -> Attempt | None:
        """Return the first attempt with this content, None where it is not kept."""
        same = [attempt for attempt in self.attempts(unit, code) if attempt.sha256 == sha256]
        return min(same, key=lambda attempt: attempt.at, default=None)


def keep(
    parent: Path,
    at: datetime,
    sha256: str,
    originals: Mapping[str, bytes | Path],
    about: Mapping[str, Any],
    index: StoreIndex,
) -> Path | None:
    """Store originals and their ``collected.json`` in a new folder of ``parent``, in one step.

    Returns the folder, None where the same was stored before.
    """
    if sha256[:8] in index.hashes(parent):
        return None
    target = parent / f"{at:%Y%m%d-%H%M%S}-{sha256[:8]}"
    with whole_folder(target) as folder:
        for name, data in originals.items():
            if isinstance(data, Path):
                shutil.copyfile(data, folder / name)
            else:
                write_bytes(folder / name, data)
        write_json(folder / course.COLLECTED, dict(about))
    index.hashes(parent).add(sha256[:8])
    return target


def submit(
    attempt: Attempt, others: Sequence[Attempt], merge: Callable[[Attempt, Sequence[Attempt]], Merged]
) -> Submitted | None:
    """Make ``submitted/<code>/<unit>`` of the attempt that counts and of ``others``, unless it is made of them already.

    ``merge`` gives them on the released notebook, and is asked only where the folder is made. Returns what is there
    then.
    """
    unit, code = attempt.unit, attempt.code
    known = reader.submitted(unit, code)
    same = known and known.sha256 == attempt.sha256 and known.merged.keys() == {other.sha256 for other in others}
    if known and same and known.made == _MADE and _is_whole(known):
        return known
    merged = merge(attempt, others)
    head = {"format": 1, "unit": unit, "version": merged.version, "code": code}
    about = head | {
        "handed_version": merged.handed_version,
        "at": attempt.at.isoformat(),
        "late": extensions.is_late(unit, code, attempt.judged_at),
        "made": _MADE,
        "sha256": attempt.sha256,
        "kept": attempt.folder.relative_to(course.root()).as_posix(),
        "notes": [*attempt.notes, *merged.notes],
        "receipt": attempt.receipt,
    }
    if merged.gave:
        about["merged"] = {sha256: list(ids) for sha256, ids in merged.gave.items()}
    with whole_folder(gradebook.folder(course.SUBMITTED) / code / unit) as folder:
        write_json(folder / f"{unit}.ipynb", merged.notebook)
        write_json(folder / course.ANSWERS, head | {"answers": merged.answers})
        write_text(folder / course.TIMESTAMP, f"{attempt.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        write_json(folder / course.COLLECTED, about)
    return reader.submitted(unit, code)


def _is_whole(known: Submitted) -> bool:
    """Whether what was made of an attempt can still be read: a fault of the disk is mended from the original."""
    try:
        cells = read_json(known.folder / f"{known.unit}.ipynb", at_most=_LARGEST)["cells"]
        return isinstance(cells, list) and isinstance(known.answers, dict)
    except (KitError, KeyError, TypeError):
        return False


def withdraw(unit: str, code: str) -> None:
    """Remove what ``submitted/`` has of a trainee none of whose attempts counts any more."""
    shutil.rmtree(gradebook.folder(course.SUBMITTED) / code / unit, ignore_errors=True)

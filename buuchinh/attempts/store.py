"""Writer of attempts: every one as it came, and the one that counts to ``submitted/`` as nbgrader takes it.

``nop-bai/<unit>/<code>/<time>-<hash>/`` is never changed once it is there. ``submitted/`` is made of it (and of
others of the same version) and may be made again at any time. ``reader`` reads both.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import extensions, reader
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.errors import KitError
from buuchinh.files import whole_folder, write_bytes, write_json, write_text
from buuchinh.notebooks import read_notebook

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


Merge = Callable[[Attempt, Sequence[Attempt]], Merged]
"""Puts the attempt that counts, with what the others add to it, on the released notebook."""


@dataclass
class Store:
    """The attempts of the course for one run: each folder is read once, however many submissions it gets."""

    _hashes: dict[Path, set[str]] = field(default_factory=dict)
    _attempts: dict[tuple[str, str], list[Attempt]] = field(default_factory=dict)

    def take(self, originals: Mapping[str, bytes | Path], collected: Mapping[str, Any]) -> Attempt | None:
        """Keep an attempt with ``collected`` as its ``collected.json``; None where the same was kept before.

        ``originals`` are its files by the names under which they are kept: their bytes, or where they lie.
        """
        unit, code, at = collected["unit"], collected["code"], datetime.fromisoformat(collected["at"])
        folder = self._keep(course.root() / course.ATTEMPTS / unit / code, at, originals, collected)
        if folder is None:
            return None
        attempt = reader.attempt_of(folder, unit, code, collected)
        if (unit, code) in self._attempts:
            self._attempts[unit, code].append(attempt)
        return attempt

    def refuse(self, originals: Mapping[str, bytes | Path], collected: Mapping[str, Any]) -> None:
        """Keep what was refused, once, with ``collected`` as its ``collected.json``."""
        at = datetime.fromisoformat(collected["collected_at"])
        self._keep(course.root() / course.ATTEMPTS / course.REFUSED, at, originals, collected)

    def first(self, unit: str, code: str, sha256: str) -> Attempt | None:
        """Return the first attempt with this content, None where it is not kept."""
        same = [attempt for attempt in self._kept(unit, code) if attempt.sha256 == sha256]
        return min(same, key=lambda attempt: attempt.at, default=None)

    def submit_alone(self, attempt: Attempt, merged: Merged) -> None:
        """Make ``submitted/`` of an attempt that was just taken, where it counts and no other is put together with it.

        What the worker merged is used as it is; ``submit`` makes the rest, and tells of what fails here.
        """
        kept = self._kept(attempt.unit, attempt.code)
        chosen = reader.counting(attempt.unit, kept)
        if chosen and chosen.sha256 == attempt.sha256 and not reader.put_together(attempt.unit, kept, chosen):
            with contextlib.suppress(KitError, OSError):
                _submit(chosen, (), lambda *_: merged)

    def submit(self, unit: str, code: str, merge: Merge) -> Submitted | None:
        """Make ``submitted/`` of what counts for a trainee, unless it is made already; remove it where none counts.

        ``merge`` is asked only where the folder is made. Returns what is there then.
        """
        kept = self._kept(unit, code)
        chosen = reader.counting(unit, kept)
        if chosen is None:
            shutil.rmtree(reader.submitted_folder(unit, code), ignore_errors=True)
            return None
        return _submit(chosen, reader.put_together(unit, kept, chosen), merge)

    def _kept(self, unit: str, code: str) -> list[Attempt]:
        if (unit, code) not in self._attempts:
            self._attempts[unit, code] = reader.attempts(unit, code)
        return self._attempts[unit, code]

    def _keep(
        self, parent: Path, at: datetime, originals: Mapping[str, bytes | Path], collected: Mapping[str, Any]
    ) -> Path | None:
        """Store originals and their ``collected.json`` in a new folder of ``parent``, in one step.

        Returns the folder, None where the same was stored before.
        """
        start = collected["sha256"][:8]
        if start in self._known(parent):
            return None
        target = parent / f"{at:%Y%m%d-%H%M%S}-{start}"
        with whole_folder(target) as folder:
            for name, data in originals.items():
                if isinstance(data, Path):
                    shutil.copyfile(data, folder / name)
                else:
                    write_bytes(folder / name, data)
            write_json(folder / course.COLLECTED, dict(collected))
        self._known(parent).add(start)
        return target

    def _known(self, parent: Path) -> set[str]:
        """Return the beginnings of the hashes that name the folders in ``parent``."""
        if parent not in self._hashes:
            names = (path.name for path in parent.iterdir()) if parent.is_dir() else ()
            self._hashes[parent] = {name.rpartition("-")[2] for name in names if not name.startswith(".")}
        return self._hashes[parent]


def _submit(attempt: Attempt, others: Sequence[Attempt], merge: Merge) -> Submitted | None:
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
    with whole_folder(reader.submitted_folder(unit, code)) as folder:
        write_json(folder / f"{unit}.ipynb", merged.notebook)
        write_json(folder / course.ANSWERS, head | {"answers": merged.answers})
        write_text(folder / course.TIMESTAMP, f"{attempt.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        write_json(folder / course.COLLECTED, about)
    return reader.submitted(unit, code)


def _is_whole(known: Submitted) -> bool:
    """Whether what was made of an attempt can still be read: a fault of the disk is mended from the original."""
    try:
        read_notebook(known.folder / f"{known.unit}.ipynb")
        return isinstance(known.answers, dict)
    except (KitError, KeyError, TypeError):
        return False

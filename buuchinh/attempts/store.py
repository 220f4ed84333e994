"""Store of attempts: every one as it arrived, and the one that counts in ``submitted/`` as nbgrader expects it.

``nop-bai/<unit>/<code>/<time>-<hash>/`` is never changed once written. ``submitted/`` is built from it (and from
others of the same version) and may be rebuilt at any time. ``reader`` reads both.
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
"""Version of the construction of ``submitted/``; folders of an earlier version are rebuilt."""


@dataclass(frozen=True)
class Merged:
    """A submission merged onto the released ``version``, as nbgrader expects it; ``handed_version`` is as stated.

    ``written`` are the grade_ids of the cells with work in them, ``notes`` name what was repaired. ``gave`` are the
    questions that other submissions of the same person contributed, by the SHA-256 of each (``intake.combine``).
    """

    version: str
    handed_version: str | None
    notebook: dict[str, Any]
    answers: dict[str, dict[str, Any]]
    written: tuple[str, ...]
    notes: tuple[str, ...]
    gave: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Merge = Callable[[Attempt, Sequence[Attempt]], Merged]
"""Function that merges the attempt that counts, with additions from the others, onto the released notebook."""


@dataclass
class Store:
    """The attempts of the course for one run: each folder is read once, however many submissions are added."""

    _hashes: dict[Path, set[str]] = field(default_factory=dict)
    _attempts: dict[tuple[str, str], list[Attempt]] = field(default_factory=dict)

    def take(self, originals: Mapping[str, bytes | Path], collected: Mapping[str, Any]) -> Attempt | None:
        """Store an attempt with ``collected`` as its ``collected.json``; return None where the same was stored before.

        ``originals`` are its files by the names under which they are stored: their bytes or their paths.
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
        """Store a refused submission, once, with ``collected`` as its ``collected.json``."""
        at = datetime.fromisoformat(collected["collected_at"])
        self._keep(course.root() / course.ATTEMPTS / course.REFUSED, at, originals, collected)

    def first(self, unit: str, code: str, sha256: str) -> Attempt | None:
        """Return the first attempt with this content; None where there is none."""
        same = [attempt for attempt in self._attempts_of(unit, code) if attempt.sha256 == sha256]
        return min(same, key=lambda attempt: attempt.at, default=None)

    def submit_alone(self, attempt: Attempt, merged: Merged) -> None:
        """Build ``submitted/`` from an attempt that was just stored, where it counts and is combined with no other.

        The result of the worker's merge is used; ``submit`` builds the others, and reports the errors ignored here.
        """
        attempts = self._attempts_of(attempt.unit, attempt.code)
        chosen = reader.counting(attempt.unit, attempts)
        if chosen and chosen.sha256 == attempt.sha256 and not reader.put_together(attempt.unit, attempts, chosen):
            with contextlib.suppress(KitError, OSError):
                _submit(chosen, (), lambda *_: merged)

    def submit(self, unit: str, code: str, merge: Merge) -> Submitted | None:
        """Build ``submitted/`` for a trainee, unless up to date, and return it; remove it where no attempt counts.

        ``merge`` is called only where the folder is built.
        """
        attempts = self._attempts_of(unit, code)
        chosen = reader.counting(unit, attempts)
        if chosen is None:
            shutil.rmtree(reader.submitted_folder(unit, code), ignore_errors=True)
            return None
        return _submit(chosen, reader.put_together(unit, attempts, chosen), merge)

    def _attempts_of(self, unit: str, code: str) -> list[Attempt]:
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
    """Whether ``submitted/`` of an attempt can still be read; after a disk fault it is rebuilt from the original."""
    try:
        read_notebook(known.folder / f"{known.unit}.ipynb")
        return isinstance(known.answers, dict)
    except (KitError, KeyError, TypeError):
        return False

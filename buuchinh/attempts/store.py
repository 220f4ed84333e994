"""Store every attempt as it arrived, and build ``submitted/``, as nbgrader expects it, from the attempt that counts.

``nop-bai/<unit>/<code>/<time>-<hash>/`` is never changed once written. ``submitted/`` is built from the attempt that
counts, with additions from other attempts at the same version, and may be rebuilt at any time. ``reader`` reads both.
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
from buuchinh.attempts import reader, trainee_deadline
from buuchinh.attempts.reader import Attempt, Submitted
from buuchinh.errors import KitError
from buuchinh.files import whole_folder, write_bytes, write_json, write_text
from buuchinh.notebooks import read_notebook

_MADE = 3
"""Format version of ``submitted/``; folders with an earlier format version are rebuilt."""


@dataclass(frozen=True)
class Merged:
    """A submission merged onto the released notebook of ``version``, as nbgrader expects it.

    ``handed_version`` is the version that the submission states. ``written`` lists the ``grade_id`` of each cell that
    contains the trainee's work, and ``notes`` lists what was repaired. ``gave`` maps the SHA-256 of each other
    submission by the same person to the questions that it contributed (see ``intake.combine``).
    """

    version: str
    handed_version: str | None
    notebook: dict[str, Any]
    answers: dict[str, dict[str, Any]]
    written: tuple[str, ...]
    notes: tuple[str, ...]
    gave: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Merge = Callable[[Attempt, Sequence[Attempt]], Merged]
"""Function that merges the attempt that counts onto the released notebook, with additions from other attempts."""


@dataclass
class Store:
    """Access to the course's attempts during one run; each folder is read only once, whatever is added meanwhile."""

    _hashes: dict[Path, set[str]] = field(default_factory=dict)
    _attempts: dict[tuple[str, str], list[Attempt]] = field(default_factory=dict)

    def take(self, originals: Mapping[str, bytes | Path], collected: Mapping[str, Any]) -> Attempt | None:
        """Store an attempt and return it, or return None if the same content was stored before.

        ``originals`` maps the name under which each file is stored to the file's content or path. ``collected`` is
        written as ``collected.json``.
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
        """Store a refused submission, unless it was stored before, with ``collected`` as its ``collected.json``."""
        at = datetime.fromisoformat(collected["collected_at"])
        self._keep(course.root() / course.ATTEMPTS / course.REFUSED, at, originals, collected)

    def first(self, unit: str, code: str, sha256: str) -> Attempt | None:
        """Return the earliest attempt whose content has the hash ``sha256``, or None if no attempt has it."""
        same = [attempt for attempt in self._attempts_of(unit, code) if attempt.sha256 == sha256]
        return min(same, key=lambda attempt: attempt.at, default=None)

    def submit_alone(self, attempt: Attempt, merged: Merged) -> None:
        """Build ``submitted/`` from an attempt just stored, if it counts and need not be combined with another attempt.

        ``merged`` is the result of the merge in the worker process. ``submit`` handles all other attempts, and reports
        the errors that are ignored here.
        """
        attempts = self._attempts_of(attempt.unit, attempt.code)
        chosen = reader.counting(attempt.unit, attempts)
        if chosen and chosen.sha256 == attempt.sha256 and not reader.put_together(attempt.unit, attempts, chosen):
            with contextlib.suppress(KitError, OSError):
                _submit(chosen, (), lambda *_: merged)

    def submit(self, unit: str, code: str, merge: Merge) -> Submitted | None:
        """Build a trainee's folder in ``submitted/`` unless it is up to date, and return the submission that counts.

        If no attempt counts, remove the folder and return None. ``merge`` is called only if the folder has to be built.
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
        """Atomically store ``originals`` and their ``collected.json`` in a new subfolder of ``parent``.

        Return the new folder, or None if the same content was stored before.
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
        """Return the hash prefixes with which the names of the folders in ``parent`` end."""
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
        "late": trainee_deadline.is_late(unit, code, attempt.judged_at),
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
    """Return whether a folder in ``submitted/`` is readable; if a disk fault damaged it, it is built again."""
    try:
        read_notebook(known.folder / f"{known.unit}.ipynb")
        return isinstance(known.answers, dict)
    except (KitError, KeyError, TypeError):
        return False

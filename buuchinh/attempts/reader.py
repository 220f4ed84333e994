"""Read the attempts stored by ``collect``, and determine the attempt that counts towards each trainee's grade.

All attempts are stored in ``nop-bai/<unit>/<code>/<time>-<hash>/``; ``submitted/<code>/<unit>/`` is built from the
attempt that counts. Both folders contain a ``collected.json``. ``store`` writes them, and ``when`` documents their
times.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import trainee_deadline, when
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.parsed import once, once_a_run
from buuchinh.release import versions


@dataclass(frozen=True)
class Attempt:
    """One stored submission.

    ``receipt`` is True if the submission was made with the submit button, or False for a copied working folder. ``at``
    is the time that the submission states. ``collected_at`` is the time of its import, or None if that was not recorded
    (see ``when``). ``version`` is the version of the unit that the submission states.
    """

    folder: Path
    unit: str
    code: str
    at: datetime
    sha256: str
    receipt: bool
    notes: tuple[str, ...]
    collected_at: datetime | None = None
    version: str | None = None

    @property
    def judged_at(self) -> datetime:
        """The time to compare with the deadline."""
        return when.judged(self.at, self.collected_at)

    @property
    def original(self) -> Path | None:
        """The file that was handed in, or None if there are several."""
        files = [path for path in self.folder.iterdir() if path.name != course.COLLECTED]
        return files[0] if len(files) == 1 else None


@dataclass(frozen=True)
class Submitted:
    """The attempt that counts towards a trainee's grade, stored in ``submitted/<code>/<unit>``.

    ``version`` is always a released version. ``late`` is relative to the current deadline: after the deadline changes,
    a late submission still counts until the next ``collect``. ``made`` is the format version of ``submitted/``.
    ``merged`` maps the SHA-256 of each other attempt at the same version to the question IDs that it contributed; the
    tuple is empty if that attempt had nothing newer.
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
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The entries of ``answers.json``, keyed by question ID."""
        answers: dict[str, dict[str, Any]] = read_json(self.folder / course.ANSWERS)["answers"]
        return answers


def judged_at(collected: Mapping[str, Any]) -> datetime:
    """Return the time to compare with the deadline, from the ``collected.json`` of the submission that counts.

    The time of import is stored beside the original, so rebuilding ``submitted/`` does not change it. Raise
    ``KeyError``, ``TypeError`` or ``ValueError`` if no time can be read.
    """
    at = datetime.fromisoformat(collected["at"])
    if "kept" not in collected:
        return at
    with contextlib.suppress(KitError):
        return when.judged(at, _taken_in(once(read_json, course.root() / collected["kept"] / course.COLLECTED)))
    return at


def _taken_in(collected: Mapping[str, Any]) -> datetime | None:
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(collected["collected_at"])
    return None


def trainees(unit: str) -> list[str]:
    """Return the sorted codes of all trainees who have a stored attempt at ``unit``."""
    return sorted(path.name for path in (course.root() / course.ATTEMPTS / unit).glob("*") if path.is_dir())


def attempt_of(folder: Path, unit: str, code: str, collected: Mapping[str, Any]) -> Attempt:
    """Return the attempt stored in ``folder``; ``collected`` is the content of the folder's ``collected.json``.

    Raise ``KeyError``, ``TypeError`` or ``ValueError`` if a field is missing or invalid.
    """
    at, notes = datetime.fromisoformat(collected["at"]), tuple(collected["notes"])
    version = str(collected["version"]) if collected.get("version") else None
    sha256, receipt = collected["sha256"], collected["receipt"]
    return Attempt(folder, unit, code, at, sha256, receipt, notes, _taken_in(collected), version)


def attempts(unit: str, code: str) -> list[Attempt]:
    """Return a trainee's attempts, oldest first; folders without a valid ``collected.json`` are ignored."""
    stored = []
    for path in sorted((course.root() / course.ATTEMPTS / unit / code).glob(f"[0-9]*/{course.COLLECTED}")):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            stored.append(attempt_of(path.parent, unit, code, once(read_json, path)))
    return sorted(stored, key=lambda attempt: attempt.at)


def counting(unit: str, attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the last of a trainee's attempts before the deadline, or None if there was no attempt in time.

    A copied working folder counts only if nothing was submitted with the button in time.
    """
    punctual = in_time(unit, attempts)
    by_button = [attempt for attempt in punctual if attempt.receipt]
    return next(reversed(by_button or punctual), None)


def in_time(unit: str, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return those of a trainee's attempts that met the deadline, oldest first."""
    in_order = sorted(attempts, key=lambda attempt: (attempt.at, attempt.folder.name))
    deadline = trainee_deadline.deadline(unit, in_order[0].code) if in_order else None
    return [attempt for attempt in in_order if deadline is None or attempt.judged_at <= deadline]


def put_together(unit: str, attempts: Iterable[Attempt], chosen: Attempt) -> list[Attempt]:
    """Return the other attempts to combine with ``chosen``: those in time and at the same version, oldest first."""
    version = _released_version(unit, chosen.version)
    return [
        attempt
        for attempt in in_time(unit, attempts)
        if attempt.sha256 != chosen.sha256 and _released_version(unit, attempt.version) == version
    ]


@once_a_run
def only_late(unit: str) -> dict[str, datetime]:
    """Return the time of the last attempt by each trainee who submitted ``unit`` only after the deadline.

    The result is keyed by trainee code and sorted by code. Trainees with a folder in ``submitted/`` are left out,
    because that submission counts until the next ``collect``.
    """
    if course.settings().deadline(unit) is None:
        return {}
    last: dict[str, datetime] = {}
    for code in trainees(unit):
        if not submitted_folder(unit, code).is_dir():
            stored = attempts(unit, code)
            if stored and all(trainee_deadline.is_late(unit, code, attempt.judged_at) for attempt in stored):
                last[code] = stored[-1].judged_at
    return last


def submitted_folder(unit: str, code: str) -> Path:
    """Return the path of the folder for the submission that counts towards a trainee's grade."""
    return gradebook.folder(course.SUBMITTED) / code / unit


@once_a_run
def submitted_codes(unit: str) -> list[str]:
    """Return the sorted codes of all trainees who have a submission to ``unit`` that counts."""
    return sorted(path.parent.name for path in gradebook.folder(course.SUBMITTED).glob(f"*/{unit}") if path.is_dir())


def submitted(unit: str, code: str) -> Submitted | None:
    """Return the submission that counts for a trainee, or None if there is none or its files cannot be read."""
    folder = submitted_folder(unit, code)
    try:
        raw = read_json(folder / course.COLLECTED)
        at = datetime.fromisoformat(raw["at"])
        late = trainee_deadline.is_late(unit, code, judged_at(raw))
        notes, made = tuple(raw["notes"]), raw.get("made", 1)
        merged = {str(sha256): tuple(ids) for sha256, ids in raw.get("merged", {}).items()}
        return Submitted(folder, unit, code, raw["version"], at, late, raw["sha256"], notes, made, merged)
    except (KitError, AttributeError, KeyError, ValueError, TypeError):
        return None


def _released_version(unit: str, version: str | None) -> str | None:
    released = versions.versions(unit)
    return version if version in released else next(reversed(released), None)

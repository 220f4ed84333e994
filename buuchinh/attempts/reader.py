"""Reader of the attempts that ``collect`` kept, and of the one that counts for each trainee.

Kept are all attempts, ``nop-bai/<unit>/<code>/<time>-<hash>/``; ``submitted/<code>/<unit>/`` is made of the
one that counts. ``collected.json`` in both says what is known of it. ``store`` writes them; ``when`` says what each
time in them is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import extensions, when
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.release import versions


@dataclass(frozen=True)
class Attempt:
    """One submission that was kept; ``receipt`` tells one made by the button from a copied working folder.

    ``at`` is its own word, ``collected_at`` when ``collect`` took it in, None where that was not noted (``when``);
    ``version`` is the one that it says it was made on.
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
        """The hour that is held against the deadline."""
        return when.judged(self.at, self.collected_at)


@dataclass(frozen=True)
class Submitted:
    """The attempt that counts for a trainee, in ``submitted/<code>/<unit>``; ``version`` is a released one.

    ``late`` is by the deadline of today: where it was set since, what is late counts until it is collected again.
    ``made`` is the way in which ``submitted/`` was made of the attempt, ``merged`` what others of the same version gave
    to it: question ids by the SHA-256 of the other, none where it had nothing that was newer.
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
        """The answers, by question id, as in ``answers.json``."""
        answers: dict[str, dict[str, Any]] = read_json(self.folder / course.ANSWERS)["answers"]
        return answers


def judged_at(collected: Mapping[str, Any]) -> datetime:
    """Return the hour that is held against the deadline of what counts, by its ``collected.json``.

    When it was taken in stands beside the original, so that ``submitted/`` stays the same however often it is made.
    Raises ``KeyError``, ``TypeError`` or ``ValueError`` where no hour can be read.
    """
    at = datetime.fromisoformat(collected["at"])
    if "kept" not in collected:
        return at
    with contextlib.suppress(KitError):
        return when.judged(at, _taken_in(read_json(course.root() / collected["kept"] / course.COLLECTED)))
    return at


def _taken_in(collected: Mapping[str, Any]) -> datetime | None:
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(collected["collected_at"])
    return None


def trainees(unit: str) -> list[str]:
    """Return the codes of all of whom an attempt at ``unit`` is kept, sorted."""
    return sorted(path.name for path in (course.root() / course.ATTEMPTS / unit).glob("*") if path.is_dir())


def attempt_of(folder: Path, unit: str, code: str, collected: Mapping[str, Any]) -> Attempt:
    """Return the attempt in ``folder`` by its ``collected.json``.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` where that lacks something.
    """
    at, notes = datetime.fromisoformat(collected["at"]), tuple(collected["notes"])
    version = str(collected["version"]) if collected.get("version") else None
    sha256, receipt = collected["sha256"], collected["receipt"]
    return Attempt(folder, unit, code, at, sha256, receipt, notes, _taken_in(collected), version)


def attempts(unit: str, code: str) -> list[Attempt]:
    """Return the attempts of one trainee, oldest first; a folder without its ``collected.json`` is none."""
    kept = []
    for path in sorted((course.root() / course.ATTEMPTS / unit / code).glob(f"[0-9]*/{course.COLLECTED}")):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            kept.append(attempt_of(path.parent, unit, code, read_json(path)))
    return sorted(kept, key=lambda attempt: attempt.at)


def counting(unit: str, kept: Iterable[Attempt]) -> Attempt | None:
    """Return the last of one trainee's attempts before the deadline, None where all came late.

    A working folder counts only where nothing was handed in by the button in time.
    """
    there = in_time(unit, kept)
    by_button = [attempt for attempt in there if attempt.receipt]
    return next(reversed(by_button or there), None)


def in_time(unit: str, kept: Iterable[Attempt]) -> list[Attempt]:
    """Return those of one trainee's attempts that came before the deadline, oldest first."""
    in_order = sorted(kept, key=lambda attempt: (attempt.at, attempt.folder.name))
    deadline = extensions.deadline(unit, in_order[0].code) if in_order else None
    return [attempt for attempt in in_order if deadline is None or attempt.judged_at <= deadline]


def put_together(unit: str, kept: Iterable[Attempt], chosen: Attempt) -> list[Attempt]:
    """Return the attempts in time that are put together with the one that counts: of the same version, oldest first."""
    version = _released_version(unit, chosen.version)
    return [
        attempt
        for attempt in in_time(unit, kept)
        if attempt.sha256 != chosen.sha256 and _released_version(unit, attempt.version) == version
    ]


def only_late(unit: str) -> dict[str, datetime]:
    """Return who handed in ``unit`` only after its deadline, and when last, by code, sorted.

    Whoever has something in ``submitted/`` has something that counts, until it is collected again.
    """
    if course.settings().deadline(unit) is None:
        return {}
    last: dict[str, datetime] = {}
    for code in trainees(unit):
        if not submitted_folder(unit, code).is_dir():
            kept = attempts(unit, code)
            if kept and all(extensions.is_late(unit, code, attempt.judged_at) for attempt in kept):
                last[code] = kept[-1].judged_at
    return last


def submitted_folder(unit: str, code: str) -> Path:
    """Return the folder with what counts for a trainee."""
    return gradebook.folder(course.SUBMITTED) / code / unit


def submitted_codes(unit: str) -> list[str]:
    """Return the codes of all with a submission of ``unit`` that counts, sorted."""
    return sorted(path.parent.name for path in gradebook.folder(course.SUBMITTED).glob(f"*/{unit}") if path.is_dir())


def submitted(unit: str, code: str) -> Submitted | None:
    """Return what counts for a trainee, None where nothing does or its ``collected.json`` cannot be read."""
    folder = submitted_folder(unit, code)
    try:
        raw = read_json(folder / course.COLLECTED)
        at = datetime.fromisoformat(raw["at"])
        late = extensions.is_late(unit, code, judged_at(raw))
        notes, made = tuple(raw["notes"]), raw.get("made", 1)
        merged = {str(sha256): tuple(ids) for sha256, ids in raw.get("merged", {}).items()}
        return Submitted(folder, unit, code, raw["version"], at, late, raw["sha256"], notes, made, merged)
    except (KitError, AttributeError, KeyError, ValueError, TypeError):
        return None


def all_submitted(unit: str) -> list[Submitted]:
    """Return what counts for each trainee who handed in ``unit``, by code."""
    folders = sorted(gradebook.folder(course.SUBMITTED).glob(f"*/{unit}"))
    return [attempt for path in folders if (attempt := submitted(unit, path.parent.name))]


def _released_version(unit: str, version: str | None) -> str | None:
    there = versions.versions(unit)
    return version if version in there else next(reversed(there), None)

"""Reader of the attempts that ``collect`` kept, and of the one that counts for each trainee.

Kept are all attempts, ``nop-bai/<unit>/<code>/<time>-<hash>/``; ``submitted/<code>/<unit>/`` is made of the
one that counts. ``collected.json`` in both says what is known of it. ``store`` writes them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import extensions
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json


@dataclass(frozen=True)
class Attempt:
    """One submission that was kept; ``receipt`` tells one made by the button from a copied working folder.

    ``at`` is its own word, ``collected_at`` when ``collect`` took it in, None where that was not noted; ``version``
    is the one that it says it was made on.
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
        """The hour that is held against the deadline (``judged``)."""
        return judged(self.at, self.collected_at)


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
        return judged(at, _taken_in(read_json(course.root() / collected["kept"] / course.COLLECTED)))
    return at


def judged(at: datetime, collected_at: datetime | None) -> datetime:
    """Return the hour that is held against the deadline: a hand-in's own word, or by ``course.toml`` its taking in.

    What lies on the instructor's machine has been handed in, however fast the trainee's clock goes.
    """
    if collected_at is None:
        return at
    return collected_at if course.settings().deadline_by == "collected" else min(at, collected_at)


def _taken_in(collected: Mapping[str, Any]) -> datetime | None:
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(collected["collected_at"])
    return None


def trainees(unit: str) -> list[str]:
    """Return the codes of all of whom an attempt at ``unit`` is kept, sorted."""
    return sorted(path.name for path in (course.root() / course.ATTEMPTS / unit).glob("*") if path.is_dir())


def attempts(unit: str, code: str) -> list[Attempt]:
    """Return the attempts of one trainee, oldest first; a folder without its ``collected.json`` is none."""
    kept = []
    for path in sorted((course.root() / course.ATTEMPTS / unit / code).glob(f"[0-9]*/{course.COLLECTED}")):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            raw = read_json(path)
            at = datetime.fromisoformat(raw["at"])
            notes = tuple(raw["notes"])
            version = str(raw["version"]) if raw.get("version") else None
            sha256, receipt = raw["sha256"], raw["receipt"]
            kept.append(Attempt(path.parent, unit, code, at, sha256, receipt, notes, _taken_in(raw), version))
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


def submitted(unit: str, code: str) -> Submitted | None:
    """Return what counts for a trainee, None where nothing does or its ``collected.json`` cannot be read."""
    folder = gradebook.folder(course.SUBMITTED) / code / unit
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

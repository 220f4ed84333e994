"""What was released, version by version: the key by which a hand-in of that version is scored.

``source/<unit>/releases/<version>/`` holds the author's questions as they were and the
released notebook without outputs. Instructor side only; no bundle carries it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_bytes, write_json
from buuchinh.messages import say
from buuchinh.questions import bank, publish
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile

QUESTIONS = "questions.yml"
SHEET = "questions.json"
"""The public questions, beside the notebook that is given out."""


@dataclass(frozen=True)
class Released:
    """One released version of an exercise."""

    unit: str
    version: str
    questions: QuestionFile
    notebook: dict[str, Any]
    path: Path

    @cached_property
    def obscured(self) -> dict[str, AuthoredQuestion]:
        """The questions with the opaque option ids that trainees' answers carry, by id."""
        seed = self.questions.seed
        return {question.id: publish.obscure(question, seed) for question in self.questions.questions}

    @cached_property
    def sheet(self) -> bytes:
        """The public questions as they were given out: no key, nothing that tells one."""
        return sheet_bytes(publish.sheet(self.questions))


def source(unit: str) -> Path:
    """Return the author's folder of ``unit``."""
    return course.root() / "source" / unit


def versions(unit: str) -> list[str]:
    """Return the released versions of ``unit``, oldest first."""
    found = [path.parent.name for path in (source(unit) / "releases").glob(f"*/{QUESTIONS}")]
    return sorted(found, key=order)


def order(version: str) -> tuple[int, ...]:
    """Return ``1.10.0`` as numbers, to compare by."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def latest(unit: str) -> str:
    """Return the newest released version; ``KitError`` where ``unit`` was never released."""
    found = versions(unit)
    if not found:
        raise KitError(
            [Problem(f"source/{unit}", 0, say("release.never", unit=unit), say("release.never_way_out", unit=unit))]
        )
    return found[-1]


def released(unit: str, version: str | None = None) -> Released:
    """Return one released version, the newest by default; ``KitError`` where there is no such version."""
    chosen = version or latest(unit)
    if chosen not in versions(unit):
        raise KitError([Problem(f"source/{unit}/releases", 0, say("release.no_version", unit=unit, version=chosen))])
    path = source(unit) / "releases" / chosen
    about = [(one.stat().st_mtime_ns, one.stat().st_size) for one in (path / QUESTIONS, path / f"{unit}.ipynb")]
    return _read(unit, chosen, path, tuple(about))


@lru_cache(maxsize=32)
def _read(unit: str, version: str, path: Path, _state: tuple[tuple[int, int], ...]) -> Released:
    """Read a version once a run: its YAML takes longer than the scoring of a whole hand-in."""
    notebook = read_json(path / f"{unit}.ipynb", at_most=50_000_000)
    return Released(unit, version, bank.load(path / QUESTIONS), without_outputs(notebook), path)


def released_or_latest(unit: str, version: str | None) -> Released:
    """Return ``version`` where it was released, else the newest."""
    return released(unit, version if version in versions(unit) else None)


def released_for(unit: str, version: str | None, code: str) -> Released:
    """Return what the hand-in of one trainee is scored by: the version handed in, or the newest."""
    return released_or_latest(unit, version)


def sheet_bytes(sheet: Any) -> bytes:
    """Return the public file of an exercise as it is written."""
    plain = {
        "unit": sheet.unit,
        "version": sheet.version,
        "title": sheet.title,
        "questions": [publish.public_json(question) for question in sheet.questions],
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def keep(unit: str, version: str, questions: bytes, notebook: dict[str, Any]) -> None:
    """Store a version; the file of questions comes last, since it is what makes a version exist."""
    path = source(unit) / "releases" / version
    write_json(path / f"{unit}.ipynb", without_outputs(notebook))
    write_bytes(path / QUESTIONS, questions)


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with empty outputs and each source as one text.

    How a question looks without a kernel is the kit's, not the author's: it makes no new version.
    """
    cells = []
    for cell in notebook["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        empty: dict[str, Any] = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append(cell | {"source": source} | empty)
    return notebook | {"cells": cells}

"""Acceptances: an instructor's word that an answer counts which the machine left to a person, with who and when.

They lie beside the outcomes, ``so-cham/<code>/chap-nhan_<unit>.json``: ignored by git, backed up and forgotten with
them, and not removed when something is graded again. One holds for the very answer that was looked at; another
answer to the same question waits again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_record, write_json
from buuchinh.messages import say


@dataclass(frozen=True)
class Acceptance:
    """Who accepted an answer, when (ISO, with offset), and the hash of the answer."""

    by: str
    at: str
    sha256: str

    def holds_for(self, answer: Any) -> bool:
        """Whether this was said of ``answer``."""
        return self.sha256 == digest(answer)


def digest(answer: Any) -> str:
    """Return a hash of an answer."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode("ascii")).hexdigest()


def place(unit: str, code: str) -> Path:
    """Return the file of what was accepted of one trainee's submissions to a unit."""
    return course.root() / course.OUTCOMES / code / f"chap-nhan_{unit}.json"


def read(unit: str, code: str) -> dict[str, Acceptance]:
    """Return what was accepted, by question; ``KitError`` where the file is damaged."""
    path = place(unit, code)
    try:
        found = read_record(path).get("accepted", {})
        return {
            str(name): Acceptance(str(one["by"]), str(one["at"]), str(one["sha256"])) for name, one in found.items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error


def in_force(unit: str, code: str) -> dict[str, Acceptance]:
    """Return what counts when hand-ins are graded: a damaged file accepts nothing and stops no class."""
    try:
        return read(unit, code)
    except KitError:
        return {}


def write(unit: str, code: str, accepted: Mapping[str, Acceptance]) -> None:
    """Store what is accepted now; nothing leaves no file."""
    path = place(unit, code)
    if accepted:
        write_json(path, {"format": 1, "accepted": {name: asdict(one) for name, one in accepted.items()}})
    else:
        path.unlink(missing_ok=True)

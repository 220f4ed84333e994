"""Acceptances by an instructor, with name and time, of answers that the machine left to a person.

They are stored beside the outcomes, ``so-cham/<code>/chap-nhan_<unit>.json``: ignored by git, backed up and erased
with them, and not removed by another grading. One is valid only for the answer that was looked at; another
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
    """Acceptance of an answer: the person, the time (ISO, with offset), and the hash of the answer."""

    by: str
    at: str
    sha256: str

    def holds_for(self, answer: Any) -> bool:
        """Whether this acceptance is of ``answer``."""
        return self.sha256 == digest(answer)


def digest(answer: Any) -> str:
    """Return a hash of an answer."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode("ascii")).hexdigest()


def place(unit: str, code: str) -> Path:
    """Return the path of the acceptances of one trainee and unit."""
    return course.root() / course.OUTCOMES / code / f"chap-nhan_{unit}.json"


def read(unit: str, code: str) -> dict[str, Acceptance]:
    """Return the acceptances by question; ``KitError`` where the file is damaged."""
    path = place(unit, code)
    try:
        accepted = read_record(path).get("accepted", {})
        return {
            str(name): Acceptance(str(entry["by"]), str(entry["at"]), str(entry["sha256"]))
            for name, entry in accepted.items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error


def in_force(unit: str, code: str) -> dict[str, Acceptance]:
    """Return the acceptances for grading; empty where the file is damaged."""
    try:
        return read(unit, code)
    except KitError:
        return {}


def write(unit: str, code: str, accepted: Mapping[str, Acceptance]) -> None:
    """Write the acceptances; remove the file where there are none."""
    path = place(unit, code)
    if accepted:
        write_json(path, {"format": 1, "accepted": {name: asdict(acceptance) for name, acceptance in accepted.items()}})
    else:
        path.unlink(missing_ok=True)

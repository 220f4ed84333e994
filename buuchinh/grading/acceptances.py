"""Store an instructor's acceptances of answers that await manual review, with the instructor's name and the time.

The acceptances are stored beside the outcomes, in ``so-cham/<code>/chap-nhan_<unit>.json``. Like the outcomes, the file
is ignored by git, backed up, and erased with the trainee's data, but regrading does not remove it. An acceptance is
valid only for the answer that the instructor saw; a different answer to the same question awaits review again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.messages import say


@dataclass(frozen=True)
class Acceptance:
    """The acceptance of an answer: who accepted it, when (ISO 8601 with UTC offset), and the answer's hash."""

    by: str
    at: str
    sha256: str

    def holds_for(self, answer: Any) -> bool:
        """Return whether this acceptance applies to ``answer``."""
        return self.sha256 == digest(answer)


def digest(answer: Any) -> str:
    """Return the SHA-256 hash of the answer's canonical JSON, in hexadecimal."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode("ascii")).hexdigest()


def place(unit: str, code: str) -> Path:
    """Return the path of the file that stores a trainee's acceptances for ``unit``."""
    return course.root() / course.OUTCOMES / code / f"chap-nhan_{unit}.json"


def read(unit: str, code: str) -> dict[str, Acceptance]:
    """Return a trainee's acceptances by question ID; raise ``KitError`` if the file is damaged."""
    path = place(unit, code)
    try:
        accepted = read_record(path).get("accepted", {})
        return {
            str(name): Acceptance(str(entry["by"]), str(entry["at"]), str(entry["sha256"]))
            for name, entry in accepted.items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError(say("files.not_json"), say("files.kept_way_out"), path=path.name) from error


def in_force(unit: str, code: str) -> dict[str, Acceptance]:
    """Return the acceptances to apply when grading, by question ID, or an empty dict if the file is damaged."""
    try:
        return read(unit, code)
    except KitError:
        return {}


def write(unit: str, code: str, accepted: Mapping[str, Acceptance]) -> None:
    """Write the acceptances ``accepted``, or remove the file if there are none."""
    path = place(unit, code)
    if accepted:
        write_json(path, {"format": 1, "accepted": {name: asdict(acceptance) for name, acceptance in accepted.items()}})
    else:
        path.unlink(missing_ok=True)

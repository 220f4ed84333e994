"""The receipt of a hand-in: what a trainee is told, and what the instructor checks it against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from buuchinh.intake import salvage
from buuchinh.intake.notes import note
from buuchinh.questions.model import QuestionSheet

FORMAT = 1
RECEIPT = "receipt.json"


@dataclass(frozen=True)
class Receipt:
    """What a trainee is told when handing in; ``check`` is short enough to be read out on the telephone.

    ``issued`` is the time as it was written when the receipt was made, over which ``check`` is: ``at`` is the same
    moment, and reads otherwise where another clock counts.
    """

    unit: str
    version: str
    code: str
    at: datetime
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    sha256: Mapping[str, str]
    check: str
    issued: str

    @classmethod
    def issue(
        cls, sheet: QuestionSheet, code: str, at: datetime, given: set[str], files: Mapping[str, bytes]
    ) -> Receipt:
        """Make the receipt for ``files``; ``given`` are the ids of what is answered."""
        asked = [question.id for question in sheet.questions]
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        answered = tuple(name for name in asked if name in given)
        unanswered = tuple(name for name in asked if name not in given)
        issued = at.isoformat()
        check = _checksum(sheet.unit, code, issued, hashes)
        return cls(sheet.unit, sheet.version, code, at, answered, unanswered, hashes, check, issued)

    def to_json(self) -> dict[str, Any]:
        """Return the receipt as it is written."""
        return {
            "format": FORMAT,
            "unit": self.unit,
            "version": self.version,
            "code": self.code,
            "at": self.issued,
            "answered": list(self.answered),
            "unanswered": list(self.unanswered),
            "sha256": dict(self.sha256),
            "check": self.check,
        }

    def doubts(self, files: Mapping[str, bytes]) -> list[str]:
        """Say which files are not those that were handed in, and whether the receipt itself was touched."""
        changed: list[str] = [
            note("intake.submission.file_changed", name=name)
            for name, digest in self.sha256.items()
            if name in files and hashlib.sha256(files[name]).hexdigest() != digest
        ]
        if _checksum(self.unit, self.code, self.issued, self.sha256) != self.check:
            changed.append(note("intake.submission.receipt_changed"))
        return changed


def parse(data: bytes) -> Receipt | None:
    """Read a ``receipt.json``, None where it is not one."""
    source, _ = salvage.text(data)
    try:
        raw = salvage.loads(source)
        issued = raw["at"][:80]
        at = datetime.fromisoformat(issued).astimezone()
        unit, version, code, check = (str(raw[name])[:80] for name in ("unit", "version", "code", "check"))
        answered, unanswered = (tuple(map(str, raw[name][:500])) for name in ("answered", "unanswered"))
        hashes = {str(name): str(digest) for name, digest in list(raw["sha256"].items())[:50]}
        return Receipt(unit, version, code, at, answered, unanswered, hashes, check, issued)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
        return None


def _checksum(unit: str, code: str, at: str, hashes: Mapping[str, str]) -> str:
    told = json.dumps([unit, code, at, sorted(hashes.items())])
    digest = hashlib.sha256(told.encode("utf-8")).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"

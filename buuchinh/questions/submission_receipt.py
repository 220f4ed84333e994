"""Issue receipts for submissions; ``intake.check_receipt`` verifies submissions against their receipts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from buuchinh.questions.model import QuestionSheet

FORMAT = 1


@dataclass(frozen=True)
class Receipt:
    """The receipt for a submission; its checksum, ``check``, is short enough to be read out over the telephone.

    ``sha256`` maps file names to digests. ``issued`` is the time of issue as a string, from which ``check`` is
    computed; ``at`` is the same moment as a ``datetime``, whose time zone may differ.
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
        cls, sheet: QuestionSheet, code: str, at: datetime, answered_ids: set[str], files: Mapping[str, bytes]
    ) -> Receipt:
        """Return a new receipt for ``files``; ``answered_ids`` holds the ids of the questions that were answered."""
        asked = [question.id for question in sheet.questions]
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        answered = tuple(name for name in asked if name in answered_ids)
        unanswered = tuple(name for name in asked if name not in answered_ids)
        issued = at.isoformat()
        check = checksum(sheet.unit, code, issued, hashes)
        return cls(sheet.unit, sheet.version, code, at, answered, unanswered, hashes, check, issued)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form of the receipt."""
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


def checksum(unit: str, code: str, at: str, hashes: Mapping[str, str]) -> str:
    """Return the short checksum of a receipt, computed from the unit, the code, the time and the files' digests."""
    content = json.dumps([unit, code, at, sorted(hashes.items())])
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"

"""Parse submission receipts and check them against the files that arrived.

The submit button writes a receipt, which lists the answered and unanswered questions and the SHA-256 hashes of the
submitted files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from buuchinh.intake import salvage
from buuchinh.intake.notes import note
from buuchinh.questions.submission_receipt import Receipt, checksum


def differences(receipt: Receipt, files: Mapping[str, bytes]) -> list[str]:
    """Return a note for each file that does not match the receipt, and another if the receipt itself was altered."""
    changed: list[str] = [
        note("intake.submission.file_changed", name=name)
        for name, digest in receipt.sha256.items()
        if name in files and hashlib.sha256(files[name]).hexdigest() != digest
    ]
    if checksum(receipt.unit, receipt.code, receipt.issued, receipt.sha256) != receipt.check:
        changed.append(note("intake.submission.receipt_changed"))
    return changed


def parse(data: bytes) -> Receipt | None:
    """Parse the content of a ``receipt.json``; return None if it is damaged or not a receipt."""
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

"""What older kits left behind (``tests/older/``): their pages, what a browser kept of them, a trainee's folder."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

OLDER = Path(__file__).resolve().parents[1] / "older"
VERSIONS = ("0.1.1", "0.2.0")
CODE = "GL-0123-Q"


def unpacked(version: str, name: str, folder: Path) -> Path:
    """Unpack ``site`` or ``course`` of a version into ``folder`` and return it."""
    with tarfile.open(OLDER / version / f"{name}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder


def told(version: str, name: str) -> Any:
    """Return what is written in ``browser``, ``lab`` or ``addresses`` of a version."""
    return json.loads((OLDER / version / f"{name}.json").read_text(encoding="utf-8"))


def files(version: str, pattern: str) -> list[Path]:
    """Return the files of a version that a person had: what was saved, what was handed in."""
    return sorted((OLDER / version).glob(pattern))

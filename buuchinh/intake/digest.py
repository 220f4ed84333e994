"""Compute a hash that identifies a submission's content, however its files arrive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def digest(files: Mapping[str, bytes | Path]) -> str:
    """Return a single SHA-256 (hexadecimal) for all files of a submission, the same if zipped or unpacked."""
    whole = hashlib.sha256()
    for name in sorted(files):
        data = files[name]
        size = data.stat().st_size if isinstance(data, Path) else len(data)
        whole.update(f"{name}\0{size}\0".encode("utf-8", "surrogatepass"))
        if isinstance(data, bytes):
            whole.update(data)
            continue
        with data.open("rb") as file:
            while part := file.read(1_000_000):
                whole.update(part)
    return whole.hexdigest()

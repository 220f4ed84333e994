"""Read pip lock files: each package's name and version, its environment markers, and the hashes of its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

_ENTRY = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Locked:
    """A locked package: normalised name, version, SHA-256 hashes (hex) of its files, and 1-based line number."""

    name: str
    version: str
    hashes: frozenset[str]
    line: int

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


def read(lock: Path, environment: Mapping[str, str]) -> list[Locked]:
    """Return the packages in ``lock`` whose markers hold in ``environment``, a mapping of marker names to values."""
    packages: list[Locked] = []
    lines = lock.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if _ENTRY.match(line)]
    for number, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        entry = _ENTRY.match(lines[number])
        assert entry
        if entry["marker"] is None or Marker(entry["marker"]).evaluate(dict(environment)):
            hashes = frozenset(_HASH.findall("\n".join(lines[number:end])))
            packages.append(Locked(canonicalize_name(entry["name"]), entry["version"], hashes, number + 1))
    return packages

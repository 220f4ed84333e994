"""Define what a campaign reads from files: a person's finished short tests, and files that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ended:
    """A finished short test.

    ``at`` is the time when the test was finished (ISO 8601). ``right`` maps question ids to whether the answer was
    right. ``place`` says whether the test was taken ``"before"`` or ``"after"`` the course, or is None if that was not
    recorded.
    """

    at: str
    version: str
    right: Mapping[str, bool]
    place: str | None = None


@dataclass(frozen=True)
class ExportedResult:
    """One person's results in one file.

    ``path`` is the file's displayed path. ``code`` is the person's normalised code, or ``""`` if the file has no code.
    ``tests`` maps test names to finished tests. ``marks`` holds the hashes that identify single answers (see ``mark``).
    """

    path: str
    code: str
    tests: Mapping[str, Ended]
    marks: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class UnusableFile:
    """A file that cannot be used, completely or in part, with the reason in one sentence (``words``)."""

    path: str
    words: str

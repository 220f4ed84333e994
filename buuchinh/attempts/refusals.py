"""Reader of what ``collect`` refused, ``nop-bai/khong-nhan/``: from whom, for which unit, when, why, and if settled.

A refusal is settled by an instructor's word (``giai-quyet.json`` beside it), or by itself where the same content was
taken in since as somebody's. Nothing of it is ever removed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_json
from buuchinh.messages import say

SETTLED = "giai-quyet.json"


@dataclass(frozen=True)
class Refusal:
    """One refused submission; ``code`` is "" where nobody could tell whose it was, ``unit`` where not even that.

    ``content`` is the SHA-256 of what was handed in, as of an attempt or of one file whatever its name, "" where that
    is not known.
    """

    code: str
    origin: str
    at: datetime
    reason: str
    unit: str
    folder: Path
    content: str = ""

    @property
    def by_word(self) -> bool:
        """Whether an instructor said that it is settled."""
        return (self.folder / SETTLED).is_file()

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return not self.by_word and not self._taken_since()

    def covers(self, other: Refusal) -> bool:
        """Return whether another is the same content, of which no more is known than of this one."""
        same = bool(self.content) and self.content == other.content
        return same and other.code in {"", self.code} and other.unit in {"", self.unit}

    def _taken_since(self) -> bool:
        there = (course.root() / course.ATTEMPTS / self.unit).glob(f"*/*-{self.content[:8]}/{course.COLLECTED}")
        return bool(self.unit and self.content) and any(_sha256(path) == self.content for path in there)


def of_unit(unit: str) -> list[Refusal]:
    """Return what was refused of ``unit`` and is open, oldest first."""
    return [one for one in still_open() if one.unit == unit]


def still_open() -> list[Refusal]:
    """Return what is open, oldest first; one content that came under two names once, by the name that says more."""
    there = [one for one in every() if one.open]
    return [
        one
        for place, one in enumerate(there)
        if not any(
            other.covers(one) and (later > place or not one.covers(other))
            for later, other in enumerate(there)
            if later != place
        )
    ]


def every() -> list[Refusal]:
    """Return all that was ever refused, oldest first."""
    return sorted(_read(), key=lambda one: one.at)


@turn()
def settle(named: str) -> list[Refusal]:
    """Note that what was refused of the file ``named`` is settled, and return that; ``KitError`` for no such file."""
    meant = _named(named)
    found = [one for one in every() if one.open and (one in meant or any(each.covers(one) for each in meant))]
    for one in found:
        write_json(one.folder / SETTLED, {"settled_on": course.today().isoformat()})
    return found


@turn()
def reopen(named: str) -> list[Refusal]:
    """Take back that what was refused of a file is settled, and return that; ``KitError`` for no such file."""
    meant = _named(named)
    found = [one for one in every() if one.by_word and (one in meant or any(each.covers(one) for each in meant))]
    for one in found:
        (one.folder / SETTLED).unlink(missing_ok=True)
    return found


def _named(named: str) -> list[Refusal]:
    """Return what was refused of a file by its folder, its path as ``collect`` told it, or its name; one file alone."""
    typed = named.replace("\\", "/").strip("/")
    found = every()
    same = [one for one in found if typed in {one.origin, one.folder.name}]
    same = same or [one for one in found if PurePosixPath(one.origin).name == PurePosixPath(typed).name]
    if not same:
        raise KitError([Problem("", 0, say("attempts.refusals.no_such", name=named), _known(found))])
    if len({(one.origin, one.unit, one.code or one.content) for one in same}) > 1:  # each stick is called usb
        raise KitError([Problem("", 0, say("attempts.refusals.several", name=named), _known(same))])
    return same


def _known(those: list[Refusal]) -> str:
    files = list(dict.fromkeys(f"{one.origin} ({one.folder.name})" for one in those))
    return say("attempts.refusals.known", files="; ".join(files)) if files else ""


def _read() -> Iterator[Refusal]:
    for path in (course.root() / course.ATTEMPTS / course.REFUSED).glob(f"*/{course.COLLECTED}"):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            raw: dict[str, Any] = read_json(path)
            at = datetime.fromisoformat(raw["collected_at"])
            told = (str(raw[name]) for name in ("code", "origin", "reason", "unit"))
            code, origin, reason, unit = told
            yield Refusal(code, origin, at, reason, unit, path.parent, str(raw.get("content", "")))


def _sha256(path: Path) -> str:
    with contextlib.suppress(KitError, AttributeError):
        return str(read_json(path).get("sha256", ""))
    return ""

"""List, settle and reopen refusals: the submissions that ``collect`` refused and stored in ``nop-bai/khong-nhan/``.

An instructor settles a refusal explicitly (recorded as ``giai-quyet.json`` beside it). A refusal is also settled
automatically if the same content is later imported for a trainee, or if whoever was asked for the file again
(``xin-lai.json``) has handed in the unit since. Refused files are never deleted.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.codes import valid
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.messages import say
from buuchinh.parsed import once

SETTLED = "giai-quyet.json"


@dataclass(frozen=True)
class Refusal:
    """One refused submission; ``code`` is "" if the trainee is unknown, and ``unit`` is "" if the unit is unknown.

    ``content`` is the submission's SHA-256, computed as for an attempt, or the SHA-256 of its only file, regardless of
    the file's name; it is "" if unknown. ``origin`` is the path that ``collect`` reported. ``hint`` guesses whose the
    file is, for the instructor alone. ``claimed`` contains the codes of the class that the submission names.
    ``two_works`` is True if a different work counts for the same code. ``asked_at`` is when an instructor last asked
    for the file again, and ``asked`` the code of who was asked; it is "" if unknown.
    """

    code: str
    origin: str
    at: datetime
    reason: str
    unit: str
    folder: Path
    content: str = ""
    claimed: tuple[str, ...] = ()
    asked_at: datetime | None = None
    asked: str = ""
    hint: str = ""
    two_works: bool = False

    @property
    def why(self) -> str:
        """The reason and the hint, as an instructor reads them."""
        return f"{self.reason} {self.hint}".strip()

    @property
    def by_word(self) -> bool:
        """Whether an instructor settled this refusal."""
        return (self.folder / SETTLED).is_file()

    @property
    def open(self) -> bool:
        """Whether this refusal still awaits manual review."""
        return not self.by_word and not self.taken_since() and not self.answered()

    def covers(self, other: Refusal) -> bool:
        """Return whether ``other`` has the same content as this refusal and no conflicting code or unit."""
        same = bool(self.content) and self.content == other.content
        return same and other.code in {"", self.code} and other.unit in {"", self.unit}

    def answered(self) -> bool:
        """Return whether who was asked has handed in this unit since; of an unknown unit only an instructor can say."""
        return self.unit in self.taken_since_asked()

    def taken_since_asked(self) -> set[str]:
        """Return the units that were taken in from who was asked since then."""
        if self.asked_at is None or not self.asked:
            return set()
        taken = (course.root() / course.ATTEMPTS).glob(f"*/{self.asked}/*/{course.COLLECTED}")
        return {path.parts[-4] for path in taken if _is_since(_collected(path, "collected_at"), self.asked_at)}

    def taken_since(self) -> bool:
        """Return whether the same work has been taken in for the unit: the same content, or the same place.

        The place tells only where no file was read, such as a folder in a hub's exchange without a known owner.
        """
        if not self.unit:
            return False
        taken = course.root() / course.ATTEMPTS / self.unit
        if self.content:
            paths = taken.glob(f"*/*-{self.content[:8]}/{course.COLLECTED}")
            return any(_collected(path, "sha256") == self.content for path in paths)
        unread = {path.name for path in self.folder.iterdir()} <= {course.COLLECTED, course.ASKED_AGAIN}
        return unread and any(
            _collected(path, "origin") == self.origin for path in taken.glob(f"*/*/{course.COLLECTED}")
        )


def of_unit(unit: str) -> list[Refusal]:
    """Return the open refusals for ``unit``, oldest first."""
    return [refusal for refusal in once(still_open) if refusal.unit == unit]


def still_open() -> list[Refusal]:
    """Return the open refusals, oldest first, with only the most informative of several with the same content."""
    newest: dict[tuple[str, ...], Refusal] = {}
    taken: dict[tuple[str, str], bool] = {}
    for refusal in every():
        if refusal.by_word or refusal.answered():
            continue
        work = refusal.unit, refusal.content or str(refusal.folder)
        if work not in taken:
            taken[work] = refusal.taken_since()
        if not taken[work]:
            same = (refusal.content, refusal.code, refusal.unit) if refusal.content else (str(refusal.folder),)
            newest.pop(same, None)
            newest[same] = refusal
    alike: dict[str, list[Refusal]] = {}
    for refusal in newest.values():
        alike.setdefault(refusal.content, []).append(refusal)
    return [
        refusal
        for refusal in newest.values()
        if not any(other is not refusal and other.covers(refusal) for other in alike[refusal.content])
    ]


def every() -> list[Refusal]:
    """Return all refusals, open and settled, oldest first."""
    return sorted(_read(), key=lambda refusal: refusal.at)


@turn()
def settle(named: str) -> list[Refusal]:
    """Settle the open refusals of the file ``named``, and return them.

    Raise ``KitError`` if no file matches or several files match.
    """
    named_refusals = _named(named)
    settled = [refusal for refusal in every() if refusal.open and _is_covered(refusal, named_refusals)]
    for refusal in settled:
        write_json(refusal.folder / SETTLED, {"settled_on": course.today().isoformat()})
    return settled


def note_asked(refusal: Refusal, code: str) -> None:
    """Record that a refused file was asked for again now, from the person with ``code`` ("" if unknown)."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    write_json(refusal.folder / course.ASKED_AGAIN, {"at": at, "code": code or refusal.code})


@turn()
def reopen(named: str) -> list[Refusal]:
    """Reopen the settled refusals of the file ``named``, and return them.

    Raise ``KitError`` if no file matches or several files match.
    """
    named_refusals = _named(named)
    reopened = [refusal for refusal in every() if refusal.by_word and _is_covered(refusal, named_refusals)]
    for refusal in reopened:
        (refusal.folder / SETTLED).unlink(missing_ok=True)
    return reopened


def _named(named: str) -> list[Refusal]:
    """Return the refusals of a file, which may be named by its storage folder, its reported path or its file name.

    Raise ``KitError`` if no file matches or several files match.
    """
    typed = named.replace("\\", "/").strip("/")
    name = PurePosixPath(typed).name
    refusals = every()
    matches = [refusal for refusal in refusals if typed in {refusal.origin, refusal.folder.name}]
    matches = matches or [refusal for refusal in refusals if PurePosixPath(refusal.origin).name == name]
    if not matches:
        raise KitError(say("attempts.refusals.no_such", name=named), _known(refusals))
    files = {(refusal.origin, refusal.unit, refusal.code or refusal.content) for refusal in matches}
    if len(files) > 1:  # several memory sticks may all be called "usb"
        raise KitError(say("attempts.refusals.several", name=named), _known(matches))
    return matches


def _is_covered(refusal: Refusal, named: list[Refusal]) -> bool:
    """Return whether ``refusal`` is in ``named`` or has the same content as a refusal in ``named``."""
    return refusal in named or any(other.covers(refusal) for other in named)


def _known(refusals: list[Refusal]) -> str:
    files = list(dict.fromkeys(f"{refusal.origin} ({refusal.folder.name})" for refusal in refusals))
    return say("attempts.refusals.known", files="; ".join(files)) if files else ""


def _read() -> Iterator[Refusal]:
    for path in (course.root() / course.ATTEMPTS / course.REFUSED).glob(f"*/{course.COLLECTED}"):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            raw: dict[str, Any] = read_json(path)
            at = datetime.fromisoformat(raw["collected_at"]).astimezone()
            code, origin, unit = (str(raw[name]) for name in ("code", "origin", "unit"))
            unit = unit if course.graded(unit) else ""
            reason, hint = (str(raw["reason"]), str(raw["hint"])) if "hint" in raw else _split(str(raw["reason"]))
            claimed = tuple(map(str, raw.get("claimed", ())))
            content = str(raw.get("content", ""))
            yield Refusal(
                code,
                origin,
                at,
                reason,
                unit,
                path.parent,
                content,
                claimed,
                *_asked(path.parent),
                hint,
                raw.get("two_works") is True,
            )


def _split(sentences: str) -> tuple[str, str]:
    """Return the reason and the hint of a refusal that was stored with both in one field, as up to version 0.3.0."""
    for words in ("named_in_path", "named_without_answers"):
        before, after = map(re.escape, say(f"intake.collect.{words}", codes="{codes}").split("{codes}"))
        if hint := re.search(f" ?({before}.*?{after})$", sentences):
            return sentences[: hint.start()], hint[1]
    return sentences, ""


def _asked(folder: Path) -> tuple[datetime | None, str]:
    """Return when a file was asked for again, and from whom; a damaged record counts as none."""
    if (folder / course.ASKED_AGAIN).is_file():
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError, AttributeError):
            raw = read_json(folder / course.ASKED_AGAIN)
            code = str(raw["code"])
            return datetime.fromisoformat(raw["at"]), code if valid(code) else ""
    return None, ""


def _is_since(moment: str, at: datetime) -> bool:
    with contextlib.suppress(ValueError, TypeError):
        return datetime.fromisoformat(moment) >= at
    return False


def _collected(path: Path, name: str) -> str:
    """Return a field of an attempt's ``collected.json``, or "" if that cannot be read."""
    with contextlib.suppress(KitError, AttributeError):
        return str(read_json(path).get(name, ""))
    return ""

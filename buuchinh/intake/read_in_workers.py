"""Reads and decides on hand-ins in processes apart: what cannot be read costs a row, and the class goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from buuchinh.attempts.reader import Attempt
from buuchinh.attempts.store import Merged
from buuchinh.classroom import run_log
from buuchinh.errors import KitError, Problem
from buuchinh.intake import checkpoints, find_submissions
from buuchinh.intake import submission_places as listing
from buuchinh.intake.combine import combine
from buuchinh.intake.decide import Decision, decide, not_read, unreadable
from buuchinh.intake.digest import digest
from buuchinh.intake.file_groups import Unreadable, never_ended
from buuchinh.intake.notes import Note, note
from buuchinh.intake.reader_self_test import require_readers
from buuchinh.intake.submission import Submission
from buuchinh.intake.submission_places import Originals, Place
from buuchinh.intake.worker_pool import Call, GivenUp, Readers
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.text import format_moment

Show = Callable[[int, int, str], None]
"""Is told how many places of how many are read, and which comes next."""


def silence(done: int, total: int, where: str) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Decided:
    """The decision on one submission, with what is to be kept of it and what it says of its version and receipt."""

    decision: Decision
    originals: Originals
    version: str | None = None
    receipt: bool = False


def open_readers() -> Readers:
    """Return readers that note in the run log by what they fell, for whoever mends the kit."""
    return Readers(tell=lambda said: run_log.note("", "", "read", say("intake.stopped.fell", said=said)))


def decisions(
    readers: Readers,
    top: Path,
    enrolled: frozenset[str],
    now: datetime,
    *,
    skip: frozenset[Path] = frozenset(),
    owner: str | None = None,
    show: Show = silence,
) -> Iterator[Decided]:
    """Yield the decision on each submission in a folder, a zip or a notebook (see ``walk.walk``), in a fixed order.

    Raises ``ReadersFail`` before anything is read, and where a reader has fallen, when readers fall on everything.
    """
    closed: list[Unreadable] = []
    places = list(listing.places(top, skip, closed))
    calls = [Call(decided, (place, enrolled, now, owner)) for place in places]
    if calls:
        require_readers(readers, now)
    fell = readers.fell
    for number, found in readers.run(calls):
        if readers.fell > fell:
            require_readers(readers, now)
            fell = readers.fell
        show(number, len(places), places[number].shown)
        yield _left_unread(places[number], found) if isinstance(found, GivenUp) else found
    for one in closed:
        yield Decided(unreadable(one), {})


def _left_unread(place: Place, left: GivenUp) -> Decided:
    """Refuse what is left of a place, as a whole."""
    return Decided(unreadable(Unreadable(place.shown, never_ended(place.shown, left.cause))), place.originals)


def decided(place: Place, enrolled: frozenset[str], now: datetime, owner: str | None = None) -> Iterator[Decided]:
    """Read one place and decide on what is in it: what the readers run."""
    for arrival, originals in find_submissions.read_place(place):
        if not isinstance(arrival, Submission):
            if not checkpoints.finished(arrival.where):
                yield Decided(decide(arrival, enrolled, now), originals)
                checkpoints.finish(arrival.where)
            continue
        cause = checkpoints.begin("decide", arrival.origin)
        decision = not_read(arrival, cause) if cause else decide(arrival, enrolled, now, owner)
        yield Decided(decision, originals, arrival.version, arrival.receipt is not None)
        checkpoints.finish(arrival.origin)


def merged_again(readers: Readers, attempt: Attempt, others: Sequence[Attempt] = ()) -> Merged:
    """Read and merge a kept attempt, with what ``others`` (oldest first) add to it; alone where those cannot be read.

    A hand-in that counts alone is merged once, by the worker that reads it (``decided``), and that is what is written
    (``Store.submit_alone``). Here all are read and merged again, for what was merged alone does not say enough:
    which code a cell takes, and what an answer by hand repeats, is decided on the notebooks and answers as they were
    handed in (``combine``), and those of an earlier run stand on the disk alone, untrusted as ever. To carry them out
    of the worker would cost each hand-in twice the bytes, and ``collect`` the memory of a class, since the next file
    may be of the same person. It is also what makes ``submitted/`` anew after another deadline, another ``_MADE`` or
    a fault of the disk.

    Raises ``KitError`` where reading it does not end, ``ReadersFail`` where none does.
    """
    for more in dict.fromkeys((tuple(others), ())):
        for _, found in readers.run([Call(_merged, (attempt, more))]):
            if isinstance(found, Merged):
                read = found.gave.keys()
                lost = [_not_merged(other) for other in others if other.sha256 not in read]
                return replace(found, notes=(*found.notes, *lost))
    require_readers(readers, datetime.now().astimezone())
    raise KitError([Problem(attempt.folder.name, 0, say("intake.stopped.kept"))])


def _merged(attempt: Attempt, others: tuple[Attempt, ...]) -> Iterator[Merged]:
    own = _submission(attempt)
    more = []
    for other in others:
        with contextlib.suppress(KitError):
            more.append((other, _submission(other)))
    released = versions.released_for(attempt.unit, own.version, attempt.code)
    yield combine(released, (attempt, own), more)


def _not_merged(attempt: Attempt) -> Note:
    return note("intake.collect.not_merged", at=format_moment(attempt.at))


def _submission(attempt: Attempt) -> Submission:
    """Return the submission with the attempt's hash, since a zip may hold several."""
    submissions = find_submissions.read_all(attempt.folder)
    return next((one for one in submissions if digest(one.files) == attempt.sha256), submissions[0])

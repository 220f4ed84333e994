"""Read submissions and decide about them in worker processes; an unreadable one does not stop the others.

Unreadable submissions are reported as refusals.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from buuchinh.attempts.reader import Attempt
from buuchinh.attempts.store import Merged
from buuchinh.classroom import run_log
from buuchinh.errors import KitError
from buuchinh.intake import checkpoints, find_submissions
from buuchinh.intake import submission_places as listing
from buuchinh.intake.combine import combine
from buuchinh.intake.decide_submission import Decision, decide, not_read, unreadable
from buuchinh.intake.digest import digest
from buuchinh.intake.file_groups import Unreadable, never_ended
from buuchinh.intake.notes import SubmissionNote, note
from buuchinh.intake.reader_self_test import require_readers
from buuchinh.intake.submission import Submission
from buuchinh.intake.submission_places import Originals, SubmissionPlace
from buuchinh.intake.worker_pool import GivenUp, ReaderCall, Readers
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.text import format_moment

Show = Callable[[int, int, str], None]
"""Progress callback; receives the number of places already read, the total, and the path of the current place."""


def silence(done: int, total: int, where: str) -> None:
    """Ignore progress reports."""


OwnerOf = Callable[[Path], str | None]
"""Function that returns the code to which a folder's submissions are assigned, or None if they say it themselves."""


def unknown_owner(_folder: Path) -> None:
    """Let each submission say whose it is."""


MayRead = Callable[[Path], bool]
"""Function that is asked before a folder is read, and returns whether to read it."""


def whatever(_folder: Path) -> bool:
    """Let every folder be read."""
    return True


@dataclass(frozen=True)
class DecidedSubmission:
    """The decision on one submission, with the originals to store.

    ``version`` is the version that the submission states, and ``receipt`` is True if the submission includes a receipt.
    """

    decision: Decision
    originals: Originals
    version: str | None = None
    receipt: bool = False


def open_readers() -> Readers:
    """Return readers that record the cause of each crash in the run log, to help the kit's developers."""
    return Readers(tell=lambda cause: run_log.note("", "", "read", say("intake.stopped.fell", said=cause)))


def decide_all(
    readers: Readers,
    top: Path,
    enrolled: frozenset[str],
    now: datetime,
    *,
    skip: frozenset[Path] = frozenset(),
    owner_of: OwnerOf = unknown_owner,
    may_read: MayRead = whatever,
    show: Show = silence,
) -> Iterator[DecidedSubmission]:
    """Yield the decision on each submission in a folder, a zip or a notebook, in a fixed order.

    ``skip`` contains the resolved paths of folders that are not entered. ``owner_of`` returns whose the submissions in
    a folder are, whatever they state. ``may_read`` is asked while earlier folders are read already.

    Raise ``ReadersFail`` if the readers crash on every input, which is checked before anything is read and after each
    crash.
    """
    closed: list[Unreadable] = []
    places = list(listing.places(top, skip, closed))
    begun: list[SubmissionPlace] = []

    def calls() -> Iterator[ReaderCall[DecidedSubmission]]:
        for place in places:
            if may_read(place.folder):
                begun.append(place)
                yield ReaderCall(decide_place, (place, enrolled, now, owner_of(place.folder)))

    if places:
        require_readers(readers, now)
    crashes = readers.crashes
    for number, result in readers.run(calls()):
        if readers.crashes > crashes:
            require_readers(readers, now)
            crashes = readers.crashes
        show(number, len(places), begun[number].display_name)
        yield _left_unread(begun[number], result) if isinstance(result, GivenUp) else result
    for folder in closed:
        yield DecidedSubmission(unreadable(folder), {})


def _left_unread(place: SubmissionPlace, left: GivenUp) -> DecidedSubmission:
    """Return a single refusal for everything in ``place`` that was left unread."""
    return DecidedSubmission(
        unreadable(Unreadable(place.display_name, never_ended(place.display_name, left.cause))), place.originals
    )


def decide_place(
    place: SubmissionPlace, enrolled: frozenset[str], now: datetime, owner: str | None = None
) -> Iterator[DecidedSubmission]:
    """Yield the decision on each submission in one place; this function runs in the reader processes."""
    for arrival, originals in find_submissions.read_place(place):
        if not isinstance(arrival, Submission):
            if not checkpoints.finished(arrival.where):
                yield DecidedSubmission(decide(arrival, enrolled, now), originals)
                checkpoints.finish(arrival.where)
            continue
        cause = checkpoints.begin("decide", arrival.origin)
        decision = not_read(arrival, cause) if cause else decide(arrival, enrolled, now, owner)
        yield DecidedSubmission(decision, originals, arrival.version, arrival.receipt is not None)
        checkpoints.finish(arrival.origin)


def merged_again(readers: Readers, attempt: Attempt, others: Sequence[Attempt] = ()) -> Merged:
    """Return a stored attempt merged with ``others`` (oldest first), or alone if ``others`` cannot be read.

    A submission that is not combined with others is merged once, by the worker that reads it (``decide_place``),
    and that result is written (``Store.submit_alone``). This function reads and merges all attempts again, because
    the results of single merges do not suffice: ``combine`` needs the original notebooks and answers to choose a
    cell's code and to recognise repeated text, and the originals from earlier runs exist only on disk and are still
    untrusted. If the worker returned them, each submission would take twice as many bytes, and ``collect`` would
    hold a whole class in memory, since the next file may belong to the same person. This function also serves to
    rebuild ``submitted/`` after a change of the deadline or of the format version, or after a disk fault.

    Raise ``KitError`` if the attempt cannot be read, or ``ReadersFail`` if the readers crash on every input.
    """
    for more in dict.fromkeys((tuple(others), ())):
        for _, result in readers.run([ReaderCall(_merged, (attempt, more))]):
            if isinstance(result, Merged):
                read = result.gave.keys()
                missing = [_not_merged(other) for other in others if other.sha256 not in read]
                return replace(result, notes=(*result.notes, *missing))
    require_readers(readers, datetime.now().astimezone())
    raise KitError(say("intake.stopped.kept"), path=attempt.folder.name)


def _merged(attempt: Attempt, others: tuple[Attempt, ...]) -> Iterator[Merged]:
    own = _submission(attempt)
    more = []
    for other in others:
        with contextlib.suppress(KitError):
            more.append((other, _submission(other)))
    released = versions.released_for(attempt.unit, own.version, attempt.code)
    yield combine(released, (attempt, own), more)


def _not_merged(attempt: Attempt) -> SubmissionNote:
    return note("intake.collect.not_merged", at=format_moment(attempt.at))


def _submission(attempt: Attempt) -> Submission:
    """Return the attempt's submission: of several in a stored zip, the one with the attempt's hash.

    If no submission has that hash, return the first one.
    """
    submissions = find_submissions.read_all(attempt.folder)
    return next(
        (submission for submission in submissions if digest(submission.files) == attempt.sha256), submissions[0]
    )

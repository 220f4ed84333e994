"""Import submissions from nbgrader's exchange: each is its folder's owner's, whatever its name or its files say.

They are copied out first and then read as any others, with limits for each account; a copy that came by USB too is
stored once.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.exchange import accounts, inbound, instructors_settings
from buuchinh.exchange.accounts import Accounts
from buuchinh.exchange.inbound import InboundEntry
from buuchinh.exchange.places import Exchange
from buuchinh.files import UNFINISHED, reason, remove_tree
from buuchinh.intake import account_room, collect
from buuchinh.intake.account_room import AccountRoom
from buuchinh.intake.decide_submission import Decision
from buuchinh.intake.filenames import disk_name
from buuchinh.intake.read_in_workers import DecidedSubmission, Show, silence
from buuchinh.messages import say
from buuchinh.release import versions

_TOP = "inbound"


@dataclass(frozen=True)
class _Copied:
    """A submission that was copied out, with its owner's code and what was left out."""

    entry: InboundEntry
    code: str
    notes: tuple[str, ...]


@turn()
def collect_exchange(unit: str | None = None, table: Path | None = None, *, show: Show = silence) -> list[Decision]:
    """Import every submission in the class's exchange (only those of ``unit``, if given) and build ``submitted/``.

    ``table`` maps accounts whose name is no code to codes. Nothing in the exchange is changed. A submission whose name
    states another person than its owner is refused; that person's own work is taken. Raise ``KitError`` if there is no
    exchange, if its settings or its disk make owners unknown, or if nobody is enrolled.
    """
    exchange, known = instructors_settings.exchange(), accounts.read(table)
    enrolled = collect.enrolled_codes()
    seen = _seen(exchange)
    _refuse_single_owner(seen, exchange)
    attempts = course.root() / course.ATTEMPTS
    attempts.mkdir(parents=True, exist_ok=True)
    scratch, room = Path(tempfile.mkdtemp(dir=attempts, prefix=UNFINISHED)), AccountRoom()
    try:
        copied, refused = _copied_out(exchange, seen, scratch / _TOP, known, enrolled, room)

        def owner_of(folder: Path) -> str | None:
            return copied[folder.name].code if folder.name in copied else None

        def may_read(folder: Path) -> bool:
            return folder.name not in copied or room.may_read(copied[folder.name].entry.uid, folder.name)

        def each(arrivals: Iterable[DecidedSubmission]) -> Iterator[DecidedSubmission]:
            yield from _with_notes(arrivals, copied, room)
            yield from refused

        return collect.take_in(scratch / _TOP, enrolled, unit, owner_of, each, may_read=may_read, show=show)
    finally:
        remove_tree(scratch)


def _seen(exchange: Exchange) -> list[InboundEntry]:
    try:
        return inbound.newest_entries(exchange.inbound, course.released_units())
    except FileNotFoundError as error:
        raise KitError(say("exchange.collect.missing"), path=str(exchange.inbound)) from error
    except OSError as error:
        message, way_out = say("exchange.collect.closed", reason=reason(error)), say("exchange.collect.closed_way_out")
        raise KitError(message, way_out, path=str(exchange.inbound)) from error


def _refuse_single_owner(seen: list[InboundEntry], exchange: Exchange) -> None:
    """Raise ``KitError`` if all submissions, of several people by name, are the instructor's: a disk without owners."""
    alone = {submission.uid for submission in seen} == {exchange.inbound.stat().st_uid}
    if alone and len({submission.claimed for submission in seen}) > 1:
        message = say("exchange.collect.same_owner", account=seen[0].account or seen[0].uid)
        raise KitError(message, say("exchange.collect.same_owner_way_out"), path=str(exchange.inbound))


def _copied_out(
    exchange: Exchange,
    seen: list[InboundEntry],
    top: Path,
    known: Accounts,
    enrolled: frozenset[str],
    room: AccountRoom,
) -> tuple[dict[str, _Copied], list[DecidedSubmission]]:
    """Copy what is to be read to ``top``, by folder name; return it, and refusals for everything else."""
    top.mkdir()
    copied: dict[str, _Copied] = {}
    refused: dict[int, list[DecidedSubmission]] = defaultdict(list)
    rests: list[DecidedSubmission] = []
    full: set[int] = set()
    shared = known.shared(submission.account for submission in seen if submission.account)
    for submission in reversed(seen):  # the newest first
        name = disk_name(submission.name)
        code = known.code(submission.account) or ""
        message, way_out = _why_refused(submission, code, known, enrolled)
        if not message and code in shared:
            message = say("exchange.collect.shared", code=code, accounts=", ".join(shared[code]))
            way_out = say("exchange.collect.shared_way_out")
        elif not message and not room.may_copy(submission.uid):
            if submission.uid in full:
                continue  # one sentence holds for all that is older
            full.add(submission.uid)
            limits = {"limit": account_room.MOST_BYTES // 1_000_000, "files": account_room.MOST_FILES}
            message = say("exchange.collect.large", **limits)
        if not message:
            try:
                notes = inbound.copy(exchange.inbound, submission, top / name)
            except OSError as error:
                remove_tree(top / name)  # half of a folder has no owner, and would be whoever's its files name
                message, way_out = say("exchange.collect.unreadable", reason=reason(error)), ""
            else:
                room.copied(submission.uid, top / name)
                copied[name] = _Copied(submission, code, tuple(notes))
                continue
        (rests if submission.stands_for_older else refused[submission.uid]).append(
            _refusal(submission, code, message, way_out)
        )
    newest_of = {submission.uid: submission for submission in seen}
    return copied, [
        *rests,
        *(refusal for uid, every in refused.items() for refusal in _shortened(newest_of[uid], every)),
    ]


def _shortened(submission: InboundEntry, refused: list[DecidedSubmission]) -> list[DecidedSubmission]:
    """Return an account's refusals, the oldest first; of very many the newest, and one sentence on the rest."""
    more = len(refused) - account_room.MOST_REFUSED
    if more <= 1:
        return refused[::-1]
    return [
        *refused[: account_room.MOST_REFUSED][::-1],
        _of_account(submission, say("exchange.collect.more", count=more)),
    ]


def _why_refused(submission: InboundEntry, code: str, known: Accounts, enrolled: frozenset[str]) -> tuple[str, str]:
    """Return why a folder is not read, with the way out, or two empty strings."""
    if not submission.account:
        return say("exchange.collect.no_account", uid=submission.uid), ""
    if submission.claimed != submission.account and (not code or known.code(submission.claimed) != code):
        named = {"claimed": submission.claimed, "account": submission.account}
        return say("exchange.collect.forged", **named), say("exchange.collect.forged_way_out", **named)
    if submission.refused:
        return submission.refused, ""
    if not code:
        return say("exchange.collect.no_code", account=submission.account), say("exchange.collect.add_account")
    if code not in enrolled:
        return say("exchange.collect.not_enrolled", code=code, account=submission.account), say("intake.collect.enrol")
    return "", ""


def _refusal(submission: InboundEntry, code: str, message: str, way_out: str) -> DecidedSubmission:
    """Return a refusal, which names the owner alone: whoever the folder's name claims has not done anything."""
    unit = submission.unit if course.graded(submission.unit) and versions.versions(submission.unit) else ""
    decision = Decision(f"{_TOP}/{disk_name(submission.name)}", "refused", unit, code, reason=message, way_out=way_out)
    return DecidedSubmission(decision, {})


def _of_account(submission: InboundEntry, message: str, way_out: str = "") -> DecidedSubmission:
    """Return one refusal for many folders of an account."""
    named = submission.account or str(submission.uid)
    sentence = say("exchange.collect.of_account", account=named, what=message)
    return DecidedSubmission(Decision(f"{_TOP}/{disk_name(named)}", "refused", reason=sentence, way_out=way_out), {})


def _with_notes(
    arrivals: Iterable[DecidedSubmission], copied: Mapping[str, _Copied], room: AccountRoom
) -> Iterator[DecidedSubmission]:
    """Yield decisions with what was left out of their folders; then refusals for folders without any, and for the rest.

    Of an account with very many submissions the rest is left out, and told in one sentence.
    """
    empty = dict(copied)
    for arrival in arrivals:
        name = next(iter(PurePosixPath(arrival.decision.where).parts[1:]), "")
        if not (submission := copied.get(name)):
            yield arrival
            continue
        empty.pop(name, None)
        decision = arrival.decision
        if room.may_tell(submission.entry.uid, refused=decision.outcome == "refused"):
            named = replace(decision, code=decision.code or submission.code, notes=(*decision.notes, *submission.notes))
            yield replace(arrival, decision=named)
    for submission in (submission for name, submission in empty.items() if name not in room.unread):
        if room.may_tell(submission.entry.uid, refused=True):
            refusal = _refusal(submission.entry, submission.code, say("exchange.collect.nothing"), "")
            yield replace(refusal, decision=replace(refusal.decision, notes=submission.notes))
    yield from _left_out(copied, room)


def _left_out(copied: Mapping[str, _Copied], room: AccountRoom) -> Iterator[DecidedSubmission]:
    """Yield one refusal for each account of which not everything was read or taken in."""
    by_owner = {submission.entry.uid: submission.entry for submission in copied.values()}
    unread = Counter(copied[name].entry.uid for name in room.unread)
    for uid, submission in by_owner.items():
        way_out = say("exchange.collect.ask", account=submission.account)
        if unread[uid]:
            minutes = round(account_room.MOST_SECONDS / 60)
            yield _of_account(submission, say("exchange.collect.slow", minutes=minutes, count=unread[uid]), way_out)
        if room.untold[uid]:
            yield _of_account(submission, say("exchange.collect.many", count=room.untold[uid]), way_out)

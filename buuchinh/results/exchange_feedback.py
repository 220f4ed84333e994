"""Put feedback into nbgrader's exchange, under the secrets of each trainee's submissions that lie there.

Only submissions whose folder is the trainee's own give a secret, so a forged one leads to nobody's feedback.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.exchange import accounts, fill_exchange, inbound, instructors_settings, laid_pages
from buuchinh.exchange.accounts import Accounts
from buuchinh.exchange.places import Exchange
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.results import feedback_pages, feedback_sent, results, send_feedback
from buuchinh.results.results import Standing


@dataclass(frozen=True)
class Put:
    """The codes whose feedback lies in the exchange, those who have no submission there, and those withdrawn."""

    codes: tuple[str, ...]
    without: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


@turn()
def put(unit: str, table: Path | None = None, *, anyway: bool = False, names: bool = False) -> Put:
    """Write all feedback on ``unit`` as ``send_feedback.send`` does, and put each page into the exchange.

    Pages of before are replaced, also under the secrets of submissions that are gone; those of people who are graded no
    more are withdrawn. ``table`` maps accounts whose name is no code to codes. Raise ``KitError`` if something waits,
    unless ``anyway`` is true, or if the exchange cannot be read or written.
    """
    exchange, known = instructors_settings.exchange(), accounts.read(table)
    try:
        fill_exchange.clear_unfinished(exchange)
        secrets = _secrets(exchange, unit, known)
        sent = send_feedback.send(unit, anyway=anyway, names=names, option="--exchange")
        for code in sent.codes:
            new = [fill_exchange.page_name(unit, secret) for secret in secrets.get(code, ())]
            laid_pages.lay(exchange, unit, code, new, feedback_pages.place(unit, code).read_bytes())
        got = laid_pages.trainees(unit)
        withdrawn = tuple(code for code in got if code not in sent.codes)
        for code in withdrawn:
            laid_pages.withdraw(exchange, unit, code)
    except OSError as error:
        message, way_out = say("exchange.collect.closed", reason=reason(error)), say("exchange.collect.closed_way_out")
        raise KitError(message, way_out, path=str(exchange.folder)) from error
    there = tuple(code for code in sent.codes if code in got)
    return Put(there, tuple(code for code in sent.codes if code not in got), withdrawn)


@turn()
def renew(unit: str) -> tuple[str, ...]:
    """Replace the pages in the exchange whose points have changed since they were put there; return whose.

    What a killed command left half-written there goes, also if nothing is outdated. Raise ``KitError`` if a page cannot
    be made or the exchange cannot be written.
    """
    outdated = _outdated(unit)
    if not outdated:
        with suppress(OSError, KitError):
            fill_exchange.clear_unfinished(instructors_settings.exchange())
        return ()
    exchange = instructors_settings.exchange()
    try:
        fill_exchange.clear_unfinished(exchange)
        for standing in outdated:
            (page,) = feedback_pages.write(unit, only=standing.code)
            laid_pages.lay(exchange, unit, standing.code, (), page.read_bytes())
            feedback_sent.keep(standing, datetime.now().astimezone())
    except OSError as error:
        message, way_out = say("exchange.collect.closed", reason=reason(error)), say("exchange.collect.closed_way_out")
        raise KitError(message, way_out, path=str(exchange.folder)) from error
    return tuple(standing.code for standing in outdated)


def _outdated(unit: str) -> list[Standing]:
    laid = set(laid_pages.trainees(unit))
    if not laid:
        return []
    return [one for one in results.standings(unit) if one.code in laid and feedback_sent.is_outdated(one)]


def _secrets(exchange: Exchange, unit: str, known: Accounts) -> Mapping[str, list[str]]:
    """Return the secrets of each trainee's own submissions of ``unit``, by code.

    The name of a feedback page is a hash of the submission's secret, so only who knows the secret finds the page. A
    secret that came with the submissions of two people is left out, since both would find the page.
    """
    found: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    seen = inbound.newest_entries(exchange.inbound, (unit,))
    shared = known.shared(one.account for one in seen if one.account)
    for one in seen:
        code = known.code(one.account)
        if code in shared:
            continue
        same = code and (one.claimed == one.account or known.code(one.claimed) == code)
        if code and same and not one.refused and one.unit == unit and (secret := inbound.secret(exchange.inbound, one)):
            found[code].append(secret)
            owners[secret].add(code)
    return {code: [one for one in secrets if len(owners[one]) == 1] for code, secrets in found.items()}

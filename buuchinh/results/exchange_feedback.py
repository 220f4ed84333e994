"""Put feedback into nbgrader's exchange, under the secrets of each trainee's submissions that lie there.

Only submissions whose folder is the trainee's own give a secret, so a forged one leads to nobody's feedback.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.exchange import accounts, fill_exchange, inbound, instructors_settings
from buuchinh.exchange.accounts import Accounts
from buuchinh.exchange.places import Exchange
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.results import feedback_pages, send_feedback


@dataclass(frozen=True)
class Put:
    """The codes whose feedback lies in the exchange, and those who have no submission there."""

    codes: tuple[str, ...]
    without: tuple[str, ...]


@turn()
def put(unit: str, table: Path | None = None, *, anyway: bool = False, names: bool = False) -> Put:
    """Write all feedback on ``unit`` as ``send_feedback.send`` does, and put each page into the exchange.

    ``table`` maps accounts whose name is no code to codes. Raise ``KitError`` if something waits, unless ``anyway`` is
    true, or if the exchange cannot be read or written.
    """
    exchange, known = instructors_settings.exchange(), accounts.read(table)
    try:
        secrets = _secrets(exchange, unit, known)
        sent = send_feedback.send(unit, anyway=anyway, names=names)
        for code in sent.codes:
            page = feedback_pages.place(unit, code).read_bytes()
            for secret in secrets.get(code, ()):
                fill_exchange.feedback(exchange, unit, secret, page)
    except OSError as error:
        message, way_out = say("exchange.collect.closed", reason=reason(error)), say("exchange.collect.closed_way_out")
        raise KitError([Problem(str(exchange.folder), 0, message, way_out)]) from error
    got = tuple(code for code in sent.codes if secrets.get(code))
    return Put(got, tuple(code for code in sent.codes if code not in got))


def _secrets(exchange: Exchange, unit: str, known: Accounts) -> Mapping[str, list[str]]:
    """Return the secrets of each trainee's own submissions of ``unit``, by code; a secret of two people is nobody's."""
    found: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    seen = inbound.found(exchange.inbound, (unit,))
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

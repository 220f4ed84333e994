"""Find and erase what a hub's exchange holds of one person, if this class has one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import PurePosixPath

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exchange import fill_exchange, instructors_settings, of_person
from buuchinh.exchange.of_person import ExchangeWork
from buuchinh.exchange.places import Exchange
from buuchinh.files import read_json, reason
from buuchinh.messages import say


def paths(code: str) -> tuple[str, ...]:
    """Return the paths of what the exchange holds of a person, as far as this account may look."""
    with contextlib.suppress(OSError, KitError):
        return tuple(map(str, _work_of(code).paths))
    return ()


def erase(code: str) -> tuple[str, ...]:
    """Erase a person's data from the exchange; return sentences on what this account may not erase, and where it is.

    Pages that a killed command left half-written go too, whoever they are about. This comes before attempts are erased:
    they tell which folders in the exchange were taken in as the person's.
    """
    try:
        if exchange := _exchange():
            fill_exchange.clear_unfinished(exchange)
        work = _work_of(code)
    except OSError as error:
        return (say("personal_data.exchange_closed", reason=reason(error)),)
    except KitError as error:
        return (say("personal_data.exchange_closed", reason=error.problems[0].message.rstrip(".")),)
    left = set(of_person.erase(work))
    sentences = [
        say(f"personal_data.{words}", paths=", ".join(str(path) for path in paths if path in left))
        for words, paths in (("in_exchange", work.submissions), ("pages_in_exchange", work.pages))
        if left.intersection(paths)
    ]
    if work.accounts:
        sentences.append(say("personal_data.homes", accounts=", ".join(work.accounts)))
    return tuple(sentences)


def _work_of(code: str) -> ExchangeWork:
    exchange = _exchange()
    return of_person.work_of(exchange, code, set(_collected(code))) if exchange else ExchangeWork()


def _exchange() -> Exchange | None:
    if os.name != "posix":
        return None
    exchange = instructors_settings.exchange()
    return exchange if exchange.inbound.is_dir() else None


def _collected(code: str) -> Iterator[str]:
    """Yield the names of the folders in the exchange that were taken in as this person's."""
    attempts = course.root() / course.ATTEMPTS
    for path in attempts.glob(f"*/{code}/*/{course.COLLECTED}"):
        with contextlib.suppress(KitError, AttributeError):
            parts = PurePosixPath(str(read_json(path).get("origin"))).parts
            if len(parts) > 1 and parts[0] == "inbound":
                yield parts[1]

"""Find and erase what a hub's exchange holds of one person, if this class has one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exchange import instructors_settings, of_person
from buuchinh.exchange.of_person import Held
from buuchinh.files import read_json
from buuchinh.messages import say


def held(code: str) -> Held:
    """Return what the exchange holds of a person; nothing where there is none, or where this account may not look."""
    with contextlib.suppress(OSError, KitError):
        exchange = instructors_settings.exchange()
        if exchange.inbound.is_dir():
            return of_person.held(exchange, code, set(_collected(code)))
    return Held()


def erase(found: Held) -> tuple[str, ...]:
    """Erase it; return sentences on what this account may not erase, and where it lies."""
    left = ", ".join(map(str, of_person.erase(found)))
    said = [say("personal_data.in_exchange", paths=left)] if left else []
    if found.accounts:
        said.append(say("personal_data.homes", accounts=", ".join(found.accounts)))
    return tuple(said)


def _collected(code: str) -> Iterator[str]:
    """Yield the names of the folders in the exchange that were taken in as this person's."""
    kept = course.root() / course.ATTEMPTS
    for path in kept.glob(f"*/{code}/*/{course.COLLECTED}"):
        with contextlib.suppress(KitError, AttributeError):
            parts = PurePosixPath(str(read_json(path).get("origin"))).parts
            if len(parts) > 1 and parts[0] == "inbound":
                yield parts[1]

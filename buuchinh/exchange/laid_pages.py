"""Remember under which names a trainee's feedback lies in the exchange, in ``so-cham/<code>/hom-phan-hoi.json``.

A page's name hangs on the secret of a submission, which may be gone from the exchange before the page is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from buuchinh import course
from buuchinh.exchange import fill_exchange
from buuchinh.exchange.places import Exchange
from buuchinh.files import read_record, write_json

FILE = "hom-phan-hoi.json"
_NAME = re.compile(r"[0-9a-f]{32}")


def of_trainee(code: str) -> dict[str, list[str]]:
    """Return the names of a trainee's pages by unit; raise ``KitError`` if the record is damaged."""
    record = read_record(course.outcome_path(FILE, code))
    return {
        unit: [name for name in names if isinstance(name, str) and _NAME.fullmatch(name)]
        for unit, names in record.items()
        if isinstance(names, list)
    }


def trainees(unit: str) -> list[str]:
    """Return the codes of all who have a page on ``unit`` in the exchange."""
    codes = course.codes_with(FILE)
    return [code for code in codes if of_trainee(code).get(unit)]


def lay(exchange: Exchange, unit: str, code: str, names: Collection[str], page: bytes) -> None:
    """Put a page under these names and under those of before; what lies there is replaced."""
    known = of_trainee(code)
    every = sorted({*known.get(unit, ()), *names})
    write_json(course.outcome_path(FILE, code), known | {unit: every})
    for name in every:
        fill_exchange.feedback(exchange, name, page)


def withdraw(exchange: Exchange, unit: str, code: str) -> None:
    """Take a trainee's pages on ``unit`` out of the exchange."""
    known = of_trainee(code)
    for name in known.pop(unit, ()):
        (exchange.feedback / f"{name}.html").unlink(missing_ok=True)
    write_json(course.outcome_path(FILE, code), known)

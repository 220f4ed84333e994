"""On a hub, bring a trainee's feedback from the exchange into the folder of the work, from where pages open it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from buuchinh import course
from buuchinh.exchange import own_feedback, places
from buuchinh.files import PRIVATE, write_bytes


def path_of(unit: str, folder: Path) -> str | None:
    """Return the path within the course of the feedback on ``unit``, or None; ``folder`` is that of the work.

    Where there is no exchange, this costs nothing.
    """
    exchange = places.of_hub()
    if exchange is None:
        return None
    path = folder / f"phan-hoi_{unit}.html"
    with suppress(OSError):
        page = own_feedback.page(exchange, unit)
        if page and (not path.is_file() or path.read_bytes() != page):
            write_bytes(path, page, mode=PRIVATE)
    return path.relative_to(course.root()).as_posix() if path.is_file() else None

"""Put a released unit into nbgrader's exchange, after its folders and their rights have been made or checked."""

from __future__ import annotations

from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.exchange import accounts, fill_exchange, instructors_settings
from buuchinh.release.release import published


@turn()
def put(unit: str, table: Path | None = None) -> Path:
    """Put the files of ``exercises/<unit>`` into the exchange, and return their folder there.

    ``table`` maps accounts whose name is no code to codes. Raise ``KitError`` if the exchange's settings, disk, owner
    or group would not keep submissions safe.
    """
    exchange = instructors_settings.exchange()
    fill_exchange.set_up(exchange, accounts.read(table), frozenset(gradebook.students()))
    fill_exchange.clear_unfinished(exchange)
    return fill_exchange.release(exchange, unit, published(course.exercise_folder(unit)))

"""Deadlines of units in ``course.toml``, changed without touching anything else in the file."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from buuchinh.course.layout import SETTINGS, root
from buuchinh.course.settings import parse
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text, write_text
from buuchinh.messages import say

_TABLE = re.compile(r"^\[deadlines\][^\n]*\n", re.MULTILINE)
_ANY_TABLE = re.compile(r"^\[[^\n]*\n", re.MULTILINE)


def set_deadline(unit: str, until: datetime | None) -> None:
    """Write the deadline ``until`` of ``unit`` (local time, a bare day to its end); None removes it.

    An unreadable line of this unit is replaced. Raises ``KitError`` where another setting is wrong, or where the layout
    of the file leaves no place for the line; then nothing is changed.
    """
    text = read_text(root() / SETTINGS).rstrip("\n") + "\n"
    if not _TABLE.search(text):
        text += "\n[deadlines]\n"
    line = "" if until is None else f"{unit} = {_written(until)}\n"
    own = re.compile(rf"^[ \t]*[\"']?{re.escape(unit)}[\"']?[ \t]*=[^\n]*(?:\n|\Z)", re.MULTILINE)
    head, name, rest = _split(text, _TABLE)
    within, next_table, after = _split(rest, _ANY_TABLE)
    changed = "".join((head, name, line, own.sub("", within), next_table, after))
    if parse(changed).deadlines.get(unit) != (None if until is None else _value(until)):
        raise KitError([Problem(SETTINGS, 0, say("course.deadline_by_hand", unit=unit))])
    write_text(root() / SETTINGS, changed)


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    """Return the text before the first match, the match, and the text after it; without a match all is before."""
    match = pattern.search(text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _value(until: datetime) -> date:
    """Return the value to write: a bare day where it counts to its end, else day and local time."""
    local = until.astimezone().replace(tzinfo=None)
    return local.date() if local.time() == time(23, 59, 59) else local


def _written(until: datetime) -> str:
    return str(_value(until)).replace(" ", "T")

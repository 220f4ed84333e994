"""Change units' deadlines in ``course.toml`` and leave the rest of the file as it is."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from buuchinh.course.layout import SETTINGS, root
from buuchinh.course.settings import parse
from buuchinh.errors import KitError
from buuchinh.files import read_text, write_text
from buuchinh.messages import say

_TABLE = re.compile(r"^\[deadlines\][^\n]*\n", re.MULTILINE)
_ANY_TABLE = re.compile(r"^\[[^\n]*\n", re.MULTILINE)


def set_deadline(unit: str, until: datetime | None) -> None:
    """Set the deadline of ``unit`` to ``until``, or remove the deadline if ``until`` is None.

    The deadline is stored in local time. A deadline at 23:59:59 is stored as a bare day, which lasts until the end of
    that day. An existing line for this unit is replaced even if it is invalid. Raise ``KitError``, and change nothing,
    if another setting is invalid or if the layout of the file leaves no place for the line.
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
        raise KitError(say("course.deadline_by_hand", unit=unit), path=SETTINGS)
    write_text(root() / SETTINGS, changed)


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    """Split ``text`` into the text before the first match of ``pattern``, the match, and the text after it.

    If there is no match, return the whole text and two empty strings.
    """
    match = pattern.search(text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _value(until: datetime) -> date:
    """Return the value to write: a bare day if the deadline is the end of a day, otherwise the day and local time."""
    local = until.astimezone().replace(tzinfo=None)
    return local.date() if local.time() == time(23, 59, 59) else local


def _written(until: datetime) -> str:
    return str(_value(until)).replace(" ", "T")

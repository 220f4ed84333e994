"""Merge two records of one person's answers to a unit, as when a guest who had begun it then enters a trainee code."""

from __future__ import annotations

from datetime import datetime

from buuchinh.questions.answers import Entry, Record, moment

_FIELDS = ("answer", "at", "origin", "cell", "typed")
"""The fields that an answer has both in the journal and in the snapshot."""


def add_newer(own: Record, other: Record) -> None:
    """Add to ``own`` the answers and remarks of ``other`` that are newer than its own; ``other`` is not changed."""
    latest = {("answer", name): moment(entry) for name, entry in own.answers().items()}
    latest |= {("remark", name): moment(remark.as_json()) for name, remark in own.all_remarks().items()}
    stored = own.lines()
    for line in _lines(other):
        key = ("answer" if "answer" in line else "remark", line["id"])
        if line not in stored and (key not in latest or _is_later(moment(line), latest[key])):
            own.add(line)


def _lines(record: Record) -> list[Entry]:
    """Return the journal's lines, and a line for each answer that only the snapshot has."""
    lines = record.lines()
    journal = {line["id"] for line in lines if "answer" in line}
    snapshot = {name: entry for name, entry in record.answers().items() if name not in journal}
    return lines + [
        {"id": name} | {field: entry[field] for field in _FIELDS if field in entry} for name, entry in snapshot.items()
    ]


def _is_later(at: datetime | None, last: datetime | None) -> bool:
    return at is not None and last is not None and at > last

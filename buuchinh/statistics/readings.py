"""Look up readings, which record how unclear passages of a source are to be understood.

A passage may be inferred, a typing error, not stated in the source, or unverified.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.datasets import read
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.statistics.figures import Source, sources


@dataclass(frozen=True)
class Reading:
    """An unclear passage of a source; its interpretation, ``as_read``, is "" if the source does not state the fact."""

    id: str
    subject: str
    as_printed: str
    as_read: str
    kind: str
    reason: str
    source: Source
    locator: str
    confidence: str

    @property
    def kind_words(self) -> str:
        """The kind of reading in Vietnamese: suy ra, lỗi gõ, nguồn không nêu or chưa xác minh."""
        return say(f"statistics.reading.kind.{self.kind}")

    @property
    def read_words(self) -> str:
        """The interpretation of the passage, or a note that there is none."""
        return self.as_read or say("statistics.reading.not_read")

    @property
    def origin(self) -> str:
        """The source and the place of the passage in it."""
        return say("statistics.figure.origin_located", source=self.source.short_title, locator=self.locator)

    def __str__(self) -> str:
        return f"“{self.as_printed}” → {self.read_words} [{self.kind_words}]"


def readings() -> list[Reading]:
    """Return all readings in table order."""
    known = sources()
    return [row.made_into(Reading, source=known[row["source_id"]]) for row in read("statistics/readings").rows]


def reading(id: str) -> Reading:  # noqa: A002 -- the table's own word
    """Return the reading with this id; raise ``KitError`` if there is no such reading."""
    for row in readings():
        if row.id == id:
            return row
    raise KitError(say("statistics.reading.unknown", id=id))

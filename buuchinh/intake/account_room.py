"""Limit what one account's folders in the exchange take of a run of ``collect``: disk, time, lines on the screen.

Whoever fills the exchange costs the class that much and no more, and is named in one sentence for each limit.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

MOST_BYTES = 300_000_000
MOST_FILES = 5_000
"""Limits of what is copied of an account to the class's disk; sparse files cost it nothing."""
MOST_SECONDS = 120.0
"""Time after which no more of an account's folders are begun."""
MOST_DECIDED = 500
"""Number of submissions that an account's folders may hold; a zip holds many."""
MOST_REFUSED = 10
"""Number of an account's refusals that are told one by one."""


class AccountRoom:
    """Counts what each account, by its number, has taken so far.

    ``unread`` are the names of folders that were not begun because others of their account took too long; ``untold``
    counts each account's submissions that are neither taken in nor told, because there are too many.
    """

    def __init__(self) -> None:
        self.unread: set[str] = set()
        self.untold: Counter[int] = Counter()
        self._bytes: Counter[int] = Counter()
        self._files: Counter[int] = Counter()
        self._decided: Counter[int] = Counter()
        self._refused: Counter[int] = Counter()
        self._seconds: dict[int, float] = {}
        self._since = time.monotonic()

    def may_copy(self, uid: int) -> bool:
        """Return whether another folder of this account may be copied."""
        return self._bytes[uid] <= MOST_BYTES and self._files[uid] <= MOST_FILES

    def copied(self, uid: int, folder: Path) -> None:
        """Count a folder that was copied."""
        for path in folder.iterdir():
            self._bytes[uid] += path.stat().st_size
            self._files[uid] += 1

    def may_read(self, uid: int, name: str) -> bool:
        """Return whether another folder of this account may be read."""
        if self._seconds.get(uid, 0.0) <= MOST_SECONDS:
            return True
        self.unread.add(name)
        return False

    def may_tell(self, uid: int, *, refused: bool) -> bool:
        """Count a submission of this account, with the time since the last one; return whether there is room for it.

        Submissions come in the order of the folders, so the wait for one is its own.
        """
        now = time.monotonic()
        self._seconds[uid] = self._seconds.get(uid, 0.0) + now - self._since
        self._since = now
        self._decided[uid] += 1
        self._refused[uid] += refused
        if self._decided[uid] <= MOST_DECIDED and (not refused or self._refused[uid] <= MOST_REFUSED):
            return True
        self.untold[uid] += 1
        return False

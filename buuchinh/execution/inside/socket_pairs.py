"""Replace socket pairs, which asyncio needs but the sandbox refuses, with pipes.

``await`` in a cell, ``asyncio.run`` and ``%%bash`` then work as usual. The first end of a pair is for reading, and the
second is for writing.
"""

from __future__ import annotations

import os
import socket
from typing import Any


class _End:
    """One end of a pipe, with the socket methods that asyncio uses."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def setblocking(self, blocking: bool) -> None:
        os.set_blocking(self._descriptor, blocking)

    def recv(self, most: int) -> bytes:
        return os.read(self._descriptor, most)

    def send(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def detach(self) -> int:
        descriptor, self._descriptor = self._descriptor, -1
        return descriptor

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self.detach())


def stand_in() -> None:
    """Make ``socket.socketpair`` in this process return the two ends of a pipe."""

    def pair(*asked: Any) -> tuple[_End, _End]:
        reading, writing = os.pipe()
        return _End(reading), _End(writing)

    socket.socketpair = pair  # type: ignore[assignment]  # not a socket, but all that asyncio needs

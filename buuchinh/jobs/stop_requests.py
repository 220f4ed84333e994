"""Turn a request to stop a job into ``KeyboardInterrupt`` in its process, as Ctrl+C does for a command.

On POSIX systems the request is the signal SIGTERM. A process on Windows without a console receives no such signal, so
it looks into its own state file.
"""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from buuchinh.errors import KitError
from buuchinh.jobs import job_state

_LOOK = 0.5
"""Seconds between two looks into the state file."""


class StopRequests:
    """Requests to stop one job, which raise ``KeyboardInterrupt`` until ``over`` is set."""

    def __init__(self) -> None:
        self.over = False

    def receive(self, number: int, frame: Any) -> None:
        """Raise ``KeyboardInterrupt``, unless the work is over and only its end remains to be written."""
        if not self.over:
            raise KeyboardInterrupt

    def _watch(self, job_id: str, ended: threading.Event) -> None:
        asked = None
        while not ended.wait(_LOOK):
            with suppress(KitError, OSError):
                if (at := job_state.read(job_id).stopping_at) and at != asked:
                    asked = at
                    _thread.interrupt_main()


@contextmanager
def stop_requests(job_id: str, *, by_file: bool = sys.platform == "win32") -> Iterator[StopRequests]:
    """Yield the requests to stop the job ``job_id``, which interrupt the ``with`` block.

    ``by_file`` says whether to look into the state file too.
    """
    requests, ended = StopRequests(), threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, requests.receive) for number in numbers}
    if by_file:
        threading.Thread(target=requests._watch, args=(job_id, ended), daemon=True).start()  # noqa: SLF001
    try:
        yield requests
    finally:
        ended.set()
        for number, handler in before.items():
            signal.signal(number, handler)

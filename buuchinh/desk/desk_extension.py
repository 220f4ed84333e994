"""Define the Jupyter server extension that serves the instructor's desk at ``/giang-vien``.

``lab.launch`` switches it on for instructors alone. What takes long to read is read once while the browser starts.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from buuchinh.errors import KitError

AT = "giang-vien"
_WARM_UP = 0.3
"""Seconds after the server's start at which it is idle."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the desk's pages and data to the server; all of them need its token."""
    from jupyter_server.utils import url_path_join
    from tornado.ioloop import IOLoop

    from buuchinh.desk.desk_handlers import DeskAsset, DeskCall, DeskData, DeskPage, DeskPiece
    from buuchinh.desk.desk_view import Desk

    reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ban-doc")
    writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ban-ghi")
    desk = Desk()
    given = {"desk": desk, "reading": reading, "writing": writing}
    start = url_path_join(server.web_app.settings["base_url"], AT)
    server.web_app.add_handlers(
        ".*$",
        [
            (start, DeskPage, given),
            (f"{start}/", DeskPage, given),
            (rf"{start}/tep/[0-9a-f]{{12}}/([\w.-]+)", DeskAsset, given),
            (rf"{start}/manh/(\w+)", DeskData, given),
            (rf"{start}/lam/([\w-]+)", DeskCall, given),
            (f"{start}/manh-tep", DeskPiece, given),
        ],
    )
    IOLoop.current().call_later(_WARM_UP, reading.submit, _warm, desk)
    IOLoop.current().call_later(_WARM_UP, writing.submit, _tidy)


def _warm(desk: Any) -> None:
    """Read the class before the page asks; a fault is told to the page, not here."""
    with contextlib.suppress(KitError, OSError):
        desk.desk()


def _tidy() -> None:
    """Remove old batches of the inbox, and look for law that lapses soon."""
    from buuchinh.desk import inbox, law_watch

    with contextlib.suppress(OSError):
        inbox.sweep_old(datetime.now().astimezone())
    law_watch.look()

"""Define the Jupyter server extension that serves the instructor's desk at ``routes.DESK``.

``lab.launch`` switches it on for instructors alone. What takes long to read is read once while the browser starts.
"""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from buuchinh import routes
from buuchinh.errors import KitError

_WARM_UP, _LATER = 0.3, 20.0
"""Seconds after the server's start at which it is idle, and at which the first page is long there."""
_EVERY_HOUR = 3_600_000
"""Milliseconds between two looks at the law; a look costs something once a day."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the desk's pages and data to the server; all of them need its token."""
    from jupyter_server.utils import url_path_join
    from tornado.ioloop import IOLoop, PeriodicCallback

    from buuchinh.desk.screens.desk_view import Desk
    from buuchinh.desk.server import (
        exam_handlers,
        file_handlers,
        list_handlers,
        marking_handlers,
        regrade_handlers,
        results_handlers,
    )
    from buuchinh.desk.server.desk_handlers import DeskAsset, DeskCall, DeskData, DeskPage, DeskPiece, MissingPage

    reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ban-doc")
    writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ban-ghi")
    desk = Desk()
    given = {"desk": desk, "reading": reading, "writing": writing}
    list_handlers.add_routes(server.web_app, given)
    start = url_path_join(server.web_app.settings["base_url"], routes.DESK)
    server.web_app.add_handlers(
        ".*$",
        [
            (start, DeskPage, given),
            (f"{start}/", DeskPage, given),
            (rf"{start}/tep/[0-9a-f]{{12}}/([\w.-]+)", DeskAsset, given),
            (rf"{start}/manh/([\w-]+)", DeskData, given),
            (rf"{start}/lam/([\w-]+)", DeskCall, given),
            (f"{start}/manh-tep", DeskPiece, given),
        ],
    )
    file_handlers.add_routes(server.web_app)
    marking_handlers.add_routes(server.web_app)
    regrade_handlers.add_routes(server.web_app, start, {"reading": reading, "writing": writing})
    results_handlers.add_routes(server.web_app, given)
    exam_handlers.add_routes(server.web_app, given)
    server.web_app.add_handlers(".*$", [(f"{start}/.*", MissingPage)])  # what none of those above has
    IOLoop.current().call_later(_WARM_UP, reading.submit, _warm, desk)
    IOLoop.current().call_later(_WARM_UP, writing.submit, _tidy)
    IOLoop.current().call_later(_LATER, _look_at_law)
    PeriodicCallback(_look_at_law, _EVERY_HOUR).start()


def _warm(desk: Any) -> None:
    """Read the class before the page asks; a fault is told to the page, not here."""
    with contextlib.suppress(KitError, OSError):
        desk.desk()


def _tidy() -> None:
    """Remove old batches of the inbox."""
    from buuchinh.desk.arrivals import inbox

    with contextlib.suppress(OSError):
        inbox.sweep_old(datetime.now().astimezone())


def _look_at_law() -> None:
    """Look for law that lapses soon, in a thread of its own that nobody waits for."""
    from buuchinh.desk.comparisons import law_watch

    threading.Thread(target=law_watch.look, name="ban-luat", daemon=True).start()

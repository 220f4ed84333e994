"""Define the Jupyter server extension that serves the screens of notebooks.

``lab.launch`` switches it on. Installing the package enables it in any Jupyter server, where it is active only if the
server serves a course. Requests need the server's token, which Jupyter checks. A single thread handles all calls, so
there is only one writer. Modules and tables are loaded in advance while the browser loads JupyterLab.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.messages import say

AT = "buuchinh/api"
_WARM_UP = 0.3
"""Seconds between the server's start and the warm-up, when the server is idle because the browser loads JupyterLab."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the API below ``buuchinh/api`` if the server serves a course, and page settings if it is a trainee's lab."""
    from jupyter_server.utils import url_path_join
    from tornado.ioloop import IOLoop

    from buuchinh.learner.server.contents import ReadOnlyCourse
    from buuchinh.learner.server.handlers import SETTING, Api
    from buuchinh.learner.server.no_desk import AT as OTHERS
    from buuchinh.learner.server.no_desk import NoDesk

    settings = server.web_app.settings
    try:
        settings[SETTING] = course.settings().version
    except KitError as error:
        server.log.debug(str(error))
        return
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="buuchinh-api")
    address = url_path_join(settings["base_url"], AT, "(.+)")
    server.web_app.add_handlers(".*$", [(address, Api, {"thread": thread})])
    if isinstance(server.contents_manager, ReadOnlyCourse):
        server.web_app.add_handlers(".*$", [(url_path_join(settings["base_url"], OTHERS), NoDesk)])
        settings.setdefault("page_config_data", {}).update(
            buuchinhLive="true",
            buuchinhTitle=course.settings().title,
            buuchinhUnfold=say("learner.lab.unfold"),
            buuchinhStarted=say("learner.lab.started"),
            buuchinhStartedTold=say("learner.lab.started_told"),
            buuchinhStartedAgain=say("learner.lab.started_again"),
        )
        IOLoop.current().call_later(_WARM_UP, thread.submit, _warm)


def _warm() -> None:
    """Load modules and the start page's tables in advance, by making the page's first calls."""
    from buuchinh.learner.server import api

    for path in ("course", "journal/all"):
        api.call("GET", path, {"notebook": course.START_PAGE})

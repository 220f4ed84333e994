"""What the Jupyter server loads for the screens of notebooks; ``lab.launch`` switches it on for trainees.

Whoever has the server's token may ask, as Jupyter checks it. One thread serves all, so that there is one writer; what
it needs is loaded when it is first asked.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from buuchinh import course

AT = "buuchinh/api"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the addresses below ``buuchinh/api``, and tell the page the version that they are of."""
    from jupyter_server.utils import url_path_join

    from buuchinh.learner.server.handlers import SETTING, Api

    settings = server.web_app.settings
    settings[SETTING] = course.settings().version
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="buuchinh-api")
    address = url_path_join(settings["base_url"], AT, "(.+)")
    server.web_app.add_handlers(".*$", [(address, Api, {"thread": thread})])
    settings.setdefault("page_config_data", {})["buuchinhVersion"] = settings[SETTING]

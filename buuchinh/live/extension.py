"""What the Jupyter server loads so that pages without code need no kernel; ``lab.launch`` switches it on for trainees.

Whoever has the server's token may ask, as Jupyter checks it. One thread serves all pages, so that there is one writer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeGuard

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.lab.running import HERE
from buuchinh.messages import say, section

if TYPE_CHECKING:
    from buuchinh.live.page import Pages

_MOST_CELLS, _LONGEST = 2_000, 1_000_000
_LONGEST_MESSAGE = 200_000
"""Bytes of what a widget says at once. A field takes 5,000 signs, and each opening reads the whole journal again."""
_WARM_UP = 0.3
"""Seconds after the server listens: the browser then loads JupyterLab, and the server waits."""


class Desk:
    """The pages and the one thread that serves them; what it needs is loaded while the browser loads JupyterLab."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="buuchinh-live")
        self._pages: Pages | None = None

    def warm_up(self) -> None:
        """Load modules and the start page's tables before anybody asks."""
        self._thread.submit(self._warm)

    async def ask(self, what: Callable[[Pages], Any]) -> Any:
        """Return ``what(pages)``, called in the one thread."""
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: what(self._known()))

    def _known(self) -> Pages:
        from buuchinh.live.page import Pages

        if self._pages is None:
            self._pages = Pages()
        return self._pages

    def _warm(self) -> None:
        self._known().open("lessons/00.ipynb", ["start_page()", "follow_up()"])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the addresses below ``buuchinh/live``, and tell the page that they are there."""
    from jupyter_server.base.handlers import APIHandler
    from jupyter_server.utils import url_path_join
    from tornado import web
    from tornado.ioloop import IOLoop

    desk = Desk()

    class Open(APIHandler):
        @web.authenticated
        async def post(self) -> None:
            given = _given(self.request.body)
            path, sources = given.get("path"), given.get("sources")
            if not _is_path(path) or not _texts(sources):
                raise web.HTTPError(400, say("live.not_understood"))
            try:
                look = given.get("look") is True
                found = await desk.ask(lambda pages: (pages.look if look else pages.open)(path, sources))
            except KitError as error:
                raise web.HTTPError(404, str(error)) from error
            self.finish(_json(found | {"words": section("live.page")}))

    class Say(APIHandler):
        @web.authenticated
        async def post(self) -> None:
            if len(self.request.body) > _LONGEST_MESSAGE:
                raise web.HTTPError(413, say("live.page.too_long"))
            given = _given(self.request.body)
            page, item = str(given.get("page")), str(given.get("item"))
            try:
                found = await desk.ask(lambda pages: pages.receive(page, item, given.get("message")))
            except KeyError:
                raise web.HTTPError(410) from None  # a server that was started again: the page opens itself anew
            self.finish(_json(found))

    class Here(APIHandler):
        @web.authenticated
        def get(self) -> None:
            self.finish(_json(True))  # ``lab.running`` asks

    class Script(APIHandler):
        @web.authenticated
        async def get(self, digest: str, kind: str) -> None:
            try:
                text = await desk.ask(lambda pages: pages.script(digest))
            except KeyError:
                raise web.HTTPError(404) from None
            self.set_header("Content-Type", f"text/{'css' if kind == 'css' else 'javascript'}; charset=utf-8")
            self.set_header("Cache-Control", "private, max-age=31536000, immutable")
            self.finish(text)

        def finish(self, *given: Any, **options: Any) -> Any:
            return web.RequestHandler.finish(self, *given, **options)  # not as JSON

    at = url_path_join(server.web_app.settings["base_url"], "buuchinh", "live")
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(server.web_app.settings["base_url"], HERE), Here),
            (url_path_join(at, "open"), Open),
            (url_path_join(at, "say"), Say),
            (url_path_join(at, r"([0-9a-f]{20})\.(js|css)"), Script),
        ],
    )
    told = server.web_app.settings.setdefault("page_config_data", {})
    told |= {"buuchinhLive": "true", "buuchinhTitle": course.settings().title, "buuchinhUnfold": say("live.unfold")}
    told |= {
        "buuchinhStarted": say("lab.start.started"),
        "buuchinhStartedTold": say("lab.start.told"),
        "buuchinhStartedAgain": say("lab.start.again"),
    }
    IOLoop.current().call_later(_WARM_UP, desk.warm_up)


def _texts(sources: object) -> TypeGuard[list[str]]:
    return (
        isinstance(sources, list)
        and len(sources) <= _MOST_CELLS
        and all(isinstance(one, str) and len(one) <= _LONGEST for one in sources)
    )


def _given(body: bytes) -> dict[str, Any]:
    """Return what the page sent; HTTP 400 where that is no JSON object."""
    from tornado import web

    try:
        found = json.loads(body.decode("utf-8"))
        json.dumps(found, allow_nan=False)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise web.HTTPError(400, say("live.not_understood"))
    return found


def _is_path(given: object) -> TypeGuard[str]:
    """Whether it can name a file: a text without NUL and without half an emoji."""
    return isinstance(given, str) and "\0" not in given and given.encode("utf-8", "replace").decode("utf-8") == given


def _json(value: Any) -> bytes:
    """Return ``value`` as JSON; half an emoji, which a page can send, is told as it is kept on the disk."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")

"""Answer the desk's requests: who may ask, in which thread each is answered, and refusals in words.

Everything needs the server's token; a POST or PUT needs Jupyter's XSRF header too.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from buuchinh import pages, routes
from buuchinh.desk.naming import projection, unit_names
from buuchinh.desk.server.assets import asset_version
from buuchinh.errors import KitError
from buuchinh.files import loads, reason
from buuchinh.messages import say, section

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
TEMPLATES = Path(__file__).parents[1] / "templates"


def on_hub() -> bool:
    """Return whether a JupyterHub lets people in, and no token of this server."""
    return "JUPYTERHUB_SERVICE_PREFIX" in os.environ


def addresses(base_url: str) -> dict[str, str]:
    """Return what each template needs to address pages and assets below the server's ``base_url``."""
    base = base_url.rstrip("/")
    return {"base": base, "desk": f"{base}/{routes.DESK}", "version": asset_version()}


def sent_json(body: bytes) -> Any:
    """Return the JSON that a page sent.

    Raise ``ValueError`` if it is none, or if its text has half a character (a lone surrogate), which no file can hold;
    raise ``RecursionError`` if it is nested too deeply.
    """
    found = loads(body.decode("utf-8"))
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    return found


class DeskRequest:
    """A request to the desk: who may ask, where an answer may come from, and which thread gives it."""

    reading: ThreadPoolExecutor
    """The thread that answers; each kind of request sets it."""

    @property
    def content_security_policy(self) -> str:
        """Allow what this server serves, and nothing else."""
        return POLICY

    def get_login_url(self) -> str:
        """Refuse whoever has no token; Jupyter would show its own page in English."""
        raise web.HTTPError(401)

    def check_xsrf_cookie(self) -> None:
        """Refuse who has no token before looking for the header that a page sends."""
        known = hasattr(self, "_jupyter_current_user")  # Jupyter calls this once before it knows who asks
        if known and self.current_user is None:  # type: ignore[attr-defined]
            raise web.HTTPError(401)
        super().check_xsrf_cookie()  # type: ignore[misc]

    def log_exception(self, *given: Any) -> None:
        """Log exceptions that are bugs, but not refusals and file errors, which the page tells."""
        if not isinstance(given[1], KitError | OSError):
            super().log_exception(*given)  # type: ignore[misc]

    async def read(self, ask: Callable[..., Any], *given: Any) -> Any:
        """Return what ``ask`` gives, from the thread that reads."""
        return await asyncio.get_running_loop().run_in_executor(self.reading, ask, *given)

    async def find(self, ask: Callable[..., Any], *given: Any) -> Any:
        """Return what ``ask`` gives if that takes long, from a thread for which no other page waits."""
        return await asyncio.get_running_loop().run_in_executor(None, ask, *given)

    def sentence(self, status: int, error: object) -> dict[str, Any]:
        """Return why something was not done, in words, never with a traceback."""
        if isinstance(error, KitError):
            first = error.problems[0]
            message = unit_names.in_words(" ".join(one.message for one in error.problems))
            words = {"message": message, "way_out": unit_names.in_words(first.way_out)}
            return projection.shown(words)
        if isinstance(error, OSError):
            return {"message": say("desk.errors.disk", reason=reason(error)), "way_out": ""}
        unknown = "no_login" if on_hub() else "no_token"
        known = {401: unknown, 403: unknown, 404: "no_such_page"}
        return {"message": say(f"desk.errors.{known.get(status, 'unexpected')}"), "way_out": ""}


class InThreads(DeskRequest):
    """A request with a thread that reads and one that writes."""

    def initialize(self, reading: ThreadPoolExecutor, writing: ThreadPoolExecutor) -> None:
        """Store the threads."""
        self.reading, self.writing = reading, writing


class PageRequest(DeskRequest, JupyterHandler):
    """A page of the desk; what cannot be shown is a page with one sentence."""

    def get_login_url(self) -> str:
        """On a hub, lead to its login; elsewhere, refuse whoever has no token."""
        return str(self.settings["login_url"]) if on_hub() else super().get_login_url()

    def write_page(self, template: str, **values: Any) -> None:
        """Write a page with the token that its buttons send back."""
        assert self.xsrf_token  # asking for it sets the cookie, without which no button works
        self.set_header("Cache-Control", "no-store")
        self.finish(self._render(template, **values))

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write a page with one sentence."""
        error = given.get("exc_info", (None, None, None))[1]
        status = 503 if isinstance(error, KitError) else status_code
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        words = self.sentence(status, error)
        self.finish(self._render("desk_error.html.j2", **words, words=section("desk.page")))

    def _render(self, template: str, **values: Any) -> str:
        return pages.template(TEMPLATES / template).render(**values, **addresses(self.base_url))

"""Serves ``api`` over HTTP: JSON in and out, each refusal as one sentence with its kind."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from buuchinh.errors import KitError
from buuchinh.files import loads
from buuchinh.learner.server import told
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say

VERSION = "X-Buuchinh-Version"
SETTING = "buuchinh_version"
"""The server's own version, among the settings of its web application."""


class Api(APIHandler):
    """Answers all addresses below ``buuchinh/api``."""

    def initialize(self, thread: ThreadPoolExecutor) -> None:
        """Take the one thread in which everything is done."""
        self._thread = thread

    def set_default_headers(self) -> None:
        """Say with each answer which version gives it."""
        super().set_default_headers()
        self.set_header(VERSION, self.settings[SETTING])

    @web.authenticated
    async def get(self, path: str) -> None:
        """Give what is asked for; tornado answers 304 where the page has it already."""
        await self._serve(path, self._asked())

    @web.authenticated
    async def post(self, path: str) -> None:
        """Keep or make something."""
        await self._serve(path, self._body(path))

    @web.authenticated
    async def put(self, path: str) -> None:
        """Put something in place of what was there."""
        await self._serve(path, self._body(path))

    @web.authenticated
    async def delete(self, path: str) -> None:
        """Forget something."""
        await self._serve(path, self._asked() | (self._body(path) if self.request.body else {}))

    async def _serve(self, path: str, given: Mapping[str, Any]) -> None:
        version = self.settings[SETTING]
        if self.request.headers.get(VERSION, version) != version:
            raise Refused(say("learner.server.outdated"), 409, kind="outdated")
        if path == "here" and self.request.method == "GET":
            found: Any = True
        else:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._thread, _call, str(self.request.method), path, given)
        self.finish(told.as_json(found))

    def _asked(self) -> dict[str, Any]:
        return {name: self.get_query_argument(name) for name in self.request.query_arguments}

    def _body(self, path: str) -> dict[str, Any]:
        told.refuse_long(path, len(self.request.body))
        try:
            found = loads(self.request.body.decode("utf-8"))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Refused(say("learner.server.not_understood"))
        return found

    def write_error(self, status_code: int, **given: Any) -> None:
        """Tell a refusal as JSON: its sentence and its kind, never a traceback."""
        status, said = told.refusal(status_code, given.get("exc_info", (None, None, None))[1])
        self.set_header("Content-Type", "application/json")
        self.set_status(status)
        self.finish(told.as_json(said))

    def log_exception(self, *given: Any) -> None:
        """Log what is a fault of ours: a refusal is none."""
        if not isinstance(given[1], KitError | OSError):
            super().log_exception(*given)


def _call(method: str, path: str, given: Mapping[str, Any]) -> Any:
    from buuchinh.learner.server import api  # when it is first asked: not while the server starts

    return api.call(method, path, given)

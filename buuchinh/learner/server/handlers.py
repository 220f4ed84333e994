"""Serve ``api`` over HTTP: requests and responses are JSON, and each refusal is one sentence with its kind."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from buuchinh.errors import KitError
from buuchinh.files import loads
from buuchinh.learner.server import json_replies
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say

VERSION = "X-Buuchinh-Version"
SETTING = "buuchinh_version"
"""The key under which the web application's settings hold the course version."""


class Api(APIHandler):
    """The request handler for all addresses below ``buuchinh/api``."""

    def initialize(self, thread: ThreadPoolExecutor) -> None:
        """Store ``thread``, the single-threaded executor that runs all calls."""
        self._thread = thread

    def set_default_headers(self) -> None:
        """Add the course version to each response, so that a page can tell that it is outdated."""
        super().set_default_headers()
        self.set_header(VERSION, self.settings[SETTING])

    @web.authenticated
    async def get(self, path: str) -> None:
        """Write the requested data; tornado answers 304 if the page already has the same data."""
        await self._serve(path, self._asked())

    @web.authenticated
    async def post(self, path: str) -> None:
        """Store or create the resource at ``path``."""
        await self._serve(path, self._body(path))

    @web.authenticated
    async def put(self, path: str) -> None:
        """Replace the resource at ``path``."""
        await self._serve(path, self._body(path))

    @web.authenticated
    async def delete(self, path: str) -> None:
        """Delete the resource at ``path``."""
        await self._serve(path, self._asked() | (self._body(path) if self.request.body else {}))

    async def _serve(self, path: str, arguments: Mapping[str, Any]) -> None:
        version = self.settings[SETTING]
        if self.request.headers.get(VERSION, version) != version:
            raise Refused(say("learner.server.outdated"), 409, kind="outdated")
        if path == "here" and self.request.method == "GET":
            result: Any = True
        else:
            loop = asyncio.get_running_loop()
            result = await loop.run_in_executor(self._thread, _call, str(self.request.method), path, arguments)
        self.finish(json_replies.as_json(result))

    def _asked(self) -> dict[str, Any]:
        return {name: self.get_query_argument(name) for name in self.request.query_arguments}

    def _body(self, path: str) -> dict[str, Any]:
        json_replies.refuse_long(path, len(self.request.body))
        try:
            body = loads(self.request.body.decode("utf-8"))
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise Refused(say("learner.server.not_understood"))
        return body

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write an error as JSON: a sentence for the user and the kind of error, never a traceback."""
        status, refusal = json_replies.refusal(status_code, given.get("exc_info", (None, None, None))[1])
        self.set_header("Content-Type", "application/json")
        self.set_status(status)
        self.finish(json_replies.as_json(refusal))

    def log_exception(self, *given: Any) -> None:
        """Log exceptions that are bugs, but not refusals and file errors."""
        if not isinstance(given[1], KitError | OSError):
            super().log_exception(*given)


def _call(method: str, path: str, arguments: Mapping[str, Any]) -> Any:
    from buuchinh.learner.server import api  # at the first request, not while the server starts

    return api.call(method, path, arguments)

"""Serve the desk over HTTP: pages, JSON data that a page asks for again and again, and what its buttons do.

Reading and writing have a thread each, so that a page stays alive while something is written. Everything needs the
server's token; a POST needs Jupyter's XSRF header too. tornado answers 304 to whoever has the same data already.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web

from buuchinh import course, pages
from buuchinh.desk.arrivals.inbox import LARGEST_PIECE, Refused
from buuchinh.desk.naming import projection
from buuchinh.desk.screens.desk_view import Desk, reports
from buuchinh.desk.server import desk_calls
from buuchinh.desk.server.assets import assets
from buuchinh.desk.server.call_parts import BusyNow
from buuchinh.desk.server.request import DeskRequest, PageRequest, on_hub, sent_json
from buuchinh.desk_payloads.desk_screens import CallReply
from buuchinh.errors import KitError
from buuchinh.exchange import instructors_settings
from buuchinh.messages import say, section

_ASSETS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_LARGEST_BODY = 200_000
_FAREWELL = 2.0
"""Seconds that the server of a removed class still has for its last answer."""


class OfDesk(DeskRequest):
    """A request that needs the desk."""

    def initialize(self, desk: Desk, reading: ThreadPoolExecutor, writing: ThreadPoolExecutor) -> None:
        """Store the desk and the threads that read and write."""
        self.desk, self.reading, self.writing = desk, reading, writing


class DeskPage(OfDesk, PageRequest):
    """The desk's page."""

    @web.authenticated
    async def get(self) -> None:
        """Write the page with all that it shows at first, so that nothing has to be asked for once more."""
        self.write_of_class("desk.html.j2", "desk", await self.read(self.desk.desk))

    def write_of_class(
        self, template: str, here: str, data: Mapping[str, Any], phrases: Mapping[str, Any] | None = None, **values: Any
    ) -> None:
        """Write a page with the head of the class; ``here`` is its tab, ``data`` and ``phrases`` are its scripts'."""
        self.write_page(
            template,
            words=section("desk.page"),
            head=data["head"],
            here=here,
            reports=reports(),
            exchange=instructors_settings.is_configured(),
            data=pages.inline_json(data),
            phrases=pages.inline_json({**section("desk.browser"), **(phrases or {})}),
            **values,
        )


class MissingPage(PageRequest):
    """An address below the desk's at which there is nothing."""

    @web.authenticated
    async def get(self) -> None:
        """Answer 404 with a page of the desk."""
        raise web.HTTPError(404)


class DeskAsset(OfDesk, JupyterHandler):
    """A script or style sheet of the desk, or the kit's tokens: parts of the program, which hold nothing of a class."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Write the file ``name``, which a browser may keep while its address has the same version.

        A hub takes no login from a request for a module, which has no sign against forgery; elsewhere a login is asked.
        """
        if not on_hub() and not self.current_user:
            raise web.HTTPError(401)
        data = assets().get(name)
        if data is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", _ASSETS[Path(name).suffix])
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(data)


class _JsonRequest(OfDesk, APIHandler):
    """A request whose refusal is JSON."""

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why, with the status that the error's kind has."""
        error = given.get("exc_info", (None, None, None))[1]
        status = error.status if isinstance(error, Refused) else 422 if isinstance(error, KitError) else status_code
        refusal = self.sentence(status, error)
        if isinstance(error, Refused):
            refusal["got"] = error.got
        self.set_status(409 if isinstance(error, BusyNow) else status)
        self.set_header("Content-Type", "application/json")
        self.finish(_as_json(refusal))


class DeskData(_JsonRequest):
    """Data of the page: everything (``ban``), head and foot (``khung``), a cell, a unit, or decisions."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Write the data, or 304 if the page has it already."""
        asked = self.get_query_argument
        match name:
            case "ban":
                data = await self.read(self.desk.desk)
            case "khung":
                data = await self.read(self.desk.frame)
            case "o":
                data = await self.read(self.desk.cell, asked("unit"), asked("code"))
            case "bai":
                data = await self.read(self.desk.unit, asked("unit"))
            case "giong":
                data = await self.find(self.desk.equal, _graded(asked("unit")), asked("job", ""))
            case "hai-bai":
                data = await self.find(self.desk.pair, _graded(asked("unit")), asked("first"), asked("second"))
            case "chieu":
                data = {"on": projection.on(), "text": say("desk.covered.page")}
            case "quyet":
                data = await self.read(self.desk.decisions, asked("job", ""))
            case _:
                raise web.HTTPError(404)
        self.write_data(data)

    def write_data(self, data: Any) -> None:
        """Write ``data`` as JSON."""
        self.finish(_as_json(data))


class DeskCall(_JsonRequest):
    """A button's effect: one function of ``calls`` for each name."""

    calls: Mapping[str, Callable[[Desk, Mapping[str, Any]], CallReply]] = desk_calls.CALLS

    @web.authenticated
    async def post(self, name: str) -> None:
        """Do it once, and write what the page needs to know of it."""
        call = self.calls.get(name)
        if call is None:
            raise web.HTTPError(404)
        given = self._given()
        loop, began = asyncio.get_running_loop(), datetime.now().astimezone()
        done = await loop.run_in_executor(self.writing, call, self.desk, given)
        if done and "ask" not in done:  # closing a dialog says nothing and is no press; a question has done nothing
            self.desk.pressed = (began, str(done.get("command", "")))
        if done.get("course_gone"):  # nothing is left of which anything could be asked
            self.finish(_as_json(done))
            loop.call_later(_FAREWELL, self.settings["serverapp"].stop)
            return
        self.finish(_as_json(projection.shown(done)))

    def _given(self) -> Mapping[str, Any]:
        if len(self.request.body) > _LARGEST_BODY:
            raise Refused(say("desk.errors.not_understood"), 413)
        try:
            given = sent_json(self.request.body)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise Refused(say("desk.errors.not_understood"), 400)
        return given


class DeskPiece(_JsonRequest):
    """A piece of a file for the inbox; its body is the piece itself."""

    @web.authenticated
    async def post(self) -> None:
        """Store the piece, and write how much of the file is here."""
        if len(self.request.body) > LARGEST_PIECE:
            raise Refused(say("desk.inbox.too_large"), 413)
        asked = self.get_query_argument
        place = (asked("batch"), asked("name"), _number(asked("offset")), _number(asked("total")))
        loop = asyncio.get_running_loop()
        got = await loop.run_in_executor(self.writing, desk_calls.append_piece, *place, self.request.body)
        self.finish(_as_json({"got": got}))


def _graded(unit: str) -> str:
    if not course.graded(unit):
        raise Refused(say("desk.errors.not_understood"), 404)
    return unit


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Refused(say("desk.errors.not_understood"), 400)
    return int(text)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

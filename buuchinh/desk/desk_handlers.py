"""Serve the desk over HTTP: pages, JSON data that a page asks for again and again, and what its buttons do.

Reading and writing have a thread each, so that a page stays alive while something is written. Everything needs the
server's token; a POST needs Jupyter's XSRF header too. tornado answers 304 to whoever has the same data already.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web

from buuchinh import course, frontend, pages
from buuchinh.desk import desk_calls
from buuchinh.desk.desk_view import Desk, reports
from buuchinh.desk.inbox import LARGEST_PIECE, Refused
from buuchinh.errors import KitError
from buuchinh.files import loads, reason
from buuchinh.messages import say, section

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
MARKING, MARKING_UNIT = "/formgrader/gradebook", "/formgrader/gradebook/{unit}/{unit}"
"""The address paths of marking by hand, of all units and of one."""
_HERE = Path(__file__).parent
_ASSETS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_LARGEST_BODY = 200_000


class _Guarded:
    """Common to pages and data: who may ask, where an answer may come from, and which thread gives it."""

    def initialize(self, desk: Desk, reading: ThreadPoolExecutor, writing: ThreadPoolExecutor) -> None:
        """Store the desk and the threads that read and write."""
        self.desk, self.reading, self.writing = desk, reading, writing

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
            return {"message": " ".join(one.message for one in error.problems), "way_out": first.way_out}
        if isinstance(error, OSError):
            return {"message": say("desk.errors.disk", reason=reason(error)), "way_out": ""}
        known = {401: "no_token", 403: "no_token", 404: "no_such_page"}
        return {"message": say(f"desk.errors.{known.get(status, 'unexpected')}"), "way_out": ""}


class DeskPage(_Guarded, JupyterHandler):
    """The desk's page."""

    @web.authenticated
    async def get(self) -> None:
        """Write the page with all that it shows at first, so that nothing has to be asked for once more."""
        data = await self.read(self.desk.desk)
        assert self.xsrf_token  # asking for it sets the cookie, without which no button works
        self.set_header("Cache-Control", "no-store")
        self.finish(
            pages.template(_HERE / "templates" / "desk.html.j2").render(
                words=section("desk.page"),
                head=data["head"],
                base=str(self.base_url).rstrip("/"),
                version=asset_version(),
                here="desk",
                marking=MARKING,
                marking_unit=MARKING_UNIT,
                reports=reports(),
                data=pages.inline_json(data),
                phrases=pages.inline_json(section("desk.browser")),
            )
        )

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write a page with one sentence."""
        error = given.get("exc_info", (None, None, None))[1]
        status = 503 if isinstance(error, KitError) else status_code
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        words = self.sentence(status, error)
        template = pages.template(_HERE / "templates" / "desk_error.html.j2")
        base = str(self.base_url).rstrip("/")
        self.finish(template.render(**words, words=section("desk.page"), base=base, version=asset_version()))


class DeskAsset(_Guarded, JupyterHandler):
    """A script or style sheet of the desk, or the kit's tokens."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Write the file ``name``, which a browser may keep while its address has the same version."""
        data = assets().get(name)
        if data is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", _ASSETS[Path(name).suffix])
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(data)


class DeskData(_Guarded, APIHandler):
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
                data = await self.find(self.desk.equal, _graded(asked("unit")))
            case "hai-bai":
                data = await self.find(self.desk.pair, _graded(asked("unit")), asked("first"), asked("second"))
            case "quyet":
                data = await self.read(self.desk.decisions, asked("job", ""))
            case _:
                raise web.HTTPError(404)
        self.finish(_as_json(data))

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why."""
        _refuse(self, status_code, given.get("exc_info", (None, None, None))[1])


class DeskCall(_Guarded, APIHandler):
    """A button's effect: one function of ``desk_calls`` for each name."""

    @web.authenticated
    async def post(self, name: str) -> None:
        """Do it once, and write what the page needs to know of it."""
        call = desk_calls.CALLS.get(name)
        if call is None:
            raise web.HTTPError(404)
        given = self._given()
        loop = asyncio.get_running_loop()
        self.finish(_as_json(await loop.run_in_executor(self.writing, call, self.desk, given)))

    def _given(self) -> Mapping[str, Any]:
        if len(self.request.body) > _LARGEST_BODY:
            raise Refused(say("desk.errors.not_understood"), 413)
        try:
            given = loads(self.request.body.decode("utf-8"))
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise Refused(say("desk.errors.not_understood"), 400)
        return given

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why."""
        _refuse(self, status_code, given.get("exc_info", (None, None, None))[1])


class DeskPiece(_Guarded, APIHandler):
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

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why."""
        _refuse(self, status_code, given.get("exc_info", (None, None, None))[1])


def assets() -> Mapping[str, bytes]:
    """Return the desk's scripts and style sheets by name."""
    return _assets(frontend.bundle("tokens.css"))


def asset_version() -> str:
    """Return a hash of all assets, for their addresses."""
    return hashlib.sha256(b"".join(data for _, data in sorted(assets().items()))).hexdigest()[:12]


@cache
def _assets(tokens: str) -> Mapping[str, bytes]:
    files = [*(_HERE / "browser").glob("*.js"), *(_HERE / "browser").glob("*.css")]
    return {"tokens.css": tokens.encode("utf-8")} | {path.name: path.read_bytes() for path in files}


def _graded(unit: str) -> str:
    if not course.graded(unit):
        raise Refused(say("desk.errors.not_understood"), 404)
    return unit


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Refused(say("desk.errors.not_understood"), 400)
    return int(text)


def _refuse(handler: DeskData | DeskCall | DeskPiece, status_code: int, error: object) -> None:
    """Write a refusal as JSON, with the status that its kind has."""
    status = error.status if isinstance(error, Refused) else 422 if isinstance(error, KitError) else status_code
    refusal = handler.sentence(status, error)
    if isinstance(error, Refused):
        refusal["got"] = error.got
    if isinstance(error, desk_calls.BusyNow):
        status = 409
    handler.set_status(status)
    handler.set_header("Content-Type", "application/json")
    handler.finish(_as_json(refusal))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

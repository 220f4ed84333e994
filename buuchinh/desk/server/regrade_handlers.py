"""Serve the dialog that corrects a released answer key: its preview, and the job that an instructor agrees to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import course, law
from buuchinh.desk.marking import earlier_comments
from buuchinh.desk.naming import projection
from buuchinh.desk.screens import regrade_preview
from buuchinh.desk.screens.regrade_preview import PreviewChanged
from buuchinh.desk.server import call_parts
from buuchinh.desk.server.request import InThreads, sent_json
from buuchinh.desk_payloads.desk_marks import RegradePreview
from buuchinh.desk_payloads.desk_screens import CallReply
from buuchinh.errors import KitError
from buuchinh.jobs import job_state
from buuchinh.messages import say
from buuchinh.release import versions

_LONGEST_BODY = 20_000
_LONGEST = 600


def add_routes(server_app: Any, base: str, given: Mapping[str, Any]) -> None:
    """Add the dialog's address below ``base`` to a running Jupyter server's web application."""
    server_app.add_handlers(".*$", [(url_path_join(base, r"sua-dap-an/([a-z0-9]{2,16})"), Regrading, dict(given))])


class Regrading(InThreads, APIHandler):
    """The correction of one unit's released key: GET previews it, POST starts it."""

    @web.authenticated
    async def get(self, unit: str) -> None:
        """Write who goes down, up or moves within, for the versions ``versions`` or those that are proposed."""
        chosen = self.get_query_argument("versions", None)
        self._answer(await self.find(preview, unit, None if chosen is None else chosen.split()))

    @web.authenticated
    async def post(self, unit: str) -> None:
        """Start the job, or write 409 and a new preview if the one that was agreed to no longer holds."""
        loop = asyncio.get_running_loop()
        self._answer(await loop.run_in_executor(self.writing, start, unit, _given(self.request.body)))

    def _answer(self, value: Any, status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.finish(json.dumps(value, ensure_ascii=False, allow_nan=False))

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why."""
        error = given.get("exc_info", (None, None, None))[1]
        refusal = self.sentence(status_code, error)
        if isinstance(error, PreviewChanged):
            self._answer(refusal | {"preview": error.preview}, 409)
        elif isinstance(error, call_parts.BusyNow):
            self._answer(refusal, 409)
        else:
            self._answer(refusal, 422 if isinstance(error, KitError) else status_code)


def preview(unit: str, chosen: list[str] | None) -> RegradePreview:
    """Return the preview of the unit's correction, without names while the desk is projected."""
    _refuse_unknown(unit, chosen or ())
    return projection.shown(regrade_preview.payload(unit, projection.names_to_show(), chosen))


def start(unit: str, given: Mapping[str, Any]) -> CallReply:
    """Start the job ``regrade`` with a backup before it, as the preview with the fingerprint ``seen`` was agreed to.

    Raise ``PreviewChanged`` if that preview no longer holds, and ``KitError`` if the reason cannot stand.
    """
    chosen, only = _versions(given, "versions"), _versions(given, "only")
    seen, provision = str(given.get("seen", "")), str(given.get("provision", ""))
    _refuse_unknown(unit, [*chosen, *only])
    running = job_state.running()
    if running and running.action != "regrade":
        raise call_parts.busy(running)
    reason = _reason(given)
    if not running:
        _refuse_changed(unit, seen, chosen)
        if not reason and regrade_preview.needs_reason(unit, only):
            raise KitError(say("desk.browser.regrade_reason_missing"))
    arguments: dict[str, Any] = {"unit": unit, "reason": reason, "seen": seen, "backup": True}
    if provision:
        law.periods(provision)
        arguments["provision"] = provision
    if only:
        arguments["version"] = only
    return call_parts.started("regrade", arguments) | {"text": say("desk.regrade.started")}


def _given(body: bytes) -> Mapping[str, Any]:
    try:
        given = sent_json(body) if len(body) <= _LONGEST_BODY else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise KitError(say("desk.errors.not_understood"))
    return given


def _versions(given: Mapping[str, Any], name: str) -> list[str]:
    found = given.get(name, [])
    if not isinstance(found, list):
        raise KitError(say("desk.errors.not_understood"))
    return list(map(str, found))


def _refuse_changed(unit: str, seen: str, chosen: list[str]) -> None:
    try:
        regrade_preview.refuse_changed(unit, seen, projection.names_to_show(), chosen)
    except PreviewChanged as changed:
        raise PreviewChanged(projection.shown(changed.preview)) from changed


def _reason(given: Mapping[str, Any]) -> str:
    """Return the reason on one line; trainees read it, so it names nobody's code."""
    reason = " ".join(str(given.get("reason", "")).split())
    if len(reason) > _LONGEST:
        raise KitError(say("desk.regrade.reason_long", most=_LONGEST))
    if earlier_comments.names_code(reason, earlier_comments.class_codes()):
        raise KitError(say("desk.regrade.reason_code"), say("desk.regrade.reason_code_way_out"))
    return reason


def _refuse_unknown(unit: str, chosen: Sequence[str]) -> None:
    if not course.graded(unit) or not set(chosen) <= set(versions.versions(unit)):
        raise KitError(say("desk.errors.not_understood"))

"""Serve the page on which a drawn exam is read with its answer keys, before it is released."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import course, routes
from buuchinh.desk.naming import projection
from buuchinh.desk.screens import drawn_exam
from buuchinh.desk.server.desk_handlers import DeskPage
from buuchinh.exam import later_sittings
from buuchinh.messages import section


def add_routes(server_app: Any, given: Mapping[str, Any]) -> None:
    """Add the page's address to a Jupyter server's web application; ``given`` are the desk and its threads."""
    at = url_path_join(server_app.settings["base_url"], routes.DESK, r"de-thi/([a-z0-9]{2,16})")
    server_app.add_handlers(".*$", [(at, DrawnExamPage, given)])


class DrawnExamPage(DeskPage):
    """The page of a drawn exam; while the desk is projected it holds no question."""

    @web.authenticated
    async def get(self, unit: str) -> None:
        """Write the page of the form ``de``, or lead to the desk once the exam is released."""
        if unit not in later_sittings.unreleased():
            if not course.graded(unit):
                raise web.HTTPError(404)
            self.redirect(url_path_join(self.base_url, routes.DESK))
            return
        read = later_sittings.fingerprint(unit)  # before its questions: what changes meanwhile is not what was read
        frame = await self.read(self.desk.frame)
        try:
            exam = None if projection.on() else await self.find(drawn_exam.payload, unit, self._form())
        except KeyError as error:
            raise web.HTTPError(404) from error
        data = {**frame, "unit": unit, "read": read}
        self.write_of_class("drawn_exam.html.j2", "exam", data, own=section("desk.exam.page"), exam=exam)

    def _form(self) -> str:
        return str(self.get_query_argument("de", ""))

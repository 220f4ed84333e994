"""Serve the page of a class's results, and which report files there are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import routes
from buuchinh.desk.class_state.read_class import ClassState
from buuchinh.desk.screens import results_page
from buuchinh.desk.server.desk_handlers import DeskPage, OfDesk
from buuchinh.messages import section


def add_routes(server_app: Any, given: Mapping[str, Any]) -> None:
    """Add the page's addresses to a Jupyter server's web application; ``given`` are the desk and its threads."""
    at = url_path_join(server_app.settings["base_url"], f"{routes.DESK}/ket-qua")
    server_app.add_handlers(".*$", [(at, ResultsPage, given), (f"{at}/tep", ReportFiles, given)])


class _OfUnit(OfDesk):
    """A request on the results of one unit: that of the address or, without one, the newest."""

    async def unit(self) -> str | None:
        """Return the unit, or None while nothing is graded."""
        state = await self.read(self.desk.state)
        asked = self.get_query_argument("bai", "")  # type: ignore[attr-defined]
        if asked and asked not in results_page.graded_units(state):
            raise web.HTTPError(404)
        return asked or results_page.newest(state)


class ResultsPage(_OfUnit, DeskPage):
    """The page of results, which names nobody."""

    @web.authenticated
    async def get(self) -> None:
        """Write the page; what it computes holds up no other page."""
        unit = await self.unit()
        state = await self.read(self.desk.state)
        frame = await self.read(self.desk.frame)
        corrected = await self.find(self._corrected, state, unit)
        feedback = await self.find(self.desk.feedback)
        keys = [one["unit"] for one in corrected]
        self.write_of_class(
            "results.html.j2",
            "results",
            {**frame, "unit": unit, "feedback": feedback, "regrade": (keys or [unit or ""])[0]},
            own=section("desk.results.page"),
            results=await self.find(results_page.payload, state, unit),
            corrected=corrected,
            offered=await self.find(results_page.reports, state, unit),
        )

    def _corrected(self, state: ClassState, unit: str | None) -> list[dict[str, str]]:
        """Return what is said of the units whose key was corrected, so that the page's figures will change."""
        keys = self.desk.changed_keys
        keys.wait()
        keys.look(results_page.graded_units(state))
        keys.wait()
        return results_page.corrected(keys.known(), state, unit)


class ReportFiles(_OfUnit, APIHandler):
    """The reports that were made."""

    @web.authenticated
    async def get(self) -> None:
        """Write the paths of the report files and how they were made, by the reports' actions, and feedback by unit."""
        offered = await self.find(results_page.reports, await self.read(self.desk.state), await self.unit())
        self.set_header("Cache-Control", "no-store")
        told = ("workbook", "page", "made")
        made = {one["action"]: {name: one[name] for name in told} for one in offered}
        self.finish(json.dumps({"reports": made, "feedback": await self.find(self.desk.feedback)}))

"""Answer a trainee who opens an address of the instructor's: a plain page that says so and leads back to the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from buuchinh import course, pages, routes
from buuchinh.messages import section

AT = f"(?:{routes.DESK}|formgrader)(?:/.*)?"
"""The pattern of the addresses, below the server's."""
_TEMPLATE = Path(__file__).with_name("no_desk.html.j2")


class NoDesk(JupyterHandler):
    """An address that only an instructor's server has."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Answer every method alike, as Jupyter does where there is nothing."""
        await super().prepare()
        raise web.HTTPError(404)

    def write_error(self, status_code: int, **_given: Any) -> None:
        """Write the page."""
        self.set_status(status_code)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        begin = f"{self.base_url}doc/tree/{course.START_PAGE}"
        self.finish(pages.template(_TEMPLATE).render(words=section("learner.no_desk"), begin=begin))

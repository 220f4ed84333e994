"""Serve the course's files at Jupyter's own address, but none with names while the desk is projected.

Reports, feedback and class lists may name people. A page of ours that is open already asks whether the desk is
projected, and covers itself (``browser/covered.js``).
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import course, pages, routes
from buuchinh.classroom import gradebook
from buuchinh.desk.naming import projection
from buuchinh.desk.server.assets import asset_version
from buuchinh.desk.server.request import TEMPLATES, DeskRequest, addresses
from buuchinh.messages import say, section
from buuchinh.personal_data.backup_contents import LISTS

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OWN_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_READ = frozenset({".html", ".csv", ".json", ".txt"})
"""Suffixes of files whose text tells whether anybody is named; any other file may name somebody."""


def add_routes(server_app: Any) -> None:
    """Add the address of files, which comes before Jupyter's own."""
    at = url_path_join(server_app.settings["base_url"], r"files/(.*)")
    given = server_app.settings["contents_manager"].files_handler_params
    server_app.add_handlers(".*$", [(at, CourseFile, given)])


class CourseFile(DeskRequest, AuthenticatedFileHandler):
    """A file of the course."""

    @property
    def content_security_policy(self) -> str:
        """Keep scripts of other people's files away from this server, as Jupyter does."""
        return super(DeskRequest, self).content_security_policy

    @web.authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Write the file, or a sentence if it may name somebody while the desk is projected."""
        self.check_xsrf_cookie()
        place = await self._ask(_of_class, path)
        if place and projection.on() and await self._ask(_may_name, place):
            self._refuse()
        elif place and place.suffix == ".html" and include_body and not self.get_query_argument("download", ""):
            self.set_header("Content-Security-Policy", _POLICY)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-store")
            self.finish(self._watched(await self._ask(place.read_bytes)))
        else:
            sent = super().get(path, include_body=include_body)
            if sent is not None:
                await sent

    async def _ask(self, ask: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(None, ask, *given)

    def _watched(self, page: bytes) -> bytes:
        """Return a page with the script that covers it while the desk is projected.

        The page's own policy, for whoever opens the file from a disk, allows no script; the header's is as narrow.
        """
        at = url_path_join(str(self.base_url), routes.DESK, "tep", asset_version(), "covered.js")
        return _OWN_POLICY.sub(b"", page).replace(
            b"</head>", f'<script type="module" src="{at}"></script>\n</head>'.encode(), 1
        )

    def _refuse(self) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Content-Disposition")
        values = {"words": section("desk.page"), **addresses(self.base_url)}
        page = pages.template(TEMPLATES / "desk_error.html.j2")
        self.finish(page.render(message=say("desk.covered.file"), way_out=say("desk.covered.way_out"), **values))


def _of_class(path: str) -> Path | None:
    """Return the place of a report, of feedback or of a class list, or None for any other file."""
    root = course.root().resolve()
    place = (root / path.strip("/")).resolve()
    if not place.is_relative_to(root) or not place.is_file():
        return None
    folders = (root / course.REPORTS, gradebook.folder(course.FEEDBACK).resolve())
    listed = place.parent == root and place.suffix.lower() in LISTS
    return place if listed or any(place.is_relative_to(folder) for folder in folders) else None


def _may_name(place: Path) -> bool:
    """Return whether a file names somebody of the class, or may do so where its text cannot be read."""
    if place.suffix.lower() not in _READ:
        return True
    text = place.read_bytes().decode("utf-8-sig", errors="replace")
    return bool(projection.without_names(text) != text)

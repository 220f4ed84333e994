"""Serve the page of the class list, slips with codes to cut, and an empty list."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import routes
from buuchinh.codes import normalise
from buuchinh.desk.class_list import blank_list, code_slips, details
from buuchinh.desk.naming import projection
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import list_calls
from buuchinh.desk.server.desk_handlers import DeskCall, DeskData, DeskPage
from buuchinh.desk.server.request import InThreads
from buuchinh.desk_payloads.desk_dialogs import PersonSheet
from buuchinh.desk_payloads.desk_screens import ListPayload
from buuchinh.messages import say, section

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(server_app: Any, given: dict[str, Any]) -> None:
    """Add the page's addresses, below the desk's; they come before the desk's own, which refuse unknown names."""
    base = url_path_join(server_app.settings["base_url"], routes.DESK)
    calls = "|".join(list_calls.CALLS)
    threads = {name: given[name] for name in ("reading", "writing")}
    server_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "danh-sach"), ListPage, given),
            (url_path_join(base, "danh-sach/giay-ma"), SlipsPage, given),
            (url_path_join(base, "danh-sach/mau-danh-sach.xlsx"), BlankList, threads),
            (url_path_join(base, "manh/(danh-sach|nguoi|xoa-gi|thay-gi)"), ListData, given),
            (url_path_join(base, f"lam/({calls})"), ListCall, given),
        ],
    )


class ListPage(DeskPage):
    """The page of the class list."""

    @web.authenticated
    async def get(self) -> None:
        """Write the page with all that it shows at first."""
        data = await self.read(_data, self.desk)
        phrases = section("desk.list.browser")
        self.write_of_class("class_list.html.j2", "list", data, phrases, list_words=section("desk.list.page"))


class SlipsPage(DeskPage):
    """A sheet of slips with codes, to print and cut."""

    @web.authenticated
    async def get(self) -> None:
        """Write the sheet."""
        slips = await self.read(code_slips.payload)
        self.write_page("code_slips.html.j2", words=section("desk.list.slips"), slips=slips, projecting=projection.on())


class BlankList(InThreads, JupyterHandler):
    """An empty class list."""

    @web.authenticated
    async def get(self) -> None:
        """Write the workbook."""
        self.set_header("Content-Type", _XLSX)
        self.set_header("Content-Disposition", f'attachment; filename="{say("desk.list.blank.file")}"')
        self.finish(await self.read(blank_list.content))


class ListData(DeskData):
    """Data of the page: everything (``danh-sach``), a person, and what would be erased or replaced."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Write the data, or 304 if the page has it already."""
        asked = self.get_query_argument
        match name:
            case "danh-sach":
                data = await self.read(_data, self.desk)
            case "nguoi":
                data = await self.read(_person, self.desk, asked("code"))
            case "xoa-gi":
                data = await self.find(details.to_be_erased, normalise(asked("code")))
            case _:
                data = await self.find(details.to_be_replaced, asked("file"))
        self.write_data(projection.shown(data))


class ListCall(DeskCall):
    """A button's effect: one function of ``list_calls`` for each name."""

    calls = list_calls.CALLS


def _data(desk: Desk) -> ListPayload:
    data: ListPayload = {**desk.frame(), **details.payload(desk.state())}
    return projection.shown(data)


def _person(desk: Desk, code: str) -> PersonSheet:
    return details.person(desk.state(), normalise(code))

"""The reference pages, for use at work; a row in this table registers one.

A row names the page's route, the view that draws it (a function in a ``*_view.js`` of ``learner/src/page/reference/``,
or of ``page/own/`` where it scores answers) and what makes its data. Pages learn the table from the document
(``course.later``), so no script lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from buuchinh import routes
from buuchinh.learner.data import office_page
from buuchinh.learner.data.types import Page
from buuchinh.messages import say
from buuchinh.site import goods_page, page_cache, register_page, work_pages


@dataclass(frozen=True)
class ReferencePage:
    """A page for reference.

    ``make`` returns its data, None where the course has nothing for it; it is told whether the office's own numbers go
    along. A page without ``make`` shows the data of the page at ``data``, "" for none. ``card`` names the sentences by
    which the first page invites to it (``site.later.<card>_title`` and ``_invites``), ``title`` the sentence by which
    the search finds a page that has no data.
    """

    route: str
    view: str
    make: Callable[[bool], Page | None] | None = None
    data: str = ""
    card: str = ""
    title: str = ""


PAGES = (
    ReferencePage(routes.GOODS, "goodsView", lambda _: page_cache.of_tables(routes.GOODS, goods_page.page)),
    ReferencePage(routes.EMERGENCY, "emergencyView", lambda _: work_pages.emergency()),
    ReferencePage(routes.STICKERS, "stickerView", data=routes.EMERGENCY),
    ReferencePage(routes.OFFICE, "officeView", lambda own: office_page.page(shown=own), card="office"),
    ReferencePage(routes.OPENING, "openingView", lambda _: work_pages.opening(), card="opening"),
    ReferencePage(routes.LAW, "lawView", lambda _: page_cache.of_tables(routes.LAW, register_page.page), card="law"),
    ReferencePage(routes.RESULTS, "resultsView", title="results"),
    ReferencePage(routes.CERTIFICATE, "certificateView", title="paper_title"),
    ReferencePage(routes.AGAIN, "againView"),
)
"""The reference pages, in the order of the first page and the search."""


def page_data(*, own: bool) -> list[Page]:
    """Return the data of every page that has some; the office's ``own`` numbers go along where they are wanted."""
    pages = (one.make(own) for one in PAGES if one.make)
    return [page for page in pages if page]


def page_table(offered: Collection[str]) -> dict[str, list[str]]:
    """Map the route of each page to its view, the page whose data it shows, and its card.

    ``offered`` names the pages that the site has data of.
    """
    rows = {page.route: [page.view, page.route if page.make else page.data, page.card] for page in PAGES}
    return {route: row for route, row in rows.items() if not row[1] or row[1] in offered}


def titles() -> list[tuple[str, str]]:
    """Return the route and the title of each page that the search finds without any data."""
    return [(one.route, say(f"site.frontend.{one.title}")) for one in PAGES if one.title]

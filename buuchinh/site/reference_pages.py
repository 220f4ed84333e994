"""Register the reference pages for use at work, one row of ``PAGES`` each.

A row gives the page's route, the view that draws it and the function that makes its data. The view is a function in a
``*_view.js`` of ``learner/src/page/reference/``, or of ``page/own/`` if it scores answers. The browser receives the
table with the start document (``course.later``), so that no script has to list the pages.
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
    """A reference page.

    ``make`` returns the page's data, or None if the course has none; its argument says whether to include the office's
    own numbers. A page without ``make`` uses the data of the page with the route ``data``, or none if that is "".
    ``card`` selects the strings of the card that links to it from the first page (``site.later.<card>_title`` and
    ``_invites``). ``title`` is the key of the title under which the search finds a page without data.
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
"""The reference pages, in the order of the first page and of the search."""


def page_data(*, own: bool) -> list[Page]:
    """Return the data of every page that has some; ``own`` includes the office's own numbers."""
    pages = (one.make(own) for one in PAGES if one.make)
    return [page for page in pages if page]


def page_table(offered: Collection[str]) -> dict[str, list[str]]:
    """Map the route of each page to its view, the route of the page whose data it shows, and its card.

    Pages whose data are not ``offered`` by the site are omitted.
    """
    rows = {page.route: [page.view, page.route if page.make else page.data, page.card] for page in PAGES}
    return {route: row for route, row in rows.items() if not row[1] or row[1] in offered}


def titles() -> list[tuple[str, str]]:
    """Return the route and the title of each page that is searchable despite having no data."""
    return [(one.route, say(f"site.frontend.{one.title}")) for one in PAGES if one.title]

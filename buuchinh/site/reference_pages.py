"""Register the reference pages, which staff use at work; each page is one row of ``PAGES``.

A row gives the page's route, the view that draws it and the function that makes its data. The view is a function in a
``*_view.js`` of ``learner/src/page/reference/``, or of ``page/own/`` if it scores answers. The browser receives the
table with the start document (``course.later``), so no script has to list the pages.
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
    """A reference page of the site.

    ``make`` returns the page's data, or None if the course has no such data; its argument tells whether to include the
    office's own telephone numbers. A page without ``make`` uses the data of the page whose route is ``data``, or no
    data if ``data`` is "". ``card`` selects the text of the card that links to the page from the first page
    (``site.later.<card>_title`` and ``_invites``). ``title`` is the key of the title under which the search finds a
    page that has no data.
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
"""The reference pages, in the order in which the first page and the search list them."""


def page_data(*, own: bool) -> list[Page]:
    """Return the data of every page that has data; ``own`` includes the office's own telephone numbers."""
    pages = (one.make(own) for one in PAGES if one.make)
    return [page for page in pages if page]


def page_table(offered: Collection[str]) -> dict[str, list[str]]:
    """Map each page's route to its view, the route of the page that supplies its data, and its card.

    Pages whose data the site does not offer are left out.
    """
    rows = {page.route: [page.view, page.route if page.make else page.data, page.card] for page in PAGES}
    return {route: row for route, row in rows.items() if not row[1] or row[1] in offered}


def titles() -> list[tuple[str, str]]:
    """Return the route and title of each page that the search must find although the page has no data."""
    return [(one.route, say(f"site.frontend.{one.title}")) for one in PAGES if one.title]

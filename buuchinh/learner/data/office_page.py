"""Build the page for the office's own telephone numbers, including the values in its file."""

from __future__ import annotations

from buuchinh import office, routes
from buuchinh.learner.data.types import Page
from buuchinh.messages import say, section


def page(*, shown: bool) -> Page:
    """Return the page for the office's own numbers, with the values in its file if ``shown`` is True.

    Raise `KitError` with every fault in the file, since a wrong number on a card is worse than none.
    """
    return {
        "id": routes.OFFICE,
        "kind": "office",
        "title": say("site.later.office_title"),
        "values": office.read() if shown else {},
        "fields": office.labels(),
        "phones": list(office.PHONES),
        "longest": office.LONGEST,
        "file": office.FILE,
        "words": section("office"),
    }

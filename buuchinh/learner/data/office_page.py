"""Build the payload of the page on which an office enters its own telephone numbers."""

from __future__ import annotations

from buuchinh import office, routes
from buuchinh.learner.data.types import Page
from buuchinh.messages import say, section


def page(*, shown: bool) -> Page:
    """Return the page for the office's own numbers; if ``shown`` is True, it includes the values in the office's file.

    Raise ``KitError`` with every fault in that file, because a wrong number on an emergency card is worse than none.
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

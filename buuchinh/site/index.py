"""Render the site's start document, with the list of units, the interface text and each role's path."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from buuchinh import course, frontend, pages, routes
from buuchinh.campaign.sheet_texts import quiz_path
from buuchinh.learner.data import course as course_page
from buuchinh.learner.data.types import HostPages, UnitPage
from buuchinh.messages import say, section
from buuchinh.site import page_cache, reference_pages

_HERE = Path(__file__).parent
_PRELOAD = "preload.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The content security policy, by which no request leaves the origin.

Inline styles are allowed because tables in lessons use them.
"""


def page(
    made: list[UnitPage],
    before: Mapping[str, list[page_cache.BuiltPage]],
    leader: course.Leader,
    offered: Collection[str],
    exams_to_come: bool,
    build_version: str = "",
) -> str:
    """Return the start document, which contains the units, the interface text of all pages and the style sheet.

    ``made`` holds the units' pages, ``before`` the pages of earlier versions by unit, and ``offered`` the ids of all
    available pages. ``leader`` is the person to whom trainees send files. ``exams_to_come`` announces exams that the
    site does not include yet. ``build_version`` identifies this build to the service worker.
    """
    later = reference_pages.page_table(offered)
    more: HostPages = {
        "goods": routes.GOODS,
        "quick": routes.QUICK_QUIZ if quiz_path() else None,
        "later": later,
    }
    data = course_page.front_page(
        made,
        {unit: [one.page for one in sheets] for unit, sheets in before.items()},
        leader,
        offered,
        exams_to_come,
        more,
    )
    del data["words"]["questions"]  # they come with the script of questions
    head = section("site.head")
    url = course.settings().site.address()
    addresses = {"learn": "", "goods": routes.GOODS, "emergency": routes.EMERGENCY, "mine": routes.RESULTS}
    return pages.template(_HERE / "index.html.j2").render(
        policy=document_policy(),
        preload=frontend.bundle(_PRELOAD),
        build=build_version,
        title=course.settings().title,
        style=frontend.bundle("tokens.css") + "\n" + frontend.bundle("page.css"),
        words=data["words"]["site"],
        head=head,
        url=url,
        folder=url.rpartition("/")[0] + "/",
        reviewed=say("site.head.reviewed", on=data["reviewed"]),
        places={name: at for name, at in addresses.items() if not at or at in later},
        course=pages.inline_json(data),
    )


def document_policy() -> str:
    """Return the policy of the start document, which holds one script, named by its hash.

    A file of its own would cost each visit a round trip. Browsers hash what stands between the tags, so the template
    renders the script as it is.
    """
    digest = base64.b64encode(hashlib.sha256(frontend.bundle(_PRELOAD).encode("utf-8")).digest()).decode("ascii")
    return POLICY.replace("script-src 'self'", f"script-src 'self' 'sha256-{digest}'")

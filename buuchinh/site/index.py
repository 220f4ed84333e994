"""The document that a site is opened by: what there is, in which words, on whose path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from buuchinh import course, law, pages
from buuchinh.authoring import card
from buuchinh.campaign.page import ROUTES
from buuchinh.campaign.texts import quiz_path
from buuchinh.learner import frontend
from buuchinh.messages import say, section
from buuchinh.questions import types
from buuchinh.questions.browser import standin
from buuchinh.questions.minutes import minutes
from buuchinh.questions.practice import spacing
from buuchinh.site import content, drills, follow_up, for_work, goods, kept, scripts
from buuchinh.site.content import Page
from buuchinh.text import format_date, raised

_HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
"""No request leaves the origin. Styles stand inline: lessons carry tables with their own."""
_KINDS = ("lesson", "test", "exercise", "exam")


def page(
    made: list[Page],
    before: Mapping[str, list[kept.Made]],
    leader: str,
    offered: Collection[str],
    exams_to_come: bool,
    build_version: str = "",
) -> str:
    """Return the one document: the words of all pages, what there is to open and for whom, the style.

    ``before`` has the earlier sheets by unit, ``offered`` names the pages beside the units, ``leader`` is to
    whom files go.
    """
    signs = raised(law.sign_line(of_items=True))
    words = section("site.frontend") | {
        "danger": say("site.frontend.danger", signs=signs),
        "quick_danger": say("site.frontend.quick_danger", signs=signs),
    }
    counted = minutes()
    units = {one["id"]: _unit(one, counted) for one in made}
    for unit, sheets in before.items():
        units[unit]["earlier"] = {one.page["version"]: _asked(one.page) for one in sheets}
    data = {
        "title": course.settings().title,
        "version": course.settings().version,
        "on": course.settings().reviewed_on.isoformat(),
        "reviewed": format_date(course.settings().reviewed_on),
        "goods": goods.ID,
        "quick": ROUTES["quiz"] if quiz_path() else None,
        "later": scripts.VIEWS,
        "opening": for_work.opening() is not None,
        "drill": _there(drills.ID, offered),
        "follow": _there(follow_up.ID, offered),
        "packs": list(spacing.DAYS),
        "alone": _there(content.ALONE_LIST, offered),
        "card": card.PAGE.removeprefix("lessons/"),
        "typed": [name for name in types.names() if types.of(name).typed],
        "numbers": [
            {"number": one.number, "answers": one.answers} for one in law.numbers_on(course.settings().reviewed_on)
        ],
        "person": law.person(),
        "leader": leader,
        "roles": [_role(role, units, exams_to_come) for role in course.ROLES if drills.ID in offered],
        "words": {"site": words, "questions": standin.words(), "law": section("notebook")["citations"]},
        "units": units,
    } | {f"{kind}s": [units[one["id"]] for one in made if one["kind"] == kind] for kind in _KINDS}
    return pages.template(_HERE / "index.html.j2").render(
        policy=POLICY,
        build=build_version,
        title=course.settings().title,
        style=frontend.style() + "\n" + frontend.bundle("page.css"),
        words=words,
        course=pages.inline_json(data),
    )


def _there(page: str, offered: Collection[str]) -> str | None:
    return page if page in offered else None


def _role(role: str, units: Mapping[str, Any], exams_to_come: bool) -> dict[str, Any]:
    """Return a role with the steps of its path that this site has; a sheet to print is no page.

    ``later`` says that an exam of the path is none of them, and will be given on its day.
    """
    steps = course.settings().path(role)
    missing = [step for step in steps if course.graded(step) and not course.is_exercise(step) and step not in units]
    path = [step for step in steps if step in units]
    return {"id": role, "title": course.role_title(role), "path": path, "later": exams_to_come and bool(missing)}


def _asked(page: Page) -> int:
    return len(page.get("ids") or page.get("shown") or page.get("questions") or ())


def _unit(page: Page, counted: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": page["id"],
        "title": page["title"],
        "version": page["version"],
        "total": _asked(page),
        "law": bool(page["law"]),
        "minutes": counted.get(page["id"], 0),
        "why": say(f"notebook.self_test.why.{page['id']}") if page["kind"] == "test" else "",
        **(_parts(page) if page["kind"] == "lesson" else {}),
    }


def _parts(page: Page) -> dict[str, list[str]]:
    """Return the questions of a lesson's main part and those beside it, each as the ids of its variants."""
    asked = {
        part["ask"]
        for screen in page["screens"]
        if not screen.get("extra")
        for part in screen["parts"]
        if "ask" in part
    }
    ids = {name: " ".join(one["id"] for one in made) for name, made in page["questions"].items()}
    return {
        "core": [told for name, told in ids.items() if name in asked],
        "extra": [told for name, told in ids.items() if name not in asked],
    }

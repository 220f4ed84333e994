"""Build the payload of the course's front page: units, interface text, and each role's path through the course."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from buuchinh import course, law, routes
from buuchinh.learner.data import drill_data, follow_up, unit
from buuchinh.learner.data.types import CallRow, CaseRow, Course, HostPages, RoleRow, UnitPage, UnitRow
from buuchinh.messages import say, section
from buuchinh.questions import types
from buuchinh.questions.browser import static_html
from buuchinh.questions.minutes import minutes, minutes_together
from buuchinh.questions.practice import spacing
from buuchinh.text import format_date, raised


def front_page(
    made: Collection[UnitPage],
    before: Mapping[str, Collection[UnitPage]],
    leader: course.Leader,
    offered: Collection[str],
    exams_to_come: bool,
    more: HostPages,
) -> Course:
    """Return the payload of the front page: the interface text of all pages, the units and the roles.

    ``made`` holds the pages of all units, ``before`` the pages of their earlier versions by unit, and ``offered`` the
    ids of the other available pages. ``leader`` receives the trainees' submissions. ``exams_to_come`` tells whether
    exams that are not available yet will be given later. ``more`` names the pages that only the host (site or notebook
    server) knows.
    """
    counted = minutes()
    calls = section("emergency_card.card.button")
    cases = _cases(made)
    units = {one["id"]: _unit(one, counted) for one in made}
    for name, sheets in before.items():
        units[name]["earlier"] = {one["version"]: _asked(one) for one in sheets}
    return {
        "title": course.settings().title,
        "version": course.settings().version,
        "on": course.settings().reviewed_on.isoformat(),
        "reviewed": format_date(course.settings().reviewed_on),
        "goods": more["goods"],
        "quick": more["quick"],
        "later": more["later"],
        "drill": _if_offered(drill_data.ID, offered),
        "follow": _if_offered(follow_up.ID, offered),
        "packs": list(spacing.DAYS),
        "alone": _if_offered(routes.ALONE_LIST, offered),
        "card": course.sheet_to_print("the-khan-cap").relative_to(course.root() / course.LESSONS).as_posix(),
        "typed": [name for name in types.names() if types.of(name).typed],
        "numbers": [
            CallRow(number=one.number, answers=one.answers, short=calls.get(one.id, one.answers))
            for one in law.numbers_on(course.settings().reviewed_on)
        ],
        "person": law.person(),
        "leader": leader.words,
        "leader_name": leader.name or say("course.leader.nobody"),
        "leader_channel": leader.channel,
        "roles": [_role(role, units, cases, exams_to_come) for role in course.ROLES if drill_data.ID in offered],
        "cases": cases,
        "pictures": _pictures(units),
        "words": {"site": words(), "questions": static_html.words(), "law": section("notebook")["citations"]},
        "units": units,
        "self_checks": _of_kind("try", made, units),
        "lessons": _of_kind("lesson", made, units),
        "tests": _of_kind("test", made, units),
        "exercises": _of_kind("exercise", made, units),
        "exams": _of_kind("exam", made, units),
    }


def words() -> dict[str, Any]:
    """Return the interface text of the pages, with the danger signs and the follow-up's days filled in."""
    signs = raised(law.sign_line())
    return section("site.frontend") | {
        "danger": say("site.frontend.danger", signs=signs),
        "quick_danger": say("site.frontend.quick_danger", signs=signs),
        "follow_invites": say("site.frontend.follow_invites", days=spacing.days_in_words()),
    }


def _of_kind(kind: str, made: Collection[UnitPage], units: Mapping[str, UnitRow]) -> list[UnitRow]:
    return [units[page["id"]] for page in made if page["kind"] == kind]


def _if_offered(page: str, offered: Collection[str]) -> str | None:
    return page if page in offered else None


def _role(role: str, units: Mapping[str, UnitRow], cases: Mapping[str, CaseRow], exams_to_come: bool) -> RoleRow:
    """Return a role with its cases and the steps of its path that are pages; sheets to print are left out.

    ``later`` is True if an exam on the path is not available yet and will be given on its day.
    """
    steps = [_offered(step, units) for step in course.settings().path(role)]
    missing = [step for step in steps if course.graded(step) and not course.is_exercise(step) and step not in units]
    path = [step for step in steps if step in units]
    return {
        "id": role,
        "title": course.role_title(role),
        "about": course.role_about(role),
        "path": path,
        "minutes": minutes_together(path),
        "cases": [name for name, case in cases.items() if case["role"] == role],
        "later": exams_to_come and bool(missing),
    }


def _offered(step: str, units: Mapping[str, UnitRow]) -> str:
    """Return the page for a step of a path: an exercise's self-check if the site has it, else the step itself."""
    check = course.try_of(step) if course.is_exercise(step) else step
    return check if check in units else step


def _cases(made: Collection[UnitPage]) -> dict[str, CaseRow]:
    """Return the scenarios of all lessons by name, with unit, 1-based screen number, title, variant ids and role."""
    cases: dict[str, CaseRow] = {}
    for page in made:
        for at, screen in enumerate(page["screens"] if page["kind"] == "lesson" else (), 1):
            for name in (part["ask"] for part in screen["parts"] if "ask" in part):
                variants = page["questions"].get(name, ())
                if variants and variants[0]["type"] in unit.ALONE:
                    ids = " ".join(variant["id"] for variant in variants)
                    role = course.leading_role(variants[0]["role"])
                    cases[name] = {
                        "unit": page["id"],
                        "at": at,
                        "title": variants[0]["title"],
                        "ids": ids,
                        "role": role,
                    }
    return cases


def _pictures(units: Mapping[str, UnitRow]) -> dict[str, str]:
    """Return the paths of drawings for units, roles and sheets by id; an exercise uses its lesson's drawing."""
    drawn = course.stamps()
    alike = {name: _drawn_as(name) for name in units}
    return drawn | {name: drawn[one] for name, one in alike.items() if name not in drawn and one in drawn}


def _drawn_as(unit: str) -> str:
    if course.is_exercise(unit) or course.is_try(unit):
        return f"l{unit[-2:]}"
    return "thi" if course.graded(unit) else "kt"


def _asked(page: UnitPage) -> int:
    return len(page.get("ids") or page.get("shown") or page.get("questions") or ())


def _unit(page: UnitPage, counted: Mapping[str, int]) -> UnitRow:
    row: UnitRow = {
        "id": page["id"],
        "title": page["title"],
        "version": page["version"],
        "total": _asked(page),
        "minutes": counted.get(page["id"], 0),
        "why": say(f"notebook.self_test.why.{page['id']}") if page["kind"] == "test" else "",
    }
    if page["kind"] == "lesson":
        _add_parts(row, page)
    return row


def _add_parts(row: UnitRow, page: UnitPage) -> None:
    """Add a lesson's questions to its row: ``core`` lists those of the main part in order, ``extra`` all others.

    Each question is represented by the ids of its variants, separated by spaces. ``way`` lists the screens of the main
    part as tuples of 1-based screen number, title, and the 0-based positions in ``core`` of the questions on that
    screen.
    """
    ids = {name: " ".join(one["id"] for one in made) for name, made in page["questions"].items()}
    way = [
        (at, screen["title"], [part["ask"] for part in screen["parts"] if part.get("ask") in ids])
        for at, screen in enumerate(page["screens"], 1)
        if not screen.get("extra")
    ]
    core = list(dict.fromkeys(name for _, _, asked in way for name in asked))
    row["core"] = [ids[name] for name in core]
    row["extra"] = [ids_of_variants for name, ids_of_variants in ids.items() if name not in core]
    row["way"] = [(at, title, [core.index(name) for name in asked]) for at, title, asked in way]

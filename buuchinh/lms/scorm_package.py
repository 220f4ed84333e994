"""Write a lesson, self-check or the quick quiz as a SCORM 1.2 package: one zip, one SCO, the same screens as the pages.

Whoever opens the package has its keys, so it holds practice alone. The same course gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course, frontend, pages, routes
from buuchinh.campaign.sheet_texts import quiz_path
from buuchinh.errors import KitError
from buuchinh.files import write_bytes
from buuchinh.learner.data import course as course_page
from buuchinh.learner.data import drill_data, glossary, office_page
from buuchinh.learner.data import unit as unit_pages
from buuchinh.learner.data.types import Course, HostPages, Page, UnitPage
from buuchinh.lms import export_place, scorm_manifest
from buuchinh.messages import say, section
from buuchinh.parsed import snapshot_mode
from buuchinh.questions.drills.parts import drawing_paths
from buuchinh.release import source
from buuchinh.site import build, index, page_cache, reference_pages, scripts, work_pages

_HERE = Path(__file__).parent
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST_SCRIPT = "scorm.js"
_LATER = (routes.EMERGENCY, routes.STICKERS, routes.AGAIN)
"""The pages beside the unit that a package offers."""
_LINK = re.compile(r'<a [^>]*href="#/([\w-]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_SHEET = re.compile(r'<a (?=[^>]*href="(?!#|https?:))(?![^>]*target=)')
"""A link to a file of the package: in the frame of the lesson it would end the session with the LMS."""
_SHORT_TESTS = ("kt1", "kt2")


@dataclass(frozen=True)
class ScormPackage:
    """The result of an export: the zip, and the number of files and of questions in it."""

    path: Path
    files: int
    questions: int


def units() -> list[str]:
    """Return the units of which a package can be made: the lessons, the self-checks, the quick quiz."""
    checks = [course.try_of(unit) for unit in course.released_units() if course.try_path(unit)]
    quiz = quiz_path()
    return [*(f"l{course.lesson_number(path)}" for path in course.lessons()), *checks, *([quiz.stem] if quiz else ())]


def write(unit: str, out: Path | None = None) -> ScormPackage:
    """Write the package of ``unit`` to ``out`` or to ``scorm_<unit>.zip`` in the course's folder.

    Raise ``KitError`` if the unit is unknown or graded, if this course folder is a trainee's copy or its scripts were
    not built, or if ``out`` may not be written (see ``export_place``).
    """
    unit = _named(unit)
    path = out or course.scorm_path(unit)
    export_place.refuse_unfit(path, ".zip", _is_package)
    made = contents(unit)
    write_bytes(path, _zipped(made))
    return ScormPackage(path, len(made), len(_unit_page(unit).page["questions"]))


def _is_package(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return scorm_manifest.NAME in packed.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def contents(unit: str) -> dict[str, bytes]:
    """Return the files of the package by path, with the manifest that lists all others; errors as in ``write``."""
    unit = _named(unit)
    with snapshot_mode():
        built = _unit_page(unit)
        page = _alone(built.page)
        found = {f"bai/{one['id']}.js": build.script("page", one) for one in (page, *_beside(page))}
        data = _course(page, drills=_drilled(page))
        stamp = [path.removeprefix("lessons/") for path in data["pictures"].values()]
        for name in dict.fromkeys((*built.shown, *stamp)):
            found[name] = (course.root() / course.LESSONS / name).read_bytes()
        found |= built.charts | _scripts(drills=_drilled(page))
        found[build.INDEX] = _document(data).encode("utf-8")
    title = f"{page['title']} · {course.settings().title}"
    return {
        scorm_manifest.NAME: scorm_manifest.manifest(unit, page["version"], title, build.INDEX, found),
        **dict(sorted(found.items())),
    }


def _named(typed: str) -> str:
    """Return the unit that ``typed`` names; raise ``KitError`` if no package can be made of it."""
    offered = units()
    unit = course.unit_named(typed, [*offered, *course.graded_units(), *_SHORT_TESTS], offered)
    if course.graded(unit):
        raise KitError(say("lms.scorm.graded", unit=unit))
    if unit in _SHORT_TESTS:
        raise KitError(say("lms.scorm.short_test", unit=unit))
    if not (source.units() and frontend.has(_FIRST_SCRIPT)):
        raise KitError(say("lms.scorm.no_script"))
    return unit


def _unit_page(unit: str) -> page_cache.BuiltPage:
    for path in course.lessons():
        if unit == f"l{course.lesson_number(path)}":
            return page_cache.lesson(path)
    quiz = quiz_path()
    if quiz and unit == quiz.stem:
        return page_cache.BuiltPage(unit_pages.recorded_quiz(quiz), (), {})
    checks = (page_cache.self_check(one) for one in course.released_units() if course.try_of(one) == unit)
    return page_cache.BuiltPage(next(page for page in checks if page), (), {})


def _alone(page: UnitPage) -> UnitPage:
    """Return a page without what only the whole course has: its short tests, the office's numbers, other pages."""
    known = {page["id"], *_LATER}

    def linked(match: re.Match[str]) -> str:
        return match[0] if match[1] in known else match[2]

    def part(one: dict[str, str]) -> dict[str, str]:
        for name in ("test", "our_numbers"):
            if name in one:
                return {"html": f"<p>{say(f'lms.scorm.{name}')}</p>"}
        if "html" not in one:
            return one
        return one | {"html": _SHEET.sub('<a target="_blank" rel="noopener" ', _LINK.sub(linked, one["html"]))}

    return page | {"screens": [screen | {"parts": list(map(part, screen["parts"]))} for screen in page["screens"]]}


def _beside(page: UnitPage) -> list[Page]:
    """Return the data that the unit's screens load: emergencies, terms, and pictures of parcels if it shows any."""
    return [
        work_pages.emergency(),
        office_page.page(shown=False),
        page_cache.of_tables(glossary.ID, glossary.page),
        *([_drill()] if _drilled(page) else ()),
    ]


def _drill() -> Page:
    """Return the pictures of parcels, with what is true of them where only the unit's own answers are recorded."""
    page = page_cache.of_tables(drill_data.ID, drill_data.page, drawing_paths())
    words = page["words"] | section("lms.drill")
    not_recorded = say("lms.screen.lms_pictures")
    words |= {name: f"{words[name]} {not_recorded}" for name in ("intro", "intro_row")}
    return page | {"words": words}


def _scripts(*, drills: bool) -> dict[str, bytes]:
    """Return the scripts of the site that the package needs, with its own first script in place of the site's."""
    of_site = scripts.scripts()
    named = [routes.UNIT_SCRIPT, routes.OWN_SCRIPT, routes.REFERENCE_SCRIPT, routes.HEAD_SCRIPT]
    named += [routes.DRILL_SCRIPT] if drills else []
    names = ("truoc.js", "cu.js", *(f"{name}.js" for name in named))
    return {name: of_site[name] for name in names} | {_FIRST_SCRIPT: frontend.bundle(_FIRST_SCRIPT).encode("utf-8")}


def _drilled(page: UnitPage) -> bool:
    return any("drill" in part for screen in page["screens"] for part in screen["parts"])


def _course(page: UnitPage, *, drills: bool) -> Course:
    """Return the payload of a course that consists of one unit, with what screens say otherwise in a package."""
    later = {name: row for name, row in reference_pages.page_table([routes.EMERGENCY]).items() if name in _LATER}
    more: HostPages = {"goods": routes.GOODS, "quick": None, "later": later}
    offered = [drill_data.ID] if drills else []
    data = course_page.front_page([page], {}, course.Leader(), offered, exams_to_come=False, more=more)
    del data["words"]["questions"]  # they come with the script of questions
    data["words"]["site"] |= section("lms.screen")
    if page["kind"] == "try":
        data["words"]["site"] |= section("lms.check")
    if "remember" in page:
        data["words"]["site"] |= section("lms.quick")
    data["roles"] = []
    data["pictures"] = {name: path for name, path in data["pictures"].items() if name == page["id"]}
    return data


def _document(data: Course) -> str:
    head = section("site.head")
    return pages.template(_HERE / "scorm.html.j2").render(
        policy=index.POLICY,
        title=course.settings().title,
        style=frontend.bundle("tokens.css") + "\n" + frontend.bundle("page.css"),
        words=data["words"]["site"],
        head=head,
        reviewed=say("site.head.reviewed", on=data["reviewed"]),
        emergency=routes.EMERGENCY,
        course=pages.inline_json(data),
    )


def _zipped(made: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()

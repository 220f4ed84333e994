"""Build the course site: one HTML document, a script for each page, and drawings.

The document can be opened from a disk as well as from a web server. Pages are stored as scripts, because browsers do
not let a document opened from a disk load data. The output depends only on the course, not on the day of the build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from buuchinh import course, disk_cache, frontend, office, routes
from buuchinh.campaign.sheet_texts import quiz_path
from buuchinh.emergency_card import wall_card
from buuchinh.errors import KitError, Problem
from buuchinh.files import TEMPORARY, remove_unfinished, whole_folder, write_bytes
from buuchinh.learner.data import drill_data, follow_up, glossary
from buuchinh.learner.data import unit as unit_pages
from buuchinh.learner.data.types import Page, UnitPage
from buuchinh.locks import locked
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.questions.drills.parts import drawing_paths
from buuchinh.questions.practice import assessment
from buuchinh.release import unit_selection, verify_exercises
from buuchinh.release.unit_selection import UnitSelection
from buuchinh.site import earlier_sheets, index, page_cache, reference_pages, scripts, search

OUT = Path("dist/hoc")
INDEX = "index.html"
_HERE = Path(__file__).parent
_ICONS = {f"icon-{size}.png": f"{size}x{size}" for size in (180, 192, 512)}
"""Bitmap versions of ``icon.svg`` for phones' home screens, with their sizes."""
_WORKER = "service_worker.js"
_FFLATE = "fflate-0.8.3.js"
_SITE_NAMES = {
    *("index.html", "hoc.js", "hoc.webmanifest", "cu.js", "truoc.js", "fflate.js", "offline.js", "icon.svg"),
    *_ICONS,
    "giay-phep.txt",
    *(f"{name}.js" for name in scripts.LATER),
    *("bai", "hinh", "phu-luc"),
}
"""The top-level names that a site may contain; a folder that contains any other name is not overwritten."""


@dataclass(frozen=True)
class Site:
    """A built site: its folder, the number of pages, the number of files and the total size in bytes."""

    folder: Path
    pages: int
    files: int
    size: int


def build(
    out: Path | None = None,
    *,
    public: bool = False,
    self_study: bool = False,
    own: bool | None = None,
    chosen: UnitSelection | None = None,
) -> Site:
    """Build the site in ``out`` (by default ``dist/hoc`` in the course); ``public`` omits graded units.

    ``self_study`` implies ``public`` and adds a self-check for each exercise, which shows the answers at once and is
    never submitted. ``own`` tells whether to include the office's own telephone numbers; by default, they are included
    unless the site is public. ``chosen`` selects the graded units to include; by default, all are included.

    Raise ``KitError`` if an exercise differs from its release, if one of the office's numbers is invalid, or if ``out``
    contains files that do not belong to a site.
    """
    folder = out or course.root() / OUT
    problems = _in_the_way(folder)
    if problems:
        raise KitError(problems)
    shut = public or self_study
    made = contents(public=shut, self_study=self_study, own=not shut if own is None else own, chosen=chosen)
    _write(folder, made)
    pages_made = sum(name.startswith("bai/") and not name.endswith(("-nop.js", "-truoc.js")) for name in made)
    return Site(folder, pages_made, len(made), sum(map(len, made.values())))


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Replace ``folder``, and remove what a killed run left beside it.

    Beside the class's own folders nothing is removed: ``classroom.turn`` does that when nobody else writes there.
    """
    with locked(course.root() / disk_cache.FOLDER / disk_cache.OUTPUT_LOCK):
        if folder.resolve().parent != course.root().resolve():
            remove_unfinished(folder.parent)
        with whole_folder(folder) as fresh:
            for name, data in made.items():
                write_bytes(fresh / name, data)


def cards(values: Mapping[str, str]) -> dict[str, bytes]:
    """Return the wall card and the stickers, filled in with the office's own numbers, by path within the course."""
    made = {wall_card.PAGE: wall_card.page(values), wall_card.STICKER_PAGE: wall_card.sticker_page(values)}
    return {name: text.encode("utf-8") for name, text in made.items()}


def contents(
    *, public: bool, self_study: bool = False, own: bool = True, chosen: UnitSelection | None = None
) -> dict[str, bytes]:
    """Return the site's files by path within the site; ``own`` includes the office's own telephone numbers, if any.

    The other parameters and the errors raised are those of ``build``.
    """
    with snapshot_mode():
        chosen = chosen or unit_selection.everything()
        closed = public or self_study
        leader = course.Leader() if closed else course.settings().leader  # a number to call does not go public
        shown = UnitSelection(()) if closed else chosen
        checks = (
            [page for unit in course.released_units() if (page := page_cache.self_check(unit))] if self_study else []
        )
        return _contents(shown, checks, own=own, leader=leader, exams_to_come=not (closed or chosen.alone))


def _contents(
    chosen: UnitSelection, checks: list[UnitPage], *, own: bool, leader: course.Leader, exams_to_come: bool
) -> dict[str, bytes]:
    units = [unit for unit in course.released_units() if unit in chosen.units]
    problems = [problem for unit in units for problem in verify_exercises.differences(unit)]
    if problems:
        raise KitError(problems)
    found: dict[str, bytes] = {}
    lessons = {} if chosen.alone else {path: page_cache.lesson(path) for path in _in_order(course.lessons())}
    exercises = [page_cache.exercise(unit) for unit in units]
    before = {
        unit: [page_cache.earlier(unit, version) for version in earlier_sheets.included_versions(unit)]
        for unit in units
    }
    files = [path.removeprefix("lessons/") for path in (wall_card.PAGE, *course.stamps().values())]
    for one in (*lessons.values(), *exercises, *chain.from_iterable(before.values())):
        found |= one.charts
        files += one.shown
    tests = [] if chosen.alone else [page_cache.short_test(unit) for unit in assessment.TESTS]
    of_lessons = [one.page for one in lessons.values()]
    beside = _practice(lessons) if lessons else []
    made = [*of_lessons, *tests, *(one.page for one in exercises), *checks]
    tries = [page for unit in units if (page := page_cache.tries(unit))]
    for_all = _beside(own=own)
    quiz = quiz_path()
    found |= {f"bai/{page['id']}.js": script("page", page) for page in (*made, *tries, *beside, *for_all)}
    found[f"bai/{routes.SEARCH_INDEX}.js"] = script(
        "page", search.page(of_lessons, [*for_all, *beside], made[len(of_lessons) :], quiz=bool(quiz))
    )
    if quiz:
        found[f"bai/{routes.QUICK_QUIZ}.js"] = script("page", unit_pages.quick_quiz(quiz))
    for unit in [page["id"] for page in made if page["kind"] in {"exercise", "exam"}]:
        notebook = (course.exercise_folder(unit) / f"{unit}.ipynb").read_text(encoding="utf-8")
        found[f"bai/{unit}-nop.js"] = script("notebook", unit, notebook)
        found[f"bai/{unit}-truoc.js"] = script("earlier", *earlier_sheets.deduplicate(one.page for one in before[unit]))
    found |= {name: (course.root() / course.LESSONS / name).read_bytes() for name in dict.fromkeys(files)}
    values = office.read() if own else {}
    found |= {name.removeprefix("lessons/"): data for name, data in (cards(values) if values else {}).items()}
    found |= {
        **scripts.scripts(),
        "fflate.js": (_HERE / "vendor" / _FFLATE).read_bytes(),
        "giay-phep.txt": (_HERE / "vendor" / "fflate-LICENSE.txt").read_bytes(),
    }
    found |= {name: (_HERE / name).read_bytes() for name in ("icon.svg", *_ICONS)} | {"hoc.webmanifest": _manifest()}
    offered = {page["id"] for page in (*made, *beside, *for_all)}
    version = _version(found | {INDEX: index.page(made, before, leader, offered, exams_to_come).encode("utf-8")})
    found[INDEX] = index.page(made, before, leader, offered, exams_to_come, version).encode("utf-8")
    return dict(sorted((found | {"offline.js": _offline(version, found)}).items()))


def _manifest() -> bytes:
    """Return the web app manifest, which lets devices add the course to the home screen."""
    icons = [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}]
    icons += [{"src": name, "sizes": size, "type": "image/png"} for name, size in _ICONS.items()]
    title = course.settings().title
    manifest = {"name": title, "short_name": title, "lang": "vi", "start_url": INDEX, "display": "standalone"}
    return _json(manifest | {"background_color": "#f7f4ee", "theme_color": "#0b4f8a", "icons": icons}).encode("utf-8")


def _version(found: Mapping[str, bytes]) -> str:
    """Return a hash of this build, which tells the document and the service worker whether they belong together."""
    digest = hashlib.sha256(frontend.bundle(_WORKER).encode("utf-8"))
    for name, data in sorted(found.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]


def _offline(version: str, found: Mapping[str, bytes]) -> bytes:
    """Return the service worker's script, which caches exactly the files of this build."""
    files = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(found.items())}
    head = f"const VERSION = {_json(version)};\nconst FILES = {_json(files)};\n"
    return (head + frontend.bundle(_WORKER)).encode("utf-8")


def _in_order(lessons: Iterable[Path]) -> list[Path]:
    """Return ``lessons`` in the order in which the course teaches them."""
    order = course.settings().lesson_order
    return sorted(lessons, key=lambda path: _place(order, course.lesson_number(path)))


def _practice(lessons: Mapping[Path, page_cache.BuiltPage]) -> list[Page | UnitPage]:
    """Return the practice pages: the drill, the follow-up, the list of standalone scenarios, and the scenarios."""
    alone = [page for path, one in lessons.items() for page in page_cache.alone(one.page, path)]
    return [
        page_cache.of_tables(drill_data.ID, drill_data.page, drawing_paths()),
        follow_up.page([one.page for one in lessons.values()]),
        unit_pages.alone_list(alone),
        *alone,
    ]


def _beside(*, own: bool) -> list[Page]:
    """Return the pages that are neither units nor practice: the reference pages and the glossary."""
    return [*reference_pages.page_data(own=own), page_cache.of_tables(glossary.ID, glossary.page)]


def _place(order: tuple[str, ...], number: str) -> tuple[int, str]:
    return (order.index(number) if number in order else len(order), number)


def script(call: str, *values: Any) -> bytes:
    """Return a script that gives ``values`` to the function ``call`` of the pages' loader."""
    return f"hoc.{call}({','.join(map(_json, values))});\n".encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _in_the_way(folder: Path) -> list[Problem]:
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if {
        name for name in names if not TEMPORARY.fullmatch(name)
    } <= _SITE_NAMES:  # a killed build leaves a temporary file
        return []
    return [Problem(str(folder), 0, say("site.in_the_way"), say("site.in_the_way_way_out"))]

"""Build the files of a bundle that are not part of the lab: the start page, the site and the office's own sheets."""

from __future__ import annotations

from pathlib import Path

from buuchinh import course, office, pages
from buuchinh.messages import say, section
from buuchinh.release import unit_selection
from buuchinh.release.bundle import LAB
from buuchinh.release.unit_selection import UnitSelection
from buuchinh.site import build
from buuchinh.text import format_date

DOOR = "BAT-DAU.html"
_TEMPLATE = Path(__file__).with_name("door.html.j2")


def for_bundle(chosen: UnitSelection | None = None) -> dict[str, bytes]:
    """Return the start page and the site for a bundle of the units ``chosen``, as files by path within the bundle.

    If the office has its own telephone numbers, they are included in the site and, if the bundle contains the lab, also
    in the sheets to print.
    """
    settings, chosen = course.settings(), chosen or unit_selection.everything()
    site = build.contents(public=False, chosen=chosen)
    words = dict(section("site.door"))
    words["version"] = say("site.door.version", version=settings.version, on=format_date(settings.reviewed_on))
    if chosen.alone:
        words |= {"pages_title": "; ".join(chosen.titles), "pages": words["unit"], "pages_open": words["unit_open"]}
    elif not chosen.whole:
        words["pages"] = words["pages_without_exams"]
    door = pages.template(_TEMPLATE).render(title=settings.title, words=words, lab=chosen.brings_lab)
    made = {DOOR: door.encode("utf-8")} | {f"{build.OUT.name}/{name}": data for name, data in site.items()}
    values = office.read()
    if values and chosen.brings_lab:
        beside = {f"{course.OFFICE}/{office.FILE}": office.path().read_bytes()} | build.cards(values)
        made |= {f"{LAB}/{name}": data for name, data in beside.items()}
    return made

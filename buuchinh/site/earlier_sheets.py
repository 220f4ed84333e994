"""Build pages for recently replaced versions of exercises and exams, so that work begun on them can be finished."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

from buuchinh import course
from buuchinh.learner.data import unit as unit_pages
from buuchinh.learner.data.types import UnitPage
from buuchinh.release import versions
from buuchinh.site import given_cells

INCLUDED_FOR = timedelta(days=120)
"""The maximum age of a version still on the site: from its replacement to the newest release of its unit."""


def included_versions(unit: str) -> list[str]:
    """Return the replaced versions of a released unit that the site still includes, oldest first."""
    known = versions.versions(unit)
    since = versions.released_on(unit, known[-1]) - INCLUDED_FOR
    return [version for version, following in pairwise(known) if versions.released_on(unit, following) >= since]


def page(unit: str, version: str) -> tuple[UnitPage, list[str]]:
    """Return the page of an earlier version of an exercise or exam, and the lesson files shown on it that still exist.

    The page is built from the published part of the release.
    """
    folder = versions.folder(unit, version)
    displayed = given_cells.displayed(folder / f"{unit}.ipynb")
    made, shown = unit_pages.graded(unit, versions.public(versions.by_form(folder)), folder, displayed)
    return made, [name for name in shown if (course.root() / course.LESSONS / name).is_file()]


def deduplicate(pages: Iterable[UnitPage]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the distinct parts and questions of ``pages``, and the pages with 0-based indices into that list.

    Versions of an exercise have most parts in common, and each part includes its drawings.
    """
    number: dict[str, int] = {}

    def numbered(one: Any) -> int:
        return number.setdefault(json.dumps(one, ensure_ascii=False, sort_keys=True), len(number))

    light = [
        page
        | {"screens": [screen | {"parts": list(map(numbered, screen["parts"]))} for screen in page["screens"]]}
        | {
            "forms": {
                form: {name: numbered(one) for name, one in asked.items()} for form, asked in page["forms"].items()
            }
        }
        for page in pages
    ]
    return list(map(json.loads, number)), light

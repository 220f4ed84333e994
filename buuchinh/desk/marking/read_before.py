"""Return what stands before a question on the sheet that trainees had: its texts and tables, and the story it goes on.

Everything comes from the released version, as the pages show it; no key of any question is part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from buuchinh import disk_cache
from buuchinh.desk.marking.plain_html import plain
from buuchinh.errors import KitError
from buuchinh.learner.data import notebook_pages
from buuchinh.learner.data.types import Displayed
from buuchinh.messages import say
from buuchinh.questions import markup
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release.versions import Released
from buuchinh.site import given_cells
from buuchinh.text import nfc

_SHORT = 900
"""The maximum number of characters that are shown unfolded."""
_TAG = re.compile(r"<[^>]*>")
_GOES_ON = re.compile(r"\bvẫn\b|\bcâu chuyện\b|\bchuyện (?:trên|trước)\b", re.IGNORECASE)
"""Words by which a question goes on with an earlier question's story."""
_CAPITAL = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
_PLACE = re.compile(rf"(?<![\w])[{_CAPITAL}]\w+(?: [{_CAPITAL}]\w+)+")
_MARKED = re.compile(r"[A-Z]+-[0-9][0-9-]*")
"""The code of an item, such as ``KN-5508-19``."""


@dataclass(frozen=True)
class ReadBefore:
    """Plain HTML of what stands before a question ("" if nothing does), and whether it is short."""

    html: str
    short: bool


def of(released: Released, question: str) -> ReadBefore:
    """Return what trainees could read for ``question``, beside its own words, in the ``released`` version."""
    html = plain("".join([*_story(released, question), *_of_sheet(released, question)]))
    return ReadBefore(html, len(_TAG.sub("", html)) <= _SHORT)


def _story(released: Released, question: str) -> Iterator[str]:
    """Yield the earlier question whose story this one goes on, if its words say so and both name the same."""
    asked = list(released.obscured.values())
    place = [one.id for one in asked].index(question)
    place_of_story = _story_place(asked[:place], nfc(asked[place].stem))
    if place_of_story is not None:
        heading = say(
            "desk.marking.before_question", number=place_of_story + 1, title=asked[place_of_story].title or ""
        )
        yield f"<h3>{markup.inline(heading)}</h3>{markup.paragraphs(asked[place_of_story].stem)}"


def _story_place(earlier: list[AuthoredQuestion], stem: str) -> int | None:
    """Return the 0-based place of the nearest question with the most names of ``stem``, or None if none has any."""
    names = set(_MARKED.findall(stem))
    if _GOES_ON.search(stem):
        names |= set(_PLACE.findall(stem))
    shared = [(sum(name in nfc(one.stem) for name in names), place) for place, one in enumerate(earlier)]
    most, place = max(shared, default=(0, 0))
    return place if most else None


def _of_sheet(released: Released, question: str) -> Iterator[str]:
    """Yield the texts and tables between the question before and this one, as HTML from the released notebook."""
    path = released.path / f"{released.unit}.ipynb"
    displayed: Displayed = {}
    lost = ""
    try:
        displayed = disk_cache.values(
            f"before-{released.unit}-{released.version}", [path], lambda: given_cells.displayed(path)
        )
    except KitError:
        lost = say("desk.marking.before_lost")
    first, *screens = notebook_pages.read(path, displayed).screens
    parts = [*(first.parts if first.questions else ()), *chain.from_iterable(one.parts for one in screens)]
    if {"ask": question} not in parts:
        return
    before = parts[: parts.index({"ask": question})]
    since = max((place for place, part in enumerate(before, 1) if "ask" in part), default=0)
    yield from (part["html"] for part in before[since:] if "html" in part)
    if lost:
        yield markup.paragraphs(lost)

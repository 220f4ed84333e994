"""Check drawings: legible text, regions large enough to tap, and alternative text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import any_of
from buuchinh.questions.offers import Steps

SHOWN_WIDE = 600
"""Width in pixels at which a page shows a drawing."""
LETTERS = 14
"""Minimum font size, in pixels at that width."""
REGION = 44
"""Minimum side of a region in pixels, so that fingers can tap it (WCAG 2.2, 2.5.5)."""
DESCRIBED = 60
"""Minimum number of characters in a drawing's description."""
_NUMBER = re.compile(r"-?[\d.]+")


def picture_small(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if a picture question's text or one of its regions is too small at the size shown."""
    question: Any = item.question
    svg = getattr(question, "svg", "")
    if not svg:
        return
    root = ET.fromstring(svg)  # noqa: S314 -- the author's own drawing
    pixels = _pixels(root)
    if pixels is None:
        return
    steps = (*item.place, "svg") if "svg" in item.written else (*item.place, "id")
    size = smallest_letters(root)
    if size is not None and size * pixels < LETTERS:
        yield ItemFault(steps, {"what": f"{size * pixels:.0f} px", "least": LETTERS})
    by_id = {element.get("id"): element for element in root.iter()}
    for option in question.options:
        side = _shorter_side(by_id.get(option.id))
        if side is not None and side * pixels < REGION:
            yield ItemFault(steps, {"what": f"{option.id}: {side * pixels:.0f} px", "least": REGION})


def neutral_picture(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each word in a picture's or region's description that passes judgement or reveals the answer.

    Words that are part of the drawing are allowed.
    """
    question: Any = item.question
    svg = getattr(question, "svg", "")
    if not svg:
        return
    drawn = _letters(svg)
    descriptions: list[tuple[Steps, str]] = [((*item.place, "alt"), question.alt)]
    descriptions += [
        ((*item.place, "options", number, "text"), option.text) for number, option in enumerate(question.options)
    ]
    for steps, text in descriptions:
        for name in ("judging", "telling"):
            for word in any_of("neutral-picture", name, whole_words=True).findall(text):
                if word.lower() not in drawn:
                    yield ItemFault(steps, {"word": word})


def drawing_faults(path: Path, alternative: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield ``(rule, values)`` if the drawing at ``path`` lacks a title, or if one of its descriptions is too short.

    The descriptions are the one in the drawing and ``alternative``, the alternative text in the lesson that shows it.
    """
    try:
        root = ET.parse(path).getroot()  # noqa: S314 -- the author's own drawing
    except (OSError, ET.ParseError):
        return  # notebook_checks reports a broken link
    elements = {child.tag.rpartition("}")[2]: child.text or "" for child in root}
    least = min(len(alternative), len(elements.get("desc", "")))
    if least < DESCRIBED or not elements.get("title"):
        yield "drawing-text", {"name": path.name, "least": DESCRIBED}


def smallest_letters(root: ET.Element) -> float | None:
    """Return the smallest font size in the drawing, in the drawing's own units, or None if no size is set."""
    sizes = [
        float(_NUMBER.findall(element.attrib["font-size"])[0])
        for element in root.iter()
        if element.tag.endswith("}text") and _NUMBER.findall(element.get("font-size", ""))
    ]
    return min(sizes, default=None)


def _letters(svg: str) -> str:
    """Return the text in a drawing, in lower case."""
    root = ET.fromstring(svg)  # noqa: S314 -- the author's own drawing
    texts = (" ".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text"))
    return " ".join(texts).lower()


def _pixels(root: ET.Element) -> float | None:
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    return SHOWN_WIDE / box[2] if len(box) == 4 and box[2] > 0 else None


def _shorter_side(region: ET.Element | None) -> float | None:
    """Return the shorter side of a region's largest shape (rectangle, circle or polygon), or None if it has none."""
    if region is None:
        return None
    return max(filter(None, map(_shorter_side_of, region.iter())), default=None)


def _shorter_side_of(shape: ET.Element) -> float | None:
    corners = [float(number) for number in _NUMBER.findall(shape.get("points", ""))]
    if corners:
        return min(max(axis) - min(axis) for axis in (corners[::2], corners[1::2]))
    radii = [
        2 * float(shape.attrib[name])
        for name in ("r", "rx", "ry")
        if name in shape.attrib and "width" not in shape.attrib
    ]
    sides = [float(shape.attrib[name]) for name in ("width", "height") if name in shape.attrib]
    return min(sides or radii, default=None)


RULES = {"picture-small": picture_small, "neutral-picture": neutral_picture}

"""Read, check and rewrite the drawings of questions, which are self-contained SVG with a region for each option.

A drawing is shown inside a notebook, so active and external content is rejected: scripts, event handlers, foreign
content and external references.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from buuchinh.messages import say

REGION = "data-region"
LARGEST = 300_000
"""The maximum size in bytes, since an exercise's file contains all its drawings; a line drawing needs a tenth of it."""
_SVG = "http://www.w3.org/2000/svg"
_REFUSED = {"script", "foreignObject", "iframe", "image", "animate", "set", "style", "a"}
_DECLARES = re.compile(r"<!(?!--)")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


def read(name: str, folders: Iterable[Path]) -> str:
    """Return a drawing's SVG text from the first folder that contains it; raise ``ValueError`` if it cannot be used."""
    if Path(name).is_absolute() or ".." in Path(name).parts or not name.endswith(".svg"):
        raise ValueError(say("questions.pictures.bad_name", name=name))
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise ValueError(say("questions.pictures.missing", name=name))
    if path.stat().st_size > LARGEST:
        raise ValueError(say("questions.pictures.too_large", name=name, most=LARGEST // 1000))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(say("questions.pictures.not_svg", name=name)) from error


def faults(svg: str, regions: Iterable[str]) -> list[str]:
    """Return a message for each fault of a drawing: rejected content, and missing or duplicate regions."""
    if _DECLARES.search(svg):
        return [say("questions.pictures.refused", what="<!DOCTYPE>")]
    try:
        root = ET.fromstring(svg)  # noqa: S314  # declarations of entities are refused above
    except ET.ParseError as error:
        return [say("questions.pictures.not_svg", name=str(error))]
    if root.tag != f"{{{_SVG}}}svg" or not root.get("viewBox"):
        return [say("questions.pictures.no_view_box")]
    problems = [say("questions.pictures.refused", what=what) for what in dict.fromkeys(_dangers(root))]
    marks = [mark for element in root.iter() if (mark := element.get(REGION) or element.get("id"))]
    lacking = [region for region in regions if region not in marks]
    if lacking:
        problems.append(say("questions.pictures.no_region", names=", ".join(lacking)))
    twice = sorted({mark for mark in marks if marks.count(mark) > 1})
    if twice:
        problems.append(say("questions.pictures.region_twice", names=", ".join(twice)))
    return problems


def with_regions(svg: str, rename: Callable[[str], str], regions: Iterable[str]) -> str:
    """Return the drawing with each region marked by ``data-region``, whose value is the region's new name.

    ``rename`` gives the new name for the author's id, which is removed. The title, description and metadata are removed
    too.
    """
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)  # noqa: S314  # a picture of the course, checked by ``faults``
    wanted = set(regions)
    for element in root.iter():
        name = element.get(REGION) or element.get("id")
        if name in wanted:
            element.attrib.pop("id", None)
            element.set(REGION, rename(name))
    for element in root.iter():
        for child in list(element):
            if child.tag in {f"{{{_SVG}}}title", f"{{{_SVG}}}desc", f"{{{_SVG}}}metadata"}:
                element.remove(child)
    return ET.tostring(root, encoding="unicode")


def without(svg: str, parts: Iterable[str]) -> str:
    """Return the drawing without the elements whose ids are ``parts``, and without title, description and metadata."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)  # noqa: S314  # a picture of the course, checked by ``faults``
    removed_ids = set(parts)
    description_tags = {f"{{{_SVG}}}title", f"{{{_SVG}}}desc", f"{{{_SVG}}}metadata"}
    for element in list(root.iter()):
        for child in list(element):
            if child.get("id") in removed_ids or child.tag in description_tags:
                element.remove(child)
    root.attrib.pop("aria-labelledby", None)
    return ET.tostring(root, encoding="unicode")


def _dangers(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _REFUSED or not str(element.tag).startswith(f"{{{_SVG}}}"):
            yield f"<{tag}>"
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            if plain.startswith("on") or (plain == "href" and not value.startswith("#")) or _ELSEWHERE.search(value):
                yield plain

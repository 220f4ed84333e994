"""Build the payload of the drill: the tables and drawings from which the page composes pictures of parcels."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from buuchinh.learner.data.types import Page
from buuchinh.messages import say, section
from buuchinh.parsed import parsed
from buuchinh.questions.drills import sitting
from buuchinh.questions.drills.parts import ParcelParts, drawing_path, parts

ID = sitting.UNIT
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="http://www\.w3\.org/2000/svg"')


def page() -> Page:
    """Return the drill's payload: parts by id, the markup of their drawings, the kinds of series and interface text."""
    known = parts()
    tables = {name: _table(getattr(known, name)) for name in ("parcels", "wrappings", "layers", "signs", "harmless")}
    words = section("notebook")["drill"] | {
        "place_of": section("questions")["drills"]["place"],
        "places": section("questions")["drills"]["places"],
        "none_left": section("questions")["drills"]["none_left"],
        "not_saved": say("site.frontend.not_saved"),
    }
    return {
        "id": ID,
        "kind": "drill",
        "title": words["title"],
        **tables,
        "drawings": _drawings(known),
        "series": {kind: asdict(series) for kind, series in sitting.KINDS.items()},
        "apart": sitting.REPEAT_AFTER_DAYS,
        "seconds": sitting.SECONDS,
        "most_told": sitting.MOST_LISTED,
        "words": words,
    }


def _table(rows: Any) -> dict[str, dict[str, Any]]:
    left_out = {"id", "words"}  # words that texts must not use are for authors
    return {
        name: {field: value for field, value in asdict(row).items() if field not in left_out}
        for name, row in rows.items()
    }


def _drawings(known: ParcelParts) -> dict[str, dict[str, Any]]:
    return {part: parsed(_drawing, drawing_path(part)) for part in (*known.parcels, *known.wrappings, *known.layers)}


def _drawing(path: Any) -> dict[str, Any]:
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.parse(path).getroot()  # noqa: S314  # a drawing of the course, validated by ``check``
    box = [float(number) for number in root.attrib.get("viewBox", "").split()]
    inner = "".join(ET.tostring(child, encoding="unicode") for child in root)
    return {"box": box, "inner": _NAMESPACE.sub("", inner)}

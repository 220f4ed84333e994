"""Draws a picture: one SVG from the drawings of its parts, and the same in words that name no sign."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as ET

from buuchinh.messages import say
from buuchinh.parsed import parsed
from buuchinh.questions.drills.parts import Parts, drawing_path
from buuchinh.questions.drills.picture import Picture, Placed, letters
from buuchinh.questions.types.picture import drawing

WIDTH, HEIGHT = 320, 250
"""The frame that coordinates in ``drills/parcels`` are in."""
_SVG = "http://www.w3.org/2000/svg"
_FRAME = 6
"""How far a ring stands off what it is drawn around."""


def words(picture: Picture, parts: Parts) -> str:
    """Tell what is seen, place by place, in the words of the tables: no sign is named."""
    parcel, wrapping = parts.parcels[picture.parcel], parts.wrappings[picture.wrapping]
    told = [f"{parcel.alt}, {wrapping.alt}."]
    for letter, thing in letters(picture):
        where = say(f"questions.drills.places.{thing.place}")
        told.append(say("questions.drills.place", letter=letter, where=where, what=parts.layers[thing.layer].alt))
    return " ".join(told)


def svg(picture: Picture, parts: Parts, ringed: Collection[str] = ()) -> str:
    """Return the picture as SVG; the places ``ringed`` are outlined."""
    parcel = parts.parcels[picture.parcel]
    x, y, width, height = parcel.front
    root = _new("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    root.append(_new("rect", width=WIDTH, height=HEIGHT, fill="#f3f1ec"))
    root.append(_new("rect", y=196, width=WIDTH, height=HEIGHT - 196, fill="#d9d2c5"))
    root.append(_new("path", d=f"M0 196h{WIDTH}", stroke="#b9b0a0", **{"stroke-width": 1.5}))
    root.append(_group(picture.parcel, color=parts.wrappings[picture.wrapping].paper))
    scale = f"translate({x} {y}) scale({width / 100:g} {height / 100:g})"
    root.append(_group(picture.wrapping, transform=scale))
    for thing in picture.things():
        across, down = parcel.places[thing.place]
        root.append(_group(thing.layer, transform=f"translate({across} {down})"))
    for thing in picture.things():
        if thing.place in ringed:
            _ring(root, thing, parcel.places[thing.place])
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def faults(part: str) -> list[str]:
    """Say what keeps the drawing of a part from being used."""
    try:
        text = drawing.read(f"{part}.svg", [drawing_path(part).parent])
    except ValueError as error:
        return [str(error)]
    return drawing.faults(text, ())


def _ring(root: ET.Element, thing: Placed, at: tuple[int, ...]) -> None:
    left, top, width, height = (float(number) for number in _part(thing.layer).attrib["viewBox"].split())
    x = max(left + at[0] - _FRAME, 3)
    y = max(top + at[1] - _FRAME, 3)
    right = min(left + at[0] + width + _FRAME, WIDTH - 3)
    bottom = min(top + at[1] + height + _FRAME, HEIGHT - 3)
    box = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{right - x:g}", "height": f"{bottom - y:g}", "rx": "7"}
    root.append(_new("rect", **box, fill="none", stroke="#ffffff", **{"stroke-width": 6}))
    root.append(_new("rect", **box, fill="none", stroke="#0b5cad", **{"stroke-width": 3}))


def _group(part: str, **attributes: str) -> ET.Element:
    group = _new("g", **attributes)
    group.extend(deepcopy(list(_part(part))))
    return group


def _part(part: str) -> ET.Element:
    return parsed(_parse, drawing_path(part))


def _parse(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314  # a drawing of the course, which ``check`` has looked at


def _new(tag: str, **attributes: object) -> ET.Element:
    return ET.Element(f"{{{_SVG}}}{tag}", {name: str(value) for name, value in attributes.items()})

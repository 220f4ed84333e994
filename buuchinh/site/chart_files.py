"""Move the charts of pages into separate, compressed files, so that text loads before charts."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64decode
from collections.abc import Callable

from PIL import Image

from buuchinh.learner.data.types import UnitPage

_DRAWING = re.compile(r'src=(\\?")data:image/png;base64,([^"\\]+)\\?"')
_COLOURS = 256
"""The number of colours in a palette; a chart has a few hundred shades, most of them at the edges of letters."""


def extract_charts(page: UnitPage, light: Callable[[bytes], bytes]) -> tuple[UnitPage, dict[str, bytes]]:
    """Return the page with links in place of its charts, and the charts, made ``light``, by path within the site."""
    found_files: dict[str, bytes] = {}

    def moved(match: re.Match[str]) -> str:
        data = light(b64decode(match[2]))
        name = f"hinh/{hashlib.sha256(data).hexdigest()[:16]}.png"
        found_files[name] = data
        return f'loading="lazy" src="{name}"'

    def without(part: dict[str, str]) -> dict[str, str]:
        return {name: _DRAWING.sub(moved, text) for name, text in part.items()}

    if "screens" not in page:
        return page, found_files
    screens = [screen | {"parts": list(map(without, screen["parts"]))} for screen in page["screens"]]
    return page | {"screens": screens}, found_files


def light(data: bytes) -> bytes:
    """Return a PNG reduced to a palette, about a third of the size, or the original if that is not larger.

    No colour changes by more than a few of 255 levels, which is invisible. Images with transparency are returned
    unchanged.
    """
    with Image.open(io.BytesIO(data)) as image:
        if "A" in image.getbands() and image.getchannel("A").getextrema() != (255, 255):
            return data
        palette = image.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    palette.save(packed, "PNG", optimize=True)
    return min(data, packed.getvalue(), key=len)

"""Whether a drawing's numbers stand where they belong, as a browser lays them out."""

from __future__ import annotations

from typing import Any

FOUND = """() => {
  const drawing = document.querySelector(".bc-picture").shadowRoot;
  const box = (one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const names = [...drawing.querySelectorAll(".number")].map((one) => one.dataset.number);
  const frames = [...drawing.querySelectorAll(".spot .frame")];
  return names.map((name, n) => ({
    thing: box(drawing.querySelector(`svg:not(.layer) [data-region="${name}"]`)),
    frame: box(frames[n]),
    number: box(drawing.querySelector(`[data-number="${name}"] circle`)),
  }));
}"""
"""Returns for each thing to choose where it is drawn, its frame and its number: left, top, right, bottom."""
_SLACK = 2  # pixels: strokes


def check(found: list[dict[str, Any]]) -> None:
    """Assert that each frame lies around its thing, and each number beside its thing and on no other number."""
    for one in found:
        thing, frame, number = one["thing"], one["frame"], one["number"]
        off = [abs(thing[n] + thing[n + 2] - frame[n] - frame[n + 2]) / 2 for n in (0, 1)]
        assert max(off) < _SLACK, f"the frame is {off} pixels off"
        assert not _meet(thing, number), f"{number} lies on its thing, {thing}"
    numbers = [one["number"] for one in found]
    assert not [pair for n, pair in enumerate(numbers) for other in numbers[n + 1 :] if _meet(pair, other)]


def _meet(one: list[float], other: list[float]) -> bool:
    """Whether two boxes share more than their edges; a circle's corners are not its own."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return min(wide, high) > (other[2] - other[0]) * 0.2

"""The plans of an afternoon in ``docs/instructor/`` name sections that their lesson has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLANS = sorted((ROOT / "docs" / "instructor").glob("0[1-8].md"))
_HEADING = re.compile(r"^#{2,3} (.+?)\s*$", re.MULTILINE)
_BY_NAME = re.compile(r"\b[Mm]ục “([^”]+)”")
_BY_NUMBER = re.compile(r"\b[Mm]ục (\d+)(?:(?:–| đến | và |, )(\d+))?")


def headings(number: str) -> list[str]:
    """Return the headings of the second and third level of a lesson."""
    (path,) = (ROOT / "lessons").glob(f"{number}-*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        title
        for cell in cells
        if cell["cell_type"] == "markdown"
        for title in _HEADING.findall("".join(cell["source"]))
    ]


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_a_plan_names_sections_of_its_lesson(plan: Path) -> None:
    text, titles = plan.read_text(encoding="utf-8"), headings(plan.stem)
    numbers = {title.split(".")[0] for title in titles}
    asked = [number for pair in _BY_NUMBER.findall(text) for number in pair if number]
    assert [name for name in _BY_NAME.findall(text) if name not in titles] == []
    assert [number for number in asked if number not in numbers] == []
    assert _BY_NAME.search(text) or asked

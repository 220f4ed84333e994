"""Each bullet and each cell of a lesson is a sentence or a term of its own: none is a piece of another's sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit.course import ROOT

from buuchinh.authoring.mentions import cells

ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.) (.+)$|^\|(.+)\|$", re.MULTILINE)
RULE = re.compile(r"[-:| ]+")
MARKS = "*_⚖✋ ["


def parts(text: str) -> list[str]:
    """Return the bullets and the cells of a text in Markdown, without the marks they begin and end with."""
    found = [one[1] or one[2] for one in ITEM.finditer(text)]
    pieces = [one for line in found if not RULE.fullmatch(line) for one in line.split(" | ")]
    return [one.strip(MARKS) for one in pieces if one.strip(MARKS)]


@pytest.mark.parametrize("lesson", sorted((ROOT / "lessons").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_bullet_or_cell_begins_or_ends_within_a_sentence(lesson: Path) -> None:
    texts = [cell.text for cell in cells(lesson) if cell.kind == "markdown"]
    cut = [one for text in texts for one in parts(text) if one[0].islower() or one.endswith((",", ";"))]
    assert cut == []

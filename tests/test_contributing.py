"""CONTRIBUTING names files; each is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TOPS = ("buuchinh", "datasets", "docs", "exam", "lessons", "source", "tests", "course.toml")


def named(text: str) -> list[str]:
    """Return the paths in backticks that start in the repository, ``<…>`` as a pattern for any name."""
    words = re.findall(r"`([^`\s]+)`", text)
    return [re.sub(r"<[^>]+>", "*", word) for word in words if word.split("/")[0] in TOPS and word not in TOPS[:-1]]


def test_the_files_of_each_recipe_are_there() -> None:
    recipes = PAGE.partition("## Recipes")[2].partition("\n## ")[0]
    paths = named(recipes)
    assert len(paths) > 30
    assert not [path for path in paths if not any(ROOT.glob(path.rstrip("/")))]


def test_a_question_type_has_the_files_that_its_recipe_names() -> None:
    recipe = PAGE.partition("**A question type.**")[2].partition("\n\n")[0]
    files = set(re.findall(r"`(\w+\.\w+)`", recipe))
    assert {"model.py", "score.js", "vectors.json"} <= files
    there = {path.name for path in (ROOT / "buuchinh" / "questions" / "types").glob("*/*")}
    assert files <= there

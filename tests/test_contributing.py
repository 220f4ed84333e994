"""CONTRIBUTING names files, each of which is there; pages for developers can be read in a diff."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "README.en.md", "SECURITY.md"])
def test_no_line_of_prose_is_so_long_that_a_change_in_it_cannot_be_read(name: str) -> None:
    prose = re.sub(r"^```.*?^```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    long = [line for line in prose.splitlines() if len(line) >= 160 and not line.startswith(("|", "!["))]
    assert not long


def test_a_question_type_has_the_files_that_its_recipe_names() -> None:
    recipe = PAGE.partition("**A question type.**")[2].partition("\n\n")[0]
    files = set(re.findall(r"`(\w+\.\w+)`", recipe))
    assert {"model.py", "score.js", "vectors.json"} <= files
    there = {path.name for path in (ROOT / "buuchinh" / "questions" / "types").glob("*/*")}
    assert files <= there


def test_names_that_a_recipe_gives_stand_in_the_file_beside_them() -> None:
    recipes = PAGE.partition("## Recipes")[2].partition("\n## ")[0]
    pairs = re.findall(r"`(\w+)`(?:\s\([^)]*\))?\s(?:in|of)\s`(buuchinh/[\w/]+\.\w+)`", recipes)
    assert len(pairs) >= 4
    assert not [(name, path) for name, path in pairs if name not in (ROOT / path).read_text(encoding="utf-8")]


def test_the_architecture_page_names_no_module_that_is_gone() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = set(re.findall(r"`([a-z_]+/(?:[a-z_]+/)?[a-z_]+\.py)`", page))
    assert len(modules) > 15
    there = [f"/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts]
    assert not [path for path in modules if not any(file.endswith(f"/{path}") for file in there)]
    names = set(re.findall(r"`(\w+\.py)`", page)) - {"nbgrader_config.py"}
    assert not names - {file.rpartition("/")[2] for file in there}

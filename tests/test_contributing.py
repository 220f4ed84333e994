"""Pages for developers: the files they name are there, decisions are dated and listed, lines are short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCS = ROOT / "docs"
DECISIONS = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "README.md")
DERIVED = {"coverage.md", "paths.md", "performance.md", "quality.md"}
WRITTEN = [
    *(ROOT / name for name in ("CONTRIBUTING.md", "README.md", "README.en.md", "SECURITY.md")),
    *(path for path in sorted([*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md")]) if path.name not in DERIVED),
]
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


def test_the_list_of_recipes_leads_to_each_of_them_once() -> None:
    recipes = PAGE.partition("## Recipes")[2].partition("\n## ")[0]
    headings = re.findall(r"^### (.*)$", recipes, re.MULTILINE)
    anchors = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert len(anchors) > 40
    assert re.findall(r"\]\(#([^)]+)\)", recipes) == anchors


def test_a_question_type_has_the_files_that_its_recipe_names() -> None:
    recipe = PAGE.partition("### A question type\n\n")[2].partition("\n\n")[0]
    files = set(re.findall(r"`(\w+\.\w+)`", recipe))
    assert {"model.py", "score.js", "vectors.json"} <= files
    there = {path.name for path in (ROOT / "buuchinh" / "questions" / "types").glob("*/*")}
    assert files <= there


def test_names_that_a_recipe_gives_stand_in_the_file_beside_them() -> None:
    recipes = PAGE.partition("## Recipes")[2].partition("\n## ")[0]
    pairs = re.findall(r"`(\w+)`(?:\s\([^)]*\))?\s(?:in|of)\s`(buuchinh/[\w/]+\.\w+)`", recipes)
    assert len(pairs) >= 4
    assert not [(name, path) for name, path in pairs if name not in (ROOT / path).read_text(encoding="utf-8")]


def test_each_vendored_file_is_the_one_that_the_table_names() -> None:
    table = PAGE.partition("## What is vendored")[2]
    named_sums = dict(re.findall(r"^\| `([^`]+)` \| .+? \| `([0-9a-f]{64})` \|", table, re.MULTILINE))
    files = [path for path in (ROOT / "buuchinh").rglob("vendor/*") if path.suffix != ".txt"]
    assert {path.relative_to(ROOT).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files} == named_sums


def test_the_architecture_page_names_no_file_that_is_gone() -> None:
    """Its paths begin at the repository, at the package or at a room of it."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    mentioned = set(re.findall(r"`((?:\w+/)*\w+\.(?:py|js))`", page))
    assert len(mentioned) > 40
    there = [path.as_posix() for top in ("buuchinh", "tests") for path in (ROOT / top).rglob("*.*")]
    assert not [name for name in mentioned if not any(path.endswith(f"/{name}") for path in there)]


def prose(page: str) -> Iterator[str]:
    """Yield the lines of a Markdown page outside tables, pictures and blocks of code."""
    code = False
    for line in page.splitlines():
        if line.lstrip().startswith("```"):
            code = not code
        elif not code and not line.startswith(("|", "![")):
            yield line


def test_the_architecture_page_is_short_and_opens_with_its_drawing() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert len(page.split()) <= 1_500
    assert page.count("```mermaid") == 1
    assert page.index("```mermaid") < page.index("\n## ")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_lines_of_prose_are_shorter_than_160_signs(path: Path) -> None:
    assert [line for line in prose(path.read_text(encoding="utf-8")) if len(line) >= 160] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_date_cost_end_and_files(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    (decided,) = re.findall(r"^Decided (\S+)\.$", page, re.MULTILINE)
    assert date.fromisoformat(decided).isoformat() == decided
    assert re.findall(r"^\*\*(.+?)\.\*\*", page, re.MULTILINE) == ["Context", "Decision", "Cost", "What would end it"]
    assert len(page.split()) <= 300
    assert not [name for name in named(page) if not any(ROOT.glob(name.rstrip("/")))]
    files = {"nbgrader_config.py", *(file.name for file in (ROOT / "buuchinh").rglob("*"))}
    assert set(re.findall(r"`(\w+\.(?:py|js))`", page)) <= files


def test_the_index_lists_each_decision_with_its_date_and_title() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(.+)\]\((.+)\) \| (\S+) \|$", index, re.MULTILINE)
    found = []
    for path in DECISIONS:
        title, _, decided, *_ = path.read_text(encoding="utf-8").splitlines()
        found.append((title.removeprefix("# "), path.name, decided.removeprefix("Decided ").removesuffix(".")))
    assert sorted(rows) == sorted(found)


def test_links_of_the_architecture_and_of_decisions_lead_to_files() -> None:
    pages = [DOCS / "architecture.md", *(DOCS / "decisions").glob("*.md")]
    links = [
        (path, link) for path in pages for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    ]
    assert len(links) > 60
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []

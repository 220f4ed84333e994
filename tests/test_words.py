"""The words of the package: one name a module, none that CONTRIBUTING refuses, docstrings that say what is done."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "buuchinh"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "dist" not in path.parts)
RIDDLES = re.compile(r"(What|Where|Who|Whoever|Whose|Which|How|Of|All that)\b")


@cache
def documented() -> list[tuple[str, str, str]]:
    """Return the modules with their own names and docstrings and those of their classes and functions."""
    return [
        (path.relative_to(PACKAGE).as_posix(), getattr(node, "name", path.stem), ast.get_docstring(node) or "")
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def refused(row: str = "Never in a name") -> set[str]:
    """Return the words of one of the rows by which CONTRIBUTING keeps words out of names."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (words,) = re.findall(rf"^{row}: (.+)\.$", page, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", words))


def spaced(name: str) -> str:
    """Return a name in small letters, the words of ``camelCase`` apart."""
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", name).lower()


def names_in(script: str) -> set[str]:
    """Return the names that a script gives by itself: not those taken out of an object, which are its properties'."""
    declared = re.findall(r"\b(?:const|let|class|function\*?) (\w+)|, (\w+) = |\b(\w+) =>", script)
    lists = re.findall(r"\bfunction\*? ?\w*\(([^)]*)\)|\(([^()]*)\) =>|\b(?:const|let) \[([^\]]*)\]", script)
    own = [re.sub(r"\{[^}]*(\}|$)|= ?[^,]*", "", "".join(names)) for names in lists]
    return {*map("".join, declared), *re.findall(r"\w+", " ".join(own))}


def test_a_module_name_occurs_once_in_the_package() -> None:
    types = PACKAGE / "questions" / "types"
    stems = Counter(path.stem for path in MODULES if path.stem != "__init__" and not path.is_relative_to(types))
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_a_docstring_says_what_is_done() -> None:
    assert [(path, name) for path, name, docstring in documented() if RIDDLES.match(docstring)] == []


def test_no_name_of_the_package_has_a_word_that_contributing_refuses() -> None:
    words = refused()
    assert len(words) > 2
    names = {(path, name) for path, name, _ in documented()}
    assert sorted((path, name) for path, name in names if words & set(re.findall(r"[a-z]+", spaced(name)))) == []


def values(path: Path) -> Iterator[str]:
    """Yield the names of the values that a module gives: its parameters and what it assigns, loops over or matches."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def test_no_value_of_commands_and_authoring_is_named_by_a_word_that_contributing_refuses() -> None:
    words, whole = refused(), refused("Never the whole name of a value in `cli/` and `authoring/`")
    rooms = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in {"cli", "authoring"}]
    names = {(path.relative_to(PACKAGE).as_posix(), name) for path in rooms for name in values(path)}
    assert whole
    assert len({name for _, name in names}) > 500
    assert sorted((path, name) for path, name in names if name in whole or words & set(spaced(name).split("_"))) == []


def test_a_script_names_nothing_by_a_word_that_contributing_refuses() -> None:
    scripts = [path for path in PACKAGE.rglob("*.js") if not {"dist", "vendor"} & set(path.parts)]
    words, whole = refused(), refused("Never the whole name of a script's value")
    assert len(words) > 2
    assert len(whole) > 2
    names = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in scripts
        for name in names_in(path.read_text(encoding="utf-8"))
    }
    assert len({name for _, name in names}) > 1500
    assert (
        sorted((path, name) for path, name in names if name.lower() in whole or words & {*spaced(name).split("_")})
        == []
    )


@pytest.mark.parametrize(
    "script",
    [
        "const one = 1;",
        "let first = null, one = 2;",
        "const [one, other] = pair;",
        "for (const one of questions) draw(one);",
        "rows.sort((one, other) => one - other);",
        "rows.map(one => one.id);",
        "export async function shown(host, { told: text }, one = null) {}",
    ],
)
def test_a_name_is_found_wherever_a_script_gives_it(script: str) -> None:
    assert "one" in names_in(script)
    assert "told" not in names_in(script + "const { told } = page; const record = { told: 1 };")

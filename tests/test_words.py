"""The words of the package: one name a module, none that CONTRIBUTING refuses, docstrings that say what is done."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "buuchinh"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "dist" not in path.parts)
RIDDLES = re.compile(r"(What|Where|Who|Whoever|Whose|Which|How|Of|All that)\b")


def documented(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the names and docstrings of a module, its classes and its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield getattr(node, "name", path.stem), ast.get_docstring(node) or ""


def refused() -> set[str]:
    """Return the words that CONTRIBUTING keeps out of names."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^Never in a name: (.+)\.$", page, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", row))


def spaced(name: str) -> str:
    """Return a name in small letters, the words of ``camelCase`` apart."""
    return re.sub("([A-Z])", r"_\1", name).lower()


def test_a_module_name_occurs_once_in_the_package() -> None:
    types = PACKAGE / "questions" / "types"
    stems = Counter(path.stem for path in MODULES if path.stem != "__init__" and not path.is_relative_to(types))
    assert [stem for stem, count in stems.items() if count > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_docstring_says_what_is_done(path: Path) -> None:
    assert [name for name, docstring in documented(path) if RIDDLES.match(docstring)] == []


def test_no_name_of_the_package_has_a_word_that_contributing_refuses() -> None:
    words = refused()
    assert len(words) > 2
    names = {(path.relative_to(PACKAGE).as_posix(), name) for path in MODULES for name, _ in documented(path)}
    assert sorted((path, name) for path, name in names if words & set(re.findall(r"[a-z]+", spaced(name)))) == []


def test_no_function_or_state_of_a_script_has_a_word_that_contributing_refuses() -> None:
    scripts = [path for path in PACKAGE.rglob("*.js") if not {"dist", "vendor"} & set(path.parts)]
    named = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
    names = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in scripts
        if not path.name.endswith(".test.js")
        for name in named.findall(path.read_text(encoding="utf-8"))
    }
    assert len(names) > 500
    words = refused()
    assert sorted((path, name) for path, name in names if words & set(re.findall(r"[a-z]+", spaced(name)))) == []

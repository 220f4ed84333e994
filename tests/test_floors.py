"""The house stands: a module imports only from floors below its own, and no file grows past one idea."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "buuchinh"
FLOORS = {
    **dict.fromkeys(("text", "files", "locks", "spreadsheet", "pages", "errors", "messages"), 0),
    **dict.fromkeys(("datasets", "course", "codes"), 1),
    **dict.fromkeys(("law", "statistics", "simulation"), 2),
    **dict.fromkeys(("charts", "questions"), 3),
    **dict.fromkeys(("execution", "classroom"), 4),
    "release": 5,
    **dict.fromkeys(("intake", "exam", "notebook", "lab"), 6),
    "grading": 7,
    **dict.fromkeys(("results", "nbgrader_plugins"), 8),
    **dict.fromkeys(("authoring", "personal_data"), 9),
    "cli": 10,
    "__main__": 11,
    "__init__": 11,
}
MODULES = sorted(path for path in ROOT.rglob("*.py") if "__pycache__" not in path.parts)
EACH = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def room(path: Path) -> str:
    inside = path.relative_to(ROOT)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the room of each import from the package, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "buuchinh":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("buuchinh."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("buuchinh."))


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in MODULES} <= FLOORS.keys()


@EACH
def test_imports_come_from_the_same_floor_or_from_below(path: Path) -> None:
    own = room(path)
    for other in imported(ast.parse(path.read_text(encoding="utf-8"))):
        assert FLOORS[other] <= FLOORS[own], other


def test_rooms_of_one_floor_do_not_lean_on_each_other_both_ways() -> None:
    leans: dict[str, set[str]] = {}
    for path in MODULES:
        leans.setdefault(room(path), set()).update(imported(ast.parse(path.read_text(encoding="utf-8"))))
    both = {(a, b) for a in leans for b in leans[a] if a != b and a in leans.get(b, ())}
    assert not both


@EACH
def test_a_file_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320

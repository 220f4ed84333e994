"""The house stands as ``docs/architecture.md`` tells it: rooms on their floors, no circle, no file past one idea."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "buuchinh"
PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def module(path: Path) -> str:
    """Return the module's name within the package: ``intake.collect``, ``text``."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in FILES}


def imported(path: Path) -> Iterator[str]:
    """Yield each module of the package that the file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and re.match(r"buuchinh(\.|$)", node.module or ""):
            package = str(node.module).removeprefix("buuchinh").lstrip(".")
            for alias in node.names:
                whole = f"{package}.{alias.name}".lstrip(".")
                yield whole if whole in MODULES else package
        elif isinstance(node, ast.Import):
            yield from (name.name.removeprefix("buuchinh.") for name in node.names if name.name.startswith("buuchinh."))


@cache
def imports() -> dict[str, set[str]]:
    """Return what each module imports, read when a test asks and not in each process that collects tests."""
    return {
        name: set(imported(path)) - {name, ""} for name, path in MODULES.items() if "." in name or name != "__init__"
    }


def room(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def rooms() -> dict[str, set[str]]:
    """Return the rooms that each room imports from."""
    found: dict[str, set[str]] = {}
    for name, others in imports().items():
        found.setdefault(room(name), set()).update(map(room, others))
    return {name: others - {name} for name, others in found.items()}


def measured(graph: Mapping[str, set[str]]) -> dict[str, int]:
    """Return the floor of each room: one above the highest of those that it imports; raises ``CycleError``."""
    floors: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        floors[name] = max((floors[other] + 1 for other in graph[name]), default=0)
    return floors


def told() -> dict[str, int]:
    """Return the floor of each room in the table of the page."""
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", PAGE, re.MULTILINE)
    return {name: int(floor) for floor, names in rows for name in re.findall(r"`(\w+)/?`", names)}


def test_every_room_stands_on_the_floor_that_the_page_tells() -> None:
    # `buuchinh/__init__.py` (names for notebooks) and `__main__` are doors, not rooms.
    floors = {name: floor for name, floor in measured(rooms()).items() if name not in {"__main__", ""}}
    assert told() == floors


def test_no_module_leads_back_to_itself() -> None:
    # A package's own face (`law/__init__.py`) imports what stands in it; what stands in it does not import the face.
    try:
        measured({name: others for name, others in imports().items() if name})
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_a_room_of_the_desk_imports_only_from_those_that_the_page_names_before_it() -> None:
    (named,) = re.findall(r"^`desk/` has rooms too, lowest first: ([^.]+)\.$", PAGE, re.MULTILINE)
    order = re.findall(r"`(\w+)/`", named)
    inside = {name: others for name, others in imports().items() if name.startswith("desk.")}
    assert set(order) == {name.split(".")[1] for name in inside}
    wrong = [
        (name, other)
        for name, others in inside.items()
        for other in others
        if other.startswith("desk.") and order.index(other.split(".")[1]) > order.index(name.split(".")[1])
    ]
    assert wrong == []


def test_pages_that_learners_open_need_nothing_of_the_authors_tools() -> None:
    wrong = [
        (name, other)
        for name, others in imports().items()
        if room(name) in {"site", "learner"}
        for other in others
        if room(other) == "authoring"
    ]
    assert wrong == []


def test_no_room_holds_more_than_a_fifth() -> None:
    lines = Counter({room(name): 0 for name in MODULES})
    for name, path in MODULES.items():
        lines[room(name)] += len(path.read_text(encoding="utf-8").splitlines())
    assert max(lines.values()) <= lines.total() / 5


def test_a_file_holds_one_idea() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > 320} == {}

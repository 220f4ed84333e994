"""Shapes of what Python gives to JavaScript: the declarations, and the names that scripts read."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from buuchinh.authoring import payloads
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.desk_payloads.desk_screens import DeskAction, DeskTask
from buuchinh.learner.data.types import Course

ROOT = Path(__file__).parents[1]
SRC = ROOT / "buuchinh" / "learner" / "src"


class Sample(TypedDict):
    """A sample."""

    name: str | None
    way: NotRequired[list[tuple[int, str]]]
    more: dict[str, list[bool | None]]


class Odd(TypedDict):
    """A table with a value that no JSON holds."""

    data: bytes


def test_a_table_becomes_an_interface() -> None:
    lines = payloads.interface(Sample).splitlines()
    assert lines[0] == "/** A sample. */"
    assert lines[2:5] == [
        "  name: string | null;",
        "  way?: [number, string][];",
        "  more: Named<(boolean | null)[]>;",
    ]


def test_a_type_without_counterpart_is_refused() -> None:
    with pytest.raises(LookupError, match="bytes"):
        payloads.interface(Odd)


@pytest.mark.parametrize("name", payloads.FILES)
def test_scripts_have_the_declarations_of_python(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == payloads.declarations(name)


@pytest.mark.parametrize(("made", "sent"), [(Task, DeskTask), (Action, DeskAction)])
def test_a_task_is_sent_with_the_fields_that_scripts_know(made: type, sent: type) -> None:
    assert [field.name for field in fields(made)] == list(sent.__annotations__)


def test_scripts_read_fields_of_the_course_that_python_gives() -> None:
    scripts = [path for path in SRC.rglob("*.js") if not path.name.endswith(".test.js")]
    read = {name for path in scripts for name in re.findall(r"host\.course\.(\w+)", path.read_text(encoding="utf-8"))}
    assert len(read) > 20
    assert read <= set(Course.__annotations__)

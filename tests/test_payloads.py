"""Shapes of what Python gives to JavaScript: the declarations, and the names that scripts read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from buuchinh.authoring import payloads
from buuchinh.learner.data.types import Course

SRC = Path(__file__).parents[1] / "buuchinh" / "learner" / "src"


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


def test_scripts_read_fields_of_the_course_that_python_gives() -> None:
    scripts = [path for path in SRC.rglob("*.js") if not path.name.endswith(".test.js")]
    read = {name for path in scripts for name in re.findall(r"host\.course\.(\w+)", path.read_text(encoding="utf-8"))}
    assert len(read) > 20
    assert read <= set(Course.__annotations__)

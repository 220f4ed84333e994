"""List the functions of ``buuchinh`` that only display a part of the course."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class DisplayFunction(NamedTuple):
    """A display function: the part that it shows, its argument for the id of the part, and the default id."""

    part: str
    argument: str = ""
    default: str | None = None


DISPLAY_FUNCTIONS: Mapping[str, DisplayFunction] = MappingProxyType(
    {
        "ask": DisplayFunction("question", "question_id"),
        "citations": DisplayFunction("law_table", "lesson"),
        "drill": DisplayFunction("drill", "place", "bai-5"),
        "follow_up": DisplayFunction("follow_up"),
        "hand_in": DisplayFunction("hand_in", "unit", ""),
        "lesson_end": DisplayFunction("lesson"),
        "our_numbers": DisplayFunction("office_numbers"),
        "start_page": DisplayFunction("start"),
        "test": DisplayFunction("test", "unit"),
    }
)
"""Display functions by name.

A cell that only calls these is shown without a kernel, and is not run when a submission is graded.
"""

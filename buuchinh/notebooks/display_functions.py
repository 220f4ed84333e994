"""List the functions of ``buuchinh`` that only display a part of the course, such as a question or a test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class DisplayFunction(NamedTuple):
    """A display function: the kind of part that it shows, its argument for the part's ID, and the default ID."""

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

A cell that calls only these functions is shown without a kernel, and is not run when a submission is graded.
"""

"""The functions of ``buuchinh`` that only show a part of the course: the one list of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class DisplayFunction(NamedTuple):
    """The part that a function shows, the argument that holds the part's id, and the id where none is given."""

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
"""By name. A cell that only calls these is shown without a kernel, and is not run when a hand-in is graded."""

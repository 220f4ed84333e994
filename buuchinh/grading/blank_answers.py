"""Tell who was graded and which questions they left blank; outcomes are read again only if one has changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.grading import outcomes
from buuchinh.parsed import FrozenDict, once_a_run, parsed


@once_a_run
def of_unit(unit: str) -> Mapping[str, Mapping[str, bool]]:
    """Map the code of every trainee with a graded submission to whether each question was left blank, by its id."""
    folder = course.root() / course.OUTCOMES
    return parsed(partial(_read, unit), folder, *sorted(folder.glob(f"*/{unit}/{outcomes.OUTCOME}")), key=unit)


def is_blank(answer: Any) -> bool:
    """Return whether an answer is none at all, or words of no letter."""
    return not answer.strip() if isinstance(answer, str) else answer in (None, {}, [])


def _read(unit: str, _folder: Path) -> Mapping[str, Mapping[str, bool]]:
    return FrozenDict(
        (code, FrozenDict((one["id"], is_blank(one["answer"])) for one in outcome["questions"]))
        for code, outcome in outcomes.entries(unit).items()
    )

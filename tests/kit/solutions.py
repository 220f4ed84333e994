"""An exercise whose last deadline is over, its solutions as a file, and answers whose marks Python knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from buuchinh import course
from buuchinh.questions import types
from buuchinh.questions.scoring import score
from buuchinh.release import versions
from kit.answering import right_answer, wrong_answers
from kit.classroom import edit
from kit.course import run

UNIT = "bt05"
CODE = "GL-0123-Q"
OVER = "2026-11-26T17:00:00+07:00"


def solved(root: Path, unit: str = UNIT) -> Path:
    """Set a deadline that is over in the course at ``root``, and make the solutions as an instructor does."""
    edit(root / "course.toml", "[deadlines]", f"[deadlines]\n{unit} = {OVER}")
    run(root, "buuchinh", "feedback", unit, "--pack")
    return root / "feedback" / f"loi-giai-{unit}.json"


def answers(root: Path, unit: str = UNIT, code: str = CODE) -> tuple[dict[str, Any], dict[str, str]]:
    """Return answers of one person to the released version, in turns right, not right and none, and their marks."""
    given: dict[str, Any] = {}
    marks: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        released = versions.released_for(unit, None, code)
        day = released.questions.as_of
        for place, (name, question) in enumerate(released.obscured.items()):
            by_person = types.type_of(question).by_hand(question) or types.type_of(question).from_code
            on = day or course.settings().reviewed_on
            wrong = next(wrong_answers(question, on), None)
            answer = "Tôi báo trưởng bưu cục." if by_person else [right_answer(question, on), wrong, None][place % 3]
            if answer is not None:
                given[name] = answer
            found = score(question, answer, on)
            share = "right" if found.fraction > 1 - 1e-9 else "partly" if found.fraction > 0 else "wrong"
            marks[name] = "person" if by_person else "empty" if found.reason == "missing" else share
    return given, marks

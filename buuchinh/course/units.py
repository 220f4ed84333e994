"""Define the names of units, questions and versions: ``bt02``, ``bt02-q05``, ``1.0.0``.

A unit is a lesson (``l04``), an exercise (``bt02``), an exam (``thi1``; ``thinv1``, ``thitr1`` and ``thicb1`` are each
for one group of roles), a short test (``kt1``) or an exercise's tries (``t02``), which are practice questions before
each part of the exercise. Only exercises and exams are graded. The patterns are meant to be combined into longer
regular expressions.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

EXERCISE = r"bt\d{2}"
EXAM = r"thi(?:nv|tr|cb)?\d{1,2}"
GRADED = rf"{EXERCISE}|{EXAM}"
"""The pattern of a unit that is submitted for grading; enclose it in a group if more follows."""
LESSON = r"l\d{2}"
SHORT_TEST = r"kt[12]"
TRY = r"t\d{2}"
"""The pattern of the practice questions before the parts of an exercise: ``t05`` belongs to ``bt05``."""
VERSION = r"\d+\.\d+\.\d+"

Version = Annotated[str, StringConstraints(pattern=rf"^{VERSION}$")]
"""A release version, as the type of a field in a pydantic model."""

_GRADED = re.compile(GRADED)
_EXERCISE = re.compile(EXERCISE)
_TRY = re.compile(TRY)
_VERSION = re.compile(VERSION)


def graded(unit: str) -> bool:
    """Whether ``unit`` names an exercise (``bt02``) or an exam (``thi1``), which trainees submit for grading."""
    return _GRADED.fullmatch(unit) is not None


def is_exercise(unit: str) -> bool:
    """Whether ``unit`` names an exercise (``bt02``), whose questions are authored rather than drawn from the pool."""
    return _EXERCISE.fullmatch(unit) is not None


def is_try(unit: str) -> bool:
    """Whether ``unit`` names an exercise's practice questions (``t02``), which show their answers at once."""
    return _TRY.fullmatch(unit) is not None


def try_of(exercise: str) -> str:
    """Return the unit of the practice questions that belong to ``exercise``: ``t02`` for ``bt02``."""
    return exercise.removeprefix("b")


def is_version(text: str) -> bool:
    """Whether ``text`` is a release version such as ``1.0.0``."""
    return _VERSION.fullmatch(text) is not None


def unit_of(question_id: str) -> str:
    """Return the unit to which a question, an objective or a cell belongs: ``bt02`` for ``bt02-q05``."""
    return question_id.partition("-")[0]

"""Select the units of a bundle: all exercises and exams, all but the exams, or a few units alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions import question_bank, types
from buuchinh.release import verify_exercises

_WITHOUT_EXAMS = "chua-thi"
_NO_EXAM = "thi1"


@dataclass(frozen=True)
class UnitSelection:
    """The ``units`` to publish, and the suffix ``mark`` of the bundle's name.

    If ``alone`` is True, the bundle has these units without lessons and practice.
    """

    units: tuple[str, ...]
    alone: bool = False
    mark: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.mark

    @property
    def titles(self) -> list[str]:
        """The titles of the units on their public sheets."""
        return [question_bank.load_public(course.sheet_path(unit)).title for unit in self.units]

    @property
    def brings_lab(self) -> bool:
        """Whether ``lab/`` is included: always with the whole course, else if one of the units asks for code."""
        if not self.alone:
            return True
        sheets = [question_bank.load_public(course.sheet_path(unit)) for unit in self.units]
        asked = [question for sheet in sheets for questions in sheet.forms.values() for question in questions]
        return any(types.type_of(part).from_code for question in asked for part, _ in types.parts(question))


def everything() -> UnitSelection:
    """Return the selection of every exercise and exam."""
    return UnitSelection(tuple(verify_exercises.units()))


def choice(*, without_exams: bool = False, only: Sequence[str] = ()) -> UnitSelection:
    """Return the requested selection; raise `KitError` if a unit is unknown or both options are set."""
    if without_exams and only:
        raise KitError(
            [Problem("", 0, say("release.choice.not_both"), say("release.choice.not_both_way_out", exam=an_exam()))]
        )
    units = verify_exercises.units()
    if without_exams:
        return UnitSelection(tuple(filter(course.is_exercise, units)), mark=_WITHOUT_EXAMS)
    if only:
        for unit in only:
            course.refuse_unknown(unit)
        asked = tuple(unit for unit in units if unit in only)
        return UnitSelection(asked, alone=True, mark="-".join(asked))
    return everything()


def an_exam() -> str:
    """Return an exam to name as an example: the first on a role's path in ``course.toml``, or else the first of all."""
    exams = [unit for unit in verify_exercises.units() if not course.is_exercise(unit)]
    asked = (unit for path in course.settings().paths.values() for unit in path if unit in exams)
    return next(asked, next(iter(exams), _NO_EXAM))

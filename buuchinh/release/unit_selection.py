"""Select the units (exercises and exams) for a bundle: all of them, all except the exams, or only a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions import question_bank, types
from buuchinh.release import verify_exercises

_WITHOUT_EXAMS = "chua-thi"
_NO_EXAM = "thi1"


@dataclass(frozen=True)
class UnitSelection:
    """The units for a bundle.

    If ``alone`` is True, the bundle holds these units without lessons and practice. ``mark`` is added to the bundle's
    name; it is "" if nothing is left out.
    """

    units: tuple[str, ...]
    alone: bool = False
    mark: str = ""

    @property
    def whole(self) -> bool:
        """Whether the selection covers the whole course."""
        return not self.mark

    @property
    def titles(self) -> list[str]:
        """The units' titles, from their public question sheets."""
        return [question_bank.load_public(course.sheet_path(unit)).title for unit in self.units]

    @property
    def brings_lab(self) -> bool:
        """Whether the bundle includes ``lab/``; units ``alone`` need that folder only if one of them asks for code."""
        if not self.alone:
            return True
        sheets = [question_bank.load_public(course.sheet_path(unit)) for unit in self.units]
        asked = [question for sheet in sheets for questions in sheet.forms.values() for question in questions]
        return any(types.type_of(part).from_code for question in asked for part, _ in types.parts(question))


def everything() -> UnitSelection:
    """Return a selection of all exercises and exams."""
    return UnitSelection(tuple(verify_exercises.units()))


def choice(*, without_exams: bool = False, only: Sequence[str] = ()) -> UnitSelection:
    """Return the selection without exams, with ``only`` some units, or (by default) of everything.

    Raise ``KitError`` if a unit is unknown or if both options are set.
    """
    if without_exams and only:
        raise KitError(say("release.choice.not_both"), say("release.choice.not_both_way_out", exam=an_exam()))
    units = verify_exercises.units()
    if without_exams:
        return UnitSelection(tuple(filter(course.is_exercise, units)), mark=_WITHOUT_EXAMS)
    if only:
        named = {course.unit_named(unit) for unit in only}
        asked = tuple(unit for unit in units if unit in named)
        return UnitSelection(asked, alone=True, mark="-".join(asked))
    return everything()


def an_exam() -> str:
    """Return an exam for use as an example: the first on a role's path in ``course.toml``, or else the first exam."""
    exams = [unit for unit in verify_exercises.units() if not course.is_exercise(unit)]
    asked = (unit for path in course.settings().paths.values() for unit in path if unit in exams)
    return next(asked, next(iter(exams), _NO_EXAM))

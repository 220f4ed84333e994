"""Groups of roles with exams of their own: staff, heads of office and officers.

``thinv1`` is the first exam for staff, ``thitr1`` for heads, ``thicb1`` for officers; ``thi1`` is for everybody. The
name of an exam contains the group. A trainee's code selects the test form; the role never does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from buuchinh import course
from buuchinh.messages import say
from buuchinh.questions.dated_keys import ExamGroup

_EXAM = re.compile(r"thi([a-z]*)(\d{1,2})")


@dataclass(frozen=True)
class Group:
    """People who sit the same exams; ``mark`` is the part of the exam's name."""

    id: ExamGroup
    mark: str

    @property
    def words(self) -> str:
        """The name of the group, in words."""
        return say(f"exam.groups.{self.id}")

    @property
    def blueprint(self) -> str:
        """The path of the group's blueprint in the course."""
        return f"exam/blueprint-{self.id}.csv"


GROUPS = (Group("staff", "nv"), Group("head", "tr"), Group("officer", "cb"))


def group_of_exam(unit: str) -> Group | None:
    """Return the group of the exam ``unit``; None for an exam for everybody, and for an exercise."""
    match = _EXAM.fullmatch(unit)
    return next((group for group in GROUPS if match and group.mark == match[1]), None)


def number(unit: str) -> int | None:
    """Return the number of an exam within its group (``2`` for ``thinv2``); None where the name is no exam's."""
    match = _EXAM.fullmatch(unit)
    return int(match[2]) if match and course.graded(unit) else None


def is_for(unit: str, role: str | None) -> bool:
    """Whether people in this role sit this exam; without a role any exam is allowed."""
    group = group_of_exam(unit)
    return group is None or role is None or course.group_of(role) == group.id

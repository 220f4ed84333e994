"""Which exam is for whom: staff, heads of office and officers have a blueprint and exams of their own.

``thinv1`` is the first exam for staff, ``thitr1`` for heads, ``thicb1`` for officers; ``thi1`` is for everybody. The
name of an exam says the group. A trainee's role never picks a test form: their code does.
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
    """People who sit the same exams; ``mark`` stands in the name of the exam."""

    id: ExamGroup
    mark: str

    @property
    def words(self) -> str:
        """Who they are, in words."""
        return say(f"exam.groups.{self.id}")

    @property
    def blueprint(self) -> str:
        """The path of their blueprint in the course."""
        return f"exam/blueprint-{self.id}.csv"


GROUPS = (Group("staff", "nv"), Group("head", "tr"), Group("officer", "cb"))


def group_of_exam(unit: str) -> Group | None:
    """Return whose exam ``unit`` is; None for one that is for everybody, and for an exercise."""
    match = _EXAM.fullmatch(unit)
    return next((group for group in GROUPS if match and group.mark == match[1]), None)


def number(unit: str) -> int | None:
    """Return which of its group's exams this is (``2`` for ``thinv2``); None where the name is no exam's."""
    match = _EXAM.fullmatch(unit)
    return int(match[2]) if match and course.graded(unit) else None


def is_for(unit: str, role: str | None) -> bool:
    """Whether somebody in this role sits this exam; who has no role may sit any."""
    group = group_of_exam(unit)
    return group is None or role is None or course.group_of(role) == group.id

"""Define the groups of roles that have their own exams: staff, heads of office and officers.

An exam's name, its unit, contains its group's mark: ``thinv1`` is the first exam for staff, ``thitr1`` for heads and
``thicb1`` for officers; ``thi1`` is for everybody. A trainee's code selects the test form; the trainee's role never
does.
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
    """A group of people who sit the same exams; ``mark`` is the group's part of an exam's name."""

    id: ExamGroup
    mark: str

    @property
    def words(self) -> str:
        """The group's display name."""
        return say(f"exam.groups.{self.id}")

    @property
    def blueprint(self) -> str:
        """The path of the group's blueprint, relative to the course folder."""
        return f"exam/blueprint-{self.id}.csv"


GROUPS = (Group("staff", "nv"), Group("head", "tr"), Group("officer", "cb"))


def group_of_exam(unit: str) -> Group | None:
    """Return the group that sits the exam ``unit``, or None if it is an exam for everybody or an exercise."""
    match = _EXAM.fullmatch(unit)
    return next((group for group in GROUPS if match and group.mark == match[1]), None)


def number(unit: str) -> int | None:
    """Return the number of an exam within its group (2 for ``thinv2``), or None if ``unit`` is not an exam."""
    match = _EXAM.fullmatch(unit)
    return int(match[2]) if match and course.graded(unit) else None


def is_for(unit: str, role: str | None) -> bool:
    """Whether people with ``role`` sit the exam ``unit``; if ``role`` is None, every exam is allowed."""
    group = group_of_exam(unit)
    return group is None or role is None or course.group_of(role) == group.id

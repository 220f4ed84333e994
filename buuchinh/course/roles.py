"""Define the job roles of trainees and the groups of roles that share a path and an exam, and recognise typed roles."""

from __future__ import annotations

from buuchinh.messages import say, section
from buuchinh.text import fold

ROLES = ("clerk", "courier", "sorter", "head", "officer")
"""The roles, in the order in which they are offered."""

GROUPS = {
    "staff": ("clerk", "courier", "sorter"),
    "head": ("head",),
    "officer": ("officer",),
}
"""The roles in each group; members of a group follow the same path through the course and may take the same exam."""


def group_of(role: str) -> str:
    """Return the group that contains ``role`` (``staff`` for a courier); raise ``KeyError`` if the role is unknown."""
    return {role: group for group, roles in GROUPS.items() for role in roles}[role]


def role_title(role: str) -> str:
    """Return a role's title in Vietnamese, such as "Giao dịch viên" for ``clerk``."""
    return say(f"course.roles.title.{role}")


def role_about(role: str) -> str:
    """Return a short description of a role's work, such as "ở quầy, nhận và trả bưu gửi" for ``clerk``."""
    return say(f"course.roles.about.{role}")


def leading_role(text: str) -> str | None:
    """Return the role with which ``text`` begins ("bưu tá được giao phát KT1"), or None if it begins with no role."""
    folded = fold(text)
    known = {role: (fold(role_title(role)), *words) for role, words in section("course")["roles"]["words"].items()}
    return next((str(role) for role, words in known.items() if folded.startswith(tuple(words))), None)


def role_named(typed: str) -> str | None:
    """Return the role whose id, title or synonym was typed, or None if ``typed`` names no role."""
    asked = fold(typed)
    for role, words in section("course")["roles"]["words"].items():
        if asked in {role, fold(role_title(role)), *words}:
            return str(role)
    return None

"""The roles at work in the course, the groups that share a path and an exam, and the parsing of roles."""

from __future__ import annotations

from buuchinh.messages import say, section
from buuchinh.text import fold

ROLES = ("clerk", "courier", "sorter", "head", "officer")
"""In the order in which they are offered."""

GROUPS = {
    "staff": ("clerk", "courier", "sorter"),
    "head": ("head",),
    "officer": ("officer",),
}
"""Who takes the same path and may sit the same exam, by the group's name."""


def group_of(role: str) -> str:
    """Return the group of ``role``: ``staff`` for a courier; ``KeyError`` for an unknown role."""
    return {role: group for group, roles in GROUPS.items() for role in roles}[role]


def role_title(role: str) -> str:
    """Return the title of a role: "Giao dịch viên"."""
    return say(f"course.roles.title.{role}")


def role_about(role: str) -> str:
    """Return the workplace of a role: "ở quầy, nhận và trả bưu gửi"."""
    return say(f"course.roles.about.{role}")


def leading_role(text: str) -> str | None:
    """Return the role that ``text`` begins with ("bưu tá được giao phát KT1"); None where it begins with none."""
    folded = fold(text)
    known = {role: (fold(role_title(role)), *words) for role, words in section("course")["roles"]["words"].items()}
    return next((str(role) for role, words in known.items() if folded.startswith(tuple(words))), None)


def role_named(typed: str) -> str | None:
    """Return the role for ``typed``, an id, a title or a synonym; None for any other text."""
    asked = fold(typed)
    for role, words in section("course")["roles"]["words"].items():
        if asked in {role, fold(role_title(role)), *words}:
            return str(role)
    return None

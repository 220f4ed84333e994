"""Roles: each has one group and a title, and is read from what people write in a class list."""

from __future__ import annotations

import pytest

from buuchinh import course


def test_each_role_belongs_to_one_group() -> None:
    assert sorted(role for roles in course.GROUPS.values() for role in roles) == sorted(course.ROLES)
    assert [course.group_of(role) for role in course.ROLES] == ["staff", "staff", "staff", "head", "officer"]


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("clerk", "clerk"),
        ("Giao dịch viên", "clerk"),
        (" GDV ", "clerk"),
        ("bưu tá", "courier"),
        ("BƯU TÁ", "courier"),
        ("Khai  thác viên", "sorter"),
        ("Trưởng bưu cục", "head"),
        ("Cán bộ", "officer"),
        ("cán bộ quản lý", "officer"),
        ("giám đốc sở thú", None),
        ("", None),
    ],
)
def test_a_role_is_read_as_people_write_it(typed: str, role: str | None) -> None:
    assert course.role_named(typed) == role


def test_every_role_has_its_title() -> None:
    assert [course.role_title(role) for role in course.ROLES] == [
        "Giao dịch viên",
        "Bưu tá",
        "Khai thác viên",
        "Trưởng bưu cục",
        "Cán bộ quản lý",
    ]

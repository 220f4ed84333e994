"""A class for the desk with a deadline, in which everybody is somewhere else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import assigned_roles
from buuchinh.intake import collect, recount
from kit.classroom import UNIT, edit
from kit.desk import TEN, brought, enrol, work
from kit.handin import code_of

THERE, LATE, REFUSED, EXTENDED, ABSENT, OTHER = (code_of(number) for number in range(1, 7))
PEOPLE = (THERE, LATE, REFUSED, EXTENDED, ABSENT, OTHER)


def mixed_class(course: Path) -> Path:
    """Make a class of six: in time, late, refused, with extra time, absent, and one whose role skips the unit."""
    enrol(*PEOPLE)
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2026-11-25T10:30:00+07:00")
    edit(course / "course.toml", 'officer = ["the-khan-cap", ', f'officer = ["the-khan-cap", "{UNIT}", ')
    assigned_roles.keep(dict.fromkeys(PEOPLE[:5], "officer") | {OTHER: "clerk"})
    rows = "".join(f"{code};Nguyễn Thị {name};Bưu cục {name}\n" for code, name in zip(PEOPLE, "ABCDEG", strict=True))
    (course / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{rows}", encoding="utf-8")
    for code, hours in ((THERE, 0), (LATE, 1), (EXTENDED, 2)):
        work(course, code)
        brought(course, code, TEN + timedelta(hours=hours))
    trainee_deadline.give(UNIT, EXTENDED, TEN + timedelta(hours=3))
    recount.recount(UNIT, EXTENDED)
    stick = course / "usb"
    stick.mkdir()
    (stick / f"{UNIT}_{REFUSED}.rar").write_bytes(b"Rar!\x1a\x07\x00khong doc duoc")
    (stick / f"{UNIT} khong ma Nguyen Thi A.zip").write_bytes(b"PK\x03\x04 hong")
    assert {line.outcome for line in collect.collect(stick)} == {"refused"}
    return course

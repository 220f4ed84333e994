"""Name exercises and exams as an instructor says them: “Bài 5”, “bài tập 5”, “Thi nhân viên lần 3”."""

from __future__ import annotations

import re
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exam import exam_groups
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.parsed import parsed

_NAME = re.compile(r"(?:\b(?:[Bb]ài|[Đđ]ề) )?(?<![\w./-])(?P<unit>(?:bt\d\d|thi[a-z]*\d+))(?![\w-]|\.\w)")
"""Pattern for a unit's name in a sentence, with the word before it; not within a file's name or a question's id."""


def short(unit: str) -> str:
    """Return the name for the head of a column, such as “Bài 5” or “Thi nhân viên lần 3”."""
    return _named(unit, "short")


def spoken(unit: str) -> str:
    """Return the name for use within a sentence, such as “bài tập 5”."""
    return _named(unit, "spoken")


def after_the_word(unit: str) -> str:
    """Return the name as it follows the word “bài”, such as “5” or “thi nhân viên lần 3”."""
    return str(int(unit[2:])) if course.is_exercise(unit) else spoken(unit).partition(" ")[2]


def subject(unit: str) -> str:
    """Return the subject without the number, such as “Bưu gửi nghi vấn”; the title alone if it has no number."""
    title = full_title(unit)
    head, dot, rest = title.partition(". ")
    return rest if dot and head[-1:].isdigit() else title


def full_title(unit: str) -> str:
    """Return the title that trainees read, or the unit's name if its sheet cannot be read."""
    try:
        return parsed(_title, course.sheet_path(unit)) or unit
    except (KitError, OSError):
        return unit


def _title(path: Path) -> str:
    """Return the title in a published sheet; the keys' own files take ten times as long to read."""
    sheet = read_json(path)
    return str(sheet.get("title", "")) if isinstance(sheet, dict) else ""


def in_words(sentence: str) -> str:
    """Return a sentence with each unit as it is spoken in place of its name; one that names a command stays."""
    return sentence if "buuchinh " in sentence else _NAME.sub(_spoken, sentence)


def _spoken(found: re.Match[str]) -> str:
    if not course.graded(found["unit"]):
        return found[0]
    name = spoken(found["unit"])
    return name[:1].upper() + name[1:] if found[0][:1].isupper() else name


def _named(unit: str, kind: str) -> str:
    number = exam_groups.number(unit)
    if number is None:
        return say(f"desk.units.{kind}_exercise", number=int(unit[2:]))
    group = exam_groups.group_of_exam(unit)
    if group is None:
        return say(f"desk.units.{kind}_exam", number=number)
    return say(f"desk.units.{kind}_group_exam", group=group.words, number=number)


def in_order() -> list[str]:
    """Return the released units: exercises as on the learning paths, then others, then each exam's sittings in turn."""
    paths = course.settings().paths
    longest_first = sorted(paths.values(), key=len, reverse=True)
    wanted = [unit for path in longest_first for unit in path]
    released = course.released_units()
    on_path = [unit for unit in dict.fromkeys(wanted) if unit in released]
    found = [*on_path, *(unit for unit in released if unit not in on_path)]
    exams = [unit for unit in found if not course.is_exercise(unit)]
    groups = [exam_groups.group_of_exam(unit) for unit in exams]
    in_turn = sorted(
        exams, key=lambda one: (groups.index(exam_groups.group_of_exam(one)), exam_groups.number(one) or 0)
    )
    return [*filter(course.is_exercise, found), *in_turn]


def on_a_path(unit: str) -> bool:
    """Return whether some role learns ``unit`` on its path."""
    return any(unit in path for path in course.settings().paths.values())

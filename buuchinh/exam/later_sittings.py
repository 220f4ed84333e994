"""Find the sitting that follows another one of the same exam, and the sittings that are drawn but not released."""

from __future__ import annotations

import hashlib

from buuchinh import course
from buuchinh.exam import DEFAULT_FORMS, blueprint, exam_groups, record


def following(unit: str) -> str:
    """Return the unit of the sitting after ``unit``, such as ``thinv4`` for ``thinv3``."""
    group = exam_groups.group_of_exam(unit)
    return f"thi{group.mark if group else ''}{(exam_groups.number(unit) or 0) + 1}"


def unreleased() -> list[str]:
    """Return the exams that are drawn but not released, sorted."""
    drawn = (unit for unit in record.units() if exam_groups.number(unit) is not None)
    return [unit for unit in drawn if not course.sheet_path(unit).is_file()]


def fingerprint(unit: str) -> str:
    """Return a hash of the draw of ``unit``: of its record and of the forms that are released as they are."""
    digest = hashlib.sha256()
    for path in sorted((course.source_folder(unit) / "forms").glob("*")):
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def can_be_drawn(unit: str) -> bool:
    """Whether this copy of the course has a pool and a blueprint for the exam ``unit``; a class may lack both."""
    return bool(course.pool_paths()) and blueprint.path(exam_groups.group_of_exam(unit)).is_file()


def forms_like(unit: str) -> int:
    """Return in how many forms to draw a sitting after ``unit``: in as many as that has, if its record is here."""
    return len(record.read(unit).forms) if record.exists(unit) else DEFAULT_FORMS

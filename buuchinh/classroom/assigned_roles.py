"""Store the role that the class list assigns to each trainee, which determines the trainee's exam.

The roles are kept in ``so-cham/<code>/vai.json``. Importing a list without a role column leaves stored roles unchanged.
A trainee without a role may sit any exam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.parsed import once_a_run

FILE = "vai.json"


@once_a_run
def of(code: str) -> str | None:
    """Return a trainee's role, or None if no valid role is stored or the file is damaged."""
    try:
        role = read_record(course.outcome_path(FILE, code)).get("role")
    except KitError:
        return None
    return role if role in course.ROLES else None


def all_of(codes: Iterable[str]) -> dict[str, str]:
    """Map ``codes`` to their trainees' roles; trainees without a role are left out."""
    return {code: role for code in codes if (role := of(code))}


def keep(roles: Mapping[str, str | None]) -> None:
    """Store each trainee's role, keyed by code; None removes a stored role."""
    for code, role in roles.items():
        if not role:
            course.outcome_path(FILE, code).unlink(missing_ok=True)
        elif of(code) != role:
            write_json(course.outcome_path(FILE, code), {"role": role})

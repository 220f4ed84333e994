"""The person at this computer: trainee code and role."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import bring_guest_work, here, is_guests, place_of


def person() -> dict[str, Any]:
    """Return the owner of the notebook: ``code`` (None for a guest), ``guest``, and ``role`` (None if not chosen)."""
    code = place_of(here().name)[1]
    return {"code": code, "guest": code is None, "role": role_path.role()}


def arrive(typed: str) -> None:
    """Set the typed code and bring guest work along; raise `KitError` if the code is mistyped.

    If the notebook is a guest's, it stays in its folder while it is open, and further work is stored there until
    ``workspace.lay_out`` brings it along.
    """
    if is_guests():
        course.set_current_code(typed)
        return
    as_guest = None if course.current_code() else role_path.role()
    bring_guest_work(course.set_current_code(typed))
    if as_guest and not role_path.role():
        role_path.choose(as_guest)

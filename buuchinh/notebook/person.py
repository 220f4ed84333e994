"""The person at this computer: trainee code and role."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import bring_guest_work, here, is_guests, place_of


def person() -> dict[str, Any]:
    """Return the owner of the notebook: ``code`` (None for a guest), ``guest``, ``role`` (None: not chosen)."""
    code = place_of(here().name)[1]
    return {"code": code, "guest": code is None, "role": role_path.role()}


def arrive(typed: str) -> None:
    """Set the typed code and bring along guest work; raises ``KitError`` if the code is mistyped.

    An open notebook of a guest stays in its folder, with further work in it (``workspace.lay_out``).
    """
    if is_guests():
        course.set_current_code(typed)
        return
    as_guest = None if course.current_code() else role_path.role()
    bring_guest_work(course.set_current_code(typed))
    if as_guest and not role_path.role():
        role_path.choose(as_guest)

"""Who works at this computer: the code that was given, the role that was chosen."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import bring_guest_work, here, is_guests, place_of


def person() -> dict[str, Any]:
    """Return whose work the notebook is: ``code`` (None for a guest), ``guest``, ``role`` (None: not chosen)."""
    code = place_of(here().name)[1]
    return {"code": code, "guest": code is None, "role": role_path.role()}


def arrive(typed: str) -> None:
    """Take the code that was typed, along with what was done as a guest; ``KitError`` where it is mistyped.

    A guest's notebook that is open stays where it is, and so does all that goes on in it (``desk.lay_out``).
    """
    if is_guests():
        course.set_current_code(typed)
        return
    as_guest = None if course.current_code() else role_path.role()
    bring_guest_work(course.set_current_code(typed))
    if as_guest and not role_path.role():
        role_path.choose(as_guest)

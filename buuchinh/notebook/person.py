"""Get and set the person who works at this computer: trainee code and role."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import bring_guest_work, here, is_guests, place_of


def person() -> dict[str, Any]:
    """Return the notebook's owner as a dictionary with ``code``, ``guest`` and ``role``.

    ``code`` is None if the owner is a guest, and ``role`` is None if no role has been chosen.
    """
    code = place_of(here().name)[1]
    return {"code": code, "guest": code is None, "role": role_path.role()}


def arrive(typed: str) -> None:
    """Make the typed code the current one, and take over work done as a guest.

    If the open notebook is a guest's, it stays in the guest's folder while it is open, and further work is stored there
    until ``workspace.lay_out`` moves it to the trainee's folder. Raise ``KitError`` if the code is mistyped.
    """
    if is_guests():
        course.set_current_code(typed)
        return
    as_guest = None if course.current_code() else role_path.role()
    bring_guest_work(course.set_current_code(typed))
    if as_guest and not role_path.role():
        role_path.choose(as_guest)

"""Define the exception for refused requests, with a sentence for the user, a kind for the page and an HTTP status."""

from __future__ import annotations

from typing import Literal

from buuchinh.errors import KitError

Kind = Literal["refused", "unreachable", "outdated", "full"]


class Refused(KitError):
    """A refused request; ``needs_code`` means that it would succeed once the trainee has entered a code."""

    def __init__(self, message: str, status: int = 400, *, kind: Kind = "refused", needs_code: bool = False) -> None:
        super().__init__(message)
        self.status, self.kind, self.needs_code = status, kind, needs_code

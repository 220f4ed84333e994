"""What the server refuses: a sentence for the person, its kind for the page, its status for HTTP."""

from __future__ import annotations

from typing import Literal

from buuchinh.errors import KitError

Kind = Literal["refused", "unreachable", "outdated", "full"]


class Refused(KitError):
    """A request that is not done; ``needs_code``: it would be with a trainee's code."""

    def __init__(self, message: str, status: int = 400, *, kind: Kind = "refused", needs_code: bool = False) -> None:
        super().__init__(message)
        self.status, self.kind, self.needs_code = status, kind, needs_code

"""Define ``KitError`` and ``Problem``, which describe invalid input with its path, its line and a way to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One fault in one place; ``way_out`` says how to fix it.

    ``path`` is meant for display, and is therefore relative to the course if possible. ``line`` is 1-based, or 0 if no
    line can be named.
    """

    path: str
    line: int
    message: str
    way_out: str = ""
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        way_out = f" → {self.way_out}" if self.way_out else ""
        return f"{where}: {self.message}{way_out}" if where else f"{self.message}{way_out}"


class KitError(Exception):
    """The kit's only exception for invalid input, which carries all problems at once.

    The command line prints it without a traceback, and a notebook shows it as a plain message. Any other exception is a
    bug in the kit.
    """

    def __init__(self, problems: Iterable[Problem] | str, way_out: str = "", *, path: str = "", line: int = 0) -> None:
        """Hold ``problems`` or, if that is a message, the one problem that it and the other arguments describe."""
        if isinstance(problems, str):
            problems = [Problem(path, line, problems, way_out)]
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def _render_traceback_(self) -> list[str]:
        """Return only the message; IPython calls this instead of rendering a traceback."""
        return [str(self)]

"""``KitError`` and ``Problem``: faults of the input with path, line and way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One fault in one place, with the way out.

    ``path`` is shown to the person and therefore relative to the course where possible;
    ``line`` counts from 1, 0 where a file has no lines.
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
    """The kit's only exception for bad input: it carries all the problems at once.

    The command line prints it without a traceback; a notebook shows it as one plain
    message. Anything else that is raised is a defect of the kit.
    """

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("", 0, problems)]
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def _render_traceback_(self) -> list[str]:
        """Return the message alone for a notebook: IPython calls this instead of its traceback."""
        return [str(self)]

"""Extras of ``pyproject.toml`` that a command needs and this environment lacks.

A trainee installs the base alone. A command of an instructor imports nbgrader when it runs; where that is missing, the
import's own error names the package, and this table maps it to its extra.
"""

from __future__ import annotations

from buuchinh.errors import Problem
from buuchinh.messages import say

EXTRA_OF = {
    "nbgrader": "instructor",
    "sqlalchemy": "instructor",
    "nbconvert": "instructor",
    "openpyxl": "instructor",
    "nbclient": "author",
    "segno": "author",
    "psycopg2": "postgresql",
}
"""The extra that brings each package, by the name under which the package is imported.

``cluster`` is not here: ``execution.cluster`` asks for Dask itself, since without it the class can still be graded.
"""


def missing_extra(error: ImportError) -> Problem | None:
    """Return the problem with its way out; None where no extra would help, so that the error is a defect."""
    package = (error.name or "").partition(".")[0]
    extra = EXTRA_OF.get(package)
    if extra is None:
        return None
    return Problem("", 0, say("cli.no_extra", extra=extra, package=package), say("cli.no_extra_way_out"))

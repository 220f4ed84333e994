"""Map packages to the extras of ``pyproject.toml`` that install them, for commands whose extra is missing.

A trainee installs only the base. An instructor's command imports nbgrader when the command runs. If nbgrader is
missing, the import error names the package, and the table in this module gives the package's extra.
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
    "jupyterhub": "hub",
}
"""Maps the import name of each package to the extra that installs it.

Packages of the extra ``cluster`` are not listed: ``execution.cluster`` checks for Dask itself, since the class can be
graded without Dask.
"""


def missing_extra(error: ImportError) -> Problem | None:
    """Return a problem that names the missing extra, or None if no extra would help and the error is a bug."""
    package = (error.name or "").partition(".")[0]
    extra = EXTRA_OF.get(package)
    if extra is None:
        return None
    way_out = "cli.no_hub_way_out" if extra == "hub" else "cli.no_extra_way_out"
    return Problem("", 0, say("cli.no_extra", extra=extra, package=package), say(way_out))

"""Loader of the course's own tools, the modules of its folder ``tools/``.

The tools make files of this one course and are not installed with the package. A module that derives files must have
a name that no library uses, and define ``DERIVED``: a function for the text of each file, by its path in the course.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from buuchinh import course

FOLDER = "tools"


def derived() -> dict[str, Callable[[], str]]:
    """Return the merged ``DERIVED`` of all modules; empty where the course has no folder of tools."""
    folder = str(course.root() / FOLDER)
    if folder not in sys.path:
        sys.path.append(folder)
    makers: dict[str, Callable[[], str]] = {}
    for tool in iter_modules([folder]):
        makers |= getattr(import_module(tool.name), "DERIVED", {})
    return makers

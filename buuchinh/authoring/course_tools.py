"""Loads the course's own tools: the modules of its folder ``tools/``, of which the package knows nothing.

They make files of this one course and are not installed with the package. A module there that derives files bears a
name that no library has, and has ``DERIVED``: what makes the text of each file, by its path within the course.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from buuchinh import course

FOLDER = "tools"


def derived() -> dict[str, Callable[[], str]]:
    """Return ``DERIVED`` of all modules together; nothing where the course has no such folder."""
    folder = str(course.root() / FOLDER)
    if folder not in sys.path:
        sys.path.append(folder)
    found: dict[str, Callable[[], str]] = {}
    for tool in iter_modules([folder]):
        found |= getattr(import_module(tool.name), "DERIVED", {})
    return found

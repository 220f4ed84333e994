"""Load the course's own tools, the modules in its folder ``tools/``.

These tools generate files of this course only and are not installed with the package. A module that derives files must
have a name that no library uses and must define ``DERIVED``, which maps the path of each file, relative to the course,
to a function that returns its text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from buuchinh import course

FOLDER = "tools"


def derived() -> dict[str, Callable[[], str]]:
    """Return the merged ``DERIVED`` mappings of all modules, or an empty dict if the course has no ``tools/``."""
    folder = str(course.root() / FOLDER)
    if folder not in sys.path:
        sys.path.append(folder)
    makers: dict[str, Callable[[], str]] = {}
    for tool in iter_modules([folder]):
        makers |= getattr(import_module(tool.name), "DERIVED", {})
    return makers

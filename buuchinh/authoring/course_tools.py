"""Load the course's own tools: the modules in its folder ``tools/``, which generate files of this course only.

The tools are not installed with the package, and none of them may have the name of a library. A tool that derives files
must define ``DERIVED``, which maps each file's path, relative to the course, to a function that returns the file's
content.
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

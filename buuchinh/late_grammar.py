"""Defer loading ``rfc3987_syntax``, which takes more than half of the start time of Jupyter and nbgrader.

jsonschema imports that module whenever a notebook is read, and the module then builds 38 grammars for the format "iri",
which no notebook schema uses. The substitute defined here loads the real module when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "rfc3987_syntax"


class _Late(ModuleType):
    def is_valid_syntax(self, term: str, value: str) -> bool:
        """Return the real module's result; if that module is not installed, accept any value, as jsonschema does."""
        try:
            return bool(_real().is_valid_syntax(term, value))
        except ImportError:
            return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # attributes that import reads
            raise AttributeError(name)
        return getattr(_real(), name)


def put_off() -> None:
    """Install the substitute, unless the real module has already been loaded."""
    sys.modules.setdefault(_NAME, _Late(_NAME))


def _real() -> ModuleType:
    if isinstance(sys.modules.get(_NAME), _Late):
        del sys.modules[_NAME]
    return import_module(_NAME)

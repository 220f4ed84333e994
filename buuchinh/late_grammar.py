"""Puts off the grammars of ``rfc3987_syntax``, more than half of the seconds in which Jupyter or nbgrader starts.

jsonschema imports it wherever a notebook is read, and it builds 38 grammars at once for the format "iri", which no
schema of a notebook names. What stands in its place here loads it when somebody asks it something.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "rfc3987_syntax"


class _Late(ModuleType):
    def is_valid_syntax(self, term: str, value: str) -> bool:
        """Ask the real module; where it is not installed the format is not checked, as jsonschema has it then."""
        try:
            return bool(_real().is_valid_syntax(term, value))
        except ImportError:
            return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what import looks at
            raise AttributeError(name)
        return getattr(_real(), name)


def put_off() -> None:
    """Stand in for the module, unless it is loaded already."""
    sys.modules.setdefault(_NAME, _Late(_NAME))


def _real() -> ModuleType:
    if isinstance(sys.modules.get(_NAME), _Late):
        del sys.modules[_NAME]
    return import_module(_NAME)

"""Lazy loading of the grammars of ``rfc3987_syntax``, more than half of the start time of Jupyter and nbgrader.

jsonschema imports it wherever a notebook is read, and it builds 38 grammars at once for the format "iri", which no
schema of a notebook uses. The stand-in here loads it at its first use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "rfc3987_syntax"


class _Late(ModuleType):
    def is_valid_syntax(self, term: str, value: str) -> bool:
        """Return the real module's answer; without it the format is not checked, as in jsonschema."""
        try:
            return bool(_real().is_valid_syntax(term, value))
        except ImportError:
            return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # attributes that import reads
            raise AttributeError(name)
        return getattr(_real(), name)


def put_off() -> None:
    """Install the stand-in, unless the module is loaded already."""
    sys.modules.setdefault(_NAME, _Late(_NAME))


def _real() -> ModuleType:
    if isinstance(sys.modules.get(_NAME), _Late):
        del sys.modules[_NAME]
    return import_module(_NAME)

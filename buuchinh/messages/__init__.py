"""Every sentence that a trainee, an instructor or an author reads, in one place.

The sentences stand in TOML files beside this module, one file a room of the package
(``law.toml`` for ``law.py`` and so on). The part of a key before the first dot names
the file: ``say("law.unknown", id="X")`` reads ``unknown`` in ``law.toml``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from buuchinh.text import visible


@cache
def section(name: str) -> dict[str, Any]:
    """Return one file of sentences as nested dictionaries, for a front end to take whole."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, /, **values: object) -> str:
    """Return the sentence ``key`` with ``values`` filled in, which may come from anybody (``text.visible``).

    Raises ``KeyError`` for a key that does not exist: a slip of ours, never a user's.
    """
    file, *path = key.split(".")
    found: Any = section(file)
    for step in path:
        found = found[step]
    if not isinstance(found, str):
        raise KeyError(key)
    return found.format(**{name: _harmless(value) for name, value in values.items()})


def _harmless(value: object) -> object:
    return visible(str(value), lines=True) if isinstance(value, str | PurePath | Exception) else value

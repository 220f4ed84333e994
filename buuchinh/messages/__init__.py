"""Look up the sentences that trainees, instructors and authors read.

The sentences are in ``vi/<room>.toml``, one file per package. The part of a key before the first dot names the file,
and the rest names the tables in it: ``say("intake.collect.nobody")`` reads ``nobody`` from the table ``collect`` of
``vi/intake.toml``. A command's help text is below ``cli.<command>``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from buuchinh.text import visible

_MOST_LISTED = 5


@cache
def _room(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath("vi", f"{name}.toml").read_text(encoding="utf-8"))


def section(key: str) -> dict[str, Any]:
    """Return all sentences below ``key`` (such as ``"results.feedback"``) as nested dictionaries."""
    room, *path = key.split(".")
    table = _room(room)
    for step in path:
        table = table[step]
    return table


def say(key: str, /, **values: object) -> str:
    """Return the sentence stored under ``key``, with ``values`` filled in.

    Values may come from untrusted sources, so they are cleaned with ``text.visible``. Raise ``KeyError`` if the key is
    missing, which is always a bug in the kit.
    """
    table, _, name = key.rpartition(".")
    sentence = section(table)[name]
    if not isinstance(sentence, str):
        raise KeyError(key)
    return sentence.format(**{value: _harmless(given) for value, given in values.items()})


def listed(names: Iterable[str]) -> str:
    """Return ``names`` on one line; a long list is cut to its first names, followed by the number of the others."""
    every = list(names)
    if len(every) <= _MOST_LISTED + 1:
        return ", ".join(every)
    return say("course.and_more", names=", ".join(every[:_MOST_LISTED]), count=len(every) - _MOST_LISTED)


def _harmless(value: object) -> object:
    return visible(str(value), lines=True) if isinstance(value, str | PurePath | Exception) else value

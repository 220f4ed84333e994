"""Gives the bundled scripts and style sheets of ``dist/``; ``bundle.js`` beside this file makes them from ``src/``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_HERE = files(__package__)


@cache
def bundle(name: str) -> str:
    """Return a file of ``dist/`` as text: “page.js” is a plain script, “notebook-start.js” a module."""
    return _HERE.joinpath("dist", name).read_text(encoding="utf-8")


def style() -> str:
    """Return the style sheet of questions of every type."""
    return bundle("question.css")

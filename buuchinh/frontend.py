"""The bundled scripts and style sheets of ``learner/dist``, made by ``learner/bundle.js``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_DIST = files("buuchinh").joinpath("learner", "dist")


@cache
def bundle(name: str) -> str:
    """Return a file of ``dist/`` as text: “page.js” is a plain script, “notebook-bars.js” a module."""
    return _DIST.joinpath(name).read_text(encoding="utf-8")


def style() -> str:
    """Return the style sheet of questions of every type, with the colours and sizes that all screens share."""
    return bundle("tokens.css") + "\n" + bundle("question.css")

"""Read the bundled scripts and style sheets in ``learner/dist``, which ``learner/bundle.js`` builds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_DIST = files("buuchinh").joinpath("learner", "dist")


@cache
def bundle(name: str) -> str:
    """Return a file in ``dist/`` as text: "page.js" is a plain script, "notebook-bars.js" a module."""
    return _DIST.joinpath(name).read_text(encoding="utf-8")


def style() -> str:
    """Return the style sheet for questions of every type, with the colours and sizes shared by all screens."""
    return bundle("tokens.css") + "\n" + bundle("question.css")

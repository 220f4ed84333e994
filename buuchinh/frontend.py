"""Read the bundled scripts and style sheets in ``learner/dist``, which ``learner/bundle.js`` builds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_DIST = files("buuchinh").joinpath("learner", "dist")


@cache
def bundle(name: str) -> str:
    """Return a file from ``dist/`` as text, such as "page.js" (a plain script) or "notebook-bars.js" (a module)."""
    return _DIST.joinpath(name).read_text(encoding="utf-8")


def has(name: str) -> bool:
    """Whether ``dist/`` holds a file: what only authors need is not handed out to trainees."""
    return _DIST.joinpath(name).is_file()


def style() -> str:
    """Return the style sheet for all question types, with the colours and sizes that all screens share."""
    return bundle("tokens.css") + "\n" + bundle("question.css")

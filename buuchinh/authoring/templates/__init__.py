"""The templates that explain themselves, and how they are filled in: ``$unit``, ``$id`` and ``$title``."""

from __future__ import annotations

from importlib.resources import files
from string import Template


def kinds() -> list[str]:
    """Return the types of question that have a template; ``manual`` is a text that a person grades.

    None in a trainees' bundle, which holds no templates but has the same command line.
    """
    folder = files(__name__).joinpath("question")
    if not folder.is_dir():
        return []
    return sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml"))


def filled(*steps: str, **values: str) -> str:
    """Return the template at ``steps`` with ``values`` in their places."""
    text = files(__name__).joinpath(*steps).read_text(encoding="utf-8")
    return Template(text).substitute(values)

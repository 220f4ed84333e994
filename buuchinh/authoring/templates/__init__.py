"""Fill in the templates of new files, which have the placeholders ``$unit``, ``$id`` and ``$title``.

The templates of a lesson, an exercise and a question file are in this folder; the template of a question is in the
folder of its question type.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from buuchinh.questions import types

_QUESTION = "template"


def kinds() -> list[str]:
    """Return the kinds of question that have a template: all question types, and ``manual`` and ``task`` for ``text``.

    The list is empty in a trainees' bundle, which has the same command line but no templates.
    """
    return sorted(_questions())


def filled(*steps: str, **values: str) -> str:
    """Return the template at the path ``steps``, relative to this folder, with ``values`` filled in."""
    return _filled(files(__name__).joinpath(*steps), values)


def question(kind: str, question_id: str) -> str:
    """Return the template of a question of ``kind``, one of ``kinds()``, with the question's id filled in."""
    return _filled(_questions()[kind].joinpath(_file(kind, _questions()[kind].name)), {"id": question_id})


def drawing(kind: str) -> str | None:
    """Return the initial SVG drawing of a question of ``kind``, or None if that kind needs no drawing."""
    path = _questions()[kind].joinpath(f"{_QUESTION}.svg")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _questions() -> dict[str, Traversable]:
    """Map each kind of question to the folder of its question type.

    In that folder, ``template.yml`` is the template of the type itself; ``template-<kind>.yml`` is for another kind.
    """
    folders = {}
    for name in types.names():
        folder = files(types.__name__).joinpath(name)
        for entry in folder.iterdir():
            stem, _, suffix = entry.name.rpartition(".")
            if suffix == "yml" and (stem == _QUESTION or stem.startswith(f"{_QUESTION}-")):
                folders[stem.removeprefix(_QUESTION).removeprefix("-") or name] = folder
    return folders


def _file(kind: str, type_name: str) -> str:
    return f"{_QUESTION}.yml" if kind == type_name else f"{_QUESTION}-{kind}.yml"


def _filled(path: Traversable, values: dict[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(values)

"""Templates of new files and their placeholders ``$unit``, ``$id`` and ``$title``.

Templates of a lesson, an exercise and a file of questions are here, those of a question in the folder of its type.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from buuchinh.questions import types

_QUESTION = "template"


def kinds() -> list[str]:
    """Return the kinds of question that have a template: types, and ``manual`` and ``task`` of type ``text``.

    None in a trainees' bundle, which holds no templates but has the same command line.
    """
    return sorted(_questions())


def filled(*steps: str, **values: str) -> str:
    """Return the template at ``steps`` with ``values`` filled in."""
    return _filled(files(__name__).joinpath(*steps), values)


def question(kind: str, question_id: str) -> str:
    """Return the template of a question of one of ``kinds()``."""
    return _filled(_questions()[kind].joinpath(_file(kind, _questions()[kind].name)), {"id": question_id})


def drawing(kind: str) -> str | None:
    """Return the initial drawing of a question of that kind, None where it needs none."""
    path = _questions()[kind].joinpath(f"{_QUESTION}.svg")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _questions() -> dict[str, Traversable]:
    """Return the folder of each kind: ``template.yml`` is the type's own, ``template-<kind>.yml`` a further one."""
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

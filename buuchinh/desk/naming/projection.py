"""Remove people's names from every screen while the desk is projected (“Chiếu”), whatever page asks.

The switch is a file, ``.jupyter/chieu.json``, so that names do not come back in front of a class when the server is
started again or a backup is restored.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from buuchinh import course
from buuchinh.desk.naming.hidden_names import HiddenNames
from buuchinh.files import write_json
from buuchinh.personal_data.names import Names
from buuchinh.text import nfc, visible

FILE = "chieu.json"
T = TypeVar("T")


def on() -> bool:
    """Return whether names are removed from the screens now."""
    return _path().exists()


def switch(*, to: bool) -> None:
    """Switch projection on or off."""
    if to:
        write_json(_path(), {"on": True})
    else:
        _path().unlink(missing_ok=True)


def names_to_show() -> Names:
    """Return the class's names with offices, or the offices alone while the desk is projected."""
    people = Names.read()
    return Names(replace(one, name="") for one in people) if on() else people


def labels(_: object = None) -> dict[str, str]:
    """Map codes to names with offices, or to offices while the desk is projected; the argument is for templates."""
    return {one.code: one.label for one in names_to_show()}


def without_names(payload: Any) -> Any:
    """Return ``payload`` with each name of the class taken out of its texts, such as the names of refused files."""
    return _blanked(payload, HiddenNames(Names.read()))


def shown(payload: T) -> T:
    """Return ``payload``, without names while the desk is projected."""
    found: T = without_names(payload) if on() else payload
    return found


def file_name(name: str) -> str:
    """Return a file's name without signs that turn it round and, while the desk is projected, without names."""
    name = nfc(visible(name))
    return HiddenNames(Names.read(), of_file=True).blanked(name) if on() else name


def _blanked(value: Any, names: HiddenNames) -> Any:
    if isinstance(value, str):
        return names.blanked(value)
    if isinstance(value, dict):
        return {key: _blanked(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blanked(inner, names) for inner in value]
    return value


def _path() -> Path:
    return course.root() / course.JUPYTER / FILE

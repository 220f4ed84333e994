"""The front end as one ECMAScript module and one style sheet, joined from the files beside this one and of each type.

Convention of those files: ``import { … } from "./x.js";`` (a relative path, on one line or several), ``export
function`` or ``export const``, and names that differ across all files. So joining is dropping
imports and ``export`` in an order in which each file follows those it imports; no
build step, and the module runs inline on ``file://``, where browsers refuse module files.
A type's ``view.js`` and ``score.js`` register themselves (``registry.js``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from buuchinh.messages import section
from buuchinh.questions import types

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[./\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_FOLDER = files(__package__)
_PACKAGE = Path(__file__).parents[2]
_DOORS = "\nexport { mount, parseNumber, score };\nexport default { render };\n"


@cache
def module() -> str:
    """Return the front end as one module that exports ``mount``, ``score`` and anywidget's ``render``."""
    return joined(texts()) + _DOORS


def texts(*more: Path) -> dict[str, str]:
    """Return the front end's files by their paths within the package, and those of the folders ``more`` of it."""
    names = [file.name for file in _FOLDER.iterdir() if file.name.endswith(".js")]
    found = {f"questions/browser/{name}": _read(name) for name in names}
    found |= {f"questions/types/{path}": text for path, text in _of_types(".js").items()}
    for folder in more:
        place = folder.relative_to(_PACKAGE).as_posix()
        found |= {f"{place}/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.js")}
    return found


def joined(texts: Mapping[str, str]) -> str:
    """Join files of that convention, by their paths, into one text in which each follows those it imports.

    Raises ``ValueError`` where two files declare one name: within one text the later would hide the earlier.
    """
    needs = {
        name: {normpath(join(dirname(name), imported)) for imported in _IMPORT.findall(texts[name])}
        for name in sorted(texts)
    }
    told: dict[str, str] = {}
    for name in sorted(texts):
        for declared in _DECLARED.findall(texts[name]):
            if declared in told:
                raise ValueError(f"{declared} is declared in {told[declared]} and in {name}: all files become one")
            told[declared] = name
    order = TopologicalSorter(needs).static_order()
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", texts[name])).strip() for name in order)


def dom() -> str:
    """Return ``dom.js``, the building blocks that the other widgets of a notebook share."""
    return _read("dom.js")


@cache
def style() -> str:
    """Return the style sheet, for the widget and for pages."""
    return "\n".join([_read("question.css"), *_of_types(".css").values()])


def words() -> dict[str, Any]:
    """Return every sentence that the front end shows."""
    return section("questions.frontend")


def _of_types(ending: str) -> dict[str, str]:
    """Return the texts of the types' files with that ending, by their path within ``types/``."""
    folder = files(types.__name__)
    return {
        f"{name}/{file.name}": file.read_text(encoding="utf-8")
        for name in types.names()
        for file in sorted(folder.joinpath(name).iterdir(), key=lambda file: file.name)
        if file.name.endswith(ending)
    }


def _read(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")

"""Draw the picture of a lesson's opening case, leaving out the parts of the drawing that the lesson teaches later.

``lessons/mo-bai.toml`` names the drawing and the parts to leave out. A case that is not in that file has no picture.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.questions.types.picture import drawing

FILE = "mo-bai.toml"


def paths() -> list[Path]:
    """Return the source files of the pictures: the TOML file and the drawings that it names."""
    return [_path(), *(_folder() / str(row.get("picture")) for row in _table().values())] if _path().is_file() else []


def pictures(cases: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the picture (``svg``) and its description (``alt``) for each of ``cases`` that has a picture."""
    table = _table()
    return {name: _picture(name, table[name]) for name in cases if name in table}


def _path() -> Path:
    return course.root() / course.LESSONS / FILE


def _folder() -> Path:
    return course.root() / course.LESSONS / "hinh"


def _table() -> dict[str, dict[str, Any]]:
    if not _path().is_file():
        return {}
    try:
        table = tomllib.loads(read_text(_path()))
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error)) from error
    for name, row in table.items():
        if not isinstance(row, dict):
            raise _fault(say("site.openings.no_case", name=name))
    return table


def _picture(name: str, row: dict[str, Any]) -> dict[str, str]:
    try:
        svg = drawing.read(str(row["picture"]), [_folder()])
        left_out, alt = list(row["without"]), str(row["alt"])
    except KeyError as error:
        raise _fault(say("site.openings.lacks", case=name, name=error.args[0])) from error
    except (TypeError, ValueError) as error:
        raise _fault(f"[{name}] {error}") from error
    if faults := drawing.faults(svg, left_out):
        raise _fault(f"[{name}] {'; '.join(faults)}")
    return {"svg": drawing.without(svg, left_out), "alt": alt}


def _fault(message: str) -> KitError:
    return KitError(message, path=f"{course.LESSONS}/{FILE}")

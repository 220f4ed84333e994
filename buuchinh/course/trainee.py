"""The code of the trainee at this computer, kept in ``bai-lam/hoc-vien.json``."""

from __future__ import annotations

from pathlib import Path

from buuchinh.codes import normalise
from buuchinh.course.layout import OWNER, WORK, root
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json


def code_path() -> Path:
    """Return the file that keeps the code of the trainee at this computer."""
    return root() / WORK / OWNER


def current_code() -> str | None:
    """Return the code of the trainee at this computer, None before one was given."""
    path = code_path()
    if not path.exists():
        return None
    try:
        return normalise(str(read_json(path)["code"]))
    except (KitError, KeyError, TypeError):
        return None


def set_current_code(typed: str) -> str:
    """Keep the code of the trainee at this computer and return it; ``KitError`` where it is mistyped.

    Answers given before stay where they are while they are open; ``notebook.desk.lay_out`` moves them.
    """
    code = normalise(typed)
    write_json(code_path(), {"code": code})
    return code

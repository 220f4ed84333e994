"""The code of the trainee at this computer, stored in ``bai-lam/hoc-vien.json``."""

from __future__ import annotations

from pathlib import Path

from buuchinh.codes import normalise
from buuchinh.course.layout import GUEST, OWNER, WORK, root, workplace
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json


def code_path() -> Path:
    """Return the file with the code of the trainee at this computer."""
    return root() / WORK / OWNER


def current_code() -> str | None:
    """Return the code of the trainee at this computer, None before one was entered."""
    return _code_in(code_path())


def _code_in(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        return normalise(str(read_json(path)["code"]))
    except (KitError, KeyError, TypeError):
        return None


def set_current_code(typed: str) -> str:
    """Store the code of the trainee at this computer and return it; ``KitError`` where it is mistyped.

    Earlier work of a guest becomes this trainee's alone: it is marked at once, and stays in place while it is open;
    ``notebook.workspace.lay_out`` moves it.
    """
    code = normalise(typed)
    earlier = current_code()
    for folder in sorted((root() / WORK / GUEST).glob("*")):
        if folder.is_dir() and not (folder / OWNER).exists():
            write_json(folder / OWNER, {"code": earlier or code})
    write_json(code_path(), {"code": code})
    return code


def forget_current_code() -> None:
    """Remove the code of the trainee at this computer; all work stays in place."""
    code_path().unlink(missing_ok=True)


def guest_owner(unit: str) -> str | None:
    """Return the code of the guest who began ``unit`` and entered a code since, None without one."""
    return _code_in(workplace(None, unit) / OWNER)

"""Store the code of the trainee who uses this computer, in ``bai-lam/hoc-vien.json``."""

from __future__ import annotations

from pathlib import Path

from buuchinh.codes import normalise
from buuchinh.course.layout import GUEST, OWNER, WORK, root, workplace
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json


def code_path() -> Path:
    """Return the path of the file that stores the code of the trainee at this computer."""
    return root() / WORK / OWNER


def current_code() -> str | None:
    """Return the code of the trainee at this computer, or None if no valid code has been entered."""
    return _code_in(code_path())


def _code_in(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        return normalise(str(read_json(path)["code"]))
    except (KitError, KeyError, TypeError):
        return None


def set_current_code(typed: str) -> str:
    """Store the code of the trainee at this computer and return it; raise ``KitError`` if the code is mistyped.

    Work begun as a guest is assigned to this trainee, or to the previous one if a code was already set. The work is
    marked at once, but it stays in place while it is open, until ``notebook.workspace.lay_out`` moves it.
    """
    code = normalise(typed)
    earlier = current_code()
    for folder in sorted((root() / WORK / GUEST).glob("*")):
        if folder.is_dir() and not (folder / OWNER).exists():
            write_json(folder / OWNER, {"code": earlier or code})
    write_json(code_path(), {"code": code})
    return code


def forget_current_code() -> None:
    """Delete the stored code of the trainee at this computer, leaving all work in place."""
    code_path().unlink(missing_ok=True)


def guest_owner(unit: str) -> str | None:
    """Return the code of the trainee who began ``unit`` as a guest and later entered a code, or None if nobody did."""
    return _code_in(workplace(None, unit) / OWNER)

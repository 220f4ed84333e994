"""Atomic writing of files: a temporary file beside the target, then one rename."""

from __future__ import annotations

import contextlib
import errno
import json
import math
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_CAUSES = {
    "missing": ("ENOENT", "ENXIO", "ESTALE"),
    "denied": ("EACCES", "EPERM"),
    "busy": ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK"),
    "full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "read_only": ("EROFS",),
    "name": ("ENAMETOOLONG", "EINVAL", "EILSEQ", "ELOOP"),
    "kind": ("EISDIR", "ENOTDIR"),
    "device": ("EIO", "ENODEV", "ENOMEDIUM"),
    "many": ("EMFILE", "ENFILE"),
    "network": ("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN", "ECONNRESET", "ENOTCONN"),
}
_CAUSE_OF = {
    number: cause for cause, names in _CAUSES.items() for name in names if (number := getattr(errno, name, None))
}
UNFINISHED = ".dang-ghi-"
"""How the name of a folder begins that is still being written."""
_SHARING = frozenset({32, 33})
"""Windows: another program has the file open, which it says as "access denied"."""
_HELD = _SHARING | {5}
_TRIES, _PAUSE = 8, 0.1
"""How often, and after how many seconds, Windows is asked again for a file that a virus scanner holds for a moment."""
_LEFT = re.compile(r"\..+\.\w+\.[a-z0-9_]{8}")
"""The name of a temporary file of ``write_bytes``."""


def reason(error: OSError) -> str:
    """Return the reason of a refused file in Vietnamese, with the system's error name in brackets."""
    windows = getattr(error, "winerror", None)
    cause = "busy" if windows in _SHARING else _CAUSE_OF.get(error.errno or 0, "other")
    name = errno.errorcode.get(error.errno or 0) or type(error).__name__
    return f"{say(f'files.os.{cause}')} ({name})"


def write_bytes(path: Path, data: bytes, *, private: bool = False, lasting: bool = True) -> None:
    """Replace ``path`` with ``data`` in one step; after a crash either the old or the new content exists.

    Only the owner may read a ``private`` file. Without ``lasting``, for files that can be made again, the disk is not
    waited for, and a power cut may leave an empty file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if os.name == "posix" and not private:
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(name, 0o666 & ~umask)  # mkstemp sets 0o600, which hides the file from the class
        rename(Path(name), path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def rename(source: Path, target: Path) -> None:
    """Replace ``target`` by ``source``; on Windows repeat the attempt while another process holds one of them."""
    for number in range(_TRIES):
        try:
            os.replace(source, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or number == _TRIES - 1:
                raise
            time.sleep(_PAUSE)


@contextlib.contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder to fill, which replaces ``target`` in one rename when the body ends.

    It is made beside ``target``, whose old content is moved aside first, so that another process sees the old folder or
    the new one. Where the body fails, it is removed and ``target`` stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=UNFINISHED))
    try:
        fresh, old = scratch / "moi", scratch / "cu"
        fresh.mkdir()
        yield fresh
        if target.exists():
            rename(target, old)
        try:
            rename(fresh, target)
        except OSError:
            if old.exists():
                rename(old, target)
            raise
    finally:
        with contextlib.suppress(OSError):
            remove_tree(scratch)


def remove_unfinished(parent: Path, *, below: bool = False) -> None:
    """Remove the remains of ``whole_folder`` by killed processes in ``parent``, where no other process writes.

    With ``below`` all folders below it are searched too, also for remains of single files.
    """
    for folder, names, files in os.walk(parent):
        for name in [name for name in names if name.startswith(UNFINISHED)]:
            names.remove(name)
            with contextlib.suppress(OSError):
                remove_tree(Path(folder) / name)
        if not below:
            return
        for name in filter(_LEFT.fullmatch, files):
            with contextlib.suppress(OSError):
                (Path(folder) / name).unlink()


def remove_tree(folder: Path) -> None:
    """Remove a folder with all its contents, including read-only files, which Windows otherwise refuses.

    Nothing happens where there is none; raises ``OSError`` for files that cannot be removed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.lexists(folder):
        return
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            with contextlib.suppress(OSError):
                path.chmod(path.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(folder)


def read_text(path: Path, shown: str = "") -> str:
    """Return a text file that a person wrote, UTF-8 with or without a BOM; ``KitError`` for other encodings.

    The error calls it ``shown``, or else by its name.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Problem(shown or path.name, 0, say("files.not_utf8"), say("files.not_utf8_way_out"))
        raise KitError([fault]) from error


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with Unix line ends, in one step."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` as readable JSON (UTF-8, two spaces, keys in the order given), in one step."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def read_json(path: Path, *, at_most: int = 8_000_000) -> Any:
    """Return the value of a JSON file from an untrusted source.

    Raises ``KitError`` where the file is missing, larger than ``at_most`` bytes, not UTF-8 (a byte order mark is
    allowed) or not JSON; NaN, Infinity and 1e999 are not.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # ``read(n)`` takes memory for n bytes, however few there are
            data = file.read(min(size, at_most) + 1)
        if len(data) > at_most:
            raise KitError([Problem(path.name, 0, say("files.too_large", limit=at_most // 1_000_000))])
        return loads(data.decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise KitError([Problem(path.name, 0, say("files.missing"))]) from error
    except json.JSONDecodeError as error:
        fault = Problem(path.name, error.lineno, say("files.not_json"), say("files.not_json_way_out"))
        raise KitError([fault]) from error
    except (ValueError, RecursionError) as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.not_json_way_out"))]) from error
    except OSError as error:
        raise KitError([Problem(path.name, 0, say("files.unreadable", reason=reason(error)))]) from error


def read_record(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file of the kit; empty where there is none yet.

    Raises ``KitError`` where the file is damaged: treating it as empty would overwrite its contents.
    """
    if not path.exists():
        return {}
    stored = read_json(path)
    if not isinstance(stored, dict):
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))])
    return stored


def loads(text: str, *, parse_int: Callable[[str], int] = int) -> Any:
    """Parse JSON; ``ValueError`` for invalid JSON, NaN and 1e999 included, ``RecursionError`` for too deep nesting."""
    return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, parse_int=parse_int)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value

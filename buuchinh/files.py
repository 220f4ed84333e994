"""Read and write files safely: data is written to a temporary file beside the target, which is then renamed."""

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
from functools import cache
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
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
"""Prefix of the name of a folder that is still being written."""
_SHARING = frozenset({32, 33})
"""Windows error numbers if another program has the file open; Python reports them as "access denied"."""
_HELD = _SHARING | {5}
_TRIES, _PAUSE = 8, 0.1
"""Number of attempts, and seconds between them, for when a virus scanner on Windows briefly holds a file."""
_OLD = "truoc"
"""The subfolder of an unfinished folder in which ``whole_folder`` keeps what it is about to replace, under its name."""
_UMASK = os.umask(0)
os.umask(_UMASK)  # it can be read only by setting it, for the whole process: once, before there are threads
PRIVATE = 0o600
"""Rights of a file that its owner alone may read."""
TEMPORARY = re.compile(r"\..+\.\w+\.[a-z0-9_]{8}")
"""Pattern for the name of a temporary file that ``write_bytes`` creates."""


def reason(error: OSError) -> str:
    """Return why the system refused a file, in Vietnamese, with the name of the error in parentheses."""
    windows = getattr(error, "winerror", None)
    cause = "busy" if windows in _SHARING else _CAUSE_OF.get(error.errno or 0, "other")
    name = errno.errorcode.get(error.errno or 0) or type(error).__name__
    return f"{say(f'files.os.{cause}')} ({name})"


def write_bytes(path: Path, data: bytes, *, mode: int | None = None, lasting: bool = True) -> None:
    """Replace ``path`` with ``data`` atomically; after a crash, either the old or the new content exists.

    ``mode`` are the file's rights (not on Windows), by default those that the umask leaves of 0o666. With
    ``lasting=False``, for files that can be regenerated, the data is not flushed to disk, so a power cut may leave an
    empty file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if os.name == "posix":  # mkstemp sets 0o600, which hides the file from the class
            os.chmod(name, 0o666 & ~_UMASK if mode is None else mode)
        rename(Path(name), path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def rename(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, replacing it; on Windows, retry while another process holds either file."""
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
    """Yield an empty folder to fill, which replaces ``target`` when the ``with`` block ends.

    The new folder is created beside ``target``. If the block raises an exception, the new folder is removed and
    ``target`` remains unchanged. The old folder is moved aside just before the new one takes its place; if the process
    is killed between the two, ``remove_unfinished`` puts the old one back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=UNFINISHED))
    try:
        fresh, old = scratch / "moi", scratch / _OLD / target.name
        fresh.mkdir()
        yield fresh
        if target.exists():
            old.parent.mkdir()
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


def remove_unfinished(parent: Path, *, below: bool = False, files: bool = False, skip: Path | None = None) -> None:
    """Remove what ``whole_folder`` left behind in ``parent`` when a process was killed, and put old folders back.

    No other process may write in ``parent`` meanwhile. With ``files``, also remove temporary files of ``write_bytes``.
    With ``below``, do both in all subfolders too, except in ``skip``.
    """
    for folder, names, found in os.walk(parent):
        names[:] = [name for name in names if Path(folder) / name != skip]
        for name in [name for name in names if name.startswith(UNFINISHED)]:
            names.remove(name)
            with contextlib.suppress(OSError):
                _put_back(Path(folder) / name / _OLD, Path(folder))
                remove_tree(Path(folder) / name)
        for name in filter(TEMPORARY.fullmatch, found) if below or files else ():
            with contextlib.suppress(OSError):
                (Path(folder) / name).unlink()
        if not below:
            return


def _put_back(old: Path, parent: Path) -> None:
    for moved in old.iterdir() if old.is_dir() and not old.is_symlink() else ():
        if not (parent / moved.name).exists():
            rename(moved, parent / moved.name)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all its contents, including read-only files, which Windows would refuse to delete.

    Do nothing if the folder does not exist. Raise ``OSError`` if any file cannot be removed.
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
    """Return the contents of a hand-written UTF-8 file, without the byte order mark that some editors add.

    Raise ``KitError`` for any other encoding. Its message calls the file ``shown`` or, if that is "", by its own name.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KitError(say("files.not_utf8"), say("files.not_utf8_way_out"), path=shown or path.name) from error


def write_text(path: Path, text: str) -> None:
    """Write ``text`` atomically as UTF-8, without translating line endings."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` atomically as indented JSON (UTF-8, two spaces, keys in the order given)."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def read_json(path: Path, *, at_most: int = 8_000_000) -> Any:
    """Parse a JSON file from an untrusted source, and return its value.

    Raise ``KitError`` if the file is missing, larger than ``at_most`` bytes, not UTF-8 (a byte order mark is allowed)
    or not JSON. NaN, Infinity and numbers too large for a float (1e999) are rejected.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # ``read(n)`` takes memory for n bytes, however few there are
            data = file.read(min(size, at_most) + 1)
        if len(data) > at_most:
            raise KitError(say("files.too_large", limit=at_most // 1_000_000), path=path.name)
        return loads(data.decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise KitError(say("files.missing"), path=path.name) from error
    except json.JSONDecodeError as error:
        raise KitError(
            say("files.not_json"), say("files.not_json_way_out"), path=path.name, line=error.lineno
        ) from error
    except (ValueError, RecursionError) as error:
        raise KitError(say("files.not_json"), say("files.not_json_way_out"), path=path.name) from error
    except OSError as error:
        raise KitError(say("files.unreadable", reason=reason(error)), path=path.name) from error


def read_record(path: Path) -> dict[str, Any]:
    """Return the object in one of the kit's own JSON files, or an empty dictionary if the file does not exist.

    Raise ``KitError`` if the file is damaged; if it were treated as empty, its contents would be overwritten.
    """
    if not path.exists():
        return {}
    stored = read_json(path)
    if not isinstance(stored, dict):
        raise KitError(say("files.not_json"), say("files.kept_way_out"), path=path.name)
    return stored


def modified_at(path: str) -> int | None:
    """Return when a file or folder changed, in nanoseconds, or None; of hundreds, a ``Path`` each would take longer."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116
    except OSError:
        return None


def sound_record(path: Path) -> dict[str, Any]:
    """Return the object in one of the kit's own JSON files, or {} if it does not exist or is damaged; for readers."""
    try:
        return read_record(path)
    except KitError:
        return {}


def loads(text: str, *, parse_int: Callable[[str], int] = int) -> Any:
    """Parse JSON, rejecting NaN and numbers too large for a float.

    Raise ``ValueError`` for invalid JSON, NaN and 1e999, or ``RecursionError`` if it is nested too deeply.
    """
    return _decoder(parse_int).decode(text)


@cache
def _decoder(parse_int: Callable[[str], int]) -> json.JSONDecoder:
    return json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite, parse_int=parse_int)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value

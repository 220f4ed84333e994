"""A copy of the course to run journeys in, and a JupyterLab as ``buuchinh lab`` starts it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from buuchinh import disk_cache
from buuchinh.locks import locked
from kit.classroom import released_long_ago

ROOT = Path(__file__).resolve().parents[2]
_START = "lessons/00-bat-dau.ipynb"


def missing(what: str) -> None:
    """Skip a test by name on a person's machine; on CI, where everything is installed, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"not installed: {what}")
    pytest.skip(f"not installed: {what}")


def copy_course(target: Path) -> Path:
    """Copy what a clone would hold to ``target``: no ignored files, so nobody's work and no gradebook.

    Its releases are of a day before the hours at which tests hand in. What the package keeps under hashes of its
    inputs comes along, since whoever works in a course has it: each copy would make the same pages anew.
    """
    names = [name for name in _cloned() if (ROOT / name).is_file()]
    for folder in {target / Path(name).parent for name in names}:
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy2(ROOT / name, target / name)
    shutil.copytree(_filled_cache(), target / disk_cache.FOLDER, ignore=_unfinished)
    released_long_ago(target)
    return target


@cache
def _filled_cache() -> Path:
    """Return the cache of the course that is tested, filled once: the first process builds its pages, others wait."""
    from buuchinh.site import build

    folder = ROOT / disk_cache.FOLDER
    with pytest.MonkeyPatch.context() as patch, locked(folder / "tests.lock"):
        patch.setenv("BUUCHINH_COURSE", str(ROOT))
        build.contents(public=False)
    return folder


def _unfinished(_folder: str, names: list[str]) -> list[str]:
    """Return what another process is about to rename into place, and locks."""
    return [name for name in names if name != ".gitignore" and not name.endswith(".json")]


@cache
def _cloned() -> list[str]:
    """Ask git, once a process, what a clone would hold; without tests and benchmarks, which no copy runs."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", ":!tests", ":!benchmarks"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    ).stdout  # fmt: skip
    return [name for name in listed.split("\0") if name]


def run(root: Path, *arguments: str, expect: int = 0) -> str:
    """Run a command as an instructor does, in the course's folder."""
    environment = {**os.environ, "BUUCHINH_COURSE": str(root), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=1200, check=False,
    )  # fmt: skip
    assert done.returncode == expect, (arguments, done.stdout, done.stderr)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the address that it printed, and the course that it serves."""

    address: str
    course: Path

    def page(self, path: str) -> str:
        """Return the address of the notebook ``path``, with the token."""
        server, token = self._parts()
        return f"{server}/doc/tree/{path}{token}"

    def empty(self) -> None:
        """End its kernels and remove what was done in it: the next one comes to a course where nobody has worked."""
        for session in self._asked("GET", "api/sessions"):
            self._asked("DELETE", f"api/sessions/{session['id']}")
        shutil.rmtree(self.course / "bai-lam", ignore_errors=True)

    def begun(self, unit: str, code: str | None = None) -> str:
        """Lay out a unit as a press on its card does, for whoever gave ``code``; return the address of its notebook."""
        if code:
            self._asked("PUT", "buuchinh/api/person", {"notebook": _START, "code": code})
        laid_out = self._asked("POST", "buuchinh/api/workspace", {"notebook": _START, "unit": unit})
        return self.page(laid_out["path"])

    def _asked(self, method: str, path: str, given: dict[str, str] | None = None) -> Any:
        server, token = self._parts()
        headers = {"Authorization": token.replace("?token=", "token ")}
        body = None if given is None else json.dumps(given).encode()
        asked = urllib.request.Request(f"{server}/{path}", body, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def _parts(self) -> tuple[str, str]:
        """Return the server's address, and the token as an address ends on it."""
        server, token = re.match(r"(http://[^/]+)/.*(\?token=.*)", self.address).groups()  # type: ignore[union-attr]
        return server, token


def start_lab(course: Path, *options: str, command: tuple[str, ...] = ()) -> Generator[Lab, None, None]:
    """Start ``buuchinh lab`` in ``course`` and stop it after the test."""
    process = subprocess.Popen(
        [*(command or (sys.executable, "-m", "buuchinh", "lab")), "--no-browser", *options],
        cwd=course, env={**os.environ, "BUUCHINH_COURSE": str(course)}, stdout=subprocess.PIPE,
        text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout
    try:
        address = next((line.strip() for line in process.stdout if "http://" in line), "")
        assert address, "buuchinh lab printed no address"
        wait_for(address)
        yield Lab(address, course)
    finally:
        process.terminate()
        process.wait(timeout=60)  # a kernel that is just starting is waited for


def wait_for(address: str) -> None:
    """Wait until the server listens: its address is printed a moment before."""
    port = int(re.findall(r":(\d+)/", address)[0])
    for _ in range(900):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    pytest.fail(f"nothing listens at port {port}")

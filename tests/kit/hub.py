"""A real JupyterHub with its proxy, in an environment of its own, whose people are real accounts of this machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.course import ROOT, missing
from kit.unix_users import Machine, end_processes

_PROXY = "configurable-http-proxy@5.3.0"
_SETTINGS = """
load_subconfig({config!r})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.JupyterHub.cleanup_servers = True
"""
"""What differs from the settings that a reader is given: ports, where the proxy lies, and a password for all."""
PASSWORD = "thu-nghiem"


@dataclass(frozen=True)
class Hub:
    """A running hub: its address, what it has said, and its process."""

    address: str
    log: Path
    pid: int

    def server(self, name: str) -> str:
        return f"{self.address}/user/{name}"


def environment(machine: Machine, version: str) -> str:
    """Make an environment of ``requirements-hub.lock`` with this JupyterHub, as a reader does; return its Python."""
    python = next((path for path in (sys.executable, "/usr/bin/python3") if _for_all(path)), "")
    if not python:
        missing("a Python of a supported version that every account may run")
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    made = str(machine.folder / f"hub-{version}")
    own = str(Path(made) / "bin" / "python")
    lock = ROOT / "requirements-hub.lock"
    install = [uv, "pip", "install", "-q", "--python", own]
    steps = [[uv, "venv", "-q", "--python", python, made], [*install, "--require-hashes", "-r", str(lock)]]
    if f"\njupyterhub=={version} " not in lock.read_text(encoding="utf-8"):
        steps.append([*install, f"jupyterhub=={version}"])
    for step in steps:
        done = subprocess.run(step, check=False, capture_output=True, text=True)
        if done.returncode:
            missing(f"JupyterHub {version}: {done.stderr[-300:]}")
    packages = next((Path(made) / "lib").glob("python*")) / "site-packages"
    (packages / "kit.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    return own


def _for_all(python: str) -> bool:
    """Return whether every account may run a Python, and the kit runs in it."""
    path = Path(python).resolve()
    if not path.is_file() or not all(above.stat().st_mode & 0o005 == 0o005 for above in path.parents):
        return False
    asked = [python, "-c", "import sys; print((3, 11) <= sys.version_info[:2] <= (3, 13))"]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip() == "True"


def proxy(machine: Machine) -> list[str]:
    """Install configurable-http-proxy, and return the command that starts it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        missing("npm and node, for configurable-http-proxy")
    assert npm
    assert node
    folder = machine.folder / "proxy"
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", _PROXY], cwd=folder, check=False, capture_output=True, text=True
    )
    if done.returncode:
        missing(f"configurable-http-proxy: {done.stderr[-300:]}")
    return [node, str(folder / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy")]


@contextmanager
def running(machine: Machine, python: str, more: dict[str, str], last: str = "") -> Iterator[Hub]:
    """Start the hub of ``deploy/jupyterhub_config.py`` as root, and stop it with all its servers.

    ``more`` are variables of the hub's process, ``last`` the last lines of its settings.
    """
    port, hub, api = _free_ports(3)
    home = machine.folder / "jupyterhub"
    home.mkdir(mode=0o700)
    settings = _SETTINGS.format(
        config=str(ROOT / "deploy" / "jupyterhub_config.py"), port=port, hub=hub, api=api, proxy=proxy(machine),
        password=PASSWORD,
    )  # fmt: skip
    (home / "config.py").write_text(settings + last, encoding="utf-8")
    log = home / "log.txt"
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("BUUCHINH_", "PYTHONPATH"))}
    own = {"BUUCHINH_KIT": f"{python} -m buuchinh", "PYTHONUTF8": "1"}
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [python, "-m", "jupyterhub", "-f", "config.py"], cwd=home, env=inherited | own | more, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/hub/health", process, log)
        yield Hub(address, log, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
        _end_proxy(home)
        end_processes({account.uid for account in machine.accounts})


def _end_proxy(home: Path) -> None:
    """End the proxy that a hub which did not end in time has left; its id lies beside the hub's settings."""
    with contextlib.suppress(OSError, ValueError):
        os.kill(int((home / "jupyterhub-proxy.pid").read_text(encoding="utf-8")), signal.SIGKILL)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    pytest.fail(f"the hub does not answer:\n{log.read_text(encoding='utf-8')[-3000:]}")

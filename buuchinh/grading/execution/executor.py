"""One executor: hands a job to where its code runs and brings back a report, bytes for bytes.

``Warm`` keeps one server of ``room/warm.py`` for all its jobs; ``Cold`` starts a process for each.
Whatever a hand-in does, ``run`` returns: its time, its memory and its output are limited here too.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Protocol

from buuchinh.errors import KitError
from buuchinh.grading.execution import report, sandbox
from buuchinh.grading.execution.given import Given, lay_out, workplace
from buuchinh.grading.execution.job import Limits
from buuchinh.messages import say

_ROOM = "buuchinh.grading.execution.room"
_GRACE = 15
"""Seconds after its time in which a server must have ended a hand-in, before it is ended itself."""
_START = 120
_TRIES = 2


class Executor(Protocol):
    """What runs one job after the other."""

    def run(self, job: bytes) -> bytes:
        """Run a job and return its report."""

    def close(self) -> None:
        """End all that it has started; a job that is running comes back as lost."""


class ServerDied(Exception):
    """The warm server ended, or did not answer; what it was doing is not known."""


def make(folder: Path, unit: str, *, unsafe: bool = False) -> Executor:
    """Return an executor for ``unit`` around the course that ``given.lay_out`` made in ``folder``.

    Raises ``KitError`` where code cannot be isolated here and ``unsafe`` was not asked for.
    """
    isolated = sandbox.refuse(unsafe=unsafe)
    return Warm(folder, unit) if isolated else Cold(folder, unit, isolated=False)


class Warm:
    """Keeps one server and starts it again where it died. Where no walls stand inside the room, each job is cold."""

    def __init__(self, folder: Path, unit: str) -> None:
        self.folder, self.unit = folder, unit
        self._server: _Server | None = None
        self._cold: Cold | None = None
        self._closed = False

    def run(self, job: bytes) -> bytes:
        """Run a job; one whose server dies is tried once more."""
        limits = Limits(**json.loads(job)["limits"])
        started = time.monotonic()
        for _ in range(_TRIES):
            if self._closed:
                break
            try:
                if self._cold is None and self._server is None:
                    self._start()
                if self._cold:
                    return self._cold.run(job)
                assert self._server, "it was started above"
                return self._server.run(job, limits)
            except ServerDied:
                self._stop()
        return report.pack("lost", time.monotonic() - started, isolated=True, how="warm")

    def close(self) -> None:
        """End the server and all in its room."""
        self._closed = True
        self._stop()
        if self._cold:
            self._cold.close()

    def _start(self) -> None:
        server = _Server(self.folder, self.unit)
        self._server = server
        if self._closed:
            self._stop()
            raise ServerDied
        if not server.wait_until_ready():
            self._stop()
            self._cold = Cold(self.folder, self.unit, isolated=True)

    def _stop(self) -> None:
        server, self._server = self._server, None
        if server:
            server.end()


class _Server:
    def __init__(self, folder: Path, unit: str) -> None:
        self.workplace = f"{sandbox.INSIDE}/{workplace(unit)}"
        self.control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        trial = ["--setenv", "BUUCHINH_TRIAL", json.dumps(self._asked(Limits()))]
        *room, end = sandbox.room(folder, unit, Limits(), warm=True)
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the server
        with other:
            self.process = subprocess.Popen(
                [*room, *trial, end, sys.executable, "-I", "-B", "-m", f"{_ROOM}.warm"],
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                env={},
                start_new_session=True,
            )

    def wait_until_ready(self) -> bool:
        """Return whether walls stand inside the room; ``KitError`` where the server does not start."""
        said, _ = self._hear(_START)
        if not said.get("ready"):
            self.errors.seek(0)
            lines = self.errors.read(100_000).decode("utf-8", "replace").strip().splitlines()
            raise KitError(say("execute.no_start", reason=lines[-1][:300] if lines else "?"))
        return bool(said["walls"])

    def run(self, job: bytes, limits: Limits) -> bytes:
        """Have a child forked for the job, read what it reports with a cap, and return the whole."""
        started = time.monotonic()
        handed = os.memfd_create("job")
        reading, writing = os.pipe()
        try:
            _write(handed, job)
            os.lseek(handed, 0, os.SEEK_SET)
            with _told():
                socket.send_fds(self.control, [json.dumps(self._asked(limits)).encode()], [handed, writing])
            os.close(writing)
            writing = -1
            shown, ended = self._listen(reading, limits.output, started + limits.seconds + _GRACE)
            said, descriptors = self._hear(_GRACE)
            values = _read_values(descriptors, limits.values)
        finally:
            for descriptor in (handed, reading, writing):
                if descriptor >= 0:
                    os.close(descriptor)
        if "ended" not in said:
            raise ServerDied
        ended = ended or str(said["ended"])
        return report.pack(
            ended, time.monotonic() - started, isolated=True, how="warm", values=values, shown=bytes(shown)
        )

    def end(self) -> None:
        """Kill the room with all that is in it."""
        _kill(self.process)
        self.control.close()
        self.errors.close()

    def _asked(self, limits: Limits) -> dict[str, Any]:
        return {
            "workplace": self.workplace,
            "uid": sandbox.uid(),
            "kept": sandbox.below_scratch(),
            "limits": vars(limits) | {"processes": sandbox.processes(limits)},
        }

    def _listen(self, reading: int, most: int, until: float) -> tuple[bytearray, str]:
        """Read the pipe to its end; what is more than ``most`` ends the hand-in."""
        shown, ended = bytearray(), ""
        ready = select.poll()
        ready.register(reading, select.POLLIN)
        while ready.poll(max(0.0, until - time.monotonic()) * 1000):
            data = os.read(reading, 262_144)
            if not data:
                return shown, ended
            if len(shown) + len(data) <= most:
                shown += data
            elif not ended:
                ended = "output"
                with _told():
                    self.control.send(b"stop")
        raise ServerDied

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self.control.settimeout(seconds)
        with _told():
            data, descriptors, *_ = socket.recv_fds(self.control, 4096, 1)
            if data:
                said: dict[str, Any] = json.loads(data)
                return said, descriptors
        return {}, []


class Cold:
    """Starts a process for each job, in a room of its own where the machine has bubblewrap."""

    def __init__(self, folder: Path, unit: str, *, isolated: bool) -> None:
        self.folder, self.unit, self.isolated = folder, unit, isolated
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def run(self, job: bytes) -> bytes:
        """Run a job in a process of its own."""
        said = json.loads(job)
        limits = Limits(**said["limits"])
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="buuchinh-", ignore_cleanup_errors=True) as home:
            if self.isolated:
                said["limits"] |= {"uid": sandbox.uid(), "processes": sandbox.processes(limits)}
                room, values = sandbox.room(self.folder, self.unit, limits, warm=False), {}
            else:
                said["limits"] |= {"processes": None}  # it would count all that this person runs
                room, values = [], sandbox.environment(home, str(self.folder))
                values["BUUCHINH_RESULTS"] = str(Path(home, "ket-qua.jsonl"))
            data = self._listen(
                [*room, sys.executable, "-I", "-B", "-m", f"{_ROOM}.cold"],
                json.dumps(said).encode("utf-8"),
                limits,
                values,
                None if self.isolated else str(Path(home)),
            )
        seconds = time.monotonic() - started
        if data is None:
            return report.pack("output", seconds, isolated=self.isolated, how="cold")
        shown, _, last = data.rstrip(b"\n").rpartition(b"\n")
        try:
            end = json.loads(last)
            ended, handed = str(end["ended"]), str(end["values"]).encode("utf-8", "replace")
        except (ValueError, KeyError, TypeError, RecursionError):
            ended, handed, shown = "lost", b"", data
        return report.pack(ended, seconds, isolated=self.isolated, how="cold", values=handed, shown=shown)

    def close(self) -> None:
        """End the process that is running."""
        self._closed = True
        process = self._process
        if process:
            _kill(process)

    def _listen(
        self, command: list[str], job: bytes, limits: Limits, values: dict[str, str], folder: str | None
    ) -> bytes | None:
        """Start ``command``, hand it the job, read its report with a cap, and end it with all its children."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=values,
            cwd=folder,
            start_new_session=True,
        )
        self._process = process
        alarm = threading.Timer(limits.seconds + _GRACE, _kill, [process])
        alarm.start()
        try:
            if self._closed:
                return b""
            assert process.stdin, "a pipe was asked for"
            assert process.stdout, "a pipe was asked for"
            with contextlib.suppress(OSError):
                process.stdin.write(job)
                process.stdin.close()
            with process.stdout:
                most = limits.output + 2 * limits.values
                data = process.stdout.read(most + 1)
            return data if len(data) <= most else None
        finally:
            alarm.cancel()
            _kill(process)
            self._process = None


class Laid:
    """A folder in which a ``Given`` is laid out, for as long as executors need it."""

    def __init__(self, given: Given) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="buuchinh-", ignore_cleanup_errors=True)
        self.path = lay_out(given, Path(self._folder.name, "khoa-hoc"))

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()


@contextlib.contextmanager
def _told() -> Any:
    """Take a socket that is closed, or silent for too long, for a server that died."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise ServerDied from error


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _read_values(descriptors: list[int], most: int) -> bytes:
    """Read what ``submit`` wrote, from a file that nobody can write to any more; more than ``most`` is nothing."""
    found = b""
    for descriptor in descriptors:
        with os.fdopen(descriptor, "rb") as file:
            found = file.read(most + 1)
    return found if len(found) <= most else b""


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)

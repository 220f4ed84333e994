"""Run jobs in a sandboxed server that has loaded the libraries and forks for each job; see ``inside/fork_server``."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
from buuchinh.execution import execution_report, sandbox
from buuchinh.execution.cold_executor import GRACE, Cold, kill
from buuchinh.execution.course_files import workplace
from buuchinh.execution.inside import command, cpu_wait
from buuchinh.execution.job import Limits
from buuchinh.messages import say

_START = 120
_TRIES = 2


class ServerDied(Exception):
    """The warm server ended or did not answer; it is unknown what happened to its job."""


class Warm:
    """Executor with one server, which is restarted if it dies; if the server cannot isolate its forks, jobs run cold.

    A job that runs cold runs in a new process (see ``cold_executor``).
    """

    def __init__(self, folder: Path, unit: str) -> None:
        self.folder, self.unit = folder, unit
        self._server: _WarmServer | None = None
        self._cold: Cold | None = None
        self._closed = False

    def open(self) -> None:
        """Start the server; if the server dies at once, ``run`` starts it again or reports the error."""
        try:
            if not self._closed:
                self._start()
        except ServerDied:
            self._stop()

    def run(self, job: bytes) -> bytes:
        """Run a job and return its report; retry once if the server dies."""
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
        return execution_report.pack("lost", time.monotonic() - started, isolated=True, how="warm")

    def close(self) -> None:
        """End the server and all processes in its sandbox."""
        self._closed = True
        self._stop()
        if self._cold:
            self._cold.close()

    def _start(self) -> None:
        server = _WarmServer(self.folder, self.unit)
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


class _WarmServer:
    def __init__(self, folder: Path, unit: str) -> None:
        self.workplace = f"{sandbox.INSIDE}/{workplace(unit)}"
        self.control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the server
        with other:
            self.process = subprocess.Popen(
                [*sandbox.wrapping(folder, unit, Limits(), warm=True), *command("fork_server")],
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                env={},
                start_new_session=True,
            )

    def wait_until_ready(self) -> bool:
        """Wait for the server to start, and return whether it can isolate its forks.

        Raise ``KitError`` if the server does not start.
        """
        message, _ = self._receive(_START)
        if message.get("loaded"):
            with _noticing_death():
                self.control.send(json.dumps(self._asked(Limits())).encode())
            message, _ = self._receive(_START)
        if message.get("ready"):
            return bool(message["walls"])
        self.errors.seek(0)
        lines = self.errors.read(100_000).decode("utf-8", "replace").strip().splitlines() or ["?"]
        if lines[-1].startswith("bwrap: "):  # bubblewrap works, but not with capabilities
            return False
        raise KitError(say("execution.no_start", reason=lines[-1][:300]))

    def run(self, job: bytes, limits: Limits) -> bytes:
        """Run ``job`` in a forked child and return a report of limited size; raise ``ServerDied`` if that fails."""
        started = time.monotonic()
        handed = os.memfd_create("job")
        reading, writing = os.pipe()
        try:
            _write(handed, job)
            os.lseek(handed, 0, os.SEEK_SET)
            with _noticing_death():
                socket.send_fds(self.control, [json.dumps(self._asked(limits)).encode()], [handed, writing])
            os.close(writing)
            writing = -1
            shown, ended = self._listen(reading, limits.output, started + limits.seconds + GRACE)
            message, descriptors = self._receive(GRACE)
            values = _read_values(descriptors, limits.values)
        finally:
            for descriptor in (handed, reading, writing):
                if descriptor >= 0:
                    os.close(descriptor)
        if "ended" not in message:
            raise ServerDied
        ended, seconds = ended or str(message["ended"]), time.monotonic() - started
        waits = cpu_wait.judged(message["waited"], limits.cell_seconds)
        return execution_report.pack(
            ended, seconds, isolated=True, how="warm", values=values, shown=bytes(shown), **waits
        )

    def end(self) -> None:
        """Kill the sandbox and all processes in it."""
        kill(self.process)
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
        """Return the content of the pipe ``reading``, and why the job was stopped.

        The reason is ``"output"`` if there were more than ``most`` bytes, or else empty. Raise ``ServerDied`` if the
        pipe stays silent until the monotonic time ``until``.
        """
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
                with _noticing_death():
                    self.control.send(b"stop")
        raise ServerDied

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self.control.settimeout(seconds)
        with _noticing_death():
            data, descriptors, *_ = socket.recv_fds(self.control, 4096, 1)
            if data:
                message: dict[str, Any] = json.loads(data)
                return message, descriptors
        return {}, []


@contextlib.contextmanager
def _noticing_death() -> Iterator[None]:
    """Context manager that raises ``ServerDied`` if the socket is closed or silent for too long."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise ServerDied from error


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _read_values(descriptors: list[int], most: int) -> bytes:
    """Read and close the file that ``submit`` wrote; return ``b""`` if it has more than ``most`` bytes."""
    found = b""
    for descriptor in descriptors:
        with os.fdopen(descriptor, "rb") as file:
            found = file.read(most + 1)
    return found if len(found) <= most else b""

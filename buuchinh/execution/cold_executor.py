"""Run each job in a new process, in its own sandbox if bubblewrap is available; see ``inside/run_cold``."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from buuchinh.execution import execution_report, sandbox, scratch
from buuchinh.execution.course_files import workplace
from buuchinh.execution.inside import command, cpu_wait
from buuchinh.execution.job import Limits

GRACE = 15
"""Seconds after a submission's time limit at which its process is killed from outside."""


class Cold:
    """Executor that runs each job in a new process, and in its own sandbox if ``isolated`` is True.

    ``folder`` contains the unpacked course of ``unit``.
    """

    def __init__(self, folder: Path, unit: str, *, isolated: bool) -> None:
        self.folder, self.unit, self.isolated = folder, unit, isolated
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def open(self) -> None:
        """Do nothing, since each job starts its own process."""

    def run(self, job: bytes) -> bytes:
        """Run a job in a new process and return its report."""
        request = json.loads(job)
        limits = Limits(**request["limits"])
        started = time.monotonic()
        with scratch.folder() as home:
            if self.isolated:
                request["limits"] |= {"uid": sandbox.uid(), "processes": sandbox.processes(limits)}
                wrapped, values = sandbox.wrapping(self.folder, self.unit, limits, warm=False), {}
            else:
                request["limits"] |= {"processes": None}  # it would count all processes of this user
                copy = shutil.copytree(self.folder, Path(home, "khoa-hoc"))  # a separate copy for each job
                wrapped, values = [], sandbox.environment(home, str(copy))
                values["BUUCHINH_RESULTS"] = str(Path(home, "ket-qua.jsonl"))
            data = self._listen(
                [*wrapped, *command("run_cold")],
                json.dumps(request).encode("utf-8"),
                limits,
                values,
                None if self.isolated else Path(home, "khoa-hoc", workplace(self.unit)),
            )
        seconds = time.monotonic() - started
        if data is None:
            return execution_report.pack("output", seconds, isolated=self.isolated, how="cold")
        shown, _, last = data.rstrip(b"\n").rpartition(b"\n")
        try:
            end = json.loads(last)
            ended, handed = str(end["ended"]), str(end["values"]).encode("utf-8", "replace")
            waits = cpu_wait.judged(end["waited"], limits.cell_seconds)
        except (ValueError, KeyError, TypeError, RecursionError):
            ended, handed, shown, waits = "lost", b"", data, {}
        return execution_report.pack(
            ended, seconds, isolated=self.isolated, how="cold", values=handed, shown=shown, **waits
        )

    def close(self) -> None:
        """End the running process, if any."""
        self._closed = True
        process = self._process
        if process:
            kill(process)

    def _listen(
        self, words: list[str], job: bytes, limits: Limits, values: dict[str, str], folder: Path | None
    ) -> bytes | None:
        """Run the command ``words`` with ``job`` on stdin, and return its output, or None if the output is too long.

        ``values`` is the command's environment, and ``folder`` is its working directory. The command's process group is
        always killed at the end.
        """
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=values,
            cwd=folder,
            start_new_session=True,
        )
        self._process = process
        alarm = threading.Timer(limits.seconds + GRACE, kill, [process])
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
            kill(process)
            self._process = None


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its process group, and wait up to 5 seconds for it to end."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)

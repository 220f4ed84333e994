"""Runs the code of one hand-in. This file is started inside the sandbox, as a script, and knows no key.

It imports the standard library and IPython, nothing of the kit. Two processes: the
*supervisor* reads the job from stdin, gives up its rights, starts the *worker* and writes
one JSON document to stdout, whatever becomes of the worker: its time runs out, it is
killed by a limit, it leaves in the first cell. What was handed in by then counts.

Job: ``{"cells": [{"id", "source"}], "files": {name: text}, "limits": {…}, "unit": …}``.
Result: ``{"ended", "seconds", "cells": [{"id", "outputs", "error"}], "values": text or null}``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

RESULTS = "BUUCHINH_RESULTS"
TEXT_LIMIT = 20_000
IMAGE_LIMIT = 600_000


def supervise() -> None:
    """Run the worker under the limits of the job and report what it did."""
    job = json.loads(sys.stdin.buffer.read())
    limits = job["limits"]
    _copy_files(job["unit"], job.get("files", {}))
    _give_up_rights(limits)
    worker = subprocess.Popen(
        [sys.executable, "-I", "-B", __file__, "work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert worker.stdin, "a pipe was asked for"
    started = time.monotonic()
    heard = _Heard(worker, limits["output"])
    with contextlib.suppress(BrokenPipeError):
        worker.stdin.write(json.dumps(job).encode("utf-8"))
        worker.stdin.close()
    heard.join(limits["seconds"])
    ended = "done"
    if heard.too_much:
        ended = "output"
    elif heard.is_alive():
        ended = "timeout"
    elif worker.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(2)
    worker.kill()
    worker.wait()
    heard.join(2)
    cells = heard.cells()
    if ended == "done" and not (cells and cells[-1] == {"end": True}):
        ended = "died"
    report = {
        "ended": ended,
        "seconds": round(time.monotonic() - started, 3),
        "cells": [cell for cell in cells if "id" in cell],
        "values": _read_capped(Path(os.environ[RESULTS]), limits["values"]),
    }
    sys.stdout.write(json.dumps(report))
    sys.stdout.flush()


class _Heard(threading.Thread):
    """Reads what the worker reports, and stops listening at a limit."""

    def __init__(self, worker: subprocess.Popen[bytes], limit: int) -> None:
        super().__init__(daemon=True)
        self.worker, self.limit, self.too_much = worker, limit, False
        self.parts: list[bytes] = []
        self.start()

    def run(self) -> None:
        assert self.worker.stdout, "a pipe was asked for"
        size = 0
        while data := os.read(self.worker.stdout.fileno(), 65_536):
            size += len(data)
            if size > self.limit:
                self.too_much = True
                self.worker.kill()
                return
            self.parts.append(data)

    def cells(self) -> list[dict[str, Any]]:
        """Return what was reported line by line; a line that was cut off is left out."""
        found = []
        for line in b"".join(self.parts).splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                said = json.loads(line)
                if isinstance(said, dict):
                    found.append(said)
        return found


def _copy_files(unit: str, files: dict[str, str]) -> None:
    """Put what is given out beside the notebook into the folder in which the code runs."""
    given = Path(os.environ.get("BUUCHINH_COURSE", ".")) / "exercises" / unit
    for path in given.glob("*") if given.is_dir() else ():
        if path.is_file() and path.suffix != ".ipynb":
            shutil.copy(path, path.name)
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")


def _read_capped(path: Path, limit: int) -> str | None:
    try:
        if not path.is_file() or path.is_symlink():
            return None
        with path.open("rb") as file:
            data = file.read(limit + 1)
        return data.decode("utf-8") if len(data) <= limit else None
    except (OSError, ValueError):
        return None


def _give_up_rights(limits: dict[str, Any]) -> None:
    """Become nobody where this is root inside a sandbox, and lower what this and all its children may use."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the host says so
        return
    uid = limits["uid"]
    if uid and os.getuid() == 0:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    wanted = {
        "RLIMIT_AS": 2 * limits["memory"],  # address space: shared libraries weigh here too
        "RLIMIT_DATA": limits["memory"],
        "RLIMIT_CPU": limits["seconds"] + 5,
        "RLIMIT_FSIZE": limits["file"],
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        if value is not None and hasattr(resource, name):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (value, value))


class _Capped(io.TextIOBase):
    """A stream that keeps the first part of what is printed and forgets the rest."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.left = TEXT_LIMIT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left > 0:
            self.kept.append(text[: self.left])
            self.left -= len(text)
        return len(text)


class _OutOfTime(BaseException):
    """A cell took longer than it may; no ``except Exception`` of the cell stops it."""


def work() -> None:
    """Run the cells one after the other and report each; a cell that fails does not stop the next."""
    job = json.loads(sys.stdin.buffer.read())
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with Path(os.devnull).open("r+b") as nothing:
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
    random.seed(0)
    shell = _shell()
    for cell in job["cells"]:
        outputs, failed = _run(shell, cell["source"], job["limits"]["cell_seconds"])
        report.write(json.dumps({"id": cell["id"], "outputs": outputs, "error": failed}) + "\n")
        report.flush()
    report.write(json.dumps({"end": True}) + "\n")
    report.flush()
    os._exit(0)  # threads and exit hooks of the hand-in have had their time


def _shell() -> Any:
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    class Publisher(DisplayPublisher):
        def publish(self, data: Any, *args: Any, **kwargs: Any) -> None:
            _reported(self.shell).append(_rich("display_data", data))

    class Hook(DisplayHook):
        def write_output_prompt(self) -> None:
            """No prompt: only the value is kept."""

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            _reported(self.shell).append(_rich("execute_result", format_dict))

        def finish_displayhook(self) -> None:
            """Nothing was printed, so nothing ends."""

    class Shell(InteractiveShell):
        reported: Any = None

        def enable_gui(self, gui: Any = None) -> None:
            """No window here: ``%matplotlib inline`` draws into the notebook."""

        def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
            self.reported.append(
                {
                    "output_type": "error",
                    "ename": getattr(etype, "__name__", str(etype))[:200],
                    "evalue": str(evalue)[:2000],
                    "traceback": [line[:4000] for line in stb[-20:]],
                }
            )

    Shell.display_pub_class.default_value = Publisher
    Shell.displayhook_class.default_value = Hook
    shell: Any = Shell.instance()
    shell.history_manager.enabled = False
    return shell


def _reported(shell: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.reported
    return found


def _run(shell: Any, source: str, seconds: int) -> tuple[list[dict[str, Any]], bool]:
    shell.reported = []
    printed, complained, failed = _Capped(), _Capped(), True
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained), _time_limit(seconds):
        try:
            failed = not shell.run_cell(source, store_history=False).success
        except BaseException as error:
            failed = True
            shell.reported.append(
                {"output_type": "error", "ename": type(error).__name__, "evalue": "", "traceback": []}
            )
    outputs = [
        {"output_type": "stream", "name": name, "text": "".join(stream.kept)}
        for name, stream in (("stdout", printed), ("stderr", complained))
        if stream.kept
    ]
    outputs += shell.reported
    return outputs, failed


@contextlib.contextmanager
def _time_limit(seconds: int) -> Any:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise _OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    except _OutOfTime:
        pass
    finally:
        signal.alarm(0)


def _rich(kind: str, data: Any) -> dict[str, Any]:
    """Keep text and pictures; HTML and scripts stay here."""
    import base64

    kept: dict[str, str] = {}
    text = data.get("text/plain")
    if isinstance(text, str):
        kept["text/plain"] = text[:TEXT_LIMIT]
    picture = data.get("image/png")
    if isinstance(picture, bytes):
        picture = base64.b64encode(picture).decode("ascii")
    if isinstance(picture, str) and len(picture) <= IMAGE_LIMIT:
        kept["image/png"] = picture
    return {"output_type": kind, "data": kept}


if __name__ == "__main__":
    work() if sys.argv[1:] == ["work"] else supervise()

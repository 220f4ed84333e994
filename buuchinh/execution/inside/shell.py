"""IPython shell without a kernel, which runs cells and stores their text and pictures.

The shell has no history, no threads and no windows.
"""

from __future__ import annotations

import base64
import contextlib
import io
import signal
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from buuchinh import blanks

TEXT_LIMIT = 20_000
IMAGE_LIMIT = 600_000
OUTPUTS = 200
_KEPT = ("text/plain", "image/png")


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, *args: Any, **kwargs: Any) -> None:
        self.shell.report(_rich("display_data", data))


class _Hook(DisplayHook):
    shell: Any

    def quiet(self) -> bool:
        """Return whether the cell ends in a semicolon, which hides its value."""
        return bool(self.semicolon_at_end_of_expression(self.shell.source))

    def write_output_prompt(self) -> None:
        """Write no prompt, since only the cell's value is stored."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.report(_rich("execute_result", format_dict))

    def finish_displayhook(self) -> None:
        """Do nothing, since no prompt was printed."""


class Shell(InteractiveShell):
    """IPython shell whose only entry point is ``run``."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    reported: Any = None
    source = ""

    def report(self, output: dict[str, Any]) -> None:
        """Store an output of the running cell, unless the cell already has ``OUTPUTS`` outputs."""
        if len(self.reported) < OUTPUTS:
            self.reported.append(output)

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing, since there are no windows; ``%matplotlib inline`` draws into the notebook."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        lines = [line for part in stb for line in str(part).split("\n")]
        self.report(_error(getattr(etype, "__name__", str(etype)), str(evalue), lines))

    def run(self, source: str, seconds: int) -> tuple[list[dict[str, Any]], bool]:
        """Run one cell for at most ``seconds``; return the cell's outputs and whether it failed.

        A cell that still contains a blank ``___`` runs up to the same point as on the trainee's computer.
        """
        if blanks.lines(source):
            source = blanks.before(source, self.user_ns)
        self.source, self.reported = source, []
        printed, complained, failed = _Capped(), _Capped(), True
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
            try:
                with _time_limit(seconds):
                    failed = not self.run_cell(source, store_history=False).success
            except BaseException as error:  # whatever the cell raises must not end the job
                self.report(_error(type(error).__name__, "", []))
        streams = (("stdout", printed), ("stderr", complained))
        outputs = [
            {"output_type": "stream", "name": name, "text": "".join(stream.kept)}
            for name, stream in streams
            if stream.kept
        ]
        return outputs + self.reported, failed


def make_shell() -> Shell:
    """Return this process's only shell."""
    settings = Config()
    settings.HistoryManager.enabled = False  # it would start a thread, and no fork is safe after that
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.xmode = "Plain"  # the mode with context takes a quarter of a second
    shell: Shell = Shell.instance(config=settings)
    assert shell.display_formatter, "a shell has one"
    shell.display_formatter.active_types = list(_KEPT)
    return shell


class OutOfTime(BaseException):
    """Raised when a cell exceeds its time limit; the cell's own ``except Exception`` does not catch this exception."""


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):  # Windows: only the time limit of the whole submission applies
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


class _Capped(io.TextIOBase):
    """Text stream that stores the first ``TEXT_LIMIT`` characters and discards the rest."""

    encoding = "utf-8"

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


def _error(name: str, message: str, lines: list[str]) -> dict[str, Any]:
    traceback = [line[:4000] for line in lines[-40:]]
    return {"output_type": "error", "ename": name[:200], "evalue": message[:2000], "traceback": traceback}


def _rich(kind: str, data: Any) -> dict[str, Any]:
    """Return an output with only its text and its picture, without HTML or scripts."""
    shown: dict[str, str] = {}
    text = data.get("text/plain")
    if isinstance(text, str):
        shown["text/plain"] = text[:TEXT_LIMIT]
    picture = data.get("image/png")
    if isinstance(picture, bytes):
        picture = base64.b64encode(picture).decode("ascii")
    if isinstance(picture, str) and len(picture) <= IMAGE_LIMIT:
        shown["image/png"] = picture.replace("\n", "")
    return {"output_type": kind, "data": shown}

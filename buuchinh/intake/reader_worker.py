"""The side of ``apart`` that reads: takes calls from a pipe, under limits on processor time, memory and output.

Windows has none of these limits; there the clock on the other side ends what does not end.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

from buuchinh.errors import KitError
from buuchinh.intake import checkpoints
from buuchinh.intake.checkpoints import Cause

OUTPUT_CAP = 200_000_000
"""Most bytes of what is found in one hand-in."""


def serve(
    pipe: Connection,
    inherited: Sequence[Connection],
    environment: Mapping[str, str],
    folder: str,
    processor: float,
    memory: int,
) -> None:
    """Run one call after the other until the pipe is closed, as it is too when the process that asks is killed.

    ``inherited`` are that process's own ends of pipes, which a fork has too and which would stay open with it.
    """
    for end in inherited:
        end.close()
    os.environ.clear()
    os.environ.update(environment)
    with contextlib.suppress(OSError):
        os.chdir(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked, which ends this one
    with contextlib.suppress(EOFError, OSError):
        for number, (function, arguments, stopped, finished) in enumerate(_calls(pipe)):
            if number == 0:  # and no earlier: what the first call imports is no hand-in
                _limit(memory)
            _answer(pipe, function, arguments, checkpoints.Listener(_teller(pipe, processor), stopped, finished))


def cause_of(exit_code: int | None) -> Cause:
    """Return why a process ended that said nothing of it."""
    if sys.platform != "win32":
        if exit_code in {-signal.SIGPROF, -signal.SIGXCPU}:
            return "time"
        if exit_code == -signal.SIGKILL:  # of the system, which is short of memory
            return "memory"
    return "fault"


def _calls(pipe: Connection) -> Iterator[Any]:
    """Yield what is asked, with the modules that it names imported."""
    while True:
        asked = pipe.recv_bytes()
        try:
            call = pickle.loads(asked)  # noqa: S301  # our own
        except Exception as error:
            _fallen(pipe, error)
        else:
            yield call


def _answer(pipe: Connection, function: Any, arguments: Any, listener: checkpoints.Listener) -> None:
    try:
        with checkpoints.heard_by(listener):
            listener.tell("paused", "")
            for found in function(*arguments):
                pipe.send_bytes(_packed(found))
    except KitError as error:
        said: tuple[str, Any] = ("problems", error.problems)
    except MemoryError:
        said = ("ended", "memory")
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:
        _time(0)
        _fallen(pipe, error)
        return
    else:
        said = ("ended", None)
    _time(0)
    pipe.send_bytes(pickle.dumps(said))


def _fallen(pipe: Connection, error: Exception) -> None:
    for said in (("fell", _told(error)), ("ended", "fault")):
        pipe.send_bytes(pickle.dumps(said))


def _told(error: BaseException) -> str:
    """Return the class of an exception and the line of the kit where it was raised: nothing of what was read."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    kit = pathlib.Path(__file__).parents[1]
    ours = [(name, line) for name, line in places if pathlib.Path(name).is_relative_to(kit)]
    name, line = (ours or places)[-1]
    shown = pathlib.Path(name).relative_to(kit.parent).as_posix() if ours else pathlib.Path(name).name
    return f"{type(error).__name__} {shown}:{line}"


def _packed(found: Any) -> bytes:
    data = pickle.dumps(("found", found))
    if len(data) > OUTPUT_CAP:
        raise MemoryError
    return data


def _teller(pipe: Connection, processor: float) -> checkpoints.Tell:
    def tell(kind: str, name: str) -> None:
        _time(0 if kind == "paused" else processor)
        pipe.send_bytes(pickle.dumps((kind, name)))

    return tell


if sys.platform == "win32":

    def _limit(memory: int) -> None:
        """Nothing: the clock alone ends it here."""

    def _time(seconds: float) -> None:
        """Nothing."""

else:
    import resource

    def _limit(memory: int) -> None:
        """Limit memory, and leave no image of what was read where the process dies."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            limit = _taken() + memory
            if most == resource.RLIM_INFINITY or limit < most:
                resource.setrlimit(resource.RLIMIT_AS, (limit, most))

    def _taken() -> int:
        """Return how much memory the process has to itself now, shared libraries included."""
        with contextlib.suppress(OSError, ValueError), pathlib.Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        return 500_000_000

    def _time(seconds: float) -> None:
        """Give the next step its processor time, 0 for no end; the system ends the process that uses it up."""
        signal.setitimer(signal.ITIMER_PROF, seconds)

"""Run calls in a worker process of ``worker_pool``, with limits on processor time, memory and the size of results.

Calls arrive through a pipe. On Windows, processor time and memory cannot be limited; the parent process ends a call
that runs too long.
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
"""Maximum size in bytes of one result."""


def serve(
    pipe: Connection,
    inherited: Sequence[Connection],
    environment: Mapping[str, str],
    folder: str,
    processor: float,
    memory: int,
) -> None:
    """Run one call after another until the pipe is closed, which also happens if the parent process is killed.

    ``inherited`` contains the parent's ends of pipes, which a forked process would otherwise keep open. ``environment``
    and ``folder`` are the environment variables and the working directory to use. ``processor`` limits the processor
    time of each step, in seconds, and ``memory`` limits the memory used in addition to that at the start, in bytes.
    """
    for end in inherited:
        end.close()
    os.environ.clear()
    os.environ.update(environment)
    with contextlib.suppress(OSError):
        os.chdir(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process, which ends this one
    with contextlib.suppress(EOFError, OSError):
        for number, (function, arguments, stopped, finished) in enumerate(_calls(pipe)):
            if number == 0:  # at the first call, after the imports that it needs, which are not limited
                _limit(memory)
            _answer(pipe, function, arguments, checkpoints.Listener(_teller(pipe, processor), stopped, finished))


def cause_of(exit_code: int | None) -> Cause:
    """Return why a process ended without sending a message, judging by ``exit_code``."""
    if sys.platform != "win32":
        if exit_code in {-signal.SIGPROF, -signal.SIGXCPU}:
            return "time"
        if exit_code == -signal.SIGKILL:  # sent by the system when it is short of memory
            return "memory"
    return "fault"


def _calls(pipe: Connection) -> Iterator[Any]:
    """Yield the calls from the pipe; unpickling a call imports the modules that it uses."""
    while True:
        request = pipe.recv_bytes()
        try:
            call = pickle.loads(request)  # noqa: S301  # our own
        except Exception as error:
            _fallen(pipe, error)
        else:
            yield call


def _answer(pipe: Connection, function: Any, arguments: Any, listener: checkpoints.Listener) -> None:
    try:
        with checkpoints.use_listener(listener):
            listener.tell("paused", "")
            for result in function(*arguments):
                pipe.send_bytes(_packed(result))
    except KitError as error:
        message: tuple[str, Any] = ("problems", error.problems)
    except MemoryError:
        message = ("ended", "memory")
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:
        _time(0)
        _fallen(pipe, error)
        return
    else:
        message = ("ended", None)
    _time(0)
    pipe.send_bytes(pickle.dumps(message))


def _fallen(pipe: Connection, error: Exception) -> None:
    for message in (("fell", _describe(error)), ("ended", "fault")):
        pipe.send_bytes(pickle.dumps(message))


def _describe(error: BaseException) -> str:
    """Describe an exception by its class and the line of the kit that raised it, without the submission's content."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    kit = pathlib.Path(__file__).parents[1]
    ours = [(name, line) for name, line in places if pathlib.Path(name).is_relative_to(kit)]
    name, line = (ours or places)[-1]
    path = pathlib.Path(name).relative_to(kit.parent).as_posix() if ours else pathlib.Path(name).name
    return f"{type(error).__name__} {path}:{line}"


def _packed(result: Any) -> bytes:
    data = pickle.dumps(("found", result))
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
        """Do nothing, since Windows has no such limit."""

    def _time(seconds: float) -> None:
        """Do nothing, since Windows has no such timer."""

else:
    import resource

    def _limit(memory: int) -> None:
        """Allow ``memory`` bytes more than now in use, and disable core dumps, which would contain submissions."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            limit = _taken() + memory
            if most == resource.RLIM_INFINITY or limit < most:
                resource.setrlimit(resource.RLIMIT_AS, (limit, most))

    def _taken() -> int:
        """Return the current size of the process's address space in bytes, or an estimate if it is unknown.

        The size includes shared libraries.
        """
        with contextlib.suppress(OSError, ValueError), pathlib.Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        return 500_000_000

    def _time(seconds: float) -> None:
        """Limit the next step's processor time to ``seconds`` (0: no limit); the system kills a process beyond it."""
        signal.setitimer(signal.ITIMER_PROF, seconds)

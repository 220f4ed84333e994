"""Parse execution reports, which contain untrusted bytes from a sandbox.

Only known IDs, finite numbers, text and pictures are accepted, without any markup. A report has one line written
outside the sandbox (the *head*), followed by the values that the code submitted and by one line with each cell's
outputs. Only the head is trusted. Each cell reports once, in the order in which the cells run. A line for an earlier
cell must have been written by a later cell's code, so it is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.execution import strict
from buuchinh.execution.job import Job
from buuchinh.files import loads
from buuchinh.messages import say

_ENDS = {"done", "timeout", "died", "output", "memory", "lost"}
SLOW = "OutOfTime"
"""Name of the error that ends a cell in the sandbox when the cell takes too long."""


@dataclass(frozen=True)
class Execution:
    """The result of running a submission's code.

    ``ended`` is ``done``, ``timeout``, ``died``, ``output`` (too much output), ``memory`` (too much memory) or ``lost``
    (no valid report), and ``seconds`` is the wall-clock time. ``how`` is ``warm`` (forked from a process with the
    libraries loaded), ``cold`` (run in a new process), or empty if there is no valid report. ``values`` contains the
    values passed to ``submit``, by question ID and name. ``failed`` lists the IDs of cells that ended in an error, and
    ``outputs`` contains text and pictures by cell ID. ``waited`` states whether the code had to wait long for a
    processor, and ``busy`` whether the machine was still busy after the code had ended (see ``inside.cpu_wait``).
    """

    ended: str
    seconds: float
    isolated: bool
    how: str
    values: Mapping[str, Mapping[str, Any]]
    failed: tuple[str, ...]
    outputs: Mapping[str, list[dict[str, Any]]]
    waited: bool = False
    busy: bool = False

    @property
    def starved(self) -> bool:
        """Whether the code ran out of time while waiting for a processor, so another run may end differently."""
        return self.waited and (self.ended == "timeout" or bool(self.slow))

    @property
    def slow(self) -> tuple[str, ...]:
        """The IDs of the cells that were stopped because they took too long."""
        return tuple(
            cell for cell in self.failed if any(out.get("ename") == SLOW for out in self.outputs.get(cell, ()))
        )

    def notes(self) -> list[str]:
        """Return sentences for the instructor about cells that failed or took too long, and about missing isolation."""
        notes = [] if self.ended == "done" else [say(f"execution.ended.{self.ended}", seconds=round(self.seconds))]
        slow = self.slow
        for name, cells in (("stopped", slow), ("failed", [cell for cell in self.failed if cell not in slow])):
            if cells:
                notes.append(say(f"execution.cells_{name}", count=len(cells), cells=", ".join(cells[:5])))
        if not self.isolated:
            notes.append(say("execution.was_unsafe"))
        return notes


def pack(
    ended: str,
    seconds: float,
    *,
    isolated: bool,
    how: str,
    values: bytes = b"",
    shown: bytes = b"",
    waited: bool = False,
    busy: bool = False,
) -> bytes:
    """Return a report as bytes, as a worker sends it.

    ``values`` contains the lines written by ``submit``, and ``shown`` the lines with the cells' outputs. The other
    parameters are the same as in ``Execution``.
    """
    head = {"ended": ended, "seconds": round(seconds, 3), "isolated": isolated, "how": how, "values": len(values)}
    head |= {"waited": waited, "busy": busy}
    return json.dumps(head).encode("ascii") + b"\n" + values + shown


def read(data: bytes, job: Job) -> Execution:
    """Return the execution described by the report ``data``, ignoring invalid parts of the report.

    If the head is not valid, the execution is ``lost``.
    """
    first, _, rest = data.partition(b"\n")
    try:
        head = loads(first.decode("ascii"))
        size = int(head["values"])
        ended = head["ended"] if size >= 0 and head["ended"] in _ENDS else "lost"
        about = (float(head["seconds"]), bool(head["isolated"]), str(head["how"]))
        waits = (head["waited"] is True, head["busy"] is True)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return Execution("lost", 0.0, isolated=False, how="", values={}, failed=(), outputs={})
    handed = rest[:size] if 0 <= size <= job.limits.values else b""
    turns = {name: turn for turn, (name, _) in reversed([*enumerate(job.cells)])}
    turn = 0
    outputs: dict[str, list[dict[str, Any]]] = {}
    failed: dict[str, None] = {}
    finished = False
    for line in strict.lines(rest[max(0, size) :][: job.limits.output]):
        match line:
            case {"id": str(name), "outputs": list(shown), "error": bool(error), **more} if not more:
                if turns.get(name, -1) < turn:
                    continue
                turn = turns[name] + 1
                outputs[name] = strict.outputs(shown)
                if error:
                    failed[name] = None
            case {"end": True, **more} if not more:
                finished = True
    if ended == "done" and not finished:
        ended = "died"
    values = values_from(handed.decode("utf-8", "replace"))
    return Execution(ended, *about, values, tuple(failed), outputs, *waits)


def values_from(text: str) -> dict[str, dict[str, Any]]:
    """Return the values that ``submit`` wrote, one line per call, by question ID and name; the last value wins.

    A line is ``{"id": question id, "answer": {name: value}}``. Lines that are invalid JSON, contain a non-finite number
    or are nested too deeply are ignored.
    """
    found: dict[str, dict[str, Any]] = {}
    for line in strict.lines(text.encode("utf-8")):
        strict.values_into(found, line)
    return found

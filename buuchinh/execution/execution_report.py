"""Reader of reports, the untrusted bytes from a sandbox: only known ids, finite numbers, no markup.

A report is one line written outside the sandbox (*head*), then the values that the code submitted, then the outputs of
its cells, a line each. Only the head is trusted. A cell reports once, in the order in which cells run: a line for an
earlier cell was written by the code of a later one, and is left out.
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
_SLOW = "OutOfTime"
"""The error that ends a cell which took too long, inside the sandbox."""


@dataclass(frozen=True)
class Execution:
    """The result of running the code of one submission.

    ``ended`` is ``done``, ``timeout``, ``died``, ``output``, ``memory`` or ``lost``; ``how`` is ``warm``
    (forked from a process that had the libraries loaded) or ``cold`` (a process of its own).
    ``values`` are those handed in by ``submit`` while it ran, by question and name;
    ``failed`` the ids of cells that ended in an error; ``outputs`` text and pictures by cell id.
    ``waited`` and ``busy``: it had to wait for a processor, and the machine was busy without it too
    (see ``inside.cpu_wait``).
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
        """Whether it ran out of time while waiting for a processor, so that another run may have another result."""
        return self.waited and (self.ended == "timeout" or bool(self.slow))

    @property
    def slow(self) -> tuple[str, ...]:
        """Ids of the cells that were ended because they took too long."""
        return tuple(
            cell for cell in self.failed if any(out.get("ename") == _SLOW for out in self.outputs.get(cell, ()))
        )

    def notes(self) -> list[str]:
        """Return sentences for the instructor about what failed or took too long."""
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
    """Return a report as bytes, as sent by a worker."""
    head = {"ended": ended, "seconds": round(seconds, 3), "isolated": isolated, "how": how, "values": len(values)}
    head |= {"waited": waited, "busy": busy}
    return json.dumps(head).encode("ascii") + b"\n" + values + shown


def read(data: bytes, job: Job) -> Execution:
    """Return the execution in a report; invalid parts are left out, and without a valid head it is ``lost``."""
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
    """Return the values written by ``submit``, one line per call, of which the last counts.

    A line is ``{"id": question id, "answer": {name: value}}``. Lines that are
    invalid JSON, contain a non-finite number or are nested too deeply are left out.
    """
    found: dict[str, dict[str, Any]] = {}
    for line in strict.lines(text.encode("utf-8")):
        strict.values_into(found, line)
    return found

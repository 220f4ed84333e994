"""Reads a report, the bytes that come back from a sandbox, as untrusted data: ids known, numbers finite, no markup.

A report is one line that our own side wrote (*head*), then the values that the code handed in, then
the outputs of its cells, a line each. Only the head is trusted.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.execution.job import Job
from buuchinh.files import loads
from buuchinh.messages import say

_ENDS = {"done", "timeout", "died", "output", "memory", "lost"}
_DEEPEST = 12
_TEXT, _OUTPUTS = 20_000, 200
_LARGEST = 10**300
"""Whole numbers beyond it are no floats any more."""
_SLOW = "OutOfTime"
"""The error that ends a cell which took too long, inside the sandbox."""


@dataclass(frozen=True)
class Execution:
    """The result of running the code of one submission.

    ``ended`` is ``done``, ``timeout``, ``died``, ``output``, ``memory`` or ``lost``; ``how`` is ``warm``
    (forked from a process that had the libraries loaded) or ``cold`` (a process of its own).
    ``values`` are those handed in by ``submit`` while it ran, by question and name;
    ``failed`` the ids of cells that ended in an error; ``outputs`` text and pictures by cell id.
    """

    ended: str
    seconds: float
    isolated: bool
    how: str
    values: Mapping[str, Mapping[str, Any]]
    failed: tuple[str, ...]
    outputs: Mapping[str, list[dict[str, Any]]]

    @property
    def slow(self) -> tuple[str, ...]:
        """The ids of cells that were ended because they took too long."""
        return tuple(one for one in self.failed if any(out.get("ename") == _SLOW for out in self.outputs.get(one, ())))

    def notes(self) -> list[str]:
        """Return sentences for the instructor about what failed or took too long."""
        said = [] if self.ended == "done" else [say(f"execution.ended.{self.ended}", seconds=round(self.seconds))]
        slow = self.slow
        for name, cells in (("stopped", slow), ("failed", [one for one in self.failed if one not in slow])):
            if cells:
                said.append(say(f"execution.cells_{name}", count=len(cells), cells=", ".join(cells[:5])))
        if not self.isolated:
            said.append(say("execution.was_unsafe"))
        return said


def pack(ended: str, seconds: float, *, isolated: bool, how: str, values: bytes = b"", shown: bytes = b"") -> bytes:
    """Return a report as bytes: it travels from a worker as it is."""
    head = {"ended": ended, "seconds": round(seconds, 3), "isolated": isolated, "how": how, "values": len(values)}
    return json.dumps(head).encode("ascii") + b"\n" + values + shown


def read(data: bytes, job: Job) -> Execution:
    """Read a report; what is not as it must be is left out, and without a head all is lost."""
    first, _, rest = data.partition(b"\n")
    try:
        head = json.loads(first)
        size = int(head["values"])
        ended = head["ended"] if head["ended"] in _ENDS else "lost"
        about = (float(head["seconds"]), bool(head["isolated"]), str(head["how"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Execution("lost", 0.0, isolated=False, how="", values={}, failed=(), outputs={})
    handed = rest[:size] if size <= job.limits.values else b""
    known = {name for name, _ in job.cells}
    outputs: dict[str, list[dict[str, Any]]] = {}
    failed = []
    finished = False
    for line in _lines(rest[size : size + job.limits.output]):
        match line:
            case {"id": str(name), "outputs": list(shown), "error": bool(error)} if name in known:
                outputs[name] = _harmless(shown)
                if error and name not in failed:
                    failed.append(name)
            case {"end": True}:
                finished = True
    if ended == "done" and not finished:
        ended = "died"
    return Execution(ended, *about, values_from(handed.decode("utf-8", "replace")), tuple(failed), outputs)


def values_from(text: str) -> dict[str, dict[str, Any]]:
    """Read what ``submit`` wrote, a line a call: ``{"id": question id, "answer": {name: value}}``; the last counts.

    A line is left out that is no JSON, holds a number that is not finite or is nested too deeply.
    """
    found: dict[str, dict[str, Any]] = {}
    for line in _lines(text.encode("utf-8")):
        match line:
            case {"id": str(name), "answer": dict(values)} if len(name) <= 64:
                with contextlib.suppress(ValueError):
                    found[_clean(name)] = {**found.get(name, {}), **_plain(values, _DEEPEST)}
            case _:
                continue
    return found


def _lines(data: bytes) -> list[Any]:
    found = []
    for line in data.split(b"\n"):
        try:
            found.append(loads(line.decode("utf-8", "surrogatepass"), parse_int=_whole))
        except (ValueError, RecursionError):
            continue
    return found


def _harmless(outputs: list[Any]) -> list[dict[str, Any]]:
    """Rebuild outputs from text and PNG alone: no HTML, no script, whatever the hand-in's process claims."""
    made: list[dict[str, Any]] = []
    for one in outputs[:_OUTPUTS]:
        match one:
            case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
                made.append({"output_type": "stream", "name": name, "text": _clean(text)})
            case {"output_type": "error", "ename": str(ename), "evalue": str(evalue), "traceback": list(lines)}:
                made.append(
                    {
                        "output_type": "error",
                        "ename": _clean(ename, 200),
                        "evalue": _clean(evalue, 2000),
                        "traceback": [_clean(line, 4000) for line in lines[:50] if isinstance(line, str)],
                    }
                )
            case {"output_type": "display_data" | "execute_result", "data": dict(data)}:
                kept = {name: _clean(text) for name, text in data.items() if name == "text/plain" and _is_text(text)}
                picture = data.get("image/png")
                if isinstance(picture, str) and _is_png(picture):
                    kept["image/png"] = picture
                if kept:
                    made.append({"output_type": "display_data", "data": kept, "metadata": {}})
            case _:
                continue
    return made


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _clean(text: str, most: int = _TEXT) -> str:
    """Cut to ``most`` signs; half a surrogate pair, which no file can hold, becomes a question mark."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def _is_png(text: str) -> bool:
    try:
        return base64.b64decode(text, validate=True).startswith(b"\x89PNG\r\n\x1a\n")
    except (ValueError, binascii.Error):
        return False


def _plain(value: Any, depth: int) -> Any:
    """Return ``value`` with texts that a file can hold; ``ValueError`` where it is nested too deeply."""
    if depth == 0:
        raise ValueError(depth)
    if isinstance(value, dict):
        return {_clean(name): _plain(one, depth - 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, depth - 1) for one in value]
    return _clean(value, len(value)) if isinstance(value, str) else value


def _whole(text: str) -> int:
    number = int(text)  # more than 4,300 digits are a ValueError
    if abs(number) > _LARGEST:
        raise ValueError(text[:20])
    return number

"""Runs a hand-in's code again, apart from all keys, and brings back values: ids checked, numbers finite.

What was run is known by its content: the cells, the course's data and the environment.
The same content is not run twice, so a corrected key starts no code again.
"""

from __future__ import annotations

import ast
import base64
import binascii
import hashlib
import json
import math
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.grading import sandbox
from buuchinh.grading.sandbox import Limits
from buuchinh.messages import say

_SHOWS = {"ask", "hand_in", "citations", "start_page"}
"""Calls that only show something on a trainee's screen: there is nothing to run again."""
_PACKAGES = ("buuchinh", "ipython", "matplotlib", "numpy", "pandas")
_DEEPEST = 12


@dataclass(frozen=True)
class Execution:
    """What came back. ``ended`` is ``done``, ``timeout``, ``died``, ``output`` or ``lost``.

    ``values`` are those handed in by ``submit`` while it ran, by question and name;
    ``failed`` the ids of cells that ended in an error; ``outputs`` text and pictures by cell id.
    """

    ended: str
    seconds: float
    isolated: bool
    values: Mapping[str, Mapping[str, Any]]
    failed: tuple[str, ...]
    outputs: Mapping[str, list[dict[str, Any]]]

    def notes(self) -> list[str]:
        """Say to the instructor what did not go as it should."""
        said = [] if self.ended == "done" else [say(f"execute.ended.{self.ended}", seconds=round(self.seconds))]
        if self.failed:
            said.append(say("execute.cells_failed", count=len(self.failed), cells=", ".join(self.failed[:5])))
        if not self.isolated:
            said.append(say("execute.was_unsafe"))
        return said


def cells_to_run(notebook: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return id and source of the code cells of a notebook, without those that only show something."""
    return [
        {"id": cell_name(cell, number), "source": _text(cell["source"])}
        for number, cell in enumerate(notebook["cells"])
        if cell["cell_type"] == "code" and not _only_shows(_text(cell["source"]))
    ]


def key(cells: list[dict[str, str]], files: Mapping[str, str]) -> str:
    """Return what identifies one execution: the code, the files beside it, the data, the environment."""
    packages = {name: _version(name) for name in _PACKAGES}
    parts = [cells, dict(files), _data(course.root() / "datasets"), platform.python_version(), packages]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()


def run(
    notebook: Mapping[str, Any],
    unit: str,
    kept: Path | None = None,
    *,
    files: Mapping[str, str] | None = None,
    unsafe: bool = False,
    limits: Limits | None = None,
) -> Execution:
    """Return what the notebook's code hands in, from the file ``kept`` where the same content ran before.

    ``files`` are texts to lay beside the code, by name: the public questions of its version.
    Raises ``KitError`` where code must not run on this machine (see ``sandbox.missing``).
    """
    limits = limits or Limits()
    cells = cells_to_run(notebook)
    name = key(cells, files or {})
    known = _kept(kept, name)
    if known:
        return known
    isolated = sandbox.missing() is None
    allowed = asdict(limits) | {
        "uid": sandbox.uid() if isolated else None,
        "processes": limits.processes if isolated and sandbox.counts_processes() else None,
    }
    job = json.dumps({"cells": cells, "files": dict(files or {}), "limits": allowed, "unit": unit}).encode("utf-8")
    found = _read_report(sandbox.run(job, unit, limits, unsafe=unsafe), limits, {cell["id"] for cell in cells})
    found = replace(found, isolated=isolated)
    if kept:
        write_json(kept, {"format": 1, "key": name, **asdict(found)})
    return found


def values_from(text: str | None) -> dict[str, dict[str, Any]]:
    """Read what ``submit`` wrote, a line a call: ``{"id": question id, "answer": {name: value}}``; the last counts.

    A line is left out that is no JSON, holds a number that is not finite or is nested too deeply.
    """
    found: dict[str, dict[str, Any]] = {}
    for line in (text or "").splitlines():
        try:
            said = json.loads(line, parse_constant=_refuse, parse_float=_finite)
        except (ValueError, RecursionError):
            continue
        match said:
            case {"id": str(name), "answer": dict(values)} if len(name) <= 64 and _shallow(values, _DEEPEST):
                found[name] = {**found.get(name, {}), **values}
            case _:
                continue
    return found


def _read_report(data: bytes | None, limits: Limits, known: Iterable[str]) -> Execution:
    lost = Execution("lost", float(limits.seconds), isolated=False, values={}, failed=(), outputs={})
    try:
        report = json.loads(data or b"", parse_constant=_refuse, parse_float=_finite)
        cells = {cell["id"]: cell for cell in report["cells"] if cell["id"] in set(known)}
        return Execution(
            ended=report["ended"] if report["ended"] in {"done", "timeout", "died", "output"} else "lost",
            seconds=float(report["seconds"]),
            isolated=False,
            values=values_from(report["values"]),
            failed=tuple(name for name, cell in cells.items() if cell["error"]),
            outputs={name: _harmless(cell["outputs"]) for name, cell in cells.items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return lost


def _harmless(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rebuild outputs from text and PNG alone: no HTML, no script, whatever the hand-in's process claims."""
    made: list[dict[str, Any]] = []
    for one in outputs:
        match one:
            case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
                made.append({"output_type": "stream", "name": name, "text": text})
            case {"output_type": "error", "ename": str(ename), "evalue": str(evalue), "traceback": list(lines)}:
                made.append(
                    {
                        "output_type": "error",
                        "ename": ename,
                        "evalue": evalue,
                        "traceback": [line for line in lines if isinstance(line, str)],
                    }
                )
            case {"output_type": "display_data" | "execute_result", "data": dict(data)}:
                kept = {name: text for name, text in data.items() if name == "text/plain" and isinstance(text, str)}
                picture = data.get("image/png")
                if isinstance(picture, str) and _is_png(picture):
                    kept["image/png"] = picture
                if kept:
                    made.append({"output_type": "display_data", "data": kept, "metadata": {}})
            case _:
                continue
    return made


def _is_png(text: str) -> bool:
    try:
        return base64.b64decode(text, validate=False).startswith(b"\x89PNG\r\n\x1a\n") and not set(text) & set("<>\"'&")
    except (ValueError, binascii.Error):
        return False


def _kept(path: Path | None, name: str) -> Execution | None:
    if path is None or not path.exists():
        return None
    try:
        found = read_json(path, at_most=40_000_000)
        if found.pop("format") != 1 or found.pop("key") != name:
            return None
        return Execution(**found | {"failed": tuple(found["failed"])})
    except (KitError, KeyError, TypeError, AttributeError):
        return None


def cell_name(cell: Mapping[str, Any], number: int) -> str:
    """Return by which name a cell is known in a job: nbgrader's, the notebook's, or its place."""
    return str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id") or number)


def _only_shows(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return all(
        isinstance(one, ast.Expr)
        and isinstance(one.value, ast.Call)
        and isinstance(one.value.func, ast.Name)
        and one.value.func.id in _SHOWS
        and all(isinstance(argument, ast.Constant) for argument in one.value.args)
        for one in body
    )


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _data(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _hash_of(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=4)
def _hash_of(files: tuple[tuple[Path, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _, size in files:
        digest.update(f"{path.name}:{size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _shallow(value: Any, depth: int) -> bool:
    if depth == 0:
        return False
    if isinstance(value, dict):
        return all(_shallow(one, depth - 1) for one in value.values())
    if isinstance(value, list):
        return all(_shallow(one, depth - 1) for one in value)
    return True


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
